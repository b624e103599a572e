"""Bringing a data package into the database, step by step, so that it can be repeated.

Each step is one transaction and finds what is already there: a load that was interrupted goes on,
a load that is repeated changes nothing.
"""

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from traza.foundation.audit import record as audit
from traza.indicators import releases
from traza.indicators.intake.errors import IntakeError
from traza.indicators.intake.package import announce, catalogue, facts, territory
from traza.indicators.intake.package.tables import Package, open_package
from traza.indicators.loading import MAX_ROWS, FactRow, bulk_load
from traza.indicators.models import Indicator, IndicatorVersion
from traza.publishing.models import Release
from traza.publishing.registry import registry
from traza.publishing.revision import public_change

#: Told how far the load is: what is being done, steps done and steps in all (0: not known).
Progress = Callable[[str, int, int], None]
_TOLD_EVERY = 5_000
#: The line of the audit that says that a package was loaded to its end.
COMPLETED = "package.completed"


def load_package(
    path: Path | str,
    *,
    user: Any = None,
    approver: Any = None,
    progress: Progress | None = None,
) -> Release | None:
    """Load the data package in a folder and return its last release.

    It asks nobody's permission (``actions.import_package`` does) and writes in the audit who
    brought it and who approved it, if anybody.

    The figures become releases of at most `MAX_ROWS` rows each, whole or not at all; the first
    load of an indicator is `initial`, which is never news. None when the package changed no
    figure. Raises IntakeError naming file, line and column of what is wrong.
    """
    tell = progress or (lambda label, done, total: None)
    package = open_package(path)
    with disable_reference_index_auto_update():
        _load_catalogue(package, tell)
        keys = facts.Keys()
        last: Release | None = None
        rows = _counted(facts.facts(package, keys), package.lines("observations"), tell)
        for part in _parts(rows):
            last = _load_part(package, part, keys, (user, approver)) or last
        with public_change():
            tell(_("Libro de lo publicado"), 0, 0)
            facts.load_alternates(package, keys)
            announce.announce(package, user=user, at=timezone.now())
        for loader in registry.package_loaders.values():
            tell(_("Páginas del paquete"), 0, 0)
            loader(package.folder)
        audit(user, COMPLETED, None, package=package.title, **_approval(user, approver))
    tell(_("Índices"), 0, 0)
    _index_references()
    return last


def _approval(user: Any, approver: Any) -> dict[str, Any]:
    """Return what the audit says of who approved: somebody else, oneself, or nobody."""
    return {
        "approved_by": approver.get_username() if approver is not None else "",
        "second_person": approver is not None and approver != user,
    }


def _load_catalogue(package: Package, tell: Progress) -> None:
    steps = [
        (_("Instituto"), catalogue.load_institute),
        (_("Territorio"), territory.load_territory),
        (_("Temas"), catalogue.load_topics),
        (_("Unidades"), catalogue.load_units),
        (_("Fuentes"), catalogue.load_sources),
        (_("Indicadores"), catalogue.load_indicators),
        (_("Series"), catalogue.load_series),
    ]
    with public_change():
        for number, (label, step) in enumerate(steps):
            tell(label, number, len(steps))
            step(package)
            tell(label, number + 1, len(steps))


def _counted(rows: Iterator[FactRow], total: int, tell: Progress) -> Iterator[FactRow]:
    """Pass the rows on and tell how many went by."""
    tell(_("Cifras"), 0, total)
    done = 0
    for done, row in enumerate(rows, start=1):
        yield row
        if done % _TOLD_EVERY == 0:
            tell(_("Cifras"), done, total)
    tell(_("Cifras"), done, done)


def _parts(rows: Iterator[FactRow]) -> Iterator[Iterator[FactRow]]:
    """Cut the stream where a series ends, so that no part holds more than a release may.

    Each part must be consumed before the next is asked for.
    """
    waiting: list[FactRow] = []

    def part() -> Iterator[FactRow]:
        written, series = 0, None
        for row in chain(waiting[:], rows):
            waiting.clear()
            # From four fifths on, stop at the first change of series.
            boundary = series is not None and row.series_id != series and written > MAX_ROWS * 0.8
            if boundary or written == MAX_ROWS:
                waiting.append(row)
                return
            written, series = written + 1, row.series_id
            yield row

    for first in rows:
        waiting.append(first)
        while waiting:
            yield part()


class _Unchanged(Exception):
    """The part holds nothing that is not there already."""


def _load_part(
    package: Package, part: Iterator[FactRow], keys: facts.Keys, people: tuple[Any, Any]
) -> Release | None:
    """Write one part as a release; None, and nothing written, when it changes nothing.

    ``people`` are who brought it and who approved it.
    """
    user, approver = people
    now = timezone.now()
    touched: set[int] = set()

    def noted() -> Iterator[FactRow]:
        for row in part:
            touched.add(row.series_id)
            yield row

    try:
        with public_change():
            release = Release.objects.create(
                room="indicators",
                title=package.title[:200],
                prepared_by=user,
                approved_by=approver,
                published_at=now,
            )
            counts = bulk_load(noted(), release=release, at=now)
            if not counts.new and not counts.revised:
                raise _Unchanged
            if _all_unpublished(touched):
                release.is_initial = True
                release.save(update_fields=["is_initial"])
            facts.load_previous(package, keys, release, touched)
            changes = releases.record(release, touched, actor=user)
            told = {"package": package.title, **_approval(user, approver), **changes}
            audit(user, "package.loaded", release, **told)
    except _Unchanged:
        return None
    return release


def _all_unpublished(series_ids: set[int]) -> bool:
    """Return whether no indicator of these series has been published before."""
    return not IndicatorVersion.objects.filter(indicator__series__in=series_ids).exists()


def _index_references() -> None:
    for indicator in Indicator.objects.all():
        ReferenceIndex.create_or_update_for_object(indicator)


__all__ = ["IntakeError", "Progress", "load_package"]
