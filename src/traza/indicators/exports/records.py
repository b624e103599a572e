"""The values of an indicator as records, one per observation, with the columns of SDMX.

Every series of the indicator is there, told apart by ``SERIES``: nobody joins by mistake what
differs in unit or source.

A record comes in parts, because its place, its period or its source are the same cells in
thousands of records: whoever writes a file writes each part once and copies it afterwards.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import F, Field, Func, Value

from traza.foundation.models import Institute
from traza.foundation.models import Period as StoredPeriod
from traza.indicators.models import AlternateValue, Indicator, Observation, Series
from traza.indicators.queries.series import series_of
from traza.indicators.queries.versions import Version, versions_of
from traza.indicators.words import say, series_title, unit_name
from traza.places.models import Place
from traza.publishing.models import Release

#: The columns of each part of a record, in their order.
PARTS = (
    ("INDICATOR", "SERIES"),
    ("REF_AREA", "REF_AREA_NAME", "LEVEL"),
    ("TIME_PERIOD", "TIME_START", "TIME_END", "FREQ"),
    ("OBS_VALUE",),
    ("UNIT_MEASURE", "UNIT_NAME", "UNIT_MULT", "DECIMALS"),
    ("OBS_STATUS", "CONF_STATUS", "LOWER_BOUND", "UPPER_BOUND", "COMMENT_OBS"),
    ("SOURCE", "LICENSE", "RELEASE", "VALID_FROM"),
)
COLUMNS = tuple(column for part in PARTS for column in part)

#: The moment since when a value is current, unread: few releases, many values. What a function
#: returns has no declared type, so SQLite's driver does not read it as a date either.
_AS_STORED = Func(F("valid_from"), Value(None), function="COALESCE", output_field=Field())

Part = tuple[object, ...]
Record = tuple[Part, ...]


@dataclass(frozen=True)
class DataSet:
    """An indicator ready to be written: its series, version, and where its page is."""

    indicator: Indicator
    series: list[Series]
    institute: Institute
    versions: list[Version]
    lang: str

    @property
    def name(self) -> str:
        """Return the name of the indicator."""
        return say(self.indicator, "name", self.lang)

    def licence(self, series: Series) -> str:
        """Return the licence of a series."""
        return series.source.license or self.institute.license_name

    def source(self, series: Series) -> str:
        """Return who produced a series."""
        title = say(series.source, "title", self.lang)
        return f"{series.source.producer}. {title}" if title else series.source.producer

    def dimensions(self, series: Series) -> str:
        """Return the breakdown of a series: ``SEX=F``."""
        return ";".join(f"{key}={value}" for key, value in sorted(series.dimensions.items()))

    def redistributable(self) -> list[Series]:
        """Return the series whose source lets their values be given away."""
        return [one for one in self.series if one.source.redistributable]

    def count(self) -> int:
        """Return how many records there are."""
        return Observation.objects.filter(
            series_id__in=[one.pk for one in self.redistributable()]
        ).count()

    def records(self) -> Iterator[Record]:
        """Yield one record, as ``PARTS``, for each observation: by series, period and place.

        A value that is not free to publish is blank, with status Q.
        """
        places = _Places(self.lang)
        periods = {
            key: (code, start, end, freq)
            for key, code, start, end, freq in StoredPeriod.objects.filter(
                freq__in={one.freq for one in self.series}
            ).values_list("key", "code", "start", "end", "freq")
        }
        releases: dict[int, str] = {}
        moments: dict[object, datetime] = {}
        for one in self.redistributable():
            head = (self.indicator.slug, one.code)
            unit = (one.unit.code, unit_name(one, self.lang), one.unit.multiplier,
                    one.decimals if one.decimals is not None else one.unit.decimals)  # fmt: skip
            source, licence = self.source(one), self.licence(one)
            rows = Observation.objects.filter(series_id=one.pk).order_by("period_id", "place_id")
            for period, place, value, status, conf, low, high, comment, release, since in (
                rows.values_list(
                    "period_id", "place_id", "value", "status", "conf", "lower", "upper",
                    "comment", "release_id", _AS_STORED,
                )
            ):  # fmt: skip
                if conf != "F":
                    value, low, high, status = None, None, None, "Q"
                if release not in releases:
                    found = Release.objects.filter(pk=release).values_list("title", flat=True)
                    releases[release] = found.first() or str(release)
                if since not in moments:
                    moments[since] = _moment(since)
                yield (
                    head, places.of(place), periods[period], (value,), unit,
                    (status, conf, low, high, comment),
                    (source, licence, releases[release], moments[since]),
                )  # fmt: skip

    def notes(self) -> list[tuple[str, str, str, float, str]]:
        """Return the other figures that sources give: series, place, period, value, reason."""
        rows = AlternateValue.objects.filter(
            series__in=[one.pk for one in self.redistributable()]
        ).values_list("series__code", "place__code", "period__code", "value", "reason", "comment")
        return [
            (series, place, period, value, "; ".join(t for t in (reason, comment) if t))
            for series, place, period, value, reason, comment in rows
        ]

    def _titled(self, series: Series) -> str:
        return f"{series_title(series, self.lang)} ({series.code})"

    def about(self, series: Series, url: str) -> list[tuple[str, str]]:
        """Return what is to be known of a series, as pairs of words."""
        english = self.lang == "en"
        version = self.versions[0] if self.versions else None
        pairs = [
            ("Indicator" if english else "Indicador", self.name),
            ("Series" if english else "Serie", self._titled(series)),
            ("Definition" if english else "Qué mide", say(self.indicator, "definition", self.lang)),
            ("Formula" if english else "Cómo se calcula", self.indicator.formula),
            ("Limits" if english else "Límites", self.indicator.limits),
            ("Unit" if english else "Unidad", unit_name(series, self.lang)),
            ("Breakdown" if english else "Desglose", self.dimensions(series)),
            ("Source" if english else "Fuente", self.source(series)),
            ("Source address" if english else "Dirección de la fuente", series.source.url),
            ("Licence" if english else "Licencia", self.licence(series)),
            ("How it was derived" if english else "Cómo se derivó", series.processing),
            ("Note" if english else "Nota", series.note),
            ("Published by" if english else "Publica", self.institute.name),
            ("Version" if english else "Versión",
             f"{version.number} ({version.day.isoformat()})" if version else ""),
            ("Page" if english else "Página", url),
        ]  # fmt: skip
        return [(term, text) for term, text in pairs if text]


def _moment(stored: Any) -> datetime:
    """Return a moment with its zone: SQLite gives it without one, in UTC."""
    at: datetime = stored if isinstance(stored, datetime) else datetime.fromisoformat(stored)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


class _Places:
    """Code, name and level of places, read as they come: a few at first, then by the thousand."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.known: dict[int, tuple[str, str, str]] = {}
        self.reach = 4

    def of(self, pk: int) -> tuple[str, str, str]:
        """Return code, name and level of a place."""
        if pk not in self.known:
            rows = Place.objects.filter(pk__gte=pk).order_by("pk")[: self.reach]
            self.reach = min(self.reach * 4, 1000)
            for one, code, name, english, level in rows.values_list(
                "pk", "code", "name", "name_en", "level"
            ):
                shown = (english if self.lang == "en" else "") or name
                self.known[one] = (code, shown, level)
        return self.known[pk]


def read_data(indicator: Indicator, institute: Institute, lang: str) -> DataSet:
    """Return an indicator ready to be written as a file."""
    return DataSet(
        indicator, series_of(indicator), institute, versions_of(indicator, lang, limit=3), lang
    )
