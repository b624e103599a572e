"""``traza check``: whether something is missing or wrong, in plain words."""

import io
from collections.abc import Generator, Iterator

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import CompositePrimaryKey

from traza.cli.check_mail import mail_server, mail_settings
from traza.cli.parser import Parser
from traza.cli.say import say
from traza.foundation.health import MIN_FREE_BYTES, free_bytes, worker_age
from traza.foundation.models import Institute
from traza.publishing.publication import eager_paths, is_stored
from traza.publishing.revision import current_revision

Finding = tuple[str, str]


def run(arguments: list[str]) -> None:
    """Print each finding; exit 1 when something is wrong (advice alone is 0)."""
    Parser("check", "Dice si algo falta o está mal, y qué hacer.").parse_args(arguments)
    wrong = False
    for mark, sentence in findings():
        wrong = wrong or mark == "mal"
        say(f"{mark:>6}  {sentence}")
    if wrong:
        raise SystemExit(1)


def findings() -> Iterator[Finding]:
    """Yield ("bien" | "nota" | "aviso" | "mal", sentence) for each thing looked at."""
    yield from _django()
    yield from mail_settings()
    prepared = yield from _database()
    yield from _machine()
    if prepared:
        yield from _clustered()
        yield from mail_server()
        yield from _institute()
        yield from _pages()


def _django() -> Iterator[Finding]:
    out = io.StringIO()
    try:
        call_command("check", stdout=out, stderr=out)
        yield "bien", "La configuración de Django está en orden."
    except SystemCheckError as error:
        yield "mal", f"Django encontró errores:\n{error}"
    if settings.TRAZA_ENV == "production":
        yield "bien", "Producción: los ajustes de seguridad se revisaron al iniciar."
        if not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
            yield (
                "aviso",
                "TRAZA_PROXIES es 0: detrás de nginx todos parecen entrar de la misma dirección, "
                "y los intentos fallidos de uno cierran la puerta a los demás.",
            )
    else:
        yield "aviso", "TRAZA_ENV no es «production»: está bien para probar, no para publicar."
    if not settings.TRAZA_REQUIRE_MFA:
        yield "aviso", "El segundo factor no es obligatorio para el personal (TRAZA_REQUIRE_MFA)."


def _database() -> Generator[Finding, None, bool]:
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Exception as error:
        yield "mal", f"No se puede abrir la base de datos ({type(error).__name__}): {error}"
        return False
    if plan:
        yield "mal", f"A la base de datos le faltan {len(plan)} cambios: los hace «traza init»."
        return False
    yield "bien", f"La base de datos ({connection.vendor}) está al día."
    return True


def _clustered() -> Iterator[Finding]:
    """A table that lost its clustering still works, several times slower: say so."""
    if connection.vendor != "sqlite":
        return
    from django.apps import apps

    for model in apps.get_models():
        if not isinstance(model._meta.pk, CompositePrimaryKey):
            continue
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = %s",
                [model._meta.db_table],
            )
            row = cursor.fetchone()
        if row and "WITHOUT ROWID" not in row[0].upper():
            yield "mal", f"La tabla {model._meta.db_table} perdió su orden: restaure una copia."
            return
    yield "bien", "Las tablas de cifras están ordenadas por su clave."


def _machine() -> Iterator[Finding]:
    free = free_bytes()
    gigabytes = f"{free / 1e9:.1f} GB libres en el disco de los datos"
    yield ("bien" if free > MIN_FREE_BYTES else "mal"), gigabytes + "."
    age = worker_age()
    if age is None or age > 120:
        yield "aviso", "El trabajo de fondo no está corriendo («traza serve» lo incluye)."
    else:
        yield "bien", "El trabajo de fondo está corriendo."


def _institute() -> Iterator[Finding]:
    institute = Institute.objects.first()
    if institute is None or institute.name == Institute._meta.get_field("name").default:
        yield "aviso", "El instituto todavía no tiene nombre: se pone con «traza init»."
    if not get_user_model().objects.filter(is_superuser=True, is_active=True).exists():
        yield "mal", "No hay ninguna cuenta que administre: la hace «traza init»."


def _pages() -> Iterator[Finding]:
    revision = current_revision()
    paths = eager_paths()
    missing = sum(not is_stored(path, revision) for path in paths)
    if missing:
        yield (
            "aviso",
            f"{missing} de {len(paths)} páginas se prepararán cuando alguien las pida; "
            "«traza publish» las prepara ahora.",
        )
    else:
        yield "bien", f"Las {len(paths)} páginas principales están listas (revisión {revision})."
