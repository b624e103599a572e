"""Each role opens its screens and no other; nobody opens any without signing in."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from traza.bulletin.actions import ask
from traza.bulletin.models import Issue, Subscriber
from traza.foundation.mail.actions import Addressee, queue
from traza.foundation.roles import create_roles
from traza.indicators.models import Codelist, ImportJob, Indicator, Series, Source, Unit
from traza.participation.actions import Sender, receive
from traza.participation.kinds import BY_SLUG
from traza.participation.models import Attachment
from traza.places.models import Place
from traza.publishing.models import Release, Silence, Topic
from traza.site.models import ArchiveEntry

ALL = {"analyst", "reviewer", "publisher", "administrator"}
AUDITORS = {"reviewer", "publisher", "administrator"}
WRITERS = {"analyst", "publisher"}
ATTENDING = {"publisher", "administrator"}

#: Who may open each screen of ours. A screen that is missing here fails the test.
SCREENS: dict[str, set[str]] = {
    "traza_audit_log": AUDITORS,
    "traza_audit_log_results": AUDITORS,
    "traza_take_off": {"administrator"},
    "traza_bring_back": {"administrator"},
    "traza_remove_factor": {"administrator"},
    "traza_outbox": {"administrator"},
    "traza_outbox_message": {"administrator"},
    "traza_outbox_retry": {"administrator"},
    "traza_outbox_cancel": {"administrator"},
    "traza_outbox_resume": {"administrator"},
    "traza_outbox_server": {"administrator"},
    "traza_imports": ALL,
    "traza_late": ALL,
    "traza_import": ALL,
    "traza_import_preview": ALL,
    "traza_import_new": {"analyst"},
    "traza_import_columns": {"analyst"},
    "traza_import_row": {"analyst"},
    "traza_import_rows": {"analyst"},
    "traza_import_read": {"analyst"},
    "traza_import_submit": {"analyst"},
    "traza_import_approve": {"reviewer"},
    "traza_import_return": {"reviewer"},
    "traza_import_discard": {"analyst"},
    "traza_correction_new": {"analyst"},
    "traza_releases": ALL,
    "traza_release": ALL,
    "traza_release_withdraw": {"publisher"},
    "traza_staff_search": ALL,
    "traza_messages": ALL,
    "traza_message": ALL,
    "traza_message_assign": ATTENDING,
    "traza_message_answer": ATTENDING,
    "traza_message_close": ATTENDING,
    "traza_message_reopen": ATTENDING,
    "traza_message_set_apart": ATTENDING,
    "traza_message_restore": ATTENDING,
    "traza_message_forget": {"administrator"},
    "traza_message_new": ATTENDING,
    "traza_message_file": ATTENDING,
    # What a person may make of a message depends on the thing: the rest are told so.
    "traza_message_become": ALL,
    "traza_privacy_notice": {"administrator"},
    "traza_bulletin": ALL,
    "traza_issue_prepare": WRITERS,
    "traza_issue_discard": WRITERS,
    "traza_issue_trial": WRITERS | {"reviewer"},
    "traza_consent": {"administrator"},
    "traza_subscribers": ATTENDING,
    "traza_subscriber_enter": ATTENDING,
    "traza_subscriber": ATTENDING,
    "traza_subscriber_address": ATTENDING,
    "traza_subscriber_let": ATTENDING,
    "traza_subscriber_write": ATTENDING,
    "traza_subscriber_end": ATTENDING,
    "traza_subscriber_bounce": ATTENDING,
    "traza_subscriber_complain": ATTENDING,
    "traza_subscriber_undo": ATTENDING,
    "traza_subscriber_forget": {"administrator"},
}
#: Screens that answer only to POST, so that no GET changes anything.
POST_ONLY = {
    "traza_outbox_retry",
    "traza_outbox_cancel",
    "traza_outbox_resume",
    "traza_outbox_server",
    "traza_bring_back",
    "traza_import_row",
    "traza_import_rows",
    "traza_import_read",
    "traza_import_submit",
    "traza_import_approve",
    "traza_import_return",
    "traza_import_discard",
    "traza_message_assign",
    "traza_message_answer",
    "traza_message_close",
    "traza_message_reopen",
    "traza_message_set_apart",
    "traza_message_restore",
    "traza_message_forget",
    "traza_message_become",
    "traza_issue_prepare",
    "traza_issue_discard",
    "traza_issue_trial",
    "traza_subscriber_address",
    "traza_subscriber_let",
    "traza_subscriber_write",
    "traza_subscriber_end",
    "traza_subscriber_bounce",
    "traza_subscriber_complain",
    "traza_subscriber_undo",
    "traza_subscriber_forget",
}
#: Who may list, add and change each catalogue.
CATALOGUES: dict[str, tuple[set[str], set[str], set[str]]] = {
    "indicators_indicator": (ALL, WRITERS, WRITERS | {"reviewer"}),
    "indicators_series": (ALL, WRITERS, WRITERS),
    "indicators_source": (ALL, WRITERS, WRITERS),
    "indicators_unit": (ALL, WRITERS, WRITERS),
    "indicators_codelist": (ALL, WRITERS, WRITERS),
    "indicators_code": (ALL, WRITERS, WRITERS),
    "bulletin_issue": (ALL, WRITERS, WRITERS | {"reviewer"}),
    "publishing_topic": (ALL, {"publisher"}, {"publisher"}),
    "publishing_silence": (ALL, {"publisher", "administrator"}, {"publisher", "administrator"}),
    "site_archiveentry": (ALL, WRITERS, WRITERS),
    "places_place": (ALL, {"publisher"}, {"publisher"}),
    "places_placename": (ALL, {"publisher"}, {"publisher"}),
    "places_membership": (ALL, {"publisher"}, {"publisher"}),
}


@pytest.fixture
def rows(db: None) -> dict[str, Any]:
    """Return one row of everything that a screen needs."""
    unit = Unit.objects.create(code="u", name="Unidad")
    source = Source.objects.create(code="s", producer="Productor")
    indicator = Indicator.objects.create(slug="i", name="Indicador", live=False)
    series = Series.objects.create(
        code="i-a", indicator=indicator, unit=unit, source=source, freq="A"
    )
    job = ImportJob.objects.create(title="Importación", state="checked", series=series)
    release = Release.objects.create(
        room="indicators", title="Entrega", published_at=timezone.now()
    )
    other = get_user_model().objects.create_user("otra", "otra@example.org", "x")
    place = Place.objects.create(code="99001", level="municipality", name="Lugar")
    topic = Topic.objects.create(code="t", name="Tema")
    codelist = Codelist.objects.create(code="SEX", name="Sexo")
    message, _secret = receive(BY_SLUG["queja"], {"texto": "Algo"}, Sender("Ana"))
    ask("ana@example.org", [])
    metro = Place.objects.create(code="zm", level="metro", name="Zona")
    return {
        "indicators_indicator": indicator.pk,
        "indicators_series": series.pk,
        "indicators_source": source.pk,
        "indicators_unit": unit.pk,
        "publishing_topic": topic.pk,
        "indicators_codelist": codelist.pk,
        "indicators_code": codelist.codes.create(code="F", name="Mujeres").pk,
        "places_place": place.pk,
        "places_placename": place.names.create(name="Otro").pk,
        "places_membership": metro.members.create(member=place).pk,
        "publishing_silence": Silence.objects.create(
            starts="2027-04-01", ends="2027-06-06", basis="Ley", reason="Elecciones"
        ).pk,
        "site_archiveentry": ArchiveEntry.objects.create(title="Mapa", kind="Mapa").pk,
        "job": job.pk,
        "row": job.rows.create(line=1, fate="new", series=series).pk,
        "release": release.pk,
        "person": other.pk,
        "message": message.pk,
        "bulletin_issue": Issue.objects.create(
            title="Uno", introduction="Entrada", body=[("text", "Hola")], live=False
        ).pk,
        "subscriber": Subscriber.objects.get().pk,
        "file": Attachment.objects.create(
            message=message, token="0" * 32, name="a.pdf", size=1, at=timezone.now()
        ).pk,
        "mail": queue(kind="x", subject="Hola", text="Hola", to=[Addressee("a@example.org")]).pk,
    }


def named_urls(
    patterns: list[URLPattern | URLResolver], namespace: str = ""
) -> Iterator[tuple[str, str]]:
    """Yield (namespace, name) of every address of the resolver."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from named_urls(pattern.url_patterns, pattern.namespace or namespace)
        elif pattern.name:
            yield namespace, pattern.name


def address(name: str, rows: dict[str, Any]) -> str:
    """Return the address of one of our screens for the rows of the test."""
    if name == "traza_import_row":
        return reverse(name, args=[rows["job"], rows["row"]])
    if name == "traza_message_new":
        return reverse(name)
    if name == "traza_message_file":
        return reverse(name, args=[rows["message"], rows["file"]])
    if name == "traza_message_become":
        return reverse(name, args=[rows["message"], "import"])
    if name.startswith("traza_message_") or name == "traza_message":
        return reverse(name, args=[rows["message"]])
    if name in ("traza_subscribers", "traza_subscriber_enter", "traza_issue_prepare"):
        return reverse(name)
    if name.startswith("traza_subscriber"):
        return reverse(name, args=[rows["subscriber"]])
    if name in ("traza_issue_trial", "traza_issue_discard"):
        return reverse(name, args=[rows["bulletin_issue"]])
    if name.startswith("traza_outbox_") and name != "traza_outbox_server":
        return reverse(name, args=[rows["mail"]])
    for key in ("job", "release", "person"):
        if (key == "job") == name.startswith("traza_import") and (
            (key == "release") == name.startswith("traza_release")
        ):
            try:
                return reverse(name, args=[rows[key]])
            except NoReverseMatch:
                continue
    return reverse(name)


def test_every_screen_of_ours_has_its_row_in_the_table(db: None) -> None:
    names = {name for _space, name in named_urls(get_resolver().url_patterns)}
    assert {name for name in names if name.startswith("traza_")} == set(SCREENS)


def test_every_catalogue_of_ours_has_its_row_in_the_table(db: None) -> None:
    spaces = {space for space, _name in named_urls(get_resolver().url_patterns)}
    prefix = "wagtailsnippets_"
    found = {space.removeprefix(prefix) for space in spaces if space.startswith(prefix)}
    assert found == set(CATALOGUES)


@pytest.mark.parametrize("name", sorted(SCREENS))
def test_nobody_enters_without_signing_in(name: str, rows: dict[str, Any]) -> None:
    for method in ("get", "post"):
        response = getattr(Client(), method)(address(name, rows))
        assert response.status_code in (302, 405), response.status_code
        if response.status_code == 302:
            assert response.url.startswith("/admin/cuenta/login/")


@pytest.mark.parametrize("role", sorted(ALL))
def test_a_role_opens_its_screens_and_no_other(
    role: str, rows: dict[str, Any], signed_in: Callable[[Any], Client]
) -> None:
    client = signed_in(role)
    for name, allowed in SCREENS.items():
        method = client.post if name in POST_ONLY else client.get
        response = method(address(name, rows))
        refused = response.status_code == 403 or (
            response.status_code == 302 and response.url == "/admin/"
        )
        assert refused == (role not in allowed), (name, response.status_code)


@pytest.mark.parametrize("role", sorted(ALL))
def test_a_role_edits_its_catalogues_and_no_other(
    role: str, rows: dict[str, Any], signed_in: Callable[[Any], Client]
) -> None:
    client = signed_in(role)
    for model, (listing, adding, changing) in CATALOGUES.items():
        space = f"wagtailsnippets_{model}"
        asked = [("list", [], listing), ("add", [], adding), ("edit", [rows[model]], changing)]
        for name, args, allowed in asked:
            response = client.get(reverse(f"{space}:{name}", args=args))
            assert (response.status_code == 200) == (role in allowed), (
                model,
                name,
                response.status_code,
            )


@pytest.mark.parametrize("role", sorted(ALL))
@pytest.mark.parametrize("model", sorted(CATALOGUES))
def test_no_role_erases_what_is_catalogued(
    role: str, model: str, rows: dict[str, Any], signed_in: Callable[[Any], Client]
) -> None:
    response = signed_in(role).post(reverse(f"wagtailsnippets_{model}:delete", args=[rows[model]]))
    assert response.status_code in (302, 403)
    assert response.status_code == 403 or response.url == "/admin/"


@pytest.mark.parametrize("name", sorted(POST_ONLY))
def test_looking_changes_nothing(
    name: str, rows: dict[str, Any], signed_in: Callable[[Any], Client]
) -> None:
    for role in sorted(SCREENS[name]):
        assert signed_in(role).get(address(name, rows)).status_code == 405


def test_the_institute_is_the_administrators(signed_in: Callable[[Any], Client]) -> None:
    url = reverse("wagtailsettings:edit", args=["foundation", "institute"])
    assert signed_in("administrator").get(url, follow=True).status_code == 200
    assert signed_in("analyst").get(url).status_code == 302


def test_roles_can_be_made_again_without_harm(roles: None) -> None:
    report = create_roles()
    assert report.created == [] and report.unknown == []
