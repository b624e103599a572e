"""``traza import``: a spreadsheet or a data package, through the same gate as the back office."""

import argparse
import getpass
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse

from traza.cli.install import require_home
from traza.cli.parser import Parser
from traza.cli.say import Bars, fail, say
from traza.foundation import audit
from traza.foundation.models import Institute
from traza.indicators import actions
from traza.indicators.intake.errors import IntakeError
from traza.indicators.intake.mapping import Column, Mapping
from traza.indicators.intake.propose import propose
from traza.indicators.intake.readers import Kind
from traza.indicators.intake.sample import table_of
from traza.indicators.models import ImportJob, Series
from traza.stats.text import fold

#: Problems printed one by one; the rest are counted and seen in the back office.
MOST_TOLD = 500
#: Files larger than this show how far the reading is.
LONG = 2_000_000
#: What a column may be said to be on the command line.
ROLES = {
    "lugar": "place",
    "estado": "state",
    "municipio": "municipality",
    "periodo": "period",
    "ano": "year",
    "mes": "month",
    "valor": "value",
    "situacion": "status",
    "comentario": "comment",
    "serie": "series",
    "desglose": "breakdown",
    "limite inferior": "lower",
    "limite superior": "upper",
    "nada": "ignore",
}


def run(arguments: list[str]) -> None:
    """Bring in what the path names: a package, or a spreadsheet with what the options say."""
    given = _parser().parse_args(arguments)
    require_home()
    path: Path = given.path
    if not path.exists():
        fail(f"No existe {path}.")
    try:
        with audit.beside(shell=_shell_user()):
            if path.is_dir() or path.name == "datapackage.json":
                _bring_package(path, given)
            else:
                _bring_spreadsheet(path, given)
    except IntakeError as error:
        fail(str(error))


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        "import",
        "Trae una hoja de cálculo (.xlsx, .xls, .ods, .csv) o un paquete de datos (una carpeta con "
        "datapackage.json). Lee, revisa y dice qué cambiaría; luego envía a revisión, o publica "
        "con --approve y donde una sola persona captura y aprueba.",
    )
    parser.add_argument("path", type=Path, metavar="ARCHIVO", help="hoja de cálculo o paquete")
    parser.add_argument("--series", metavar="CLAVE", help="serie a la que van los datos")
    parser.add_argument("--sheet", default="", metavar="HOJA", help="hoja del libro")
    parser.add_argument("--title", default="", metavar="TEXTO", help="título de la entrega")
    parser.add_argument(
        "--period", default="", metavar="PERIODO", help="periodo, si el archivo no lo dice"
    )
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="ENCABEZADO=QUÉ",
        help="qué es una columna (" + ", ".join(ROLES) + "); se puede repetir",
    )
    parser.add_argument(
        "--new-indicator", metavar="NOMBRE", help="crea el indicador; pide --unit y --source"
    )
    parser.add_argument("--unit", default="", metavar="UNIDAD", help="unidad del nuevo")
    parser.add_argument("--source", default="", metavar="FUENTE", help="fuente del nuevo")
    parser.add_argument(
        "--freq", default="", metavar="F", help="frecuencia del nuevo: A, Q, M… (se deduce)"
    )
    parser.add_argument(
        "--decimals", type=int, default=0, metavar="N", help="decimales de una unidad nueva"
    )
    parser.add_argument("--user", metavar="CUENTA", help="quién captura")
    parser.add_argument(
        "--approve",
        nargs="?",
        const="",
        metavar="CUENTA",
        help="publicar, aprobado por esa cuenta (o por la que captura)",
    )
    parser.add_argument(
        "--skip-refused", action="store_true", help="descartar los renglones rechazados y seguir"
    )
    return parser


def _bring_package(folder: Path, given: argparse.Namespace) -> None:
    writer, approver = _people(given)
    if approver is None and Institute.load().single_person:
        approver = writer
    with Bars() as bars:
        release = actions.import_package(
            folder, writer=writer, approver=approver, progress=bars.tell
        )
    if release is None:
        say("El paquete no cambia ninguna cifra: todo estaba ya.")
        return
    changes = release.changes
    say(
        f"Publicado «{release.title}»: {changes.get('added', 0):,} datos nuevos y "
        f"{changes.get('revised', 0):,} corregidos en la última entrega."
    )


def _bring_spreadsheet(path: Path, given: argparse.Namespace) -> None:
    writer, approver = _people(given)
    new = None
    if given.new_indicator is not None:
        new = actions.NewIndicator(
            name=given.new_indicator,
            unit=given.unit,
            source=given.source,
            freq=given.freq,
            decimals=given.decimals,
            period=given.period,
        )
    with path.open("rb") as file:
        job = actions.create_import(
            file,
            filename=path.name,
            user=writer,
            series=_series(given.series),
            new=new,
            title=given.title,
            sheet=given.sheet,
        )
    _read(job, given, writer)
    wanted = actions.unnamed(job)
    if wanted:
        fail(
            f"Falta decir {' y '.join(wanted)}. Se dice con --series, --period o --column, o en "
            f"{_address(job, 'traza_import_columns')}"
        )
    actions.check_import(job)
    _tell(job)
    if given.skip_refused:
        dropped = actions.discard_rows(job, job.rows.filter(fate="refused"), user=writer)
        job.refresh_from_db()
        if dropped:
            say(f"Renglones rechazados que se descartaron: {dropped:,}.")
    if job.counts["refused"]:
        fail(
            "Nada se ha publicado. Los renglones rechazados se corrigen en el archivo, o en "
            f"{_address(job)}; con --skip-refused se descartan."
        )
    if not job.counts["new"] + job.counts["revised"]:
        actions.discard_import(job, writer)
        say("El archivo dice lo mismo que ya está publicado: no hay nada que enviar.")
        return
    actions.submit_import(job, writer)
    if given.approve is None and not Institute.load().single_person:
        say(f"Enviada a revisión. Se aprueba en {_address(job)}")
        return
    _approve(job, approver or writer)


def _read(job: ImportJob, given: argparse.Namespace, writer: Any) -> None:
    """Read the file, with what the options say in place of what is proposed."""
    mapping = None
    if given.period or given.column:
        mapping = propose(table_of(job), job.series, actions.own_resolver())
        if given.period:
            mapping.constants["period"] = given.period
        for text in given.column:
            _name_column(mapping, text)
    size = job.snapshot.size if job.snapshot is not None else 0
    if size < LONG:
        actions.read_import(job, mapping, user=writer)
    else:
        total = _lines(job)
        with Bars() as bars:
            actions.read_import(
                job,
                mapping,
                user=writer,
                progress=lambda line: bars.tell("Renglones leídos", line, total),
            )
        say("Comparando con lo publicado…")


def _name_column(mapping: Mapping, text: str) -> None:
    header, equals, word = text.rpartition("=")
    role = ROLES.get(fold(word))
    column: Column | None = next(
        (one for one in mapping.columns if fold(one.header) == fold(header)), None
    )
    if not equals or role is None:
        raise IntakeError(f"«{text}»: se escribe ENCABEZADO=QUÉ, y QUÉ es {', '.join(ROLES)}.")
    if column is None:
        known = ", ".join(f"«{one.header}»" for one in mapping.columns)
        raise IntakeError(f"No hay una columna «{header}». Hay: {known}.")
    column.role = role


def _lines(job: ImportJob) -> int:
    """Return how many lines a text file has; 0, unknown, for workbooks."""
    table = table_of(job)
    if table.kind != Kind.CSV:
        return 0
    with table.path.open("rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))


def _tell(job: ImportJob) -> None:
    """Print how the file was read, the counts of each fate, and each problem with its row."""
    mapping = Mapping.from_json(job.mapping)
    say(f"{job.title}: {job.counts.get('values', 0):,} valores. {mapping.reason}")
    labels = {
        "new": "nuevos",
        "revised": "corregidos",
        "equal": "iguales",
        "missing": "faltan en el archivo",
        "refused": "rechazados",
        "discarded": "descartados",
    }
    say(" · ".join(f"{label} {job.counts[fate]:,}" for fate, label in labels.items()))
    _tell_problems("Rechazados:", job.rows.filter(fate="refused"), "error")
    _tell_problems("Avisos:", job.rows.exclude(issues=[]), "warning")


def _tell_problems(title: str, rows: Any, severity: str) -> None:
    told = 0
    for row in rows.order_by("line", "id").iterator(chunk_size=1_000):
        for found in row.issues:
            if found["severity"] != severity:
                continue
            told += 1
            if told == 1:
                say(title)
            if told <= MOST_TOLD:
                say(f"  {found['message']}")
    if told > MOST_TOLD:
        say(f"  … y {told - MOST_TOLD:,} más.")


def _approve(job: ImportJob, approver: Any) -> None:
    if approver is None:
        fail(f"Enviada a revisión. Para publicar falta quién aprueba: --approve CUENTA. "
             f"También se aprueba en {_address(job)}")  # fmt: skip
    try:
        release = actions.approve_import(job, approver)
    except IntakeError as error:
        fail(f"No se publicó: {error} Espera revisión en {_address(job)}")
    changes = release.changes
    say(
        f"Publicado: {changes['added']:,} datos nuevos y {changes['revised']:,} corregidos en "
        f"{changes['indicators']} indicador{'' if changes['indicators'] == 1 else 'es'}."
    )
    for version in release.indicators.select_related("indicator"):
        say(f"  {settings.TRAZA_BASE_URL}{version.indicator.path}")


def _series(code: str | None) -> Series | None:
    if code is None:
        return None
    found = Series.objects.select_related("indicator").filter(code=code).first()
    if found is None:
        known = list(Series.objects.values_list("code", flat=True)[:8])
        hint = f" Hay, por ejemplo: {', '.join(known)}." if known else ""
        fail(
            f"No hay una serie con la clave «{code}».{hint} Para datos nuevos: --new-indicator "
            "NOMBRE --unit UNIDAD --source FUENTE."
        )
    return found


def _person(name: str) -> Any:
    found = get_user_model().objects.filter(username=name, is_active=True).first()
    if found is None:
        fail(f"No hay una cuenta activa llamada «{name}».")
    return found


def _people(given: argparse.Namespace) -> tuple[Any, Any]:
    """Return who captures and who approves, None where it was not said and cannot be known."""
    approver = _person(given.approve) if given.approve else None
    writer = _person(given.user) if given.user else approver or _only_person()
    return writer, writer if given.approve == "" else approver


def _shell_user() -> str:
    """Return who runs the command on the server; its number where it has no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def _only_person() -> Any:
    """Return the one active account, if there is just one."""
    people = list(get_user_model().objects.filter(is_active=True)[:2])
    return people[0] if len(people) == 1 else None


def _address(job: ImportJob, name: str = "traza_import") -> str:
    return f"{settings.TRAZA_BASE_URL}{reverse(name, args=[job.pk])}"
