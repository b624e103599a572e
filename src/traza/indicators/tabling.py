"""The values of a page as a table: every status in words, every note numbered."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from traza.indicators.findings import relative
from traza.indicators.grammar import day_words, join_words, name_of, of_period, period_words
from traza.indicators.queries.reading import Reading
from traza.indicators.queries.series import Fact, Run
from traza.indicators.words import status_name, unit_format, value_text
from traza.stats import format_number

#: Up to this many periods stand side by side; more run down the page, the latest first.
ACROSS = 8
_BADGES = {
    "P": "provisional", "F": "provisional", "E": "estimate", "I": "estimate",
    "U": "doubtful", "V": "doubtful", "N": "doubtful",
}  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """One value in words; ``badge`` and ``word`` say its status, ``notes`` are their numbers."""

    text: str
    missing: bool = False
    badge: str = ""
    word: str = ""
    notes: Sequence[int] = ()


@dataclass(frozen=True)
class TableRow:
    """A row of the table; ``css`` is "me" for the place in question, "total" for a wider one."""

    name: str
    cells: Sequence[Cell]
    css: str = ""
    sort: str = ""
    change: str | None = None


@dataclass
class Table:
    """Rows of places with a column for each period, or the other way round (``is_tall``)."""

    head: Sequence[tuple[str, str]]
    rows: Sequence[TableRow]
    is_tall: bool
    total_periods: int
    notes: Sequence[str] = ()
    change_head: str = ""
    kept: Sequence[int] = field(default_factory=list)

    @property
    def body(self) -> SafeString:
        """Return the rows as HTML; written here because a template takes ten times as long."""
        return mark_safe("".join(_row_html(row) for row in self.rows))  # noqa: S308 — escaped

    @property
    def is_partial(self) -> bool:
        """Tell whether older periods were left out."""
        return len(self.kept) < self.total_periods


def _row_html(row: TableRow) -> str:
    css = f' class="{row.css}"' if row.css else ""
    sort = f' data-v="{row.sort}"' if row.sort else ""
    cells = "".join(_cell_html(cell) for cell in row.cells)
    change = f'<td class="num">{escape(row.change)}</td>' if row.change is not None else ""
    return f'<tr{css}><th scope="row"{sort}>{escape(row.name)}</th>{cells}{change}</tr>'


def _cell_html(cell: Cell) -> str:
    marks = "".join(f' <sup><a href="#nota-{n}">{n}</a></sup>' for n in cell.notes)
    if cell.missing:
        return f'<td class="num missing" data-v="">{escape(cell.text)}{marks}</td>'
    badge = (
        f' <span class="badge badge-{cell.badge}">{escape(cell.word)}</span>' if cell.word else ""
    )
    # The notes and badges beside a number would be read as part of it when sorting.
    sort = f' data-v="{escape(cell.text)}"' if marks or badge else ""
    return f'<td class="num"{sort}>{escape(cell.text)}{badge}{marks}</td>'


def build_table(reading: Reading, lang: str, *, most: int | None = None) -> Table:
    """Return the table of the places shown; ``most`` keeps only the latest periods."""
    runs = reading.shown
    periods = reading.periods()
    kept = periods[-most:] if most else periods
    notes = _Notes(reading, set(kept), lang)
    if len(kept) <= ACROSS:
        head = [(period_words(key, lang, short=True), "") for key in kept]
        first, last = (kept[0], kept[-1]) if len(kept) > 1 else (0, 0)
        rows = [
            TableRow(
                name_of(run.place, lang),
                [_cell(run, key, reading, notes, lang) for key in kept],
                css=_css(reading, run),
                change=_whole_change(run, reading, first, last, lang) if first else "",
            )
            for run in runs
        ]
        rows.sort(key=lambda row: row.css == "total")
        ends = ""
        if any(row.change for row in rows):
            ends = f"{period_words(first, lang, short=True)}–{period_words(last, lang, short=True)}"
        else:
            rows = [replace(row, change=None) for row in rows]
        return Table(head, rows, False, len(periods), notes.texts(), ends, kept)
    head = [(name_of(run.place, lang), _css(reading, run)) for run in runs]
    rows = [
        TableRow(
            period_words(key, lang, short=True),
            [_cell(run, key, reading, notes, lang) for run in runs],
            sort=str(key),
        )
        for key in reversed(kept)
    ]
    return Table(head, rows, True, len(periods), notes.texts(), "", kept)


def _css(reading: Reading, run: Run) -> str:
    return {"focus": "me", "total": "total"}.get(reading.role(run.place), "")


def _cell(run: Run, period: int, reading: Reading, notes: "_Notes", lang: str) -> Cell:
    fact = run.at(period) or Fact(period, None, "O")
    numbers = notes.of(run, fact)
    word = status_name(fact.status)
    if fact.value is None:
        return Cell(word or status_name("O"), missing=True, notes=numbers)
    text = value_text(fact.value, reading.series, lang, short=True)
    return Cell(text, badge=_BADGES.get(fact.status, "noted"), word=word, notes=numbers)


def _whole_change(run: Run, reading: Reading, first: int, last: int, lang: str) -> str:
    """Return the change over the table: in points for percentages, else in per cent."""
    before, after = run.at(first), run.at(last)
    if before is None or after is None or run.broken_between(first, last):
        return ""
    if reading.series.unit.kind != "percent":
        return relative(before.value, after.value, lang)
    if before.value is None or after.value is None:
        return ""
    decimals = unit_format(reading.series).decimals
    points = format_number(after.value - before.value, decimals, lang, sign=True)
    return f"{points} {'pts' if lang == 'en' else 'puntos'}"


class _Notes:
    """Comments, other figures and corrections of the values shown, numbered as they appear."""

    def __init__(self, reading: Reading, kept: set[int], lang: str) -> None:
        self.reading, self.lang = reading, lang
        self._said: dict[str, tuple[list[str], list[int]]] = {}
        self.other: dict[tuple[int, int], list[str]] = {}
        for period, place, value, reason, comment in reading.alternates:
            if period in kept:
                words = self._value(value)
                said = (
                    f"the source also gives {words}"
                    if lang == "en"
                    else f"la fuente también da {words}"
                )
                why = "; ".join(_plain(part) for part in (reason, comment) if part)
                self._add(period, place, f"{said} ({why})" if why else said)
        for period, place, old, status, day in reading.corrections:
            if period in kept and isinstance(day, datetime):
                self._add(period, place, self._corrected(old, status, day))

    def _add(self, period: int, place: int, text: str) -> None:
        self.other.setdefault((period, place), []).append(text)

    def _value(self, value: float | None) -> str:
        return value_text(value, self.reading.series, self.lang, short=True)

    def _corrected(self, old: float | None, status: str, day: datetime) -> str:
        date = day_words(timezone.localtime(day).date(), self.lang)
        before = self._value(old) if old is not None else status_name(status) or self._value(None)
        if self.lang == "en":
            return f"corrected on {date}; it said {before}"
        return f"corregido el {date}; decía {before}"

    def of(self, run: Run, fact: Fact) -> list[int]:
        """Return the numbers of the notes of a value; what is said twice is one note."""
        said = [fact.comment.strip().rstrip(".")] if fact.comment.strip() else []
        said += self.other.get((fact.period, run.place.pk), [])
        if not said:
            return []
        text = "; ".join(said)
        places, periods = self._said.setdefault(text, ([], []))
        name = name_of(run.place, self.lang)
        if name not in places:
            places.append(name)
        if fact.period not in periods:
            periods.append(fact.period)
        return [list(self._said).index(text) + 1]

    def texts(self) -> list[str]:
        """Return the notes, each with its places, and with its period where it has one only."""
        found = []
        for said, (places, periods) in self._said.items():
            when = f", {period_words(periods[0], self.lang)}" if len(periods) == 1 else ""
            found.append(f"{join_words(places, self.lang)}{when}: {said}.")
        return found


def _plain(text: str) -> str:
    """Return a sentence as a part of another."""
    bare = text.strip().rstrip(".")
    return bare if bare[1:2].isupper() else f"{bare[:1].lower()}{bare[1:]}"


def what_table_is(reading: Reading, lang: str) -> str:
    """Return the accessible name of the table."""
    periods = reading.periods()
    if not periods:
        return ""
    if len(periods) == 1:
        when = of_period(periods[0], lang)
        return f"Values {when}" if lang == "en" else f"Valores {when}"
    return "Values by place and period" if lang == "en" else "Valores por lugar y periodo"
