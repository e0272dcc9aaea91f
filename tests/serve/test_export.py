"""What a grid shows leaves as a file that says the same: types kept, unknown empty, and nothing in it ever a formula."""

import io
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zipfile import ZipFile

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.workbook.workbook import Workbook
from starlette.testclient import TestClient
from tests.serve.conftest import ADDRESS, OURS, SECRET, MadeUpMesh

from ncdm import INTENDED_USE
from ncdm.serve.app import create
from ncdm.serve.export.parquet import distinct, parquet
from ncdm.serve.export.shown import Column, ExportLimits, Sheet, Type, read
from ncdm.serve.export.xlsx import xlsx
from ncdm.serve.token import OneTimeToken

PATH = "/api/v1/exports"
COLUMNS = [{"title": "Subject", "type": "text"}, {"title": "Oldest, days", "type": "number"}, {"title": "Due", "type": "date"}]
ROWS: list[list[object]] = [["Subject 9", 148, "2031-11-14"], ["Subject 10", None, None], ["Subject 11", 0, "2031-01-02"]]
HOSTILE = [
    "=CMD|' /C calc'!A0",
    "=HYPERLINK(1)",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "http://example.invalid/",
    "1e5",
    "TRUE",
    "_x0041_",
    "<b>&amp;</b>",
    "'quoted",
    "  spaces  ",
    "déjà 日本 \U0001f9ea",
]


def asked(**changed: object) -> dict[str, object]:
    return {
        "format": "xlsx",
        "name": "Subjects of Fiction 1",
        "as_of": "14 Nov 2031",
        "filters": ["owner:=CRA", "P:>0"],
        "demo": True,
        "columns": COLUMNS,
        "rows": ROWS,
        **changed,
    }


def book_of(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def lines_of(book: Workbook) -> list[tuple[object, ...]]:
    return list(book["Data"].iter_rows(values_only=True))


def about_of(book: Workbook) -> dict[str, str]:
    return {str(name): str(said) for name, said in book["About"].iter_rows(values_only=True)}


def texts(*values: str | None, title: str = "Said") -> Sheet:
    return Sheet(name="Made up", as_of="", filters=(), demo=False, columns=(Column(title, Type.TEXT, values),), lines=len(values))


def test_a_workbook_holds_the_lines_with_their_types(browser: TestClient) -> None:
    answer = browser.post(PATH, json=asked())
    assert answer.headers["content-type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert answer.headers["content-disposition"] == 'attachment; filename="subjects-of-fiction-1_as-of-14-nov-2031.xlsx"'
    book = book_of(answer.content)
    assert book.sheetnames == ["Data", "About"]
    assert lines_of(book) == [
        ("Subject", "Oldest, days", "Due"),
        ("Subject 9", 148, datetime(2031, 11, 14)),  # noqa: DTZ001 - as the reader of workbooks gives a day
        ("Subject 10", None, None),
        ("Subject 11", 0, datetime(2031, 1, 2)),  # noqa: DTZ001 - the same
    ]
    page = book["Data"]
    assert page.freeze_panes == "B2"
    assert page["C2"].number_format == "d mmm yyyy"
    assert [page[cell].data_type for cell in ("A2", "B2", "C2")] == ["s", "n", "d"]


def test_its_second_sheet_says_what_the_lines_are(browser: TestClient) -> None:
    about = about_of(book_of(browser.post(PATH, json=asked()).content))
    assert about["What"] == "Subjects of Fiction 1"
    assert about["Data as of"] == "14 Nov 2031"
    assert about["Filter"] == "owner:=CRA\nP:>0"
    assert about["Lines"] == "3"
    assert about["Use"] == INTENDED_USE
    assert "made up" in about["Demo data"]
    plain = about_of(book_of(browser.post(PATH, json=asked(filters=[], demo=False)).content))
    assert plain["Filter"] == "none"
    assert "Demo data" not in plain


def test_parquet_holds_the_lines_with_their_types(browser: TestClient) -> None:
    answer = browser.post(PATH, json=asked(format="parquet"))
    assert answer.headers["content-type"] == "application/vnd.apache.parquet"
    assert answer.headers["content-disposition"] == 'attachment; filename="subjects-of-fiction-1_as-of-14-nov-2031.parquet"'
    table = pq.read_table(io.BytesIO(answer.content))
    assert table.column_names == ["Subject", "Oldest, days", "Due", "data as of", "filter"]
    assert [field.type for field in table.schema][:3] == [pa.string(), pa.int64(), pa.date32()]
    assert table.to_pylist()[0] == {
        "Subject": "Subject 9",
        "Oldest, days": 148,
        "Due": date(2031, 11, 14),
        "data as of": "14 Nov 2031",
        "filter": "owner:=CRA; P:>0",
    }
    assert table["Oldest, days"].to_pylist() == [148, None, 0]
    told: Mapping[bytes, bytes] = table.schema.metadata
    assert told[b"ncdm.name"] == b"Subjects of Fiction 1"
    assert told[b"ncdm.as_of"] == b"14 Nov 2031"
    assert json.loads(told[b"ncdm.filters"]) == ["owner:=CRA", "P:>0"]
    assert told[b"ncdm.demo"] == b"true"


def test_moments_and_fractions_keep_their_types(browser: TestClient) -> None:
    columns = [{"title": "At", "type": "date"}, {"title": "Share", "type": "number"}, {"title": "Nothing", "type": "date"}]
    rows = [["2031-11-14T08:30", 0.25, None], ["2031-11-15", 2, None]]
    table = pq.read_table(io.BytesIO(browser.post(PATH, json=asked(format="parquet", columns=columns, rows=rows)).content))
    assert [field.type for field in table.schema][:3] == [pa.timestamp("us"), pa.float64(), pa.date32()]
    assert table["At"].to_pylist() == [datetime(2031, 11, 14, 8, 30), datetime(2031, 11, 15)]  # noqa: DTZ001 - a report names no zone
    book = book_of(browser.post(PATH, json=asked(columns=columns, rows=rows)).content)
    assert lines_of(book)[1:] == [
        (datetime(2031, 11, 14, 8, 30), 0.25, None),  # noqa: DTZ001 - the same
        (datetime(2031, 11, 15), 2, None),  # noqa: DTZ001 - the same
    ]


def test_numbers_of_any_size_are_numbers() -> None:
    numbers = [2**53, -(2**53), 2**60, 1e300, 0.1]
    columns, rows = [{"title": "n", "type": "number"}], [[one] for one in numbers]
    _format, sheet = read(json.dumps(asked(columns=columns, rows=rows)).encode(), ExportLimits())
    assert [line[0] for line in lines_of(book_of(xlsx(sheet)))[1:]] == numbers
    assert pq.read_table(io.BytesIO(parquet(sheet)))["n"].to_pylist() == numbers


def test_days_that_no_workbook_can_count_are_written_as_text() -> None:
    days = (date(1899, 12, 31), date(1900, 2, 28), date(1900, 3, 1))
    sheet = Sheet(name="Old", as_of="", filters=(), demo=False, columns=(Column("Day", Type.DATE, days),), lines=3)
    shown = [line[0] for line in lines_of(book_of(xlsx(sheet)))[1:]]
    assert shown == ["1899-12-31", "1900-02-28", datetime(1900, 3, 1)]  # noqa: DTZ001 - as the reader of workbooks gives a day
    assert pq.read_table(io.BytesIO(parquet(sheet)))["Day"].to_pylist() == list(days)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    content = xlsx(texts(text, title=text))
    book = book_of(content)
    for cell in (book["Data"]["A1"], book["Data"]["A2"]):
        assert cell.data_type == "s"
        assert cell.hyperlink is None
        assert str(cell.value).replace("_x000D_", "\r").replace("_x005F_", "_") == text
    with ZipFile(io.BytesIO(content)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
        assert not [name for name in parts.namelist() if "externalLink" in name or "vba" in name.lower()]
    assert pq.read_table(io.BytesIO(parquet(texts(text))))["Said"].to_pylist() == [text]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_editing_a_hostile_cell_makes_no_formula_of_it_either(start: str) -> None:
    page = book_of(xlsx(texts(f"{start}1+1", "harmless")))["Data"]
    assert page["A2"].quotePrefix
    assert not page["A3"].quotePrefix


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_makes_a_workbook_that_can_be_read(text: str) -> None:
    assert len(lines_of(book_of(xlsx(texts(text, title=text))))) == (2 if text else 1) or text == ""
    assert pq.read_table(io.BytesIO(parquet(texts(text)))).column("Said").to_pylist() == [text]


@pytest.mark.parametrize(("text", "kept"), [("a" * 32_767, 32_767), ("a" * 40_000, 32_767), ("\U0001f9ea" * 20_000, 32_766)])
def test_a_text_longer_than_a_cell_is_cut_and_said(text: str, kept: int) -> None:
    book = book_of(xlsx(texts(text)))
    shown = str(book["Data"]["A2"].value)
    assert len(shown.encode("utf-16-le")) // 2 in {kept, 32_767}
    cut = shown != text
    assert cut == (len(text.encode("utf-16-le")) > 2 * 32_767)
    assert shown.endswith("[cut here: a workbook's cell holds no more]") == cut
    assert ("Cut" in about_of(book)) == cut
    assert pq.read_table(io.BytesIO(parquet(texts(text))))["Said"].to_pylist() == [text]


def test_no_lines_are_still_a_file(browser: TestClient) -> None:
    assert lines_of(book_of(browser.post(PATH, json=asked(rows=[])).content)) == [("Subject", "Oldest, days", "Due")]
    table = pq.read_table(io.BytesIO(browser.post(PATH, json=asked(format="parquet", rows=[])).content))
    assert (table.num_rows, table.num_columns) == (0, 5)


def test_a_column_is_found_by_its_name_in_parquet_also_when_titles_agree() -> None:
    assert distinct(["Days", "Days", "", " Days ", "filter", "filter"]) == [
        "Days",
        "Days (2)",
        "column 3",
        "Days (3)",
        "filter",
        "filter (2)",
    ]


WRONG: Sequence[tuple[str, dict[str, object]]] = [
    ("a line too short", {"rows": [["Subject 9", 1]]}),
    ("a line too long", {"rows": [["Subject 9", 1, None, None]]}),
    ("text where a number is told", {"rows": [["Subject 9", "148", None]]}),
    ("a number where text is told", {"rows": [[9, 148, None]]}),
    ("yes and no where a number is told", {"rows": [["Subject 9", True, None]]}),
    ("a day that never was", {"rows": [["Subject 9", 1, "2031-02-30"]]}),
    ("a day in other words", {"rows": [["Subject 9", 1, "14 Nov 2031"]]}),
    ("a moment of a zone", {"rows": [["Subject 9", 1, "2031-11-14T08:30:00+01:00"]]}),
    ("a list in a cell", {"rows": [["Subject 9", [1], None]]}),
    ("no column", {"columns": [], "rows": []}),
    ("a type that is none", {"columns": [{"title": "a", "type": "formula"}], "rows": []}),
    ("a format that is none", {"format": "xlsm"}),
    ("no name", {"name": ""}),
    ("a name too long", {"name": "a" * 301}),
    ("something unknown", {"macro": "x"}),
    ("a number of no size", {"rows": [["Subject 9", 10**400, None]]}),
    ("half of a surrogate pair", {"rows": [["\ud800", 1, None]]}),
]


@pytest.mark.parametrize(("what", "changed"), WRONG, ids=[what for what, _ in WRONG])
def test_what_has_no_meaning_is_refused(browser: TestClient, what: str, changed: dict[str, object]) -> None:
    answer = browser.post(PATH, content=json.dumps(asked(**changed)), headers={"content-type": "application/json"})
    assert answer.status_code == 422, what
    error = answer.json()["error"]
    assert error["where"].startswith("body")
    assert error["todo"]
    assert "Subject 9" not in json.dumps(error)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff\xfe", b'{"rows": NaN}', b"null"])
def test_what_cannot_be_read_is_refused(browser: TestClient, body: bytes) -> None:
    assert browser.post(PATH, content=body, headers={"content-type": "application/json"}).status_code == 422


@pytest.fixture
def strict(mesh: MadeUpMesh) -> TestClient:
    """A browser whose server hands out small files only."""
    limits = ExportLimits(bytes=4_000, rows=10, columns=4, cells=30)
    app = create(mesh, token=OneTimeToken(SECRET), static=None, exports=limits)
    browser = TestClient(app, base_url=ADDRESS, headers=OURS)
    browser.post("/api/v1/session", json={"token": SECRET}).raise_for_status()
    return browser


@pytest.mark.parametrize(
    ("width", "lines", "text", "said"),
    [
        (5, 1, "a", "at most 4 columns; these are 5"),
        (1, 11, "a", "at most 10 lines; these are 11"),
        (4, 8, "a", "at most 30 cells; these are 32"),
        (1, 1, "a" * 4_000, "larger than 4000 bytes"),
    ],
)
def test_too_much_is_refused_and_says_what_to_do(strict: TestClient, width: int, lines: int, text: str, said: str) -> None:
    columns = [{"title": str(number), "type": "text"} for number in range(width)]
    answer = strict.post(PATH, json=asked(columns=columns, rows=[[text] * width] * lines))
    assert answer.status_code == 413
    assert said in answer.json()["error"]["what"]
    assert answer.json()["error"]["todo"]


def test_within_the_limits_there_is_a_file(strict: TestClient) -> None:
    assert strict.post(PATH, json=asked(rows=ROWS * 3)).status_code == 200


def test_nobody_gets_a_file_without_a_session(stranger: TestClient) -> None:
    assert stranger.post(PATH, json=asked()).status_code == 401


def test_no_foreign_page_gets_a_file(browser: TestClient) -> None:
    assert browser.post(PATH, json=asked(), headers={"X-NCDM": "0"}).status_code == 403
    assert browser.post(PATH, json=asked(), headers={"Origin": "http://example.invalid"}).status_code == 403


@pytest.mark.parametrize(
    ("name", "as_of", "file"),
    [
        ('../../etc/"passwd"\r\nX: y', "no date", "etc-passwd-x-y_as-of-no-date.xlsx"),
        ("日本", "", "_as-of-.xlsx"),
        ("a" * 300, "14 Nov 2031", f"{'a' * 120}_as-of-14-nov-2031.xlsx"),
    ],
)
def test_the_name_of_the_file_is_harmless(browser: TestClient, name: str, as_of: str, file: str) -> None:
    answer = browser.post(PATH, json=asked(name=name, as_of=as_of))
    assert answer.headers["content-disposition"] == f'attachment; filename="{file}"'
