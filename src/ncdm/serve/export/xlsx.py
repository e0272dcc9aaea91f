"""A workbook of what a grid shows: the lines, and beside them a sheet that says what they are.

Text is written as text, whatever it begins with, so that nothing in it is ever a formula.
"""

import io
from collections.abc import Iterator
from datetime import date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ncdm import INTENDED_USE, __version__
from ncdm.serve.export.shown import Cell, Column, Sheet, Type

MOST_UNITS = 32_767
"""UTF-16 units that a cell holds; a spreadsheet program calls a file with more damaged."""
CUT = " [cut here: a workbook's cell holds no more]"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_FIRST_DAY = date(1900, 3, 1)
"""Spreadsheet programs count a day in 1900 that never was; from this one on they agree with the calendar."""
_SAMPLE = 200
_NARROWEST, _WIDEST = 9, 48


def xlsx(sheet: Sheet) -> bytes:
    """The bytes of the workbook."""
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(
        memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    page, about = book.add_worksheet("Data"), book.add_worksheet("About")
    pen = _Pen(book)
    for place, column in enumerate(sheet.columns):
        pen.text(page, 0, place, column.title, pen.head)
        for line, value in enumerate(column.values, 1):
            pen.cell(page, line, place, value)
        page.set_column(place, place, _width(column))
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, sheet.lines, len(sheet.columns) - 1)
    for line, (name, said) in enumerate(_about(sheet, pen.cut)):
        pen.text(about, line, 0, name, pen.name)
        pen.text(about, line, 1, said, pen.wrapped)
    about.set_column(0, 0, 18)
    about.set_column(1, 1, 90)
    book.close()
    return memory.getvalue()


class _Pen:
    """Writes values by their type, and counts the texts that had to be cut."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.cut = 0
        self.head: Format = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.name: Format = book.add_format({"bold": True, "valign": "top"})
        self.wrapped: Format = book.add_format({"text_wrap": True, "valign": "top"})
        self._guarded: Format = book.add_format({"quote_prefix": True})
        self._day: Format = book.add_format({"num_format": "d mmm yyyy"})
        self._moment: Format = book.add_format({"num_format": "d mmm yyyy hh:mm:ss"})

    def cell(self, page: Worksheet, line: int, place: int, value: Cell) -> None:
        """One value; unknown leaves its cell empty."""
        if value is None:
            return
        if isinstance(value, str):
            # the mark that keeps text text also when a person edits the cell
            self.text(page, line, place, value, self._guarded if value.startswith(FORMULA_STARTS) else None)
        elif isinstance(value, date):
            self._date(page, line, place, value)
        else:
            page.write_number(line, place, value)

    def text(self, page: Worksheet, line: int, place: int, text: str, style: Format | None) -> None:
        """Text as text, no longer than a cell holds."""
        page.write_string(line, place, self._fitting(text), style)

    def _date(self, page: Worksheet, line: int, place: int, value: date) -> None:
        moment = isinstance(value, datetime)
        if (value.date() if isinstance(value, datetime) else value) < _FIRST_DAY:
            page.write_string(line, place, value.isoformat())
        else:
            page.write_datetime(line, place, value, self._moment if moment else self._day)

    def _fitting(self, text: str) -> str:
        # two bytes a unit; a text of so few characters fits whatever they are
        if len(text) <= MOST_UNITS // 2:
            return text
        units = text.encode("utf-16-le")
        if len(units) <= 2 * MOST_UNITS:
            return text
        self.cut += 1
        return units[: 2 * (MOST_UNITS - len(CUT))].decode("utf-16-le", errors="ignore") + CUT


def _about(sheet: Sheet, cut: int) -> Iterator[tuple[str, str]]:
    yield "What", sheet.name
    yield "Data as of", sheet.as_of
    yield "Filter", "\n".join(sheet.filters) if sheet.filters else "none"
    yield "Lines", f"{sheet.lines:,}"
    yield "Empty cells", "Unknown or not applicable, never zero."
    if sheet.demo:
        yield "Demo data", "Everything here is made up. Do not act on it."
    if cut:
        yield "Cut", f"{cut:,} texts are longer than a cell of a workbook holds and were cut. CSV and Parquet hold them whole."
    yield "Use", INTENDED_USE
    yield "Written by", f"Neural Clinical Data Mesh {__version__}"


def _width(column: Column) -> int:
    if column.type is Type.DATE:
        return 20 if any(isinstance(value, datetime) for value in column.values) else 12
    longest = max((len(str(value)) for value in column.values[:_SAMPLE] if value is not None), default=0)
    return max(_NARROWEST, min(_WIDEST, max(longest, min(len(column.title), 2 * _NARROWEST)) + 2))
