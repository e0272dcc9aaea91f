"""What reading a file gives: its sheets, cell by cell as text, without opinion about what they mean."""

from dataclasses import dataclass

import pyarrow as pa

from ncdm.types import Sha256


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell in which the spreadsheet shows an error; its text is null in the cells and its code stands here."""

    row: int
    """1-based line number, as a spreadsheet shows it."""
    column: int
    """1-based column number."""
    code: str
    """As a spreadsheet shows it: ``#N/A``, ``#DIV/0!`` ..."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: every cell as text.

    ``cells`` has the columns ``c1`` .. ``cN``, each a dictionary of its distinct texts, where ``c1`` is column A and line *i* (from 0) is
    line *i + 1* of the sheet. Empty lines above and empty columns to the left of the used range are there, as nulls, so that line numbers
    and column letters are those a person sees. An empty sheet has no column.
    """

    number: int
    """1-based position in the workbook, hidden sheets and charts counted."""
    name: str
    """Made safe to show: an unseen character stands as its code."""
    visible: bool
    cells: pa.Table
    errors: tuple[CellError, ...]


@dataclass(frozen=True, slots=True)
class Workbook:
    """One file, read: its sheets in order, and what a reader should know about how they were read."""

    name: str
    sha256: Sha256
    size: int
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...]
