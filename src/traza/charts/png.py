"""A chart as an image, drawn by resvg."""

from collections.abc import Sequence
from pathlib import Path

import resvg_py


def to_png(
    svg: str,
    *,
    width: int = 1600,
    font_dir: Path | str | None = None,
    font_files: Sequence[Path | str] = (),
) -> bytes:
    """PNG of an SVG drawn in mode "file", ``width`` pixels wide.

    ``font_dir`` holds the TTF files the drawing names; the machine's own fonts are used only when
    neither it nor ``font_files`` is given. Raises `ValueError` for an SVG drawn for a page, whose
    ``var(--…)`` colours an image cannot know.
    """
    if "var(--" in svg:
        raise ValueError("Only a chart drawn with mode='file' can become an image.")
    own = bool(font_dir or font_files)
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            width=width,
            skip_system_fonts=own,
            font_dirs=[str(font_dir)] if font_dir else None,
            font_files=[str(f) for f in font_files] or None,
        )
    )
