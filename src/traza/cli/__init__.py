"""The ``traza`` command. What it does not know itself it hands to Django."""

import os
import sys

from traza.cli.say import fail

HELP = """Traza, la plataforma de un instituto de planeación.

Para empezar
  traza demo                 carga el ejemplo de La Laguna y abre el sitio en http://localhost:8000
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
        fail("Interrumpido. Repita la misma orden para continuar.", code=130)


def _run(arguments: list[str]) -> None:
    from traza.settings.env import SettingError

    try:
        name, rest = arguments[0], arguments[1:]
        if name in COMMANDS:
            import importlib

            import django

            django.setup()
            importlib.import_module(f"traza.cli.{COMMANDS[name]}").run(rest)
            return
        from django.core.management import execute_from_command_line

        execute_from_command_line(["traza", *arguments])
    except SettingError as error:
        fail(str(error))


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
