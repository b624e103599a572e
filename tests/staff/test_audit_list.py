"""The audit can be read, narrowed down and taken along; never written."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from traza.foundation.audit import record
from traza.foundation.staff.audit_words import detail_text
from traza.indicators.models import Unit


def test_who_what_and_when_are_shown_in_words(
    person: Callable[..., Any], signed_in: Callable[[Any], Client]
) -> None:
    rosa = person("analyst", "rosa")
    record(rosa, "release.withdrawn", None, note="estaba mal")
    page = signed_in("reviewer").get(reverse("traza_audit_log")).content.decode()
    assert "retiró entrega" in page
    assert "rosa" in page and "estaba mal" in page


def test_it_is_narrowed_by_action_and_text(
    person: Callable[..., Any], signed_in: Callable[[Any], Client]
) -> None:
    rosa = person("analyst", "rosa")
    record(rosa, "unit.created", Unit(pk=1, name="Homicidios"))
    record(rosa, "unit.edited", Unit(pk=2, name="Litros"))
    browser = signed_in("reviewer")
    by_action = browser.get(reverse("traza_audit_log"), {"action": "unit.edited"}).content.decode()
    assert "Litros" in by_action and "Homicidios" not in by_action
    by_text = browser.get(reverse("traza_audit_log"), {"target_label": "homi"}).content.decode()
    assert "Homicidios" in by_text and "Litros" not in by_text


def test_it_is_exported_as_csv(
    person: Callable[..., Any], signed_in: Callable[[Any], Client]
) -> None:
    record(person("analyst", "rosa"), "unit.created", Unit(pk=1, name="Litros"), size=3)
    response = signed_in("reviewer").get(reverse("traza_audit_log"), {"export": "csv"})
    text = b"".join(response.streaming_content).decode()
    assert text.splitlines()[0] == "Cuándo,Quién,Qué hizo,Clase,Número,Sobre qué,Detalle"
    assert "rosa,creó unidad,indicators.Unit,1,Litros,tamaño: 3" in text


def test_saving_a_unit_is_audited_and_public(signed_in: Callable[[Any], Client]) -> None:
    from traza.foundation.models import AuditEntry
    from traza.publishing.revision import current_revision

    before = current_revision()
    response = signed_in("analyst").post(
        reverse("wagtailsnippets_indicators_unit:add"),
        {
            "name": "Litros",
            "code": "litros",
            "kind": "volume",
            "position": "suffix",
            "multiplier": 0,
            "decimals": 1,
        },
    )
    assert response.status_code == 302
    unit = Unit.objects.get(code="litros")
    entry = AuditEntry.objects.get(action="unit.created")
    assert entry.target_id == str(unit.pk)
    assert current_revision() == before + 1


def test_what_wagtail_does_is_in_the_same_list(
    person: Callable[..., Any], signed_in: Callable[[Any], Client]
) -> None:
    from traza.foundation.models import AuditEntry, Institute
    from traza.publishing.revision import current_revision

    boss = person("administrator")
    browser = signed_in(boss)
    institute = Institute.load()
    before = current_revision()
    url = reverse("wagtailsettings:edit", args=["foundation", "institute", institute.pk])
    response = browser.post(
        url,
        {
            "name": "Instituto de Prueba",
            "short_name": "IP",
            "accent": "#225588",
            "license_name": "Uso libre",
        },
    )
    assert response.status_code == 302, response.context["form"].errors
    entry = AuditEntry.objects.get(action="institute.edited")
    assert entry.actor == boss and entry.target_type == "foundation.Institute"
    assert current_revision() > before


def test_details_are_words_and_what_is_empty_is_left_out() -> None:
    detail = {"added": 1234, "revised": 0, "note": "", "own_work": True}
    assert detail_text(detail) == "nuevos: 1,234; corregidos: 0; aprobó lo propio: sí"
    assert detail_text({"work": {"Importaciones sin terminar": 2}}) == (
        "trabajo: Importaciones sin terminar 2"
    )
