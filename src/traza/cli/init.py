"""``traza init``: the site of an institute, from questions or from flags."""

import argparse
import sys
from typing import Any

from traza.charts.colour import ColourError, readable_accent
from traza.cli.install import ensure_admin, prepare_home, set_institute
from traza.cli.parser import Parser
from traza.cli.say import ask, fail, say
from traza.foundation.models import Institute
from traza.places.models import Place


def run(arguments: list[str]) -> None:
    """Prepare the data folder and write who the institute is; may be repeated."""
    parser = Parser(
        "init",
        "Prepara el sitio de un instituto. Sin opciones, pregunta; se puede repetir.",
    )
    parser.add_argument("--name", help="nombre del instituto")
    parser.add_argument("--short-name", help="nombre corto")
    parser.add_argument("--tagline", help="una frase que diga qué es")
    parser.add_argument("--accent", help="color de acento, por ejemplo #0e5a66")
    parser.add_argument("--municipality", help="clave INEGI del municipio propio (5 cifras)")
    parser.add_argument("--metro", help="clave de la zona metropolitana, si hay")
    parser.add_argument("--compare", help="claves con las que se compara, separadas por coma")
    parser.add_argument("--email", help="correo de contacto")
    parser.add_argument("--admin", default="admin", help="nombre de la cuenta administradora")
    parser.add_argument("--no-input", action="store_true", help="no preguntar nada")
    given = parser.parse_args(arguments)
    prepare_home()
    values = _values(given, Institute.objects.first() or Institute())
    institute = set_institute(values)
    login = ensure_admin(given.admin, email=values.get("contact_email", ""))
    say(f"Instituto: {institute.name}. {institute.accent_as_shown}")
    for code in (institute.home_place_code, institute.metro_code):
        if code and not Place.objects.filter(code=code).exists():
            say(f"El lugar {code} todavía no está: llega con el primer paquete que traiga lugares.")
    if login.password:
        say(f"Cuenta: {login.username}   Contraseña: {login.password}   (no se muestra otra vez)")
    else:
        say(f"La cuenta {login.username} ya existía: conserva su contraseña.")
    say("Sigue: «traza import ARCHIVO» para traer datos y «traza serve» para abrir el sitio.")


def _values(given: argparse.Namespace, now: Institute) -> dict[str, Any]:
    """Return the institute's settings: flags first, then answers, then what there was."""
    quiet = given.no_input or not sys.stdin.isatty()

    def value(flag: str | None, question: str, default: str) -> str:
        if flag is not None:
            return flag.strip()
        return default if quiet else ask(question, default)

    values = {
        "name": value(given.name, "Nombre del instituto", now.name),
        "short_name": value(given.short_name, "Nombre corto", now.short_name),
        "tagline": value(given.tagline, "Una frase que diga qué es", now.tagline),
        "accent": _colour(value(given.accent, "Color de acento", now.accent)),
        "home_place_code": value(
            given.municipality, "Clave del municipio (5 cifras)", now.home_place_code
        ),
        "metro_code": value(
            given.metro, "Clave de la zona metropolitana (vacío: ninguna)", now.metro_code
        ),
        "contact_email": value(given.email, "Correo de contacto", now.contact_email),
        "comparator_codes": now.comparator_codes,
    }
    code = values["home_place_code"]
    if code and not (code.isdigit() and len(code) == 5):
        fail(f"La clave «{code}» no es de un municipio: son 5 cifras, por ejemplo 14039.")
    if given.compare is not None:
        values["comparator_codes"] = given.compare
    elif not now.comparator_codes:
        around = [values["metro_code"], code[:2], now.country_code]
        values["comparator_codes"] = ",".join(c for c in around if c)
    return values


def _colour(text: str) -> str:
    try:
        readable_accent(text)
    except ColourError as error:
        fail(str(error))
    return text
