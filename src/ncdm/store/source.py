"""A kept source file, opened again: the cells of a sheet as they stand, to show what a line became."""

import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ncdm.contracts import SHEETS, Holds
from ncdm.errors import NotFound, RefusedFile
from ncdm.ingest.conform import Reason
from ncdm.ingest.receipt import SheetReceipt
from ncdm.ingest.values import scrub
from ncdm.sources import LIMITS, Reader, Refused, Sheet, Workbook
from ncdm.store.home import Home
from ncdm.store.shown import StoredFile
from ncdm.store.state import Record, State
from ncdm.types import LineClass, Sha256

_KEPT = 3
_UNMASKED = frozenset({Holds.IDENTIFIER, Holds.VERSION, Holds.SUBJECT, Holds.SITE, Holds.STUDY})
"""Columns whose numbers identify nobody (data-contracts section 2, scrub)."""

REASONS: Mapping[str, str] = {
    Reason.KEY_IS_ERROR: "the cell that names the row holds a spreadsheet error",
    Reason.KEY_IS_EMPTY: "the line is as full as its neighbours, and the cell that names the row is empty",
    Reason.OTHER_TABLE: "a second table stands on the sheet; give it a sheet of its own",
    Reason.OTHER_STUDY: "the line names another study than its file",
}


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line as it stands in the file, and what it became."""

    row: int
    became: str
    """``accepted``, ``rejected``, ``held``, or the class it was set aside as."""
    reason: str | None
    texts: tuple[str | None, ...]
    errors: tuple[str | None, ...]
    """Per cell the error the spreadsheet shows, such as ``#N/A``."""


class Sources:
    """Opens kept files in the limited reading process and keeps the last few."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._open: OrderedDict[str, Workbook] = OrderedDict()
        self._lock = threading.Lock()

    def sheet(self, file: StoredFile, number: int) -> Sheet:
        """The cells of one sheet. Raises `NotFound` for a sheet or bytes that are not there."""
        sha = file.receipt.sha256
        if sha is None or not self._home.raw_file(sha).exists():
            raise NotFound(
                "the bytes of this file are not kept",
                where=file.receipt.name,
                todo="Files beyond the size limit are refused before they are copied.",
            )
        with self._lock:
            workbook = self._open.get(sha)
            if workbook is None:
                workbook = self._read(file, sha)
                self._open[sha] = workbook
                while len(self._open) > _KEPT:
                    self._open.popitem(last=False)
            self._open.move_to_end(sha)
        for sheet in workbook.sheets:
            if sheet.number == number:
                return sheet
        raise NotFound(f"the file has no sheet {number}", where=file.receipt.name, todo=f"It has {len(workbook.sheets)} sheets.")

    def _read(self, file: StoredFile, sha: str) -> Workbook:
        with Reader(1, LIMITS) as reader:
            read = next(reader.read([(file.receipt.name, self._home.raw_file(sha), Sha256(sha))]))
        if isinstance(read, Refused):
            raise RefusedFile(read.reason, where=file.receipt.name, todo=read.todo)
        return read


def sheet_receipt(file: StoredFile, number: int) -> SheetReceipt:
    """The receipt of one sheet. Raises `NotFound`."""
    for sheet in file.receipt.sheets:
        if sheet.number == number:
            return sheet
    raise NotFound(f"the file has no sheet {number}", where=file.receipt.name, todo=f"It has {len(file.receipt.sheets)} sheets.")


def rejections(state: State, file: StoredFile, number: int) -> dict[int, Record]:
    """The rejected lines of a sheet, by line."""
    found = state.ask(
        "SELECT source_row, reason, detail, column_name FROM every_rejection WHERE source_sha256 = ? AND study_id = ? AND load_id = ? AND sheet_no = ?",
        (file.receipt.sha256, file.receipt.study_id, file.load_id, number),
    )
    return {int(str(row["source_row"])): row for row in found}


def row_at(state: State, file: StoredFile, receipt: SheetReceipt, row: int) -> Record | None:
    """The typed row that a line became."""
    if receipt.table is None:
        return None
    found = state.ask(
        f'SELECT * FROM "every_{receipt.table}" WHERE source_sha256 = ? AND study_id = ? AND load_id = ? AND sheet_no = ? AND source_row = ?',  # noqa: S608 - a declared name
        (file.receipt.sha256, file.receipt.study_id, file.load_id, receipt.number, row),
    )
    return found[0] if found else None


def outcomes(receipt: SheetReceipt, rejected: Mapping[int, Record]) -> list[str]:
    """What each line became, in the order of the sheet."""
    if receipt.table is None:
        return ["held"] * receipt.read
    became = ["accepted"] * receipt.read
    for run in receipt.runs:
        became[run.first - 1 : run.last] = [str(run.became)] * (run.last - run.first + 1)
    for row in rejected:
        became[row - 1] = "rejected"
    return became


_WHY: Mapping[str, str] = {
    LineClass.BLANK: "no cell holds anything",
    LineClass.BANNER: "text above the header",
    LineClass.HEADER: "names or describes the columns",
    LineClass.TOTAL: "a total of the lines above",
    LineClass.FOOTER: "text below the data",
    LineClass.STRAY: "no data: the cell that makes a line a row is empty",
    "held": "the sheet fits no contract",
}


def lines(sheet: Sheet, receipt: SheetReceipt, rejected: Mapping[int, Record], rows: Iterator[int]) -> Iterator[SourceLine]:
    """The lines with these numbers, each with its cells, masked as the store masks them."""
    became = outcomes(receipt, rejected)
    exempt = _exempt(receipt)
    errors = {(error.row, error.column): error.code for error in sheet.errors}
    width = sheet.cells.num_columns
    for row in rows:
        texts = tuple(_shown(sheet.cells.column(place)[row - 1].as_py(), masked=place not in exempt) for place in range(width))
        outcome = became[row - 1] if row <= len(became) else "held"
        reason = f"{REASONS[str(rejected[row]['reason'])]}: {rejected[row]['detail']}" if row in rejected else _WHY.get(outcome)
        yield SourceLine(row, outcome, reason, texts, tuple(errors.get((row, place + 1)) for place in range(width)))


def _shown(text: str | None, *, masked: bool) -> str | None:
    return scrub(text) if masked and text is not None else text


def _exempt(receipt: SheetReceipt) -> frozenset[int]:
    """Columns of the sheet whose numbers are shown."""
    contract = next((contract for _kind, contract in SHEETS if contract.code == receipt.contract), None)
    if contract is None:
        return frozenset()
    holds = {column.name: column.holds for column in contract.columns}
    return frozenset(header.place for header in receipt.headers if header.column is not None and holds.get(header.column) in _UNMASKED)
