"""A sheet of many plain rows: XlsxWriter's own, its cells written straight to the file.

XlsxWriter keeps an object for each cell until it closes: 1.5 s of processor for 20,000 values of
23 columns. Here the cells that come together again and again are written once and copied.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from itertools import accumulate, islice
from zipfile import ZipFile

from xlsxwriter import workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

#: Stands for the number of the row in what is kept; XML has no such character.
_LINE = "\0"
#: Rows written at once.
_TOGETHER = 500
#: XlsxWriter does not let its compression be chosen. Of 47,000 values, level 2 instead of 6 takes
#: 0.09 s instead of 0.31 and makes 3.9 MB instead of 3.2: the file is public a quarter sooner.
workbook.ZipFile = partial(ZipFile, compresslevel=2)


class LongSheet(Worksheet):
    """A worksheet whose rows, after those written in the usual way, come from an iterable.

    A record is a sequence of parts and a part a sequence of cells; ``parts`` tells how many cells
    each part has. The first record goes to the second line of the sheet.
    """

    parts: Sequence[int] = ()
    records: Iterable[Sequence[tuple[object, ...]]] = ()

    def __init__(self) -> None:
        super().__init__()
        self._numbers: dict[str, int] = {}

    def _write_dimension(self) -> None:
        """Leave the size of the sheet unsaid: it is known too late, and readers trust it."""

    def _write_rows(self) -> None:
        super()._write_rows()
        begins = [0, *accumulate(self.parts)][: len(self.parts)]
        known = [
            _Written(
                [xl_col_to_name(column) for column in range(begin, begin + size)], self._string
            )
            for begin, size in zip(begins, self.parts, strict=True)
        ]
        lines = enumerate(self.records, start=2)
        while some := list(islice(lines, _TOGETHER)):
            self.fh.write("".join([_row(line, record, known) for line, record in some]))

    def _string(self, text: str) -> int:
        """Return the number of a text among the book's; XlsxWriter writes them after the sheets."""
        if text not in self._numbers:
            table = self.str_table
            self._numbers[text] = table.unique_count
            # What begins so would be taken for text with formats, written in XML.
            table.string_array.append(f" {text}" if text.startswith("<r>") else text)
            table.unique_count += 1
            table.count += 1
        return self._numbers[text]


def _row(line: int, record: Sequence[tuple[object, ...]], known: "list[_Written]") -> str:
    cells = "".join([one[part] for one, part in zip(known, record, strict=True)])
    return f'<row r="{line}">{cells.replace(_LINE, str(line))}</row>'


class _Written(dict[tuple[object, ...], str]):
    """Parts in the same columns as they stand in the sheet, written once and copied."""

    def __init__(self, columns: Sequence[str], string: Callable[[str], int]) -> None:
        super().__init__()
        self.columns = columns
        self.string = string

    def __missing__(self, part: tuple[object, ...]) -> str:
        if len(part) == 1 and isinstance(part[0], float):
            # A number of its own: seldom the same again.
            return f'<c r="{self.columns[0]}{_LINE}"><v>{part[0]:.16G}</v></c>'
        cells = []
        for column, cell in zip(self.columns, part, strict=True):
            if cell is None or cell == "":
                continue
            where = f'<c r="{column}{_LINE}"'
            if isinstance(cell, int | float):
                cells.append(f"{where}><v>{cell:.16G}</v></c>")
            else:
                text = cell.isoformat()[:19] if isinstance(cell, date) else str(cell)
                cells.append(f'{where} t="s"><v>{self.string(text)}</v></c>')
        self[part] = "".join(cells)
        return self[part]
