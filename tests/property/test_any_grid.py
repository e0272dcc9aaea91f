"""Whatever stands in a sheet: nothing raises, and every line read is accounted for.

The grids are arbitrary texts, texts that look like headers, labels and totals, and huge numbers, control characters and lone marks.
"""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.building import HERE, Fault, Given, sheet, workbook

from ncdm.contracts import SHEETS, Column
from ncdm.ingest.conform import studies_named
from ncdm.ingest.file import conform_file
from ncdm.ingest.tables import REMARK
from ncdm.ingest.values import Remark, conform_text
from ncdm.ingest.workbook import identify
from ncdm.types import LineClass, SheetOutcome

HEADERS = sorted({synonym for _kind, contract in SHEETS for column in contract.columns for synonym in column.synonyms})
ODD = st.sampled_from(
    [
        "Subject 1",
        "Subject 1234567",
        "Study 7",
        "Study 8",
        "Site 1",
        "-",
        "NA",
        "#N/A",
        "#ERROR",
        "#MULTIVALUE",
        "Total:",
        "Form 1",
        "01 SEP 2025",
        "31 SEP 2025",
        "2025-09-01 00:00:00",
        "9" * 6000,
        "-" + "9" * 30,
        "Subject " + "1" * 5000,
        "Form " + "1" * 5000,
        "\u0661\u0662\u0663",
        "\u00b2",
        "\x00\x01\x1f",
        "\u202e\u200b",
        "\ufeff",
        " \u00a0\u2028",
        "",
    ]
)
TEXTS = st.one_of(st.none(), ODD, st.text(max_size=12), st.integers(-(10**20), 10**20).map(str), st.sampled_from(HEADERS), st.builds(Fault))
GRIDS = st.lists(st.lists(TEXTS, max_size=7), max_size=9)


@st.composite
def reports(draw: st.DrawFn) -> list[list[Given]]:
    """A real header, perhaps misspelt and below a banner, above lines of anything."""
    _kind, contract = draw(st.sampled_from(SHEETS))
    names: list[Given] = [draw(st.sampled_from(column.synonyms)) for column in contract.columns]
    kept = draw(st.lists(st.sampled_from(range(len(names))), max_size=len(names), unique=True))
    signature = [place for place, column in enumerate(contract.columns) if column.name in contract.signature]
    header = [names[place] for place in dict.fromkeys([*signature, *kept])]
    above = draw(st.lists(st.lists(TEXTS, max_size=2), max_size=2))
    below = draw(st.lists(st.lists(TEXTS, max_size=len(header) + 1), max_size=8))
    return [*above, header, *below]


def accounted(*grids: list[list[Given]], packed: bool) -> None:
    """Recognise and conform; nothing raises, and the receipts add up line by line."""
    book = workbook(*(sheet(grid, f"Sheet{place}", packed=packed) for place, grid in enumerate(grids)))
    found = identify(book)
    studies_named(found)
    file = conform_file(book, found, HERE)
    assert [receipt.number for receipt in file.receipt.sheets] == list(range(1, len(grids) + 1))
    for conformed, grid in zip(file.sheets, grids, strict=True):
        receipt = conformed.receipt
        height = len(grid) if any(len(line) for line in grid) else 0
        assert receipt.read == height
        assert receipt.read == receipt.accepted + receipt.rejected + sum(receipt.set_aside.values()) + receipt.held
        kept = {str(table): part.num_rows for table, part in conformed.rows.items()}
        assert kept.get("rejection", 0) == receipt.rejected
        if receipt.outcome is SheetOutcome.QUARANTINED:
            assert kept == {}
            assert receipt.reason
            continue
        assert kept.get(str(receipt.table), 0) == receipt.accepted
        lines = {run.first + step: run.became for run in receipt.runs for step in range(run.last - run.first + 1)}
        assert {name: list(lines.values()).count(name) for name in LineClass if name in lines.values()} == receipt.set_aside
        data = [
            row for table, part in conformed.rows.items() if table in {"rejection", receipt.table} for row in part["source_row"].to_pylist()
        ]
        assert sorted([*lines, *data]) == list(range(1, height + 1))
        assert kept.get("remark", 0) == 0 or {Remark(word) for word in conformed.rows[REMARK]["remark"].to_pylist()}


@settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(GRIDS, st.booleans())
def test_any_grid_is_accounted_for(grid: list[list[Given]], packed: bool) -> None:  # noqa: FBT001 - a parameter of the test
    accounted(grid, packed=packed)


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(reports(), st.booleans())
def test_anything_below_a_known_header_is_accounted_for(grid: list[list[Given]], packed: bool) -> None:  # noqa: FBT001 - a parameter of the test
    accounted(grid, packed=packed)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(reports(), min_size=2, max_size=4))
def test_several_sheets_in_one_workbook_are_accounted_for(grids: list[list[list[Given]]]) -> None:
    accounted(*grids, packed=False)


COLUMNS = [column for _kind, contract in SHEETS for column in contract.columns]


@settings(deadline=None, max_examples=400)
@given(st.one_of(ODD, st.text(max_size=30), st.integers().map(str)), st.sampled_from(COLUMNS))
def test_any_text_conforms_to_any_column_and_a_value_to_itself(text: str, column: Column) -> None:
    value, remark = conform_text(text, column)
    assert remark is None or isinstance(remark, Remark)
    if isinstance(value, str) and not column.vocabulary:
        assert conform_text(value, column)[0] == value
