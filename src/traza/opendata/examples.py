"""How the data are used, with examples that can be copied and run as they stand.

Every block of code is run by a test against a running site: what is written here works.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _

from traza.foundation.models import Institute
from traza.indicators.models import Indicator
from traza.indicators.queries.headlines import headlines
from traza.indicators.queries.territory import own_places
from traza.indicators.words import say
from traza.places.models import Place


@dataclass(frozen=True)
class Block:
    """A text to copy; ``language`` says what it is written in, for readers and for the tests."""

    key: str
    language: str
    code: str


@dataclass(frozen=True)
class Example:
    """One way to use the data: its title, steps in words and texts to copy."""

    key: str
    title: str
    steps: Sequence[str]
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Subject:
    """The real indicator and place that the examples are about."""

    indicator: Indicator
    place: Place

    @property
    def address(self) -> str:
        """Return the address of the indicator's data, without the ending."""
        return f"{settings.TRAZA_BASE_URL}/indicadores/{self.indicator.slug}"


def subject(institute: Institute) -> Subject | None:
    """Return a figure of the institute's own places that may be given away; None without data."""
    own = own_places(institute)
    places = [place for place in (own.home, own.metro, *own.towns) if place is not None]
    for place in places:
        for one in headlines(place, timezone.localdate()):
            if one.figure.series.source.redistributable:
                return Subject(one.figure.indicator, place)
    return None


def examples(about: Subject, institute: Institute, lang: str) -> list[Example]:
    """Return every example, in the language of the page."""
    return [
        _spreadsheets(about),
        _pandas(about, lang),
        _r(about, lang),
        _curl(about),
        _duckdb(about),
        _feed(about),
        _picture(about, institute, lang),
    ]


def _spreadsheets(about: Subject) -> Example:
    return Example(
        "hoja-de-calculo",
        _("Excel y LibreOffice"),
        [
            _(
                "Para abrir un indicador, lo más fácil es su archivo .xlsx: conserva los ceros de "
                "las claves y trae su ficha."
            ),
            _(
                "Para que la hoja se actualice sola, en Excel: Datos › De la web, con la dirección "
                "del .csv. Al abrir el .csv en LibreOffice se elige Unicode (UTF-8) y la coma como "
                "separador."
            ),
        ],
        [
            Block("xlsx", "url", f"{about.address}.xlsx"),
            Block("csv", "url", f"{about.address}.csv"),
        ],
    )


def _pandas(about: Subject, lang: str) -> Example:
    data, place = ("data", "place") if lang == "en" else ("datos", "lugar")
    code = f"""import pandas as pd

{data} = pd.read_csv("{about.address}.csv", dtype={{"REF_AREA": str}})
{place} = {data}[{data}["REF_AREA"] == "{about.place.code}"]
print({place}[["TIME_PERIOD", "OBS_VALUE", "UNIT_NAME"]].tail())"""
    return Example(
        "pandas",
        _("Python con pandas"),
        [_("Las claves de los lugares se leen como texto: así no pierden el cero inicial.")],
        [Block("pandas", "python", code)],
    )


def _r(about: Subject, lang: str) -> Example:
    data, place = ("data", "place") if lang == "en" else ("datos", "lugar")
    code = f"""{data} <- read.csv("{about.address}.csv",
                  fileEncoding = "UTF-8-BOM",
                  colClasses = c(REF_AREA = "character"))
{place} <- subset({data}, REF_AREA == "{about.place.code}")
tail({place}[, c("TIME_PERIOD", "OBS_VALUE", "UNIT_NAME")])"""
    return Example("r", "R", [_("Sin instalar nada más.")], [Block("r", "r", code)])


def _curl(about: Subject) -> Example:
    code = f"""curl -fsSO {about.address}.csv
curl -fsSO {about.address}.json"""
    return Example(
        "curl",
        _("Línea de órdenes con curl"),
        [_("Sirve también para bajar los datos cada noche.")],
        [Block("curl", "sh", code)],
    )


def _duckdb(about: Subject) -> Example:
    fetch = f"curl -fsSO {settings.TRAZA_BASE_URL}/datos/indicadores.parquet"
    query = f"""SELECT TIME_PERIOD, OBS_VALUE, UNIT_MEASURE
FROM 'indicadores.parquet'
WHERE indicator = '{about.indicator.slug}' AND REF_AREA = '{about.place.code}'
ORDER BY period_start;"""  # noqa: S608 - shown to readers, never run here; both are codes
    return Example(
        "duckdb",
        _("Todos los indicadores con DuckDB"),
        [
            _(
                "Un solo archivo Parquet trae todos los valores; DuckDB lo consulta sin cargarlo "
                "en ningún servidor."
            )
        ],
        [Block("duckdb-descarga", "sh", fetch), Block("duckdb", "sql", query)],
    )


def _feed(about: Subject) -> Example:
    return Example(
        "canal",
        _("Enterarse de cada cambio"),
        [
            _(
                "Un lector de noticias avisa de cada dato nuevo y de cada corrección. También hay "
                "canales de cada tema y de cada lugar, y cada uno en Atom (feed.atom), "
                "RSS (rss.xml) y JSON Feed (feed.json)."
            )
        ],
        [
            Block("canal-indicador", "url", f"{about.address}/feed.atom"),
            Block("canal-sitio", "url", f"{settings.TRAZA_BASE_URL}/rss.xml"),
        ],
    )


def _picture(about: Subject, institute: Institute, lang: str) -> Example:
    words = escape(f"{say(about.indicator, 'name', lang)}. {institute.name}")
    base = (
        about.address.replace("/indicadores/", "/en/indicadores/")
        if lang == "en"
        else (about.address)
    )
    code = f"""<a href="{base}/">
  <img src="{base}.svg" alt="{words}" width="720">
</a>"""
    return Example(
        "grafica",
        _("Poner una gráfica en otra página"),
        [
            _(
                "La imagen se actualiza cuando cambian los datos. Para documentos e impresos, la "
                "misma dirección con .png."
            )
        ],
        [Block("grafica", "html", code)],
    )
