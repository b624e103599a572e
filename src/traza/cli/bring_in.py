"""``traza import``: a spreadsheet or a data package, through the same gate as the back office."""

from django.core.management import get_commands, load_command_class
from django.core.management.base import CommandError

from traza.cli.say import fail


def run(arguments: list[str]) -> None:
    """Hand the file to the importer of the indicators."""
    if "import_data" not in get_commands():
        fail("Esta instalación no trae el importador de datos (import_data).")
    command = load_command_class("traza.indicators", "import_data")
    try:
        command.run_from_argv(["traza", "import", *arguments])
    except CommandError as error:
        fail(str(error))
