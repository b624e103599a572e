"""Lines of the ledger for what a data package brings besides figures: topics, places, addresses."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from traza.indicators.intake.errors import IntakeError
from traza.indicators.intake.package.tables import Package
from traza.indicators.models import Indicator
from traza.indicators.words import level_name
from traza.places.models import Level, PlaceName
from traza.publishing.models import Publication, Topic

if TYPE_CHECKING:
    from traza.publishing.actions import Entry


def announce(package: Package, *, at: datetime) -> None:
    """Write the first line of every topic and place that the ledger does not know, and redirects.

    Call it inside ``public_change``.
    """
    from traza.publishing.actions import publish_entries

    publish_entries(list(_topics(at)))
    publish_entries(list(_places(at)))
    _redirects(package)


def _topics(at: datetime) -> "Iterator[Entry]":
    from traza.publishing.actions import Entry

    known = set(Publication.objects.filter(kind="topic").values_list("key", flat=True))
    shown = Indicator.objects.filter(is_archived=False, live=True, versions__isnull=False)
    used = set(shown.values_list("axis", flat=True)) | set(shown.values_list("topics", flat=True))
    for topic in Topic.objects.filter(pk__in=used - {None}).exclude(code__in=known):
        yield Entry(
            kind="topic",
            key=topic.code,
            title=topic.name,
            title_en=topic.name_en,
            path=topic.path,
            topics=[topic],
            search_text=f"{topic.name} {topic.name_en}",
            weight=1.5,
            what="initial",
            sentence=f"{topic.name}: tema publicado",
            sentence_en=f"{topic.name_en or topic.name}: topic published",
            at=at,
        )


def _places(at: datetime) -> "Iterator[Entry]":
    from traza.places.queries import page_places
    from traza.publishing.actions import Entry

    known = set(Publication.objects.filter(kind="place").values_list("key", flat=True))
    names: dict[int, list[str]] = defaultdict(list)
    for pk, name in PlaceName.objects.values_list("place_id", "name"):
        names[pk].append(name)
    for place in page_places().select_related("parent"):
        if place.code in known:
            continue
        within = place.parent.name if place.parent else ""
        within_en = (place.parent.name_en or within) if place.parent else ""
        level = str(Level(place.level).label)
        level_en = level_name(place.level, "en").capitalize()
        yield Entry(
            kind="place",
            key=place.code,
            title=place.name,
            title_en=place.name_en,
            path=place.path,
            summary=f"{level} · {within}" if within else level,
            summary_en=f"{level_en} · {within_en}" if within_en else level_en,
            places=[place],
            lon=place.lon,
            lat=place.lat,
            search_text=" ".join([place.code, within, *names[place.pk]]),
            what="initial",
            sentence=f"{place.name}: lugar publicado",
            sentence_en=f"{place.name_en or place.name}: place published",
            at=at,
        )


def _redirects(package: Package) -> None:
    from traza.publishing.actions import add_redirect
    from traza.publishing.models import Redirect

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
