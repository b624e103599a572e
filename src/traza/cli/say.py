"""Words on the terminal."""

import sys
from typing import NoReturn


def say(text: str = "") -> None:
    """Print a line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def fail(sentence: str, *, code: int = 1) -> NoReturn:
    """Say what went wrong and leave."""
    sys.stdout.flush()
    sys.stderr.write(f"{sentence}\n")
    raise SystemExit(code)


def ask(question: str, default: str = "") -> str:
    """Ask a question; an empty answer, or nobody to answer, means the default."""
    if not sys.stdin.isatty():
        return default
    shown = f" [{default}]" if default else ""
    return input(f"{question}{shown}: ").strip() or default
