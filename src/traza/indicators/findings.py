"""Sentences written from the data, in Spanish and in English: what a reader should take away.

Every sentence is generated in both languages; none goes through gettext, because word order and
agreement differ. A comparison across a change of method is never made.
"""

from dataclasses import dataclass
from datetime import date

from traza.indicators.grammar import (
    ago,
    in_period,
    join_words,
    name_of,
    of_period,
    of_place,
    period_of,
)
from traza.indicators.models import Series
from traza.indicators.queries.reading import Reading, Standing
from traza.indicators.queries.series import Fact, Run
from traza.indicators.statements import shared_words, statement
from traza.indicators.words import level_name, unit_format, value_text
from traza.stats import age_of, format_change, ordinal, pct_change
from traza.stats.ranks import Rank

#: Values that a run needs before its extremes are worth telling.
_ENOUGH = 4
#: Frequencies within the year, whose figures move with the seasons.
_SEASONAL = ("S", "T", "Q", "M2", "M")


@dataclass(frozen=True)
class Change:
    """How a value moved since an earlier one: words without and with the period it is set beside.

    ``tone`` is "good", "bad" or "" (where nobody has said which way is better); ``arrow`` ▲ ▼ or
    nothing.
    """

    words: str
    since: int
    tone: str
    arrow: str

    def beside(self, lang: str) -> str:
        """Return the words with the earlier period: "13 menos que en 2018 (−9.2 %)"."""
        amount, opening, rest = self.words.partition(" (")
        tail = f"{opening}{rest}" if opening else ""
        when = in_period(self.since, lang)
        if not self.arrow:
            if lang == "en":
                return f"{amount} from {_bare(when)}"
            return f"{amount} respecto {_to(_since_words(self.since))}"
        return f"{amount} {'than' if lang == 'en' else 'que'} {when}{tail}"


def earlier(run: Run, fact: Fact) -> Fact | None:
    """Return the value that a value is set beside: the one before it, or that of a year before.

    Within the year seasons move a figure: months and quarters are compared with the same one of
    the year before, where there is one. None where the method changed in between.
    """
    known = [f for f in run.known if f.period < fact.period]
    if not known:
        return None
    period = period_of(fact.period)
    chosen = known[-1]
    if period.freq in _SEASONAL:
        key = period.year_ago().key
        chosen = next((f for f in known if f.period == key), chosen)
    return None if run.broken_between(chosen.period, fact.period) else chosen


def change_between(
    before: Fact, after: Fact, series: Series, direction: str, lang: str
) -> Change | None:
    """Return how a value moved; None when either is missing."""
    if before.value is None or after.value is None:
        return None
    words = format_change(before.value, after.value, unit_format(series), lang)
    is_same = words in ("sin cambio", "no change")
    up = after.value > before.value
    tone = ""
    if not is_same and direction in ("up", "down"):
        tone = "good" if up == (direction == "up") else "bad"
    return Change(words, before.period, tone, "" if is_same else "▲" if up else "▼")


def finding(reading: Reading, lang: str) -> tuple[str, str, str]:
    """Return the finding as three parts: before, the figure with its period, and after.

    All three are empty where there is no value; then `nothing_yet` says so.
    """
    run, fact = reading.focus_run, reading.latest
    if run is None or fact is None or fact.value is None:
        return "", "", ""
    before, figure = statement(reading, run, fact, lang)
    movement = _movement(reading, run, fact, lang)
    shared = reading.shared
    beside = movement or ("" if shared else _beside_others(reading, fact, lang))
    after = f", {beside}." if beside else "."
    if shared:
        return before, figure, f"{after} {shared_words(shared, lang)}"
    claims = [_extreme(run, fact, lang)]
    if reading.standing is not None and (movement or reading.standing.rank.of > 4):
        claims.append(_standing_claim(reading.standing, lang))
    if said := join_words(claims, lang):
        after += f" It is {said}." if lang == "en" else f" Es {said}."
    return before, figure, after


def finding_text(reading: Reading, lang: str) -> str:
    """Return the finding as plain text."""
    return "".join(finding(reading, lang)) or nothing_yet(reading, lang)


def nothing_yet(reading: Reading, lang: str) -> str:
    """Return what stands where there is no value to speak of."""
    if reading.focus is None:
        return (
            "No values have been published yet."
            if lang == "en"
            else "Todavía no hay datos publicados."
        )
    if lang == "en":
        return f"There is no figure for {name_of(reading.focus, lang)}."
    return f"No hay dato {of_place(reading.focus, lang)}."


def _movement(reading: Reading, run: Run, fact: Fact, lang: str) -> str:
    before = earlier(run, fact)
    if before is None:
        return ""
    change = change_between(before, fact, reading.series, reading.direction, lang)
    return change.beside(lang) if change is not None else ""


def _beside_others(reading: Reading, fact: Fact, lang: str) -> str:
    """Return who has more and who less in that period: "más que Lerdo y menos que Matamoros"."""
    if fact.value is None or reading.focus is None:
        return ""
    more, less, same = [], [], []
    for run in reading.shown:
        if run.place.pk == reading.focus.pk or run.place.level != reading.focus.level:
            continue
        other = run.at(fact.period)
        if other is None or other.value is None:
            continue
        text = value_text(other.value, reading.series, lang, short=True)
        name = f"{name_of(run.place, lang)} ({text})"
        if text == value_text(fact.value, reading.series, lang, short=True):
            same.append(name_of(run.place, lang))
        elif other.value < fact.value:
            more.append(name)
        else:
            less.append(name)
    than = "than" if lang == "en" else "que"
    words = [
        f"{'more' if lang == 'en' else 'más'} {than} {join_words(more[:4], lang)}" if more else "",
        f"{'less' if lang == 'en' else 'menos'} {than} {join_words(less[:4], lang)}"
        if less
        else "",
        f"{'the same as' if lang == 'en' else 'igual que'} {join_words(same[:4], lang)}"
        if same
        else "",
    ]
    return join_words(words, lang)


def _extreme(run: Run, fact: Fact, lang: str) -> str:
    """Return "su valor más alto desde 2014", since the run began or its method changed.

    Empty where the value is neither its highest nor its lowest, or too few came before.
    """
    known = run.known
    start = max((i for i, f in enumerate(known) if f.status == "B"), default=0)
    past = [f for f in known[start:] if f.period < fact.period and f.value is not None]
    if len(past) < _ENOUGH - 1 or fact.value is None:
        return ""
    values = [f.value for f in past if f.value is not None]
    if fact.value > max(values):
        words = "highest" if lang == "en" else "alto"
    elif fact.value < min(values):
        words = "lowest" if lang == "en" else "bajo"
    else:
        return ""
    if lang == "en":
        return f"its {words} value since {_bare(in_period(past[0].period, lang))}"
    return f"su valor más {words} desde {_since_words(past[0].period)}"


def _standing_claim(standing: Standing, lang: str) -> str:
    """Return the rank as part of a sentence: "el 2.º más alto de 4 municipios con dato de 2019"."""
    place, from_top = _from_nearer_end(standing.rank, ascending=standing.ascending)
    count, others = standing.rank.of, standing.rank.others
    level = level_name(standing.level, lang, many=count != 1)
    when = of_period(standing.period, lang)
    if lang == "en":
        which = "" if place == 1 else f"{ordinal(place, 'en')} "
        company = "another" if others == 1 else f"{others:,} others"
        tied = f", tied with {company}" if others else ""
        end = "highest" if from_top else "lowest"
        return f"the {which}{end} of {count:,} {level} with data {when}{tied}"
    which = "" if place == 1 else f"{_ordinal_before(place)} "
    company = "otro" if others == 1 else f"otros {others:,}"
    tied = f", empatado con {company}" if others else ""
    end = "alto" if from_top else "bajo"
    return f"el {which}valor más {end} de {count:,} {level} con dato {when}{tied}"


def _from_nearer_end(rank: Rank, *, ascending: bool) -> tuple[int, bool]:
    """Return a rank counted from its nearer end, and whether that end is the highest value.

    What is tied is counted from the end it was ranked from.
    """
    if rank.position * 2 > rank.of + 1 and not rank.tied:
        return rank.of + 1 - rank.position, ascending
    return rank.position, not ascending


def _ordinal_before(number: int) -> str:
    """Return an ordinal before a masculine noun: "2.º", but "3.er" and "21.er"."""
    return f"{number}.er" if number % 10 in (1, 3) and number % 100 != 11 else ordinal(number)


def rank_words(rank: Rank, level: str, lang: str, *, ascending: bool) -> str:
    """Return a rank in few words: "el 2.º más alto de 4 municipios"."""
    place, from_top = _from_nearer_end(rank, ascending=ascending)
    places = level_name(level, lang, many=rank.of != 1)
    if lang == "en":
        which = "" if place == 1 else f"{ordinal(place, 'en')} "
        end = "highest" if from_top else "lowest"
        return f"{which}{end} of {rank.of:,} {places}" + (" (tied)" if rank.tied else "")
    which = "" if place == 1 else f"{_ordinal_before(place)} "
    end = "alto" if from_top else "bajo"
    return f"el {which}más {end} de {rank.of:,} {places}" + (" (empate)" if rank.tied else "")


def age_words(fact: Fact, today: date, lang: str) -> tuple[str, bool]:
    """Return how old a figure is ("Dato de 2019, hace 7 años") and whether that is old."""
    age = age_of(period_of(fact.period).end, today)
    head = "Figure" if lang == "en" else "Dato"
    words = f"{head} {of_period(fact.period, lang)}, {ago(fact.period, today, lang)}"
    return words, age.months >= 24


def since_first(reading: Reading, lang: str) -> Change | None:
    """Return the change from the first value of the place in question to its latest.

    Within the year the first value of the same month or quarter is taken. None when they are the
    same, when the method changed in between, or when the first one is already what the headline
    compares with.
    """
    run, fact = reading.focus_run, reading.latest
    if run is None or fact is None or len(run.known) < 3:
        return None
    number = period_of(fact.period).number
    same_season = [f for f in run.known if period_of(f.period).number == number]
    first = same_season[0] if period_of(fact.period).freq in _SEASONAL else run.known[0]
    compared = earlier(run, fact)
    same = compared is not None and compared.period == first.period
    if same or first.period == fact.period or run.broken_between(first.period, fact.period):
        return None
    return change_between(first, fact, reading.series, reading.direction, lang)


def share_of_metro(reading: Reading, lang: str) -> str:
    """Return what part of the metropolitan total is the place in question: "54 % de 240"."""
    fact, metro, focus = reading.latest, reading.own.metro, reading.focus
    adds_up = reading.indicator.aggregation == "sum"
    if fact is None or metro is None or focus is None or not adds_up:
        return ""
    run = reading.runs.get(metro.pk)
    if run is None or focus.pk == metro.pk or focus not in reading.own.towns:
        return ""
    whole = run.at(fact.period)
    if whole is None or not whole.value or fact.value is None or not 0 <= fact.value <= whole.value:
        return ""
    percent = f"{fact.value / whole.value * 100:.0f}"
    total = value_text(whole.value, reading.series, lang, short=True)
    return f"{percent}% of {total}" if lang == "en" else f"{percent} % de {total}"


def relative(before: float | None, after: float | None, lang: str) -> str:
    """Return a change as a percentage with its sign: "−46 %"; empty where that means nothing."""
    percent = pct_change(before, after)
    if percent is None:
        return ""
    figure = f"{abs(percent):,.0f}" if abs(percent) >= 10 else f"{abs(percent):,.1f}"
    sign = "" if not figure.strip("0.") else "+" if percent > 0 else "−"
    return f"{sign}{figure}%" if lang == "en" else f"{sign}{figure} %"


def _bare(when: str) -> str:
    return when.removeprefix("in ").removeprefix("on ").removeprefix("from ")


def _to(words: str) -> str:
    """Return "a" before words, joined to their article: "al 2.º trimestre de 2024"."""
    return f"al {words[3:]}" if words.startswith("el ") else f"a {words}"


def _since_words(key: int) -> str:
    """Return a period after "desde" or "respecto a": "2014", "el 2.º trimestre de 2024"."""
    words = in_period(key, "es")
    return words.removeprefix("en ")


def highest_and_lowest(reading: Reading, period: int, lang: str) -> str:
    """Return which of the places shown has the highest value of a period and which the lowest.

    Empty where fewer than two have one; says so where all have the same.
    """
    values = [
        (fact.value, run)
        for run in reading.shown
        if (fact := run.at(period)) is not None and fact.value is not None
    ]
    if len(values) < 2:
        return ""
    high, low = max(values, key=lambda one: one[0]), min(values, key=lambda one: one[0])
    when = in_period(period, lang)
    when = when[:1].upper() + when[1:]
    top, bottom = (value_text(value, reading.series, lang) for value in (high[0], low[0]))
    if high[0] == low[0]:
        count = len(values)
        if lang == "en":
            return f"{when} the {count} places have the same value: {top}."
        return f"{when} los {count} lugares tienen el mismo valor: {top}."
    first, last = of_place(high[1].place, lang), of_place(low[1].place, lang)
    if lang == "en":
        return (
            f"{when} the highest value is that {first}, {top}; the lowest, that {last}, {bottom}."
        )
    return f"{when} el valor más alto es el {first}, {top}, y el más bajo el {last}, {bottom}."
