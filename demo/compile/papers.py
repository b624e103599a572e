"""The two studies of the example as accessible PDFs: words of ours, figures of the facts.

Typst comes with its own typefaces; those of the machine are left out, so that the same input gives
the same bytes.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import typst

from demo.compile.country import Population
from demo.compile.model import MEMBERS, METRO

_FOLDER = Path(__file__).parent / "words" / "papers"
_NAMES = {
    "05035": "Torreón",
    "05017": "Matamoros",
    "10007": "Gómez Palacio",
    "10012": "Lerdo",
    METRO: "La Laguna",
}


def papers(people: Population) -> dict[str, bytes]:
    """Return the PDFs by name."""
    table = _table(people).encode()
    made = {}
    for source in sorted(_FOLDER.glob("*.typ")):
        files = {"main.typ": source.read_bytes(), "poblacion.csv": table}
        made[f"{source.stem}.pdf"] = typst.compile(
            files, ignore_system_fonts=True, pdf_standards=["ua-1"], format="pdf"
        )
    return made


def _table(people: Population) -> str:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["Municipio", "Año", "Mujeres", "Hombres", "Total", "Mujeres por 100 hombres"])
    writer.writerows(_rows(people))
    return file.getvalue()


def _rows(people: Population) -> Iterator[list[str]]:
    years = sorted({year for _sex, year, _place in people})
    for place in (*MEMBERS, METRO):
        for year in years:
            women, men, total = (people[sex, year, place] for sex in ("F", "M", "_T"))
            counts = [f"{number:,.0f}" for number in (women, men, total)]
            yield [_NAMES[place], year, *counts, f"{women / men * 100:.1f}"]
