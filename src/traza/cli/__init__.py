"""The ``traza`` command. What it does not know itself it hands to Django."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from traza.cli.say import fail, say
from traza.foundation.setting_error import SettingError

HELP = """Traza, la plataforma de un instituto de planeación.

Para empezar
  traza demo                 carga un ejemplo completo y abre el sitio en http://localhost:8000
  traza init                 prepara el sitio de un instituto: nombre, color, municipios
  traza serve                abre el sitio y el trabajo de fondo en un solo puerto

Cada día
  traza import ARCHIVO       trae una hoja de cálculo o un paquete de datos
  traza publish              prepara todas las páginas y archivos públicos
  traza check                dice si algo falta o está mal
  traza backup [ARCHIVO]     copia todo en un archivo, también mientras el sitio trabaja
  traza restore ARCHIVO      vuelve a una copia

«traza ORDEN --help» explica cada una. Los datos viven en la carpeta TRAZA_HOME
(ahora: {home}). Cualquier otra orden pasa a Django, por ejemplo «traza shell».
"""


def main() -> None:
    """Run ``traza <command>``; errors a person can act on are one sentence, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "traza.settings")
    arguments = sys.argv[1:]
    if not arguments or (arguments[0] in {"-h", "--help", "help"} and len(arguments) == 1):
        sys.stdout.write(HELP.format(home=os.environ.get("TRAZA_HOME", "datos")))
        return
    try:
        _run(arguments)
    except KeyboardInterrupt:
        fail("Interrumpido. La misma orden, repetida, continúa.", code=130)


def _run(arguments: list[str]) -> None:
    try:
        name, rest = arguments[0], arguments[1:]
        if name in COMMANDS:
            import importlib

            import django

            django.setup()
            module = importlib.import_module(f"traza.cli.{COMMANDS[name]}")
            with nullcontext() if name == "restore" else _shared_home():
                module.run(rest)
            return
        from django.core.management import execute_from_command_line

        with _shared_home():
            execute_from_command_line(["traza", *arguments])
    except SettingError as error:
        fail(str(error))


@contextmanager
def _shared_home() -> Iterator[None]:
    """Keep a copy from being restored under a command at work, and the other way round."""
    from django.conf import settings

    from traza.foundation.backup.lock import HomeInUse, home_lock
    from traza.foundation.backup.restoring import cut_short, recover

    home = Path(settings.TRAZA_HOME)
    try:
        if cut_short():
            with home_lock(home, alone=True):
                recover()
            say("Una restauración quedó a medias: se volvió a lo que había antes de ella.")
        with home_lock(home):
            yield
    except HomeInUse:
        fail(
            "Se está restaurando una copia en esta carpeta de datos. Hay que esperar a que termine."
        )


#: Commands of our own and the module of each.
COMMANDS = {
    "init": "init",
    "demo": "demo",
    "serve": "serve",
    "import": "bring_in",
    "publish": "publish",
    "check": "check",
    "backup": "backup",
    "restore": "restore",
}
