"""``traza restore``: back to a copy, whole or not at all."""

import sys
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection

from traza.cli.install import prepare_home
from traza.cli.parser import Parser
from traza.cli.say import Bars, ask, fail, say
from traza.foundation import audit
from traza.foundation.backup.archive import BackupError
from traza.foundation.backup.databases import is_empty
from traza.foundation.backup.lock import HomeInUse, home_lock
from traza.foundation.backup.restoring import restore_backup
from traza.foundation.mail.actions import hold_restored_mail
from traza.publishing.models import Revision
from traza.publishing.revision import current_revision


def run(arguments: list[str]) -> None:
    """Restore the copy, prepare what is derived, and say what is next."""
    parser = Parser(
        "restore",
        "Vuelve a una copia hecha con «traza backup». Lo que hay se aparta y no se "
        "borra hasta que todo está en su lugar; si algo falla, vuelve. Antes se detiene el sitio.",
    )
    parser.add_argument("file", type=Path, metavar="ARCHIVO", help="la copia (.tar.gz)")
    parser.add_argument("--yes", action="store_true", help="no preguntar")
    given = parser.parse_args(arguments)
    home = Path(settings.TRAZA_HOME)
    try:
        with home_lock(home, alone=True):
            _restore(given.file.resolve(), home, ask_first=not given.yes)
    except HomeInUse:
        fail(
            "El sitio u otra orden de Traza está trabajando con estos datos. Hay que detenerlo y "
            "repetir."
        )
    say("Sigue: «traza publish» y «traza serve». Todo el personal entra otra vez con su clave.")


def _restore(file: Path, home: Path, *, ask_first: bool) -> None:
    replaces = not is_empty()
    if replaces and ask_first:
        if not sys.stdin.isatty():
            fail(f"Se sustituiría lo que hay en {home}. Si es lo que se quiere: --yes.")
        question = f"Se sustituye lo que hay en {home}. Para continuar se escribe «sí»"
        if ask(question).lower() not in {"sí", "si"}:
            fail("No se cambió nada.")
    before = current_revision() if replaces else 0

    def prepare() -> None:
        prepare_home()
        # Past every revision seen before, so that no process or browser takes old pages for new.
        Revision.objects.update_or_create(
            pk=1, defaults={"number": max(before, current_revision()) + 1}
        )
        Session.objects.all().delete()
        hold_restored_mail()
        audit.record(None, "backup.restored", file.name)

    with Bars() as bars:
        try:
            facts = restore_backup(file, then=prepare, tell=bars.bytes)
        except (BackupError, DatabaseError, OSError) as error:
            bars.close()
            words = str(error) if isinstance(error, BackupError) else f"falló ({error})"
            fail(f"No se restauró: {words} Lo que había sigue como estaba.")
    say(f"Restaurada la copia del {facts.get('made')} ({connection.vendor}).")
