"""The figures of a data package, read as a stream and checked row by row."""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from django.utils.translation import gettext as _

from traza.foundation.periods import ensure_periods
from traza.indicators.intake.package.catalogue import number
from traza.indicators.intake.package.tables import Package, Row
from traza.indicators.loading import FactRow
from traza.indicators.models import (
    AlternateValue,
    Observation,
    ObservationHistory,
    ObsStatus,
    Series,
)
from traza.indicators.models.facts import MISSING_STATUSES
from traza.places.models import Place
from traza.publishing.models import Release
from traza.stats.periods import Period, PeriodError


class Keys:
    """Turns the keys of a row (series, TIME_PERIOD, REF_AREA) into those of the database."""

    def __init__(self) -> None:
        self.series = {
            code: (pk, freq) for code, pk, freq in Series.objects.values_list("code", "pk", "freq")
        }
        self.places = dict(Place.objects.values_list("code", "pk"))
        self._periods: dict[str, Period] = {}

    def of(self, row: Row) -> tuple[int, int, int]:
        """Return (series, period, place) of a row; raise the refusal that names the cell."""
        series = self.series.get(row["series"])
        if series is None:
            raise row.wrong(
                "series",
                _("«%(key)s» no está en series.csv ni en la base.") % {"key": row["series"]},
            )
        place = self.places.get(row["REF_AREA"])
        if place is None:
            raise row.wrong(
                "REF_AREA",
                _("«%(key)s» no está en places.csv ni en la base.") % {"key": row["REF_AREA"]},
            )
        period = self._period(row)
        if period.freq != series[1]:
            raise row.wrong(
                "TIME_PERIOD",
                _("«%(period)s» es de frecuencia %(freq)s y la serie es de %(own)s.")
                % {"period": period.code, "freq": period.freq, "own": series[1]},
            )
        return series[0], period.key, place

    def _period(self, row: Row) -> Period:
        code = row["TIME_PERIOD"]
        known = self._periods.get(code)
        if known is None:
            try:
                known = self._periods[code] = Period.from_code(code)
            except PeriodError as error:
                raise row.wrong("TIME_PERIOD", str(error)) from error
        return known


def facts(package: Package, keys: Keys) -> Iterator[FactRow]:
    """Yield the current values; a blank value says why in OBS_STATUS.

    A key given twice is refused, naming both lines.
    """
    seen: dict[tuple[int, int, int], int] = {}
    for row in package.rows("observations"):
        key = keys.of(row)
        first = seen.setdefault(key, row.line)
        if first != row.line:
            raise row.wrong(
                "series",
                _(
                    "repite serie, periodo y lugar del renglón %(line)s. Solo "
                    "queda uno; el otro va en "
                    "observations_alternate.csv."
                )
                % {"line": first},
            )
        value, status = number(row, "OBS_VALUE"), row["OBS_STATUS"] or "A"
        if status not in ObsStatus.values:
            raise row.wrong(
                "OBS_STATUS",
                _("«%(value)s» no es una clave de CL_OBS_STATUS.") % {"value": status},
            )
        if (value is None) != (status in MISSING_STATUSES):
            raise row.wrong(
                "OBS_VALUE",
                _("está vacía y OBS_STATUS no dice por qué (O, M, L, H, Q o K).")
                if value is None
                else _("tiene cifra y OBS_STATUS dice que no la hay (%(status)s).")
                % {"status": status},
            )
        yield FactRow(*key, value, status, comment=row["COMMENT_OBS"][:500])


def load_alternates(package: Package, keys: Keys) -> None:
    """Keep the figures that a source also gives for a key, with the reason."""
    known = set(
        AlternateValue.objects.values_list("series_id", "period_id", "place_id", "value", "reason")
    )
    made = []
    for row in package.rows("observations_alternate"):
        key, value = keys.of(row), number(row, "OBS_VALUE")
        reason = row["reason"][:300]
        if value is None:
            raise row.wrong("OBS_VALUE", _("está vacía."))
        if (*key, value, reason) in known:
            continue
        known.add((*key, value, reason))
        made.append(
            AlternateValue(
                series_id=key[0],
                period_id=key[1],
                place_id=key[2],
                value=value,
                reason=reason,
                comment=row["COMMENT_OBS"][:500],
            )
        )
    ensure_periods(Period.from_key(alternate.period_id) for alternate in made)
    AlternateValue.objects.bulk_create(made, batch_size=1000)


def load_previous(
    package: Package, keys: Keys, release: Release, series_ids: Collection[int]
) -> None:
    """Keep the values of these series that were current before this release, from their own date.

    A vintage ends where the next one of its key begins; the last one where the present value
    does.
    """
    vintages: dict[tuple[int, int, int], list[tuple[datetime, Row]]] = {}
    for row in package.rows("observations_previous"):
        key = keys.of(row)
        if key[0] in series_ids:
            vintages.setdefault(key, []).append((_vintage(row), row))
    known = set(
        ObservationHistory.objects.filter(release=None).values_list(
            "series_id", "period_id", "place_id", "valid_from"
        )
    )
    made = []
    for key, found in vintages.items():
        found.sort(key=lambda pair: pair[0])
        ends = [at for at, _row in found[1:]]
        for (since, row), until in zip(found, [*ends, _current_since(key, release)], strict=True):
            if (*key, since) not in known:
                value = number(row, "OBS_VALUE")
                made.append(
                    ObservationHistory(
                        series_id=key[0],
                        period_id=key[1],
                        place_id=key[2],
                        value=value,
                        status=row["OBS_STATUS"] or ("A" if value is not None else "O"),
                        comment=row["COMMENT_OBS"][:500],
                        replaced_by=release,
                        valid_from=since,
                        valid_to=until,
                    )
                )
    ensure_periods(Period.from_key(vintage.period_id) for vintage in made)
    ObservationHistory.objects.bulk_create(made, batch_size=1000)


def _current_since(key: tuple[int, int, int], release: Release) -> datetime:
    since: Any = (
        Observation.objects.filter(series_id=key[0], period_id=key[1], place_id=key[2])
        .values_list("valid_from", flat=True)
        .first()
    )
    return since or release.published_at


def _vintage(row: Row) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(row["vintage"]), time.min, tzinfo=UTC)
    except ValueError:
        raise row.wrong(
            "vintage",
            _("«%(value)s» no es una fecha como 2020-01-31.") % {"value": row["vintage"]},
        ) from None
