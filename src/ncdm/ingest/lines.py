"""A sheet as columns of distinct texts: which lines are blank, which cells say what, without looking at a cell twice.

Exports repeat themselves: 143,443 lines of one sheet hold a few thousand distinct texts. Every later step works on the
distinct texts and carries the answer back to the lines, so it is strict Python and still fast.
"""

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from ncdm.sources import Sheet

_TOTAL = re.compile(r"^(grand\s+)?totals?\s*:?$", re.IGNORECASE)
_LONGEST_TOTAL = 20
_TOTAL_STARTS = frozenset("tTgG \t\n\xa0")
"""What a text that says ``Total`` may start with: most texts are ruled out by their first letter."""

Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Texts:
    """One column: its distinct texts, and for each line the position of its text, or -1 for an empty cell."""

    distinct: tuple[str, ...]
    places: Places

    def at(self, line: int) -> str | None:
        """The text of a 0-based line."""
        place = int(self.places[line])
        return None if place < 0 else self.distinct[place]


@dataclass(frozen=True, slots=True)
class Lines:
    """All columns of a sheet, and which lines hold anything at all."""

    columns: tuple[Texts, ...]
    filled: Mask
    """Per line: some cell holds more than white space, or an error."""
    errors: tuple[tuple[int, int, str], ...]
    """(0-based line, 0-based column, code) of each error cell."""
    width: npt.NDArray[np.int32]
    """Per line: cells that hold a text."""
    totals: Mask
    """Per line: some cell says ``Total:``."""

    @property
    def count(self) -> int:
        """Lines read."""
        return len(self.filled)

    def texts(self, line: int) -> list[str | None]:
        """The texts of one line."""
        return [column.at(line) for column in self.columns]


def _texts(column: pa.ChunkedArray, lines: int) -> Texts:
    """One column as distinct texts; texts of white space only count as empty."""
    if column.null_count == lines:
        return Texts((), np.full(lines, -1, dtype=np.int32))
    encoded = column.combine_chunks()
    if not pa.types.is_dictionary(encoded.type):
        encoded = pc.dictionary_encode(encoded)
    distinct: list[str] = encoded.dictionary.to_pylist()
    indices = encoded.indices
    places: Places = (
        indices.to_numpy(zero_copy_only=True) if not indices.null_count else indices.fill_null(-1).to_numpy(zero_copy_only=True)
    )
    blank = np.flatnonzero(pc.equal(pc.utf8_trim_whitespace(encoded.dictionary), "").to_numpy(zero_copy_only=False))
    if len(blank):
        places = np.where(np.isin(places, blank), np.int32(-1), places)
    return Texts(tuple(distinct), places)


def lines_of(sheet: Sheet) -> Lines:
    """The lines of a sheet, as read."""
    lines = sheet.cells.num_rows
    columns = tuple(_texts(column, lines) for column in sheet.cells.columns)
    filled = np.zeros(lines, dtype=np.bool_)
    totals = np.zeros(lines, dtype=np.bool_)
    width = np.zeros(lines, dtype=np.int32)
    for column in columns:
        if column.distinct:
            held = column.places >= 0
            filled |= held
            width += held
            short = (number for number, text in enumerate(column.distinct) if text[:1] in _TOTAL_STARTS and len(text) < _LONGEST_TOTAL)
            said = [number for number in short if _TOTAL.match(column.distinct[number].strip())]
            if said:
                totals |= np.isin(column.places, said)
    errors = tuple((error.row - 1, error.column - 1, error.code) for error in sheet.errors)
    for line, _column, _code in errors:
        filled[line] = True
    return Lines(columns, filled, errors, width, totals)
