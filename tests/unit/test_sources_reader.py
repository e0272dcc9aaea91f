"""Every cell stands at the line and letter a person sees; checked against another library and against bytes written by hand."""

import datetime as dt
import io
import random
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from tests.hostile.forge import inline, ods, with_sheet_data, xls, xlsb

from ncdm.sources import CellError, Reader, Refused, Sheet, Workbook, digest, survey
from ncdm.sources.sheets import UNSHOWN
from ncdm.types import Sha256


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """One reader for all files of this module."""
    with Reader(workers=2) as opened:
        yield opened


def sheets_of(reader: Reader, path: Path, content: bytes) -> tuple[Sheet, ...]:
    """The sheets of a file with these bytes."""
    path.write_bytes(content)
    (outcome,) = reader.read([(path.name, path, digest(path))])
    assert isinstance(outcome, Workbook), outcome
    return outcome.sheets


def places(sheet: Sheet) -> dict[tuple[int, int], str]:
    """Each cell that holds text, by its 1-based line and column."""
    found: dict[tuple[int, int], str] = {}
    for number, column in enumerate(sheet.cells.columns, start=1):
        found |= {(line, number): text for line, text in enumerate(column.to_pylist(), start=1) if text is not None}
    return found


def test_leading_empty_lines_and_columns_are_put_back(reader: Reader, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("starts at C5")
        sheet.write("C5", "first")
        sheet.write("E5", 3)
        sheet.write("D9", "y")
        sheet.write_formula("D13", "=1/0", value="#DIV/0!")
        sheet.write("F14", 1.5)
    (sheet,) = sheets_of(reader, tmp_path / "offset.xlsx", buffer.getvalue())
    assert places(sheet) == {(5, 3): "first", (5, 5): "3", (9, 4): "y", (14, 6): "1.5"}
    assert sheet.errors == (CellError(13, 4, "#DIV/0!"),)
    assert sheet.cells.column_names == ["c1", "c2", "c3", "c4", "c5", "c6"]
    assert sheet.cells.num_rows == 14
    assert {str(getattr(kind, "value_type", kind)) for kind in sheet.cells.schema.types} == {"string"}


@pytest.mark.parametrize("seed", range(12))
def test_scattered_cells_stand_where_another_library_finds_them(seed: int, reader: Reader, tmp_path: Path) -> None:
    chance = random.Random(seed)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True})
        for _ in range(3):
            sheet = book.add_worksheet()
            left, top = chance.randrange(40), chance.randrange(60)
            for _ in range(chance.randrange(12)):
                sheet.write_string(top + chance.randrange(30), left + chance.randrange(30), f"text {chance.random()}")
            sheet.write_blank(top + chance.randrange(200), left + chance.randrange(200), None, bold)
    found = sheets_of(reader, tmp_path / "scattered.xlsx", buffer.getvalue())
    oracle = openpyxl.load_workbook(io.BytesIO(buffer.getvalue()))
    for sheet, other in zip(found, oracle.worksheets, strict=True):
        assert places(sheet) == {(cell.row, cell.column): cell.value for row in other.iter_rows() for cell in row if cell.value is not None}


def test_sheets_keep_their_number_whatever_they_are(reader: Reader, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.add_worksheet("empty")
        chart = book.add_chart({"type": "line"})
        assert chart is not None
        chart.add_series({"values": "=last!$A$1:$A$2"})
        book.add_chartsheet("chart").set_chart(chart)
        hidden = book.add_worksheet("hidden")
        hidden.write("A1", "kept")
        hidden.hide()
        very = book.add_worksheet("very hidden")
        very.write("B2", "kept too")
        very.very_hidden()
        book.add_worksheet("last").write_column("A1", [1, 2])
    found = sheets_of(reader, tmp_path / "sheets.xlsx", buffer.getvalue())
    assert [(sheet.number, sheet.name, sheet.visible) for sheet in found] == [
        (1, "empty", True),
        (2, "chart", True),
        (3, "hidden", False),
        (4, "very hidden", False),
        (5, "last", True),
    ]
    assert [places(sheet) for sheet in found] == [{}, {}, {(1, 1): "kept"}, {(2, 2): "kept too"}, {(1, 1): "1", (2, 1): "2"}]


def test_every_error_a_cell_can_show_is_listed_and_null(reader: Reader, tmp_path: Path) -> None:
    codes = ["#N/A", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"]
    rows = "".join(f'<row r="{line}"><c r="B{line}" t="e"><v>{code}</v></c></row>' for line, code in enumerate(codes, start=3))
    text = f'<row r="10">{inline("B10", "#N/A")}</row>'
    (sheet,) = sheets_of(reader, tmp_path / "errors.xlsx", with_sheet_data(rows + text))
    assert sheet.errors == tuple(CellError(line, 2, code) for line, code in enumerate(codes, start=3))
    assert places(sheet) == {(10, 2): "#N/A"}
    assert UNSHOWN not in codes


def test_values_come_as_text_without_a_change(reader: Reader, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        date = book.add_format({"num_format": "dd mmm yyyy"})
        moment = book.add_format({"num_format": "dd mmm yyyy hh:mm:ss"})
        sheet = book.add_worksheet()
        for line, value in enumerate([12, 12.0, 0.5, -3, 1234567890123, "007", " padded ", "a\nb", "=1+1", "31 SEP 2025", " "]):
            (sheet.write_string if isinstance(value, str) else sheet.write)(line, 0, value)
        sheet.write_row(11, 0, [True])
        sheet.write_datetime(12, 0, dt.datetime(2025, 11, 14), date)  # noqa: DTZ001 - a sheet knows no zones
        sheet.write_datetime(13, 0, dt.datetime(2025, 11, 14, 13, 5, 9), moment)  # noqa: DTZ001 - a sheet knows no zones
    (sheet_read,) = sheets_of(reader, tmp_path / "values.xlsx", buffer.getvalue())
    assert sheet_read.cells["c1"].to_pylist() == [
        "12",
        "12",
        "0.5",
        "-3",
        "1234567890123",
        "007",
        " padded ",
        "a\nb",
        "=1+1",
        "31 SEP 2025",
        " ",
        "true",
        "2025-11-14 00:00:00",
        "2025-11-14 13:05:09",
    ]


def test_the_old_format_is_read_at_its_places(reader: Reader, tmp_path: Path) -> None:
    (sheet,) = sheets_of(reader, tmp_path / "old.xls", xls({(4, 2): "Žofia", (6, 3): 1.5}, {(7, 2): 42, (7, 4): 7}))
    assert places(sheet) == {(5, 3): "Žofia", (7, 4): "1.5"}
    assert sheet.errors == (CellError(8, 3, "#N/A"), CellError(8, 5, "#DIV/0!"))
    assert sheet.name == "old"


def test_the_binary_format_is_read_at_its_places(reader: Reader, tmp_path: Path) -> None:
    (sheet,) = sheets_of(reader, tmp_path / "binary.xlsb", xlsb({(4, 2): "Žofia", (6, 3): 1.5}, {(7, 2): 42}))
    assert places(sheet) == {(5, 3): "Žofia", (7, 4): "1.5"}
    assert sheet.errors == (CellError(8, 3, "#N/A"),)
    assert sheet.name == "binary"


def test_the_open_format_is_read_at_its_places(reader: Reader, tmp_path: Path) -> None:
    text = '<table:table-cell office:value-type="string"><text:p>Žofia</text:p></table:table-cell>'
    number = '<table:table-cell office:value-type="float" office:value="1.5"><text:p>1,50</text:p></table:table-cell>'
    blank = '<table:table-row table:number-rows-repeated="4"><table:table-cell/></table:table-row>'
    row = f'<table:table-row><table:table-cell table:number-columns-repeated="2"/>{text}{number}</table:table-row>'
    (sheet,) = sheets_of(reader, tmp_path / "open.ods", ods(blank + row))
    assert places(sheet) == {(5, 3): "Žofia", (5, 4): "1.5"}
    assert sheet.name == "open"


def test_results_come_in_the_order_of_the_items_whatever_takes_longest(reader: Reader, tmp_path: Path) -> None:
    items = []
    for number in range(60):
        path = tmp_path / f"{number}.csv"
        path.write_bytes(b"a,b\n" * (20_000 if number % 7 == 0 else 1))
        items.append((f"{number}.csv", path, digest(path)))
    outcomes = list(reader.read(iter(items)))
    assert [outcome.name for outcome in outcomes] == [name for name, _, _ in items]
    assert [outcome.sha256 for outcome in outcomes] == [sha256 for _, _, sha256 in items]


def test_only_a_bounded_number_of_files_is_ahead_of_the_caller(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n")
    asked = 0

    def endless() -> Iterator[tuple[str, Path, Sha256]]:
        nonlocal asked
        while True:
            asked += 1
            yield "a.csv", path, digest(path)

    outcomes = reader.read(endless())
    for _ in range(100):
        next(outcomes)
    assert asked < 200
    outcomes.close()


def test_nothing_to_read_gives_nothing(reader: Reader) -> None:
    assert list(reader.read([])) == []


def test_every_real_export_is_read(reader: Reader, reference_studies: Path, tmp_path: Path) -> None:
    found = survey(reference_studies, tmp_path / "staging")
    assert found.files
    refused = [
        outcome
        for outcome in reader.read((file.name, file.path, digest(file.path)) for file in found.files)
        if isinstance(outcome, Refused)
    ]
    assert refused == []
    assert found.refused == ()
