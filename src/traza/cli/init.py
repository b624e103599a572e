"""``traza init``: the site of an institute, from questions or from flags."""

import argparse
import sys
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from traza.charts.colour import readable_accent
from traza.cli.ground import check_municipality, ensure_axes, ensure_places, municipalities_of
from traza.cli.install import ensure_admin, prepare_home, set_institute
from traza.cli.parser import Parser
from traza.cli.say import ask, fail, say
from traza.foundation.models import Institute
from traza.places.models import Place
from traza.publishing.models import Topic
from traza.site.actions import load_own_pages

#: A name up to this long is its own short name.
_SHORT = 30


def run(arguments: list[str]) -> None:
    """Prepare the data folder and write who the institute is; may be repeated."""
    given = _parser().parse_args(arguments)
    prepare_home()
    answers = Answers(given)
    values = _values(answers, Institute.objects.first() or Institute())
    around = _territory(answers, values)
    axes = answers.value("axes", "Ejes o temas, separados por coma (vacío: después)", _axes_now())
    institute = set_institute(values)
    made = ensure_places(around, institute.metro_code, answers.given.metro_name or "")
    ensure_axes(axes)
    load_own_pages()
    login = ensure_admin(given.admin, email=values.get("contact_email", ""))
    say(f"Instituto: {institute.name}. {institute.accent_as_shown}")
    if made:
        say(f"Lugares nuevos: {made}.")
    for code in (institute.home_place_code, institute.metro_code):
        if code and not Place.objects.filter(code=code).exists():
            say(
                f"El lugar {code} todavía no está: llega con un paquete que traiga lugares, o se "
                "crea aquí si se dice su nombre (--municipality-name, --metro-name)."
            )
    if login.password:
        say(f"Cuenta: {login.username}   Contraseña: {login.password}   (no se muestra otra vez)")
    else:
        say(f"La cuenta {login.username} ya existía: conserva su contraseña.")
    say("Sigue: «traza import ARCHIVO» para traer datos y «traza serve» para abrir el sitio.")


class Answers:
    """What the flags say, what people answer, and what there was: in this order."""

    def __init__(self, given: argparse.Namespace) -> None:
        self.given = given
        self.quiet = given.no_input or not sys.stdin.isatty()

    def value(
        self,
        flag: str,
        question: str,
        default: str,
        check: Callable[[str], object] = lambda text: None,
    ) -> str:
        """Return the flag, or the answer to the question, or the default.

        ``check`` raises ValueError with what is wrong: an answer is asked for again, so that the
        others are not lost; a flag ends the command.
        """
        said: str | None = getattr(self.given, flag)
        while True:
            asked = said is None and not self.quiet
            text = (
                said.strip() if said is not None else ask(question, default) if asked else default
            )
            try:
                check(text)
            except ValueError as error:
                if not asked:
                    fail(str(error))
                say(str(error))
                continue
            return text


def _parser() -> Parser:
    parser = Parser(
        "init",
        "Prepara el sitio de un instituto. Sin opciones, pregunta; se puede repetir. Ejemplo sin "
        "preguntas: traza init --no-input --name «Instituto Municipal de Planeación» "
        "--municipality 32010 --municipality-name Fresnillo --axes «Agua, Vivienda»",
    )
    add = parser.add_argument
    add("--name", metavar="TEXTO", help="nombre del instituto")
    add("--short-name", metavar="TEXTO", help="nombre corto")
    add("--tagline", metavar="TEXTO", help="una frase que diga qué es")
    add("--accent", metavar="COLOR", help="color de acento, por ejemplo #0e5a66")
    add("--municipality", metavar="CLAVE", help="clave INEGI del municipio propio (5 cifras)")
    add(
        "--municipality-name",
        metavar="TEXTO",
        help="su nombre: lo crea, con su estado y el país, donde el territorio no está cargado",
    )
    add(
        "--others",
        metavar="LISTA",
        help="otros municipios: «32017=Guadalupe, 32056=Zacatecas» (sin nombre si ya están)",
    )
    add("--metro", metavar="CLAVE", help="clave de la zona metropolitana, si hay")
    add("--metro-name", metavar="TEXTO", help="su nombre: la crea con los municipios dichos")
    add("--axes", metavar="LISTA", help="ejes o temas, en su orden: «Agua, Vivienda, Movilidad»")
    add("--compare", metavar="LISTA", help="claves con las que se compara, separadas por coma")
    add("--email", metavar="CORREO", help="correo de contacto")
    add("--admin", metavar="CUENTA", default="admin", help="nombre de la cuenta administradora")
    add("--single-person", action="store_true", help="una sola persona captura y aprueba")
    add("--no-input", action="store_true", help="no preguntar nada")
    return parser


def _values(answers: Answers, now: Institute) -> dict[str, Any]:
    """Return the institute's settings."""
    name = answers.value("name", "Nombre del instituto", now.name)
    untouched = now.short_name == Institute._meta.get_field("short_name").default
    short = name if untouched and len(name) <= _SHORT else now.short_name
    values: dict[str, Any] = {
        "name": name,
        "short_name": answers.value("short_name", "Nombre corto", short),
        "tagline": answers.value("tagline", "Una frase que diga qué es", now.tagline),
        "accent": answers.value("accent", "Color de acento", now.accent, readable_accent),
        "home_place_code": answers.value(
            "municipality",
            "Clave del municipio (5 cifras)",
            now.home_place_code,
            lambda code: check_municipality(code) if code else None,
        ),
        "metro_code": answers.value(
            "metro", "Clave de la zona metropolitana (vacío: ninguna)", now.metro_code
        ),
        "contact_email": answers.value(
            "email", "Correo de contacto", now.contact_email, _check_email
        ),
        "comparator_codes": now.comparator_codes,
    }
    if answers.given.single_person:
        values["single_person"] = True
    code = values["home_place_code"]
    if answers.given.compare is not None:
        values["comparator_codes"] = answers.given.compare
    elif not now.comparator_codes:
        around = [values["metro_code"], code[:2], now.country_code]
        values["comparator_codes"] = ",".join(c for c in around if c)
    return values


def _territory(answers: Answers, values: dict[str, Any]) -> dict[str, str]:
    """Return names of municipalities by key; those that are there already need none."""
    own = values["home_place_code"]
    around: dict[str, str] = {}
    if own:
        known = Place.objects.filter(code=own).values_list("name", flat=True).first()
        question = f"Nombre del municipio {own}"
        around[own] = known or answers.value("municipality_name", question, "")
    question = "Otros municipios (clave=nombre, separados por coma)"
    others = answers.value("others", question, "", municipalities_of)
    return around | municipalities_of(others)


def _axes_now() -> str:
    return ", ".join(Topic.objects.filter(scheme="axis").values_list("name", flat=True))


def _check_email(text: str) -> None:
    try:
        if text:
            validate_email(text)
    except ValidationError as error:
        raise ValueError(f"«{text}» no es una dirección de correo.") from error
