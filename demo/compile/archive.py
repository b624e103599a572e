"""The list of what IMPLAN Torreón published: titles, dates, themes and where each stood."""

from demo.compile.facts import Facts, Row, words
from traza.stats.text import fold

_SITE = "https://www.trcimplan.gob.mx"
#: By section of the facts: what its pages were, in both languages, and their folder of the site
#: (none where the folder is not known to us).
_SECTIONS = {
    "Blog": ("Análisis", "Analysis", "blog"),
    "SalaPrensa": ("Boletín de prensa", "Press release", "sala-prensa"),
    "SIGMapasTorreon": ("Mapa", "Map", "sig-mapas-torreon"),
    "PET": ("Capítulo del Plan Estratégico Torreón", "Chapter of the strategic plan", "pet"),
    "Investigaciones": ("Investigación", "Research", "investigaciones"),
    "Monitores": ("Monitor", "Monitor", "monitores"),
    "Proyectos": ("Proyecto", "Project", "proyectos"),
    "PlanEstrategicoMetropolitano": (
        "Página del Plan Estratégico Metropolitano",
        "Page of the metropolitan plan",
        "plan-estrategico-metropolitano",
    ),
    "SIGPlanes": ("Plan o reglamento", "Plan or bylaw", ""),
    "Convocatorias": ("Convocatoria", "Call", ""),
}
_UNLISTED = "En el sitio anterior no aparecía en los índices."
#: Slips of the facts in the names of themes, as they are meant.
_SLIPS = {"empresa": "empresas", "intraestructura": "infraestructura"}


def archive(facts: Facts) -> list[Row]:
    """Return the rows of ``archive.csv``; a theme that the example does not have is left out."""
    tags = {fold(row["fact"]): row["code"] for row in words("topics")}
    rows = []
    for fact in facts.table("publications_index.csv"):
        kind, kind_en, folder = _SECTIONS[fact["section"]]
        named = [fold(name) for name in fact["tags"].split("|")]
        codes = [tags[name] for name in (_SLIPS.get(n, n) for n in named) if name in tags]
        url = f"{_SITE}/{folder}/{fact['slug']}.html" if folder and fact["slug"] else ""
        rows.append(
            {
                "kind": kind,
                "kind_en": kind_en,
                "title": " ".join(fact["title"].split()),
                # A month or a day that is not known is written 00.
                "date": fact["date"].removesuffix("-00").removesuffix("-00"),
                "url": url,
                "topics": "|".join(dict.fromkeys(codes)),
                "note": "" if fact["status"].lower() == "publicar" else _UNLISTED,
            }
        )
    return sorted(rows, key=lambda row: (row["date"], row["kind"], row["title"]))
