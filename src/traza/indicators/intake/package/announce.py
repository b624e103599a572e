"""Lines of the ledger for what a data package brings besides figures: topics, places, addresses."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from traza.indicators.intake.errors import IntakeError
from traza.indicators.intake.package.tables import Package
from traza.indicators.ledger import refresh_cards
from traza.indicators.models import Indicator
from traza.places.queries import page_places
from traza.publishing.actions import add_redirect
from traza.publishing.models import Redirect, Topic
from traza.publishing.standing import refresh_places, refresh_topics


def announce(package: Package, *, user: Any, at: datetime) -> None:
    """Make the ledger say what the catalogue now says of cards, topics and places, and redirects.

    Call it inside ``public_change``.
    """
    refresh_cards(actor=user, at=at)
    shown = Indicator.objects.filter(is_archived=False, live=True, versions__isnull=False)
    used = set(shown.values_list("axis", flat=True)) | set(shown.values_list("topics", flat=True))
    refresh_topics(Topic.objects.filter(pk__in=used - {None}), actor=user, at=at)
    refresh_places(page_places().select_related("parent"), actor=user, at=at)
    _redirects(package)


def _redirects(package: Package) -> None:
    known = dict(Redirect.objects.values_list("old_path", "new_path"))
    slugs = set(Indicator.objects.values_list("slug", flat=True))
    shown = set(Indicator.objects.filter(is_archived=False).values_list("slug", flat=True))
    for row in package.rows("redirects"):
        old, new = (f"/indicadores/{row[name]}/" for name in ("old_slug", "new_slug"))
        if row["new_slug"] not in slugs:
            raise row.wrong(
                "new_slug",
                _("«%(slug)s» no está en indicators.csv ni en la base.")
                % {"slug": row["new_slug"]},
            )
        if row["old_slug"] in shown:
            raise row.wrong(
                "old_slug",
                _("«%(slug)s» es la dirección de un indicador en uso.") % {"slug": row["old_slug"]},
            )
        if known.get(old) == new:
            continue
        try:
            add_redirect(old, new)
        except ValueError as error:
            raise IntakeError(str(row.wrong("old_slug", str(error)))) from error
