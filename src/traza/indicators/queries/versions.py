"""The versions of an indicator: what each release changed, in words and value by value."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from traza.indicators.grammar import name_of
from traza.indicators.models import Indicator, IndicatorVersion, Series
from traza.indicators.words import series_title, value_text
from traza.places.models import Place
from traza.publishing.models import Release
from traza.stats.periods import Period, format_period


@dataclass(frozen=True)
class ChangedValue:
    """One value before and after a release, in words."""

    place: str
    period: str
    series: str
    old: str
    new: str


@dataclass(frozen=True)
class Version:
    """One version of an indicator. ``note`` is the public note of its release."""

    number: str
    day: date
    words: str
    title: str
    note: str
    is_withdrawn: bool
    counted: int
    changes: Sequence[ChangedValue] = ()


def versions_of(
    indicator: Indicator, lang: str, *, limit: int | None = None, with_values: bool = False
) -> list[Version]:
    """Return the versions, the latest first; ``with_values`` lists what each one changed."""
    rows = list(
        IndicatorVersion.objects.filter(indicator_id=indicator.pk)
        .select_related("release__withdraws")
        .order_by("-release__published_at", "-major", "-minor")[:limit]
    )
    withdrawn = set(
        Release.objects.filter(withdraws__in=[row.release_id for row in rows]).values_list(
            "withdraws_id", flat=True
        )
    )
    names = _Names(indicator, rows, lang) if with_values else None
    return [
        Version(
            number=row.number,
            day=timezone.localtime(row.release.published_at).date(),
            words=_words(row, lang),
            title=row.release.title,
            note=row.release.note,
            is_withdrawn=row.release_id in withdrawn,
            counted=row.added + row.revised + row.removed,
            changes=names.changes(row) if names else (),
        )
        for row in rows
    ]


def current_versions(indicator_ids: Collection[int]) -> dict[int, dict[str, str]]:
    """Return the version in force of each indicator with data: its number and its day (ISO)."""
    rows = (
        IndicatorVersion.objects.filter(indicator_id__in=list(indicator_ids))
        .select_related("release")
        .order_by("release__published_at", "major", "minor")
    )
    # The last of each wins.
    return {
        row.indicator_id: {
            "version": row.number,
            "day": timezone.localtime(row.release.published_at).date().isoformat(),
        }
        for row in rows
    }


class _Names:
    """Words for the places and series that the versions name by code."""

    def __init__(self, indicator: Indicator, rows: Sequence[IndicatorVersion], lang: str) -> None:
        self.lang = lang
        codes = {change["place"] for row in rows for change in row.changes}
        self.places = {
            place.code: name_of(place, lang) for place in Place.objects.filter(code__in=codes)
        }
        listed = Series.objects.filter(indicator_id=indicator.pk).select_related("unit", "source")
        self.series = {one.code: one for one in listed}

    def changes(self, row: IndicatorVersion) -> list[ChangedValue]:
        """Return the listed changes of a version in words."""
        found = []
        many = len(self.series) > 1
        for change in row.changes:
            series = self.series.get(change["series"])
            if series is None:
                continue
            found.append(
                ChangedValue(
                    place=self.places.get(change["place"], change["place"]),
                    period=format_period(Period.from_code(change["period"]), self.lang),
                    series=series_title(series, self.lang) if many else "",
                    old=value_text(change["old"], series, self.lang, short=True)
                    if change["old"] is not None
                    else "–",
                    new=value_text(change["new"], series, self.lang, short=True)
                    if change["new"] is not None
                    else "–",
                )
            )
        return found


def _words(row: IndicatorVersion, lang: str) -> str:
    english = lang == "en"
    if row.release.is_initial:
        count = _count(row.added, ("dato", "datos"), ("value", "values"), lang)
        return f"first publication, {count}" if english else f"primera publicación, {count}"
    parts = [
        _count(row.added, ("dato nuevo", "datos nuevos"), ("new value", "new values"), lang),
        _count(
            row.revised,
            ("dato corregido", "datos corregidos"),
            ("corrected value", "corrected values"),
            lang,
        ),
        _count(
            row.removed,
            ("dato quitado", "datos quitados"),
            ("value removed", "values removed"),
            lang,
        ),
    ]
    words = ", ".join(part for part in parts if part)
    if row.release.withdraws is not None:
        taken = "a release was withdrawn" if english else "se retiró una entrega"
        return f"{taken}: {words}" if words else taken
    return words


def _count(number: int, es: tuple[str, str], en: tuple[str, str], lang: str) -> str:
    if not number:
        return ""
    words = en if lang == "en" else es
    return f"{number:,} {words[number != 1]}"
