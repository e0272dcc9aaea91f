"""The sheets of a workbook, every cell as text, read by fastexcel.

Two properties of the reader are compensated here, and pinned by tests:

* without ``skip_rows=0`` it silently drops empty lines above the used range; with it, positions count from line 1;
* it always drops empty columns to the left of the used range; ``absolute_index`` of its first column tells how many, and they are put back.

It answers an error cell with null and lists it; the list becomes ``errors``.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import fastexcel
import pyarrow as pa

from ncdm.sources.limits import Limits
from ncdm.sources.refusal import RefusalCode, Unfit

_ERROR = re.compile(r"'Error\((\w+)\)'")
_SHOWN = {
    "NA": "#N/A",
    "Div0": "#DIV/0!",
    "Name": "#NAME?",
    "Null": "#NULL!",
    "Num": "#NUM!",
    "Ref": "#REF!",
    "Value": "#VALUE!",
    "GettingData": "#GETTING_DATA",
}
UNSHOWN = "#UNREADABLE"
"""A value that has no text, for instance a date outside the calendar."""


class ReadSheet(NamedTuple):
    """One sheet as the reading process hands it on."""

    name: str
    visible: bool
    cells: pa.Table
    errors: list[tuple[int, int, str]]
    """Line, column, code: 1-based."""


def read_sheets(content: bytes, limits: Limits) -> Iterator[ReadSheet]:
    """Each sheet of a workbook in order; raises ``Unfit`` when it cannot be read or has too many cells."""
    cells = errors = 0
    try:
        reader = fastexcel.read_excel(content)
        if not reader.sheet_names:
            raise Unfit(RefusalCode.UNREADABLE, "it lists no sheet")
        for position, name in enumerate(reader.sheet_names):
            sheet = _read_sheet(reader, position, name, limits)
            cells += sheet.cells.num_rows * sheet.cells.num_columns
            errors += len(sheet.errors)
            if cells > limits.file_cells:
                raise Unfit(RefusalCode.CELLS, f"more than {limits.file_cells:,} cells in all sheets")
            if errors > limits.error_cells:
                raise Unfit(RefusalCode.CELLS, f"more than {limits.error_cells:,} cells hold errors")
            yield sheet
    except fastexcel.FastExcelError as fault:
        raise _unfit(str(fault)) from fault


def _read_sheet(reader: fastexcel.ExcelReader, position: int, name: str, limits: Limits) -> ReadSheet:
    sheet = reader.load_sheet(position, header_row=None, skip_rows=0, dtypes="string")
    columns = sheet.available_columns()
    width = columns[-1].absolute_index + 1 if columns else 0
    if sheet.total_height * width > limits.sheet_cells:
        raise Unfit(RefusalCode.CELLS, f"{sheet.total_height:,} lines by {width:,} columns, at most {limits.sheet_cells:,} cells")
    batch, faults = sheet.to_arrow_with_errors()
    left = width - batch.num_columns
    errors = [(row + 1, left + column + 1, _shown(detail)) for (row, column), detail in _listed(faults)]
    empty = [pa.nulls(batch.num_rows, pa.string())] * left
    cells = pa.Table.from_arrays([*empty, *batch.columns], names=[f"c{number}" for number in range(1, width + 1)])
    return ReadSheet(name, sheet.visible == "visible", cells, errors)


def _listed(faults: "fastexcel.CellErrors | None") -> Iterator[tuple[tuple[int, int], str]]:
    for fault in faults.errors if faults is not None else ():
        yield fault.position, fault.detail


def _shown(detail: str) -> str:
    found = _ERROR.search(detail)
    return _SHOWN.get(found[1], UNSHOWN) if found else UNSHOWN


def _unfit(message: str) -> Unfit:
    """The reader's own words tell a password and a broken part apart."""
    if "assword" in message or "ncrypt" in message:
        return Unfit(RefusalCode.ENCRYPTED)
    first = message.partition("\n")[0].removeprefix("calamine error: ").rstrip(".")
    return Unfit(RefusalCode.UNREADABLE, "its parts do not make a workbook" if "Cannot detect" in first else first)
