"""Write one workbook as the exporting systems do: styled empty rows, merged headers, error cells, and no trace of when it was made."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """A cell that holds a spreadsheet error instead of a value."""

    code: str = "#N/A"


Cell = str | int | float | date | datetime | ErrorCell | None

LONG_AGO = datetime.combine(date(2025, 1, 1), time())
"""Creation date of every workbook, so that equal content gives equal bytes."""

ZIP_DATE = (1980, 1, 1, 0, 0, 0)
FORMULA_OF_ERROR = re.compile(rb"<f>[^<]*</f>(?=<v>#)")
NOT_AVAILABLE = "=NA()"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its lines as they stand, and how the exporting system dressed them."""

    title: str
    lines: Sequence[Sequence[Cell]]
    merges: tuple[str, ...] = ()
    hidden: tuple[int, ...] = ()
    """Zero-based columns that are hidden."""
    empty_rows: int = 0
    """Styled rows without a value below the last line."""
    empty_columns: int = 0
    """Styled columns without a value to the right of the last header."""
    dates: str = "m/d/yyyy"
    numbers: Mapping[int, str] = field(default_factory=dict)
    """Number formats by zero-based column."""


def save(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write the sheets, in order, into one workbook; equal sheets give equal bytes."""
    memory = io.BytesIO()
    book = xlsxwriter.Workbook(memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": LONG_AGO})
    styles: dict[str, Format] = {}

    def style(code: str) -> Format:
        if code not in styles:
            styles[code] = book.add_format({"num_format": code} if code else {"bg_color": "#FFFFFF"})
        return styles[code]

    errors = False
    for sheet in sheets:
        page = book.add_worksheet(sheet.title)
        dates = style(sheet.dates)
        numbers = {column: style(code) for column, code in sheet.numbers.items()}
        for row, line in enumerate(sheet.lines):
            for column, cell in enumerate(line):
                if cell is None:
                    continue
                if isinstance(cell, str):
                    page.write_string(row, column, cell)
                elif isinstance(cell, int | float):
                    page.write_number(row, column, cell, numbers.get(column))
                elif isinstance(cell, ErrorCell):
                    page.write_formula(row, column, NOT_AVAILABLE, None, cell.code)
                    errors = True
                else:
                    page.write_datetime(row, column, cell, dates)
        _dress(page, sheet, style(""))
    book.close()
    path.write_bytes(_without_formulas(memory) if errors else memory.getvalue())


def _dress(page: Worksheet, sheet: Sheet, blank: Format) -> None:
    """Add what carries no value: empty styled cells, merged ranges, hidden columns."""
    width = max((len(line) for line in sheet.lines), default=0)
    for row in range(len(sheet.lines), len(sheet.lines) + sheet.empty_rows):
        for column in range(width):
            page.write_blank(row, column, None, blank)
    for row in range(min(len(sheet.lines), 40) if sheet.empty_columns else 0):
        for column in range(width, width + sheet.empty_columns):
            page.write_blank(row, column, None, blank)
    for column in sheet.hidden:
        page.set_column(column, column, 12.4, None, {"hidden": True})
    if not sheet.merges:
        return
    values = {(row, column): cell for row, line in enumerate(sheet.lines[:4]) for column, cell in enumerate(line) if cell is not None}
    for merge in sheet.merges:
        first, last = merge.split(":")
        top, left = _position(first)
        bottom, right = _position(last)
        page.merge_range(top, left, bottom, right, values.get((top, left), ""))


def _position(text: str) -> tuple[int, int]:
    letters = text.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(text[len(letters) :]) - 1, column - 1


def _without_formulas(memory: io.BytesIO) -> bytes:
    """Keep the errors, drop the formulas that made them: real exports hold pasted values."""
    clean = io.BytesIO()
    with zipfile.ZipFile(memory) as old, zipfile.ZipFile(clean, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name.startswith("xl/worksheets/"):
                content = FORMULA_OF_ERROR.sub(b"", content)
            new.writestr(zipfile.ZipInfo(name, ZIP_DATE), content, zipfile.ZIP_DEFLATED)
    return clean.getvalue()
