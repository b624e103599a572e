"""What a chart is drawn from. Frozen, plain, in the words of the field."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Role = Literal["focus", "total", "peer", "context"]
Size = Literal["wide", "narrow", "file"]
Mode = Literal["page", "file"]
Ring = Sequence[tuple[float, float]]

#: OBS_STATUS codes that mean "not final": drawn dashed.
PROVISIONAL = frozenset("PEF")
#: Those that are less than a measurement: drawn hollow.
HOLLOW = frozenset("IU")

STATUS_WORDS = {
    "es": {
        "B": "cambio de método",
        "O": "sin dato",
        "M": "no aplica",
        "L": "no se recopiló",
        "H": "sin dato",
        "Q": "reservado",
        "K": "incluido en otra cifra",
        "P": "provisional",
        "E": "estimado",
        "F": "pronóstico",
        "I": "imputado",
        "U": "poco confiable",
        "N": "no significativo",
        "D": "otra definición",
    },
    "en": {
        "B": "change of method",
        "O": "no data",
        "M": "not applicable",
        "L": "not collected",
        "H": "no data",
        "Q": "withheld",
        "K": "included elsewhere",
        "P": "provisional",
        "E": "estimated",
        "F": "forecast",
        "I": "imputed",
        "U": "low reliability",
        "N": "not significant",
        "D": "definition differs",
    },
}


@dataclass(frozen=True, slots=True)
class Point:
    """One observation of a line.

    ``x`` is the middle of the period as a decimal year, ``label`` the period in short words,
    ``text`` the value as it is to be read. ``value`` None is a gap: pass missing periods too, or
    the line will run across them. ``status`` is SDMX OBS_STATUS; ``B`` breaks the line before
    this point. ``lower`` and ``upper`` are the bounds of an interval, both or neither.
    """

    x: float
    label: str
    value: float | None
    text: str = ""
    status: str = "A"
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A series: one place, or one breakdown of it."""

    key: str
    label: str
    points: Sequence[Point]
    role: Role = "peer"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. ``period_note`` names its period when it is not that of the chart."""

    key: str
    label: str
    value: float | None
    text: str = ""
    role: Role = "peer"
    status: str = "A"
    period_note: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """One value on a row of a dot plot; its key and label say whose it is."""

    key: str
    label: str
    value: float | None
    text: str = ""
    role: Role = "peer"


@dataclass(frozen=True, slots=True)
class DotRow:
    """A row: an indicator or a place. ``detail`` is a second, quieter line (unit and period)."""

    key: str
    label: str
    dots: Sequence[Dot]
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """An area: polygons, each a list of rings (outer first, then holes), in lon/lat degrees."""

    key: str
    label: str
    polygons: Sequence[Sequence[Ring]]
    value: float | None = None
    text: str = ""
    role: Role = "peer"
    status: str = "A"


class ClassLimits(Protocol):
    """A class of a map: from ``lower`` up to (not including, save the last) ``upper``."""

    @property
    def lower(self) -> float:
        """Lower limit."""

    @property
    def upper(self) -> float:
        """Upper limit."""

    @property
    def label(self) -> str:
        """The limits in words, as the legend prints them."""


@dataclass(frozen=True, slots=True)
class Meta:
    """What a chart says about itself.

    ``tick`` writes a value of the axis; without it numbers are written with commas, and millions
    named once. ``axis_unit`` stands over the axis. ``zero``: True, axis from zero; False, not;
    None, from zero unless that would hide the change. ``source``, ``licence`` and ``publisher``
    stand at the foot of files, and ``note`` under every chart.
    """

    title: str
    subtitle: str = ""
    source: str = ""
    lang: str = "es"
    tick: Callable[[float], str] | None = None
    axis_unit: str = ""
    period: str = ""
    zero: bool | None = None
    note: str = ""
    licence: str = ""
    publisher: str = ""

    @property
    def english(self) -> bool:
        """Whether the words of the chart are English; Spanish otherwise."""
        return self.lang.startswith("en")

    def say(self, es: str, en: str) -> str:
        """The chart's own words in its language."""
        return en if self.english else es

    def status(self, code: str) -> str:
        """An OBS_STATUS in words; empty for a normal value."""
        return STATUS_WORDS["en" if self.english else "es"].get(code, "")
