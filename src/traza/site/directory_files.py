"""The directory and the list of transparency that a data package brings as Markdown.

A section of second level is an office or a matter; its paragraphs say what it attends to; lines
``- key: value`` fill it. A post or an obligation has its parts between bars::

    ## Planeación
    Hace los planes.

    - correo: planeacion@example.org
    - puesto: Dirección de planeación | planeacion@example.org

    ## Información básica

    - Estructura orgánica | 2026 | /directorio/
    - Contratos | | | No aplica: es un ejemplo.
"""

import re
from collections.abc import Iterator
from typing import Any

_SECTION = re.compile(r"^##\s+(.+)$", re.MULTILINE)
_OFFICE = {"correo": "email", "teléfono": "phone", "domicilio": "address", "horario": "hours"}


def offices_of(text: str) -> tuple[str, list[tuple[str, Any]]]:
    """Return the introduction and the offices of a text."""
    introduction, sections = _sections(text)
    offices = []
    for name, words, lines in sections:
        office: dict[str, Any] = {"name": name, "does": words, "posts": []}
        for line in lines:
            key, _colon, value = (part.strip() for part in line.partition(":"))
            if key == "puesto":
                post, email, phone = _parts(value, 3)
                office["posts"].append({"post": post, "person": "", "email": email, "phone": phone})
            elif key in _OFFICE:
                office[_OFFICE[key]] = value
        offices.append(("office", office))
    return introduction, offices


def matters_of(text: str) -> tuple[str, list[tuple[str, Any]]]:
    """Return the introduction and the obligations by matter of a text."""
    introduction, sections = _sections(text)
    matters = []
    for title, _words, lines in sections:
        items = []
        for line in lines:
            name, period, url, missing = _parts(line, 4)
            items.append({"name": name, "period": period, "url": url, "missing": missing})
        matters.append(("matter", {"title": title, "items": items}))
    return introduction, matters


def _sections(text: str) -> tuple[str, list[tuple[str, str, list[str]]]]:
    parts = _SECTION.split(text)
    sections = [
        (name.strip(), " ".join(_paragraphs(body)), list(_lines(body)))
        for name, body in zip(parts[1::2], parts[2::2], strict=True)
    ]
    return " ".join(_paragraphs(parts[0])), sections


def _paragraphs(body: str) -> Iterator[str]:
    for line in body.splitlines():
        if line.strip() and not line.startswith("- "):
            yield line.strip()


def _lines(body: str) -> Iterator[str]:
    for line in body.splitlines():
        if line.startswith("- "):
            yield line[2:].strip()


def _parts(line: str, n: int) -> list[str]:
    """Return the parts of a line between bars; those left out are empty."""
    parts = [part.strip() for part in line.split("|")]
    return [*parts, *[""] * n][:n]
