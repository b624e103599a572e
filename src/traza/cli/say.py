"""Words on the terminal."""

import sys
from typing import NoReturn, Self

from traza.foundation.progress import Progress

MB = 1_000_000


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
    try:
        return input(f"{question}{shown}: ").strip() or default
    except EOFError:
        raise KeyboardInterrupt from None


class Bars:
    """One progress bar after another, for work that tells (label, done, total)."""

    def __init__(self) -> None:
        self._bar: Progress | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def tell(self, label: str, done: int, total: int) -> None:
        """Show how far the work is; a new label begins a new bar."""
        if self._bar is None or self._bar.label != label:
            self.close()
            self._bar = Progress(total, label)
        self._bar.total = total
        self._bar.step(max(done - self._bar.done, 0))

    def bytes(self, label: str, done: int, total: int) -> None:
        """Like ``tell``, for bytes: shown in MB."""
        self.tell(f"{label} (MB)", done // MB, -(-total // MB))

    def close(self) -> None:
        """Leave the last bar on the screen."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None
