"""``traza backup``: a copy of everything in one file, also while the site works."""

from pathlib import Path

from traza.cli.parser import Parser
from traza.cli.say import Bars, fail, say
from traza.foundation import audit
from traza.foundation.backup.archive import BackupError
from traza.foundation.backup.making import forget_old, make_backup


def run(arguments: list[str]) -> None:
    """Make the copy and say where it is."""
    parser = Parser(
        "backup",
        "Copia todo (base de datos, archivos subidos, clave secreta) en un archivo, "
        "también mientras el sitio trabaja. Se guarda en otra máquina y como un secreto.",
    )
    parser.add_argument(
        "file", nargs="?", type=Path, metavar="ARCHIVO",
        help="dónde (si no: backups/traza-FECHA.tar.gz en la carpeta de datos)",
    )  # fmt: skip
    parser.add_argument(
        "--keep", type=int, default=0, metavar="N",
        help="de las copias con fecha de backups/, conservar solo las N más nuevas",
    )  # fmt: skip
    given = parser.parse_args(arguments)
    with Bars() as bars:
        try:
            made = make_backup(given.file.resolve() if given.file else None, bars.bytes)
        except BackupError as error:
            bars.close()
            fail(str(error))
    audit.record(None, "backup.made", made.path.name, size=made.size)
    say(f"Copia en {made.path} ({made.size / 1e6:,.1f} MB, {made.files:,} archivos y la base).")
    say("Contiene la clave secreta y las cuentas: se guarda como un secreto, en otra máquina.")
    if given.keep and (gone := forget_old(given.keep)):
        say(f"Se quitaron {gone} copias viejas.")
