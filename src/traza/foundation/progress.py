"""Progress of long work on a terminal: how much is done, how fast, and how long is left."""

import sys
import time
from types import TracebackType
from typing import Self, TextIO

BAR = 24


class Progress:
    """A line that is rewritten while work goes on; on a file or a pipe, a line every 10 seconds.

    ``total`` is the number of steps (0: unknown, no estimate). Use as a context manager, and call
    ``step`` after each one.
    """

    def __init__(self, total: int, label: str, *, out: TextIO | None = None) -> None:
        self.total = total
        self.label = label
        self.done = 0
        self._out = out or sys.stderr
        self._live = self._out.isatty()
        self._began = time.monotonic()
        self._shown = self._began if not self._live else float("-inf")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def step(self, count: int = 1) -> None:
        """Note that ``count`` more steps are done."""
        self.done += count
        now = time.monotonic()
        if now - self._shown >= (0.1 if self._live else 10):
            self._shown = now
            self._write(self.line())

    def line(self) -> str:
        """Return what is shown now."""
        passed = time.monotonic() - self._began
        if not self.total and not self.done:
            return f"{self.label}: {in_words(passed)}"
        if not self.total:
            return f"{self.label}: {self.done:,} en {in_words(passed)}"
        part = min(self.done / self.total, 1.0)
        bar = "█" * int(part * BAR)
        text = f"{self.label} {bar:░<{BAR}} {self.done:,} de {self.total:,}"
        if self.done >= self.total:
            return f"{text}, {in_words(passed)}"
        if self.done and passed > 1:
            text += f", faltan {in_words(passed / self.done * (self.total - self.done))}"
        return text

    def close(self) -> None:
        """Leave the last state on the screen."""
        self._write(self.line())
        if self._live:
            self._out.write("\n")
            self._out.flush()

    def _write(self, text: str) -> None:
        self._out.write(f"\r\x1b[2K{text}" if self._live else f"{text}\n")
        self._out.flush()


def in_words(seconds: float) -> str:
    """Return a duration as people say it: "menos de 1 s", "42 s", "3 min 5 s", "2 h 10 min"."""
    if seconds < 1:
        return "menos de 1 s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
