"""Command line options, explained and refused in Spanish."""

import argparse
import re
from collections.abc import Iterable
from typing import Any, NoReturn

from traza.cli.say import fail

#: What argparse says, and how we say it.
_SAID = (
    (r"the following arguments are required: (.+)", r"falta: \1"),
    (r"unrecognized arguments: (.+)", r"no se conoce: \1"),
    (r"argument (.+): expected one argument", r"a \1 le falta su valor"),
    (r"argument (.+): invalid (?:int|float) value: '(.*)'", r"\1 espera un número y recibió «\2»"),
    (r"argument (.+): not allowed with argument (.+)", r"\1 y \2 no van juntas"),
    (r"argument (.+): invalid choice: '(.*)' \(choose from (.+)\)", r"\1 no puede ser «\2»: \3"),
)


class _Formatter(argparse.HelpFormatter):
    def add_usage(
        self, usage: str | None, actions: Iterable[Any], groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:  # fmt: skip
        super().add_usage(usage, actions, groups, "Uso: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """An argparse parser of one of our commands."""

    def __init__(self, command: str, description: str) -> None:
        super().__init__(
            prog=f"traza {command}",
            description=description,
            add_help=False,
            allow_abbrev=False,
            formatter_class=_Formatter,
        )
        self._positionals.title = "Qué recibe"
        self._optionals.title = "Opciones"
        self.add_argument("-h", "--help", action="help", help="muestra esta ayuda")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the options and where the help is."""
        for pattern, words in _SAID:
            message = re.sub(f"^{pattern}$", words, message)
        fail(f"{self.prog}: {message}. La ayuda: «{self.prog} --help».", code=2)
