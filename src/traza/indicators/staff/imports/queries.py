"""What the screens of an import show."""

from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traza.foundation.models import Period as StoredPeriod
from traza.indicators.models import ImportJob, ImportRow, ObsStatus, Series
from traza.indicators.staff.imports.forms import RowForm
from traza.places.models import Place
from traza.stats.numbers import format_number
from traza.stats.periods import Period, format_period
from traza.stats.text import fold

State = ImportJob.State
Fate = ImportRow.Fate

#: Decimals shown where the published ones would hide a difference.
MOST_DECIMALS = 6
#: Rows on one page of the difference screen.
PAGE_SIZE = 100
#: States in which the difference screen has something to show.
COMPARED = frozenset({State.CHECKED, State.SUBMITTED, State.RETURNED, State.PUBLISHED})
#: States in which whoever captured may still change rows.
OPEN = frozenset({State.CHECKED, State.RETURNED})


@dataclass(frozen=True)
class Step:
    """One step of an import's way; ``state`` is done, now, ahead or failed."""

    label: str
    state: str
    detail: str = ""


@dataclass(frozen=True)
class Tab:
    """One tab of the difference screen."""

    key: str
    label: str
    count: int


@dataclass(frozen=True)
class RowView:
    """A row as the difference screen shows it: words, not keys."""

    row: ImportRow
    place: str
    period: str
    old: str
    new: str
    change: str
    raw: str
    severity: str
    typed: dict[str, str]
    suggestions: list[str] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)


def imports_seen(*, state: str = "", text: str = "") -> QuerySet[ImportJob]:
    """Return the imports, newest first, in a state and with a text in title or file name."""
    jobs = ImportJob.objects.select_related(
        "created_by", "assigned_to", "series__indicator", "snapshot", "release"
    )
    if state:
        jobs = jobs.filter(state=state)
    if text:
        jobs = jobs.filter(Q(title__icontains=text) | Q(snapshot__original_name__icontains=text))
    return jobs


def fate_counts(job: ImportJob) -> dict[str, int]:
    """Return how many rows of the import have each fate, every fate present."""
    found = dict(job.rows.order_by().values_list("fate").annotate(n=Count("id")))
    return {fate: found.get(fate, 0) for fate in Fate.values}


def way_of(job: ImportJob, counts: dict[str, int]) -> list[Step]:
    """Return the steps of an import from file to public page, with counts where there are any."""
    reached = {
        State.RECEIVED: 1,
        State.READ: 2,
        State.CHECKED: 3,
        State.RETURNED: 3,
        State.SUBMITTED: 4,
        State.PUBLISHED: 6,
    }.get(job.state, 2 if sum(counts.values()) else 1)  # type: ignore[call-overload]
    total = sum(counts.values()) - counts[Fate.MISSING]
    changes = counts[Fate.NEW] + counts[Fate.REVISED]
    refused = counts[Fate.REFUSED]
    checked = reached >= 3
    details = [
        _file_size(job),
        _counted(ngettext("%s renglón", "%s renglones", total), total) if total else "",
        _counted(ngettext("%s rechazado", "%s rechazados", refused), refused) if checked else "",
        _counted(ngettext("%s cambio", "%s cambios", changes), changes) if checked else "",
        job.get_state_display() if job.state in {State.SUBMITTED, State.RETURNED} else "",
        "",
    ]
    labels = [
        _("Recibido"),
        _("Leído"),
        _("Revisado"),
        _("Comparado"),
        _("Aprobado"),
        _("Publicado"),
    ]
    stopped = job.state in {State.FAILED, State.DISCARDED}
    steps = []
    for number, (label, detail) in enumerate(zip(labels, details, strict=True)):
        state = "done" if number < reached else "now" if number == reached else "ahead"
        if state == "now" and stopped:
            state = "failed"
        steps.append(Step(label, state, detail))
    return steps


def changes_words(counts: dict[str, int]) -> str:
    """Return what would be published, e.g. «12 datos nuevos y 1 corregido»."""
    new, revised = counts[Fate.NEW], counts[Fate.REVISED]
    words = []
    if new or not revised:
        words.append(_counted(ngettext("%s dato nuevo", "%s datos nuevos", new), new))
    if revised and new:
        words.append(_counted(ngettext("%s corregido", "%s corregidos", revised), revised))
    elif revised:
        words.append(
            _counted(ngettext("%s dato corregido", "%s datos corregidos", revised), revised)
        )
    return _(" y ").join(words)


def tabs_of(job: ImportJob, counts: dict[str, int]) -> list[Tab]:
    """Return the tabs of the difference screen; what needs attention comes first."""
    labels = {
        Fate.REFUSED: _("Rechazados"),
        Fate.REVISED: _("Corregidos"),
        Fate.NEW: _("Nuevos"),
        Fate.EQUAL: _("Iguales"),
        Fate.MISSING: _("Faltan en el archivo"),
        Fate.DISCARDED: _("Descartados"),
    }
    tabs = [Tab(str(fate), label, counts[fate]) for fate, label in labels.items()]
    return [tabs[0], Tab("warned", _("Con avisos"), _warned(job).count()), *tabs[1:]]


def first_tab(tabs: list[Tab]) -> str:
    """Return the first tab that has rows."""
    return next((tab.key for tab in tabs if tab.count), tabs[0].key)


def rows_of(
    job: ImportJob,
    *,
    tab: str,
    text: str,
    page: str | int,
    refused: tuple[int, RowForm] | None = None,
) -> Page[RowView]:
    """Return one page of rows of a tab, filtered by line, place or period.

    ``refused`` is the key of a row and the form that could not be taken: it shows what was typed.
    """
    rows = job.rows.select_related("series__unit")
    rows = _warned(job) if tab == "warned" else rows.filter(fate=tab)
    if text:
        rows = rows.filter(_matching(text))
    found = Paginator(rows.order_by("line", "id"), PAGE_SIZE).get_page(page)
    views = _as_views(list(found.object_list), refused)
    return Page(views, found.number, found.paginator)  # type: ignore[arg-type]


def _warned(job: ImportJob) -> QuerySet[ImportRow]:
    """Return the rows that would be published although there is something to look at in them."""
    rows = job.rows.select_related("series__unit").exclude(issues=[])
    return rows.exclude(fate__in=[Fate.REFUSED, Fate.DISCARDED])


def series_choices() -> list[tuple[str, str]]:
    """Return (code, words) of every series of indicators in use, for a search field."""
    found = Series.objects.filter(indicator__is_archived=False).select_related(
        "indicator", "unit", "source"
    )
    return [(series.code, series_words(series)) for series in found.order_by("indicator__name")]


def series_words(series: Series) -> str:
    """Return a series in words: indicator, its own title, unit and source."""
    own = f" · {series.title}" if series.title and series.title != series.indicator.name else ""
    return f"{series.indicator.name}{own} · {series.unit.name} · {series.source.producer}"


def place_choices(limit: int = 3000) -> list[tuple[str, str]]:
    """Return (code, name) of places for a search field, with the state of each."""
    places = Place.objects.select_related("parent").order_by("sort_key")[:limit]
    return [
        (place.code, f"{place.name}, {place.parent.name}" if place.parent else place.name)
        for place in places
    ]


def period_words(key: int | None) -> str:
    """Return a stored period in words."""
    return format_period(Period.from_key(key)) if key is not None else ""


def value_words(value: float | None, status: str, decimals: int | None = None) -> str:
    """Return a value with its status; a missing value is said in words."""
    if value is None:
        known = status in ObsStatus.values and status != ObsStatus.NORMAL
        return str(ObsStatus(status).label) if known else "—"
    text = format_number(value, decimals)
    return text if status in ("A", "") else f"{text} ({ObsStatus(status).label.lower()})"


def _matching(text: str) -> Q:
    wanted = fold(text)
    places = list(
        Place.objects.filter(Q(folded__contains=wanted) | Q(code=text.strip())).values_list(
            "pk", flat=True
        )[:3000]
    )
    periods = list(
        StoredPeriod.objects.filter(code__startswith=text.strip()).values_list("key", flat=True)
    )
    match = Q(place_id__in=places) | Q(period_id__in=periods)
    return match | Q(line=int(text)) if text.strip().isdecimal() else match


def _as_views(rows: list[ImportRow], refused: tuple[int, RowForm] | None) -> list[RowView]:
    places = Place.objects.in_bulk({row.place_id for row in rows if row.place_id is not None})
    views = []
    for row in rows:
        place = places.get(row.place_id) if row.place_id is not None else None
        period = Period.from_key(row.period_id) if row.period_id is not None else None
        decimals = _decimals(row.series)
        if _hidden(row, decimals):
            decimals = MOST_DECIMALS
        severities = {issue.get("severity", "error") for issue in row.issues}
        suggestions = {
            kind: [
                name
                for issue in row.issues
                if str(issue.get("code", "")).endswith("_place") == (kind == "place")
                for name in issue.get("suggestions", [])
            ]
            for kind in ("place", "period")
        }
        form = refused[1] if refused is not None and refused[0] == row.pk else None
        known = {
            "place": place.code if place else "",
            "period": period.code if period else next(iter(suggestions["period"]), ""),
            "value": f"{row.value:.15g}" if row.value is not None else "",
            "status": row.status,
            "comment": row.comment,
        }
        views.append(
            RowView(
                row=row,
                place=place.name if place else "",
                period=format_period(period) if period else "",
                old=value_words(row.old_value, row.old_status, decimals) if row.old_status else "",
                new=""
                if row.fate == Fate.MISSING
                else value_words(row.value, row.status, decimals),
                change=_change(row, decimals),
                raw=_raw_words(row.raw),
                severity="error" if "error" in severities else "warning" if severities else "",
                suggestions=[str(name) for name in suggestions["place"]],
                typed=_typed(form, known),
                errors={name: " ".join(map(str, found)) for name, found in form.errors.items()}
                if form
                else {},
            )
        )
    return views


def _typed(form: RowForm | None, known: dict[str, str]) -> dict[str, str]:
    """Return what the fields of a row show: what is known of it, or what was written in them."""
    return {name: form.data.get(name, "") for name in known} if form is not None else known


def _counted(words: str, number: int) -> str:
    return words % f"{number:,}"


def _hidden(row: ImportRow, decimals: int | None) -> bool:
    """Return whether old and new differ only in decimals that are not published."""
    if row.fate != Fate.REVISED or row.value is None or row.old_value is None:
        return False
    return format_number(row.value, decimals) == format_number(row.old_value, decimals)


def _decimals(series: Series | None) -> int | None:
    if series is None:
        return None
    return series.decimals if series.decimals is not None else series.unit.decimals


def _change(row: ImportRow, decimals: int | None) -> str:
    if row.fate != Fate.REVISED or row.value is None or row.old_value is None:
        return ""
    difference = row.value - row.old_value
    sign = "+" if difference > 0 else ""
    text = f"{sign}{format_number(difference, decimals)}"
    if row.old_value:
        text += f" ({sign}{format_number(100 * difference / abs(row.old_value), 1)} %)"
    return text


def _raw_words(raw: Any) -> str:
    if isinstance(raw, dict):
        return " · ".join(f"{key}: {cell}" for key, cell in raw.items() if cell not in (None, ""))
    if isinstance(raw, list):
        return " · ".join(str(cell) for cell in raw if cell not in (None, ""))
    return str(raw)


def _file_size(job: ImportJob) -> str:
    if job.snapshot is None:
        return _("a mano")
    size = job.snapshot.size
    return f"{size / 1_048_576:.1f} MB" if size >= 1_048_576 else f"{max(size // 1024, 1)} kB"
