"""Every physical line of a delimited text is a line of its sheet, the empty ones at the end and at the edge of a chunk too."""

import pytest
from tests.building import HERE

from ncdm.ingest.file import conform_file
from ncdm.ingest.receipt import SheetReceipt
from ncdm.ingest.workbook import identify
from ncdm.sources import LIMITS, Sheet, Workbook
from ncdm.sources.delimited import read_delimited
from ncdm.types import LineClass, Sha256

HEADER = "Country,Site,Subject,Visit,Projected Date,# Days Outstanding"
CHUNK = 4_096
"""Lines that the reader takes at a time."""


def _row(number: int) -> str:
    return f"JPN,Site 1,Subject {number},Week 1,01 SEP 2025,5"


def _receipt(content: bytes) -> SheetReceipt:
    """The receipt of a tracker that came as this text."""
    cells, notes = read_delimited(content, LIMITS)
    book = Workbook(
        "Study 7_visits.csv", Sha256("0" * 64), len(content), (Sheet(1, "visits", visible=True, cells=cells, errors=()),), notes
    )
    return conform_file(book, identify(book), HERE).receipt.sheets[0]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("empty", [0, 1, 3])
@pytest.mark.parametrize("filled", [2, CHUNK - 1, CHUNK, CHUNK + 1])
def test_lines_read_are_the_physical_lines(filled: int, empty: int, end: str) -> None:
    lines = [HEADER, *(_row(number) for number in range(1, filled)), *[""] * empty]
    found = _receipt("".join(line + end for line in lines).encode())
    assert found.read == filled + empty
    assert (found.accepted, found.rejected, found.held) == (filled - 1, 0, 0)
    assert found.set_aside == {LineClass.HEADER: 1} | ({LineClass.BLANK: empty} if empty else {})
    assert found.conserved


@pytest.mark.parametrize("empty", [CHUNK - 2, CHUNK - 1, CHUNK, 2 * CHUNK, 2 * CHUNK + 1])
def test_whole_chunks_of_empty_lines_are_lines(empty: int) -> None:
    content = "\n".join([HEADER, _row(1), *[""] * empty]).encode() + b"\n"
    assert content.count(b"\n") == empty + 2
    found = _receipt(content)
    assert (found.read, found.accepted, found.set_aside[LineClass.BLANK]) == (empty + 2, 1, empty)
    assert found.conserved


@pytest.mark.parametrize("above", [CHUNK - 1, CHUNK, CHUNK + 1])
def test_a_row_below_empty_lines_keeps_its_number(above: int) -> None:
    cells, _notes = read_delimited("\n".join([HEADER, *[""] * above, _row(8)]).encode(), LIMITS)
    assert cells.num_rows == above + 2
    assert cells["c3"].to_pylist()[-1] == "Subject 8"
    assert [place for place, text in enumerate(cells["c3"].to_pylist()) if text is not None] == [0, above + 1]


def test_a_last_line_without_its_end_is_a_line() -> None:
    assert _receipt("\n".join([HEADER, _row(1), "", _row(2)]).encode()).read == 4


def test_lines_of_separators_alone_are_blank_lines() -> None:
    found = _receipt("\n".join([HEADER, _row(1), ",,,,,", "  ,,,,,", ""]).encode() + b"\n")
    assert (found.read, found.accepted, found.set_aside[LineClass.BLANK]) == (5, 1, 3)
    assert found.conserved
