"""Where the built style sheet, script and fonts are: names with a hash, by their plain name."""

import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static

BUILD = "traza/build"


def asset_url(name: str) -> str:
    """Return the address of a built file: ``asset_url("main.css")``.

    Raises `ImproperlyConfigured` where the front end was not built or has no such file.
    """
    return static(f"{BUILD}/{_hashed(name)}")


def asset_path(name: str) -> Path:
    """Return the built file on disk; raises like `asset_url`."""
    return _manifest_path().parent / _hashed(name)


def font_dir() -> Path:
    """Return the folder of the TTF files with which charts are painted as images."""
    return _manifest_path().parent / "fonts"


def _hashed(name: str) -> str:
    path = _manifest_path()
    # While developing, a new build is seen at once.
    names = _read(path, path.stat().st_mtime_ns if settings.DEBUG else 0)
    if name not in names:
        raise ImproperlyConfigured(
            f"El diseño construido no tiene «{name}». Construirlo de nuevo: npm run build."
        )
    return names[name]


@lru_cache(maxsize=1)
def _manifest_path() -> Path:
    found = finders.find(f"{BUILD}/manifest.json")
    if not found:
        raise ImproperlyConfigured(
            "Falta construir el diseño (hojas de estilo y letras). "
            "Desde la carpeta del proyecto: npm ci && npm run build."
        )
    return Path(found)


@lru_cache(maxsize=4)
def _read(path: Path, _version: int) -> dict[str, str]:
    names: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return names
