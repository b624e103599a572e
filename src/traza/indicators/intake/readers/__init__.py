"""Reading what analysts bring: spreadsheets and delimited text, as plain rows of cells."""

from traza.indicators.intake.readers.kinds import Kind, recognise
from traza.indicators.intake.readers.table import Cell, Table, open_table

__all__ = ["Cell", "Kind", "Table", "open_table", "recognise"]
