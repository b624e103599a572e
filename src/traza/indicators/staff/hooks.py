"""What this room adds to the back office: addresses, menu, desk, handover of work."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Revision
from wagtail.snippets.models import register_snippet

from traza.foundation.people import HandoverStep, Work, register_handover
from traza.foundation.staff.menu import PermittedMenuItem
from traza.indicators.models import ImportJob, Series
from traza.indicators.staff.catalogue import CatalogueGroup
from traza.indicators.staff.desk import drafts_of, put_on_desk
from traza.indicators.staff.urls import urlpatterns
from traza.publishing.staff.desk import add_to_desk

#: States in which an import still needs somebody.
UNFINISHED = ("received", "read", "checked", "submitted", "returned", "failed")


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]
def admin_urls() -> list[Any]:
    """Return the addresses of this room's screens, below ``/admin/``."""
    return urlpatterns


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def imports_item() -> MenuItem:
    """Return the entry «Importaciones»."""
    return PermittedMenuItem(
        gettext_lazy("Importaciones"),
        reverse("traza_imports"),
        "indicators.view_importjob",
        name="importaciones",
        icon_name="upload",
        order=30,
    )


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]
def releases_item() -> MenuItem:
    """Return the entry «Entregas»."""
    return PermittedMenuItem(
        gettext_lazy("Entregas"),
        reverse("traza_releases"),
        "publishing.view_release",
        name="entregas",
        icon_name="history",
        order=40,
    )


@hooks.register("register_snippet_listing_buttons")  # type: ignore[untyped-decorator]
def series_buttons(snippet: Any, user: Any, next_url: str | None = None) -> list[Button]:
    """Offer, beside each series, to bring data or correct one value."""
    if not isinstance(snippet, Series) or not user.has_perm("indicators.add_importjob"):
        return []
    query = urlencode({"series": snippet.code})
    return [
        Button(_("Subir datos"), url=f"{reverse('traza_import_new')}?{query}", icon_name="upload"),
        Button(
            _("Corregir un valor"),
            url=f"{reverse('traza_correction_new')}?{query}",
            icon_name="edit",
        ),
    ]


def imports_of(person: Any) -> Iterable[Work]:
    """Yield the unfinished imports in a person's name."""
    jobs = ImportJob.objects.filter(
        Q(assigned_to=person) | Q(assigned_to=None, created_by=person), state__in=UNFINISHED
    )
    yield Work(_("Importaciones sin terminar"), jobs.count(), tuple(str(job) for job in jobs[:3]))


def work_in_hands(person: Any) -> Iterable[Work]:
    """Yield the unfinished imports and the drafts of cards in a person's name."""
    yield from imports_of(person)
    drafts = drafts_of(person)
    yield Work(_("Fichas en borrador"), drafts.count(), tuple(str(card) for card in drafts[:3]))


def hand_over(person: Any, heir: Any) -> None:
    """Put what a person has unfinished in the hands of another.

    A draft is in the hands of whoever saved it last; who really wrote it stays in its history.
    """
    from traza.indicators.actions import reassign_work

    reassign_work(person, heir)
    drafts = list(drafts_of(person).values_list("latest_revision", flat=True))
    Revision.objects.filter(pk__in=drafts).update(user=heir)


register_snippet(CatalogueGroup)
add_to_desk(put_on_desk)
register_handover("indicators", HandoverStep(work_in_hands, hand_over))
