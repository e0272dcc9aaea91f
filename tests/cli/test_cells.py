"""Every stored value opens to the cell it came from: 200 random ones, compared with what another reader finds in the file."""

import datetime as dt
import json
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from tests.cli.running import quickly
from tests.portfolios import deliveries, loaded

from ncdm.serve import answers as say
from ncdm.serve.over_store import MeshOverStore
from ncdm.serve.window import Window
from ncdm.settings import Settings
from ncdm.sources import digest
from ncdm.types import CellRef, RowRef, StudyId, TableName, column_number, parse_ref
from ncdm.wiring import wired

CELLS, TYPED = 200, 12
ALL = Window(0, 1_000_000)


@pytest.fixture(scope="module")
def mesh() -> Iterator[MeshOverStore]:
    """One week of the portfolio."""
    with wired(Settings(loaded(1), 0, 1)) as wiring:
        yield MeshOverStore(wiring)


@pytest.fixture(scope="module")
def source() -> dict[str, Path]:
    """The delivered files by the id that references carry."""
    return {digest(path)[:16]: path for path in deliveries()[0].rglob("*.xlsx")}


def _chosen(mesh: MeshOverStore, count: int) -> list[tuple[say.Row, RowRef, str, str]]:
    """Random stored values: the row, its line, the column, and the letter under which its file has the column."""
    chance = random.Random(17)
    pool = []
    for line in mesh.portfolio(1).studies:
        for table in mesh.tables(1, StudyId(line.study_id)):
            rows = mesh.rows(1, StudyId(line.study_id), TableName(table.table), None, (), ALL).items
            pool.extend(chance.sample(rows, min(12, len(rows))))
    chance.shuffle(pool)
    found = []
    for row in pool:
        ref = parse_ref(row.ref)
        assert isinstance(ref, RowRef)
        sheet = next(sheet for sheet in mesh.file(1, ref.sha256).sheets if sheet.sheet == ref.sheet)
        places = [(column.column, column.letter) for column in sheet.columns if column.column is not None and column.column in row.cells]
        assert places
        column, letter = chance.choice(places)
        found.append((row, ref, column, letter))
    assert len(found) >= count
    return sorted(found[:count], key=lambda entry: entry[0].ref)


def _as_text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value or None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _agree(text: str | None, value: object) -> bool:
    """Whether the text that is shown is the value of the cell; identifier-like digits may be masked."""
    wanted = _as_text(value)
    if text is None or wanted is None:
        return text is None and (wanted is None or not wanted.strip())
    if isinstance(value, dt.datetime | dt.date):
        return text.startswith(value.isoformat()[:10]) or text == wanted
    return re.fullmatch(r"\d+".join(re.escape(part) for part in text.split("[id]")), wanted) is not None


def test_two_hundred_random_values_open_to_their_cells(mesh: MeshOverStore, source: dict[str, Path]) -> None:
    books: dict[str, list[Worksheet]] = {}
    seen = 0
    for row, ref, column, letter in _chosen(mesh, CELLS):
        if ref.sha256 not in books:
            books = {ref.sha256: openpyxl.load_workbook(source[ref.sha256]).worksheets}
        cell = books[ref.sha256][ref.sheet - 1].cell(ref.row, column_number(letter))
        place = ref.cell(column_number(letter))
        view = mesh.cell(1, place, 0)
        assert (view.row, view.column_letter) == (ref.row, letter)
        shown = next(line for line in view.lines if line.row == ref.row).cells[place.column - 1]
        assert _agree(shown.text, None if cell.data_type == "e" else cell.value) or shown.error == cell.value, (
            str(place),
            shown,
            cell.value,
        )
        assert view.became is not None
        if column in view.became.cells:
            assert view.became.cells[column] == row.cells[column]
        _stored_is_what_stands_there(row.cells[column], shown.text, str(place))
        seen += 1
    assert seen == CELLS


def _stored_is_what_stands_there(stored: say.Value, text: str | None, place: str) -> None:
    """A number is the number of the cell, a day its day; a text is of its letters, whatever spelling the vocabulary prefers."""
    if stored is None:
        return
    assert text is not None, place
    if isinstance(stored, bool):
        return
    if isinstance(stored, int):
        assert stored == int(float(text.replace(",", ""))), place
    elif isinstance(stored, dt.date):
        assert str(stored.year) in text, place
        assert re.search(rf"\b0?{stored.day}", text), place


@pytest.mark.parametrize("number", range(TYPED))
def test_the_command_opens_the_same_cell(number: int, mesh: MeshOverStore, source: dict[str, Path]) -> None:
    row, ref, _column, letter = _chosen(mesh, TYPED * 3)[number * 3]
    place = ref.cell(column_number(letter))
    view = json.loads(quickly(loaded(1), "cell", str(place), "--json").out)
    value = openpyxl.load_workbook(source[ref.sha256]).worksheets[ref.sheet - 1].cell(ref.row, place.column).value
    line = next(line for line in view["lines"] if line["row"] == ref.row)
    assert (view["row"], view["column_letter"]) == (ref.row, letter)
    assert _agree(line["cells"][place.column - 1]["text"], value) or line["cells"][place.column - 1]["error"] == value
    told = quickly(loaded(1), "cell", str(place)).out
    assert f"line {ref.row}" in told
    assert f"{letter}{ref.row}: " in told
    assert isinstance(parse_ref(str(place)), CellRef)
    assert view["file"]["file_id"] == row.ref.split(":")[0]


def test_a_whole_line_opens_too(mesh: MeshOverStore) -> None:
    row = _chosen(mesh, 1)[0][0]
    told = quickly(loaded(1), "cell", row.ref, "--around", "0")
    assert told.code == 0
    assert "Row of " in told.out
    assert quickly(loaded(1), "cell", row.ref, "--around", "-1").code == 2


def test_opening_a_row_waits_for_nothing_that_is_measured() -> None:
    said = "import sys, ncdm.commands.opening; print([name for name in sys.modules if name.startswith(('ncdm.measures', 'scipy', 'ibis'))])"
    assert subprocess.run([sys.executable, "-c", said], check=True, capture_output=True, text=True).stdout == "[]\n"
