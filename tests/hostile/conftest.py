"""A reader that lives as long as a module's tests, and the honest file that must be read whatever stands beside it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.hostile import forge

from ncdm.sources import LIMITS, Reader, Refused, Workbook, digest

GOOD_ROWS: list[list[forge.Cell]] = [["Site", "Subject", "Days"], ["Site 1", "Subject 7", 12], [None, "Subject 8", None]]
GOOD_CELLS = {"c1": ["Site", "Site 1", None], "c2": ["Subject", "Subject 7", "Subject 8"], "c3": ["Days", "12", None]}


def cells(outcome: Workbook | Refused, sheet: int = 1) -> dict[str, list[str | None]]:
    """The cells of one sheet of what must be a workbook."""
    assert isinstance(outcome, Workbook), outcome
    found: dict[str, list[str | None]] = outcome.sheets[sheet - 1].cells.to_pydict()
    return found


@pytest.fixture(scope="session")
def good() -> bytes:
    """An honest workbook."""
    return forge.workbook({"list": GOOD_ROWS})


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """One reader for all files of a module: what one of them does to it, the next would feel."""
    with Reader(workers=2, limits=LIMITS) as opened:
        yield opened


@pytest.fixture
def beside_good(reader: Reader, good: bytes, tmp_path: Path) -> Callable[[str, bytes], Workbook | Refused]:
    """Read one file between two honest ones, which must come out whole; answers what became of the one."""

    def read(name: str, content: bytes) -> Workbook | Refused:
        items = []
        for number, (called, data) in enumerate([("before.xlsx", good), (name, content), ("after.xlsx", good)]):
            path = tmp_path / str(number)
            path.write_bytes(data)
            items.append((called, path, digest(path)))
        before, outcome, after = reader.read(items)
        assert cells(before) == GOOD_CELLS
        assert cells(after) == GOOD_CELLS
        assert (outcome.name, outcome.size, outcome.sha256) == (name, len(content), items[1][2])
        return outcome

    return read
