"""What a page of an indicator shows: which series, which places, their values, their rank.

One series at a time: two sources, two units or two definitions are never read together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from traza.foundation.models import Institute
from traza.indicators.given_values import given_to
from traza.indicators.models import Indicator, Series
from traza.indicators.queries import series as reads
from traza.indicators.queries.latest import is_intensive, judged_direction
from traza.indicators.queries.series import Coverage, Fact, Run
from traza.indicators.queries.territory import Own, own_places
from traza.places.models import Level, Place, PlaceGeometry
from traza.stats.ranks import Rank, rank

#: Places that one page sets side by side.
MOST_PLACES = 8
#: Of these, how many are chosen when the reader chose none.
MOST_DEFAULT = 7
_WIDER = (Level.METRO, Level.STATE, Level.COUNTRY, Level.GROUP, Level.WORLD)
#: Levels that a drawn map may show, and the word that names each in an address.
MAP_LEVELS = {"municipios": "municipality", "estados": "state", "paises": "country"}


@dataclass(frozen=True)
class Standing:
    """The rank of the place in question among its level, in one period."""

    rank: Rank
    level: str
    period: int
    ascending: bool


@dataclass(frozen=True)
class Shared:
    """The other municipalities to which the source gives the value of the one in question.

    ``is_state`` tells whether those of other states have another: it is a figure of the state.
    """

    towns: Sequence[Place]
    is_state: bool


@dataclass(frozen=True)
class Absent:
    """A place that the series does not have, and the series of the indicator that do."""

    place: Place
    having: Sequence[Series]


@dataclass
class Reading:
    """Everything that a page of one series needs, already read.

    ``places`` are those shown, the one in question first; ``runs`` has those of every place that
    was read (all of a narrow series). ``asked`` tells whether the reader chose the places.
    """

    indicator: Indicator
    series: Series
    all_series: Sequence[Series]
    institute: Institute
    own: Own
    coverage: Coverage
    runs: Mapping[int, Run]
    focus: Place | None = None
    places: Sequence[Place] = ()
    asked: bool = False
    absent: Sequence[Absent] = ()
    standing: Standing | None = None
    unknown_codes: Sequence[str] = field(default_factory=list)

    @property
    def others(self) -> list[Series]:
        """Return the other series of the indicator."""
        return [one for one in self.all_series if one.pk != self.series.pk]

    @property
    def shown(self) -> list[Run]:
        """Return the runs of the places shown, in their order."""
        return [self.runs[place.pk] for place in self.places if place.pk in self.runs]

    @property
    def focus_run(self) -> Run | None:
        """Return the values of the place in question."""
        return self.runs.get(self.focus.pk) if self.focus is not None else None

    @property
    def latest(self) -> Fact | None:
        """Return the latest value of the place in question."""
        return self.focus_run.latest if self.focus_run is not None else None

    @property
    def has_one_period(self) -> bool:
        """Tell whether nothing can be said over time: every place was measured once."""
        if self.coverage.is_wide and len({period for period, _ in self.coverage.slices}) > 1:
            return False
        return len({fact.period for run in self.runs.values() for fact in run.known}) <= 1

    @property
    def direction(self) -> str:
        """Return which way is better, "none" unless a person has reviewed it."""
        return judged_direction(self.indicator)

    @cached_property
    def shared(self) -> Shared | None:
        """Return who has the very same value because the source gave one for all; None if own."""
        return _shared(self)

    @cached_property
    def maps(self) -> list["MapChoice"]:
        """Return the maps that can be drawn, the nearest territory first."""
        return map_choices(self)

    @cached_property
    def alternates(self) -> list[reads.Alternate]:
        """Return what else the source says of the values shown."""
        return reads.alternates(self.series, [place.pk for place in self.places])

    @cached_property
    def corrections(self) -> list[reads.Correction]:
        """Return what the values shown said before they were corrected."""
        return reads.corrections(self.series, [place.pk for place in self.places])

    def periods(self) -> list[int]:
        """Return the periods that any place shown has, in order."""
        return sorted({fact.period for run in self.shown for fact in run.facts})

    def role(self, place: Place) -> str:
        """Return how a place is drawn: the one in question, a wider one, or one of its peers."""
        if self.focus is not None and place.pk == self.focus.pk:
            return "focus"
        is_wider = place.level in _WIDER and (self.focus is None or place.level != self.focus.level)
        return "total" if is_wider else "peer"


def read_indicator(
    indicator: Indicator,
    series: Series | None = None,
    *,
    all_series: Sequence[Series] | None = None,
    institute: Institute | None = None,
    codes: Sequence[str] | None = None,
) -> Reading | None:
    """Read what a page shows of an indicator; None where it has no series yet.

    ``series`` is the principal one unless told; ``codes`` are the places the reader asked for.
    """
    listed = list(all_series) if all_series is not None else reads.series_of(indicator)
    if not listed:
        return None
    series = series or listed[0]
    series.indicator = indicator
    institute = institute or Institute.load()
    own = own_places(institute)
    covered = reads.coverage(series)
    asked = _asked_places(codes)
    found: dict[int, list[Fact]]
    if covered.is_wide:
        candidates = {p.pk: p for p in [*_candidates(own), *asked]}
        found = reads.read_runs(series, list(candidates))
        if not any(any(f.value is not None for f in facts) for facts in found.values()):
            candidates = {p.pk: p for p in _largest(series, covered)}
            found |= reads.read_runs(series, list(candidates))
        places = candidates
    else:
        found = reads.read_runs(series)
        known = {p.pk: p for p in [*_candidates(own), *asked]}
        missing = [pk for pk in found if pk not in known]
        places = known | Place.objects.select_related("parent").in_bulk(missing)
    runs = {pk: Run(places[pk], facts) for pk, facts in found.items() if pk in places}
    reading = Reading(indicator, series, listed, institute, own, covered, runs)
    _choose(reading, asked, codes)
    reading.standing = _standing(reading)
    return reading


def _asked_places(codes: Sequence[str] | None) -> list[Place]:
    if not codes:
        return []
    found = {
        place.code: place
        for place in Place.objects.filter(code__in=list(codes)).select_related("parent")
    }
    return [found[code] for code in codes if code in found]


def _candidates(own: Own) -> list[Place]:
    """Return the places shown unless others are asked for, in order of interest."""
    above = [town.parent for town in own.towns if town.parent is not None]
    listed = [
        *([own.home] if own.home else []),
        *own.towns,
        *([own.metro] if own.metro else []),
        *own.beside,
        *above,
    ]
    top = above[0].parent if above else None
    while top is not None:
        listed.append(top)
        top = top.parent
    return list({place.pk: place for place in listed}.values())


def _largest(series: Series, covered: Coverage) -> list[Place]:
    """Return the most populous places of a wide series that has none of the institute's."""
    level = covered.levels()[0]
    codes = list(reads.slice_values(series, covered.periods(level)[0], level))
    rows = Place.objects.filter(level=level).select_related("parent").order_by("-population")
    listed = set(codes)
    return [place for place in rows if place.code in listed][:5]


def _choose(reading: Reading, asked: list[Place], codes: Sequence[str] | None) -> None:
    """Decide which places are shown, which one is in question, and which are missing."""
    have = {pk for pk, run in reading.runs.items() if run.facts}
    own = reading.own
    if codes:
        reading.asked = True
        found = {place.code for place in asked}
        reading.unknown_codes = [code for code in codes if code not in found]
        lacking = [place for place in asked if place.pk not in have]
        chosen = [place for place in asked if place.pk in have] or _default_places(reading, have)
    else:
        chosen, lacking = _default_places(reading, have), []
    order = {place.pk: i for i, place in enumerate(_candidates(own))}
    chosen.sort(key=lambda p: (order.get(p.pk, 99), -(p.population or 0), p.sort_key))
    if chosen:
        # A place without any value is shown, but no page is about it while another has values.
        known = [p for p in chosen if reading.runs[p.pk].latest is not None]
        reading.focus = (known or chosen)[0]
        rest = [p for p in chosen if p.pk != reading.focus.pk]
        reading.places = [reading.focus, *rest][:MOST_PLACES]
    if not codes:
        lacking = [place for place in own.beside if place.pk not in have]
    if lacking:
        by_place = reads.series_having(
            [one.pk for one in reading.others], [place.pk for place in lacking]
        )
        listed = {one.pk: one for one in reading.all_series}
        reading.absent = [
            Absent(place, [listed[pk] for pk in by_place.get(place.pk, [])]) for place in lacking
        ]


def _default_places(reading: Reading, have: set[int]) -> list[Place]:
    own = reading.own
    near = [*own.towns, *([own.metro] if own.metro else [])]
    chosen = [place for place in near if place.pk in have][: MOST_DEFAULT - 1]
    intensive = is_intensive(reading.series)
    if not chosen or intensive:
        wider = [p for p in _candidates(own) if p.pk in have and p not in chosen]
        if not intensive and wider:
            # Amounts of a part and of its whole on one axis would hide the part.
            level = wider[0].level
            wider = [p for p in wider if p.level == level]
        chosen += wider[: MOST_DEFAULT - len(chosen)]
    if not chosen:
        runs = sorted(
            reading.runs.values(), key=lambda r: (-(r.place.population or 0), r.place.sort_key)
        )
        chosen = [run.place for run in runs][:5]
    return chosen


def _shared(reading: Reading) -> Shared | None:
    """Look among the institute's municipalities for one value given to all, or to each state's."""
    focus, fact = reading.focus, reading.latest
    if focus is None or fact is None or fact.value is None or focus not in reading.own.towns:
        return None
    values = {
        town: found.value
        for town in reading.own.towns
        if (run := reading.runs.get(town.pk)) is not None
        and (found := run.at(fact.period)) is not None
        and found.value is not None
    }
    given = given_to(values, {town: town.parent_id for town in values})
    same = [town for town, value in values.items() if value == fact.value and town != focus]
    return Shared(same, is_state=given == "state") if given and same else None


def _standing(reading: Reading) -> Standing | None:
    focus, fact = reading.focus, reading.latest
    if focus is None or fact is None or reading.shared is not None:
        return None
    direction = reading.indicator.direction
    ascending = direction == "down"
    if reading.coverage.is_wide:
        stored = reads.stored_rank(reading.series, focus.pk)
        if stored is not None and stored[2] == fact.period:
            return Standing(Rank(stored[0], stored[1]), focus.level, fact.period, ascending)
        return None
    values = {}
    for pk, run in reading.runs.items():
        latest = run.latest
        if run.place.level == focus.level and latest is not None and latest.period == fact.period:
            values[pk] = latest.value
    ranks = rank(values, "down" if ascending else "none")
    # Where all have the same, nobody stands anywhere.
    if focus.pk not in ranks or ranks[focus.pk].others == ranks[focus.pk].of - 1:
        return None
    return Standing(ranks[focus.pk], focus.level, fact.period, ascending)


@dataclass(frozen=True)
class MapChoice:
    """A map that can be drawn: its word in addresses, the level, and inside which place."""

    key: str
    level: str
    within: Place | None


def map_choices(reading: Reading) -> list[MapChoice]:
    """Return the maps that can be drawn of a series, the nearest territory first."""
    choices = []
    own = reading.own
    towns = [t for t in own.towns if t.pk in reading.runs and reading.runs[t.pk].known]
    if own.metro is not None and _outlined([t.pk for t in towns]) >= 2:
        choices.append(MapChoice("zona", "municipality", own.metro))
    if reading.coverage.is_wide:
        levels = reading.coverage.levels()
        choices += [MapChoice(k, lv, None) for k, lv in MAP_LEVELS.items() if lv in levels]
        return choices
    for key, level in MAP_LEVELS.items():
        ids = [pk for pk, run in reading.runs.items() if run.place.level == level and run.known]
        covered = choices and level == "municipality" and len(ids) <= len(towns)
        if not covered and len(ids) >= 3 and _outlined(ids) >= 3:
            choices.append(MapChoice(key, level, None))
    return choices


def _outlined(ids: Sequence[int]) -> int:
    if len(ids) < 2:
        return 0
    rows = PlaceGeometry.objects.filter(place_id__in=list(ids))
    return rows.values("place_id").distinct().count()
