"""Data packages: how an institute brings its whole catalogue and its figures at once.

A Frictionless Data Package (datapackage.org, version 2): a folder with ``datapackage.json`` and
one CSV for each table of `traza.indicators.intake.package.layout`. The layout can be read without
Django, so whoever writes a package needs no site: what loads one is imported on first use.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from traza.indicators.intake.package.load import load_package
    from traza.indicators.intake.package.tables import Package, open_package, pages

__all__ = ["Package", "load_package", "open_package", "pages"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    module = "load" if name == "load_package" else "tables"
    return getattr(import_module(f"{__name__}.{module}"), name)
