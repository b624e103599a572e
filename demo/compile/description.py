"""What ``datapackage.json`` says of the whole: names, licences, sources and the institute."""

from typing import Any

from demo.compile.model import COUNTRY, METRO

_IMPLAN = "IMPLAN Torreón, Sistema Metropolitano de Indicadores"

INSTITUTE = {
    "name": "Instituto Municipal de Planeación y Competitividad de Torreón",
    "short_name": "IMPLAN Torreón",
    "tagline": "Los datos de La Laguna, con su fuente y su fecha",
    "tagline_en": "The data of La Laguna, with source and date",
    "accent": "#0e5a66",
    "home_place": "05035",
    "metro": METRO,
    "country": COUNTRY,
    "comparators": ["10007", METRO, "05", "10", COUNTRY],
    "contact_email": "contacto@example.org",
    "address": "Domicilio de ejemplo, Torreón, Coahuila",
}

DESCRIPTION: dict[str, Any] = {
    "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
    "name": "laguna",
    "title": "Indicadores de La Laguna",
    "description": (
        "Ejemplo de Traza. Reúne los indicadores que publicó IMPLAN Torreón hasta julio de 2021, "
        "la población de todos los municipios de México, los homicidios de sus estados y la "
        "población y el producto de los países. Las definiciones son propias; el correo y el "
        "domicilio son de ejemplo."
    ),
    "version": "1.0.0",
    "created": "2026-11-24T00:00:00Z",
    "keywords": ["indicadores", "La Laguna", "Torreón", "municipios", "México"],
    "licenses": [
        {
            "name": "CC-BY-4.0",
            "path": "https://creativecommons.org/licenses/by/4.0/deed.es",
            "title": "Atribución 4.0, sin perjuicio de los términos de cada fuente (sources.csv)",
        }
    ],
    "sources": [
        {"title": _IMPLAN, "path": "https://www.trcimplan.gob.mx/"},
        {"title": "INEGI, censos y conteo de población", "path": "https://www.inegi.org.mx/"},
        {"title": "INEGI, Marco Geoestadístico", "path": "https://www.inegi.org.mx/temas/mg/"},
        {
            "title": "Gargiulo, Aburto y Floridi (2023), homicidios por entidad",
            "path": "https://doi.org/10.17605/OSF.IO/U8DC3",
        },
        {"title": "Banco Mundial", "path": "https://data.worldbank.org/"},
        {"title": "Natural Earth", "path": "https://www.naturalearthdata.com/"},
    ],
    "contributors": [{"title": _IMPLAN, "roles": ["author"]}],
    "traza": {"institute": INSTITUTE},
}
