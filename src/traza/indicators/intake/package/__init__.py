"""Data packages: how an institute brings its whole catalogue and its figures at once.

A Frictionless Data Package (datapackage.org, version 2): a folder with ``datapackage.json`` and
one CSV for each table of `traza.indicators.intake.package.layout`.
"""

from traza.indicators.intake.package.load import load_package
from traza.indicators.intake.package.tables import Package, open_package, pages

__all__ = ["Package", "load_package", "open_package", "pages"]
