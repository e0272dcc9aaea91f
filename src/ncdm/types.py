"""The words every stage shares: identifiers, references to source cells, and the few vocabularies they need.

Imports nothing of ours, so that anything may import it.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

StudyId = NewType("StudyId", str)
SiteId = NewType("SiteId", str)
SubjectId = NewType("SubjectId", str)
KindCode = NewType("KindCode", str)
TableName = NewType("TableName", str)
Sha256 = NewType("Sha256", str)

SHORT_SHA = 16
"""Characters of a SHA-256 that a reference shows; the store finds the file by this prefix."""

_REF = re.compile(r"^([0-9a-f]{8,64}):(\d{1,4}):([A-Z]{1,3})?(\d{1,7})$")


_MOST_DIGITS = 100
"""Digits of a label that are looked at when it is sorted; a cell may hold more than a number can have."""


class Severity(StrEnum):
    """How much a finding matters to the person who must act on it."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class LineClass(StrEnum):
    """What a line that is no data was recognised as (data-contracts section 9, check 1)."""

    BLANK = "blank"
    BANNER = "banner"
    HEADER = "header"
    TOTAL = "total"
    FOOTER = "footer"
    STRAY = "stray"


class SheetOutcome(StrEnum):
    """What became of a whole sheet."""

    ACCEPTED = "accepted"
    SUPPORTING = "supporting"
    """Recognised and kept, but its lines repeat another sheet or only describe reports: nothing is loaded twice."""
    QUARANTINED = "quarantined"


class FileOutcome(StrEnum):
    """What became of a whole file."""

    LOADED = "loaded"
    UNCHANGED = "unchanged"
    """The same bytes were loaded for this study before; nothing was parsed again."""
    DUPLICATE = "duplicate"
    """The same bytes stand twice in this delivery; loaded once."""
    QUARANTINED = "quarantined"
    """Readable, but it fits no contract, or two."""
    REFUSED = "refused"
    """Unreadable or beyond a limit; the raw file and the reason are kept."""


class ReportState(StrEnum):
    """One report kind of one study in one snapshot. Empty is a true zero; missing, quarantined and refused are unknown."""

    PRESENT = "present"
    EMPTY = "empty"
    MISSING = "missing"
    QUARANTINED = "quarantined"
    REFUSED = "refused"


def by_number(label: str) -> tuple[int, str]:
    """Sort key of a label such as ``Study 7``: its number, then its text."""
    digits = "".join(character for character in label if character in "0123456789")
    return (int(digits[:_MOST_DIGITS] or "0"), label)


def column_letters(number: int) -> str:
    """The letters of a 1-based column number: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, remainder = divmod(number - 1, 26)
        letters = chr(65 + remainder) + letters
    return letters


def column_number(letters: str) -> int:
    """The 1-based number of a column's letters: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


@dataclass(frozen=True, slots=True, order=True)
class RowRef:
    """One line of one sheet of one file; opens to the cells it came from."""

    sha256: Sha256
    sheet: int
    """1-based position of the sheet in its workbook."""
    row: int
    """1-based line number, as a spreadsheet shows it."""

    def __str__(self) -> str:
        return f"{self.sha256[:SHORT_SHA]}:{self.sheet}:{self.row}"

    def cell(self, column: int) -> "CellRef":
        """The cell of this line in a 1-based column."""
        return CellRef(self, column)


@dataclass(frozen=True, slots=True, order=True)
class CellRef:
    """One cell of one sheet of one file."""

    line: RowRef
    column: int
    """1-based column number."""

    def __str__(self) -> str:
        line = self.line
        return f"{line.sha256[:SHORT_SHA]}:{line.sheet}:{column_letters(self.column)}{line.row}"


def parse_ref(text: str) -> RowRef | CellRef | None:
    """Read ``sha:sheet:row`` or ``sha:sheet:B12``; ``None`` when the text is neither."""
    found = _REF.match(text.strip())
    if found is None:
        return None
    sha, sheet, letters, row = found.groups()
    line = RowRef(Sha256(sha), int(sheet), int(row))
    return line if letters is None else CellRef(line, column_number(letters))
