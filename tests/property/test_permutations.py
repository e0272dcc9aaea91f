"""The order of rows, columns and sheets, and the names of files and folders, change no fact.

*Facts* are the multiset of rows of every table without their lineage (file, sheet, line, load), with rejections, remarks and total cells.

What cannot be permuted, and why:

* header lines, and what stands above them: their place is what makes them a header;
* a report none of whose cells names its study (labs, inactivated, trackers) cannot stand alone in a folder that is named after another study: nothing
  else tells whose it is. Beside two reports that name the study it can, and does here;
* folders among studies file by file: reports that name no study go where their neighbours are.
"""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ncdm import demo
from ncdm.demo import book
from ncdm.ingest.conform import studies_named
from ncdm.ingest.file import conform_file
from ncdm.ingest.file_study import attribute, content_study
from ncdm.ingest.identify import Fit
from ncdm.ingest.tables import all_tables, schema
from ncdm.ingest.workbook import identify
from ncdm.pipeline import ingest
from ncdm.settings import Settings
from ncdm.sources import CellError, Reader, Sheet, Workbook, digest
from ncdm.store.mesh import Reading
from ncdm.store.state import State
from ncdm.store.totals import contract_totals, headlines
from ncdm.wiring import wired

LINEAGE = {"source_file", "source_sha256", "source_sheet", "sheet_no", "source_row", "load_id", "ingested_at", "file_no", "row_ref"}
Delivery = dict[str, list[Workbook]]
"""Folder -> its files."""
Facts = Counter[tuple[object, ...]]
Shuffle = Callable[[Workbook, random.Random], Workbook]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> demo.Written:
    """Six small studies in six layouts."""
    return demo.write(tmp_path_factory.mktemp("permuted") / "delivery", studies=6, subjects=10, seed=4)


@pytest.fixture(scope="module")
def delivery(written: demo.Written) -> Delivery:
    """Their workbooks, read."""
    found: Delivery = {}
    with Reader(2) as reader:
        for read in reader.read((f"{path.parent.name}/{path.name}", path, digest(path)) for path in sorted(written.files)):
            assert isinstance(read, Workbook)
            found.setdefault(read.name.split("/")[0], []).append(read)
    return found


def facts(delivery: Delivery) -> Facts:
    """Every row that a delivery gives, without where it stands."""
    found: Facts = Counter()
    for folder, books in delivery.items():
        seen = [identify(each) for each in books]
        names = [f"delivery/{folder}/{each.name.split('/')[-1]}" for each in books]
        told = attribute([(name, content_study(studies_named(sheets), name)) for name, sheets in zip(names, seen, strict=True)])
        for each, sheets, study in zip(books, seen, told, strict=True):
            for conformed, table, part in conform_file(each, sheets, study).rows:
                for row in part.to_pylist():
                    kept = sorted((name, str(value)) for name, value in row.items() if name not in LINEAGE and value is not None)
                    found[(table, study.study_id, conformed.receipt.contract, *kept)] += 1
    return found


@pytest.fixture(scope="module")
def plain(delivery: Delivery) -> Facts:
    """The facts of the delivery as it is."""
    found = facts(delivery)
    assert sum(found.values()) > 1000
    return found


def _reordered(sheet: Sheet, rows: Sequence[int], columns: Sequence[int]) -> Sheet:
    """The sheet with its lines and columns in this order (0-based old positions); errors move along."""
    cells = sheet.cells.select(list(columns)).take(list(rows)) if sheet.cells.num_columns else sheet.cells
    cells = cells.rename_columns([f"c{place}" for place in range(1, cells.num_columns + 1)])
    errors = tuple(CellError(rows.index(error.row - 1) + 1, columns.index(error.column - 1) + 1, error.code) for error in sheet.errors)
    return replace(sheet, cells=cells, errors=errors)


def shuffled_rows(read: Workbook, chance: random.Random) -> Workbook:
    """The lines below each header in any order."""
    sheets = []
    for each in identify(read):
        top = each.fit.last + 1 if isinstance(each.fit, Fit) else each.lines.count
        below = list(range(top, each.lines.count))
        chance.shuffle(below)
        sheets.append(_reordered(each.sheet, [*range(top), *below], range(each.sheet.cells.num_columns)))
    return replace(read, sheets=tuple(sheets))


def shuffled_columns(read: Workbook, chance: random.Random) -> Workbook:
    """The columns of each sheet in any order."""
    sheets = []
    for sheet in read.sheets:
        columns = list(range(sheet.cells.num_columns))
        chance.shuffle(columns)
        sheets.append(_reordered(sheet, range(sheet.cells.num_rows), columns))
    return replace(read, sheets=tuple(sheets))


def shuffled_sheets(read: Workbook, chance: random.Random) -> Workbook:
    """The sheets in any order."""
    sheets = list(read.sheets)
    chance.shuffle(sheets)
    return replace(read, sheets=tuple(replace(sheet, number=place) for place, sheet in enumerate(sheets, start=1)))


def renamed(read: Workbook, chance: random.Random) -> Workbook:
    """A file name that says nothing, or the wrong thing."""
    word = chance.choice(["export", "Study 999_visit tracker", "Compiled_EDRR", "pages 1234567"])
    return replace(read, name=f"{word}_{chance.randrange(10**5)}.xlsx")


@settings(deadline=None, max_examples=5)
@given(seed=st.integers(0, 2**32))
@pytest.mark.parametrize("shuffle", [shuffled_rows, shuffled_columns, shuffled_sheets, renamed])
def test_order_and_names_change_no_fact(delivery: Delivery, plain: Facts, shuffle: Shuffle, seed: int) -> None:
    chance = random.Random(seed)
    moved = {folder: [shuffle(read, chance) for read in books] for folder, books in delivery.items()}
    assert facts(moved) == plain


@settings(deadline=None, max_examples=4)
@given(order=st.permutations(range(6)))
def test_folders_named_after_one_another_change_no_fact(delivery: Delivery, plain: Facts, order: list[int]) -> None:
    names = sorted(delivery)
    assert facts({names[place]: delivery[name] for place, name in zip(order, names, strict=True)}) == plain
    assert facts({f"folder {place}": delivery[name] for place, name in zip(order, names, strict=True)}) == plain


@settings(deadline=None, max_examples=4)
@given(seed=st.integers(0, 2**32))
def test_the_order_of_files_in_a_folder_changes_no_fact(delivery: Delivery, plain: Facts, seed: int) -> None:
    chance = random.Random(seed)
    assert facts({folder: chance.sample(books, len(books)) for folder, books in delivery.items()}) == plain


def test_a_lost_cell_is_seen(delivery: Delivery, plain: Facts) -> None:
    """The comparison above can fail: one cell less, or one line twice, is another multiset."""
    name, books = next(iter(sorted(delivery.items())))
    first = books[0]
    sheet = first.sheets[0]
    twice = _reordered(sheet, [*range(sheet.cells.num_rows), sheet.cells.num_rows - 1], range(sheet.cells.num_columns))
    fewer = _reordered(sheet, range(sheet.cells.num_rows - 1), range(sheet.cells.num_columns))
    for changed in (twice, fewer):
        moved = replace(first, sheets=(changed, *first.sheets[1:]))
        assert facts({**delivery, name: [moved, *books[1:]]}) != plain


def stored(state: State) -> Counter[tuple[object, ...]]:
    """Every stored row of every table, without its lineage."""
    found: Counter[tuple[object, ...]] = Counter()
    for table in all_tables():
        names = [name for name in schema(table).names if name not in LINEAGE]
        for row in state.ask(f'SELECT {", ".join(names)}, report_as_of, as_of_assumed FROM "{table}"'):
            found[table, *(str(value) for value in row.values())] += 1
    return found


def test_everything_permuted_at_once_goes_the_whole_way_and_gives_equal_facts_and_totals(
    written: demo.Written, delivery: Delivery, tmp_path: Path
) -> None:
    chance = random.Random(7)
    names = sorted(delivery)
    for name, other in zip(names, [*names[1:], names[0]], strict=True):
        (tmp_path / "moved" / other).mkdir(parents=True)
        for number, read in enumerate(delivery[name]):
            moved = shuffled_sheets(shuffled_columns(shuffled_rows(read, chance), chance), chance)
            book.save(
                tmp_path / "moved" / other / f"file {chance.randrange(1000)} {number}.xlsx", [_to_write(sheet) for sheet in moved.sheets]
            )
    states = []
    for source, home in ((written.folder, "plain"), (tmp_path / "moved", "permuted")):
        with wired(Settings(tmp_path / home, 0, 2)) as mesh:
            ingest(mesh, source, lambda _progress: None)
            state = Reading(mesh.home, mesh.engine).state()
            states.append((stored(state), contract_totals(state), headlines(state)))
    (rows, totals, figures), (moved_rows, moved_totals, moved_figures) = states
    assert sum(rows.values()) > 1000
    assert moved_rows == rows
    assert moved_totals == totals
    assert moved_figures == figures


def _to_write(sheet: Sheet) -> book.Sheet:
    """A sheet as the generator writes it: every cell as text, errors as errors."""
    lines: list[list[book.Cell]] = [list(line.values()) for line in sheet.cells.to_pylist()]
    for error in sheet.errors:
        lines[error.row - 1][error.column - 1] = book.ErrorCell(error.code)
    return book.Sheet(sheet.name, lines)
