"""How far a worksheet's used range reaches, found by searching its markup.

The spreadsheet reader allocates the whole rectangle from A1 to the last filled cell, so two cells at opposite corners would cost hundreds
of gigabytes, and the sheet's own ``dimension`` may say anything. Looking at every cell costs as much as reading the sheet; cheap searches
first rule out that the rectangle can be too large, which they do for nearly every sheet. What deceives them meets the limit of memory.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

OVERLAP = 256
"""Bytes of the previous piece that are searched again, so that nothing is lost between two pieces."""

_WIDE = re.compile(rb' r="[A-Z]{2}')
"""A column beyond Z. Begins with fixed bytes, as the two below: such a search runs at memory speed."""
_WIDER = re.compile(rb' r="[A-Z]{3}')
"""A column beyond ZZ."""
_LOW = re.compile(rb' r="[0-9]{6}')
"""A line beyond 99,999."""
_FILLED = re.compile(rb"""<(?:\w+:)?c\s(?:[^>]*\s)?r=["']([A-Z]+)([0-9]+)["'][^>]*(?<!/)>(?!</)""")
"""A cell that has content; one that is only formatted does not widen the used range."""
_ROW = re.compile(rb' r="([0-9]+)"')
_HEAD = 1 << 16
_ONE_LETTER_COLUMNS, _TWO_LETTER_COLUMNS = 26, 702


@dataclass(frozen=True, slots=True)
class Reach:
    """What the cheap searches have seen of a sheet so far."""

    far: bool = False
    wide: bool = False
    last_row: int = 0

    def with_text(self, text: bytes) -> "Reach":
        """What is known after a further piece."""
        if self.far or b" r='" in text[:_HEAD]:
            return Reach(far=True)
        wide = self.wide or _WIDE.search(text) is not None
        far = wide and (_WIDER.search(text) is not None or _LOW.search(text) is not None)
        place = max(text.rfind(b"<row "), text.rfind(b":row ", -_HEAD))
        found = _ROW.search(text, place, place + OVERLAP) if place >= 0 else None
        return Reach(far, wide, int(found[1]) if found else self.last_row)

    def may_exceed(self, cells: int) -> bool:
        """Whether the rectangle could hold more cells than this."""
        return self.far or self.last_row * (_TWO_LETTER_COLUMNS if self.wide else _ONE_LETTER_COLUMNS) > cells


def used_range(pieces: Iterable[bytes]) -> tuple[int, int]:
    """The last line and the last column that hold a value, by a look at each cell."""
    rows: set[bytes] = set()
    columns: set[bytes] = set()
    for text in pieces:
        for column, row in _FILLED.findall(text):
            columns.add(column)
            rows.add(row)
    return max(map(int, rows), default=0), max(map(_number, columns), default=0)


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
