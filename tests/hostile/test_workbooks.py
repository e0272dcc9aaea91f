"""A hostile, broken or oversized workbook costs one refused receipt with the right reason; the files beside it are read."""

import struct
import zlib
from collections.abc import Callable

import pytest
from tests.hostile import forge
from tests.hostile.conftest import GOOD_ROWS, cells
from tests.hostile.forge import Part, archive, compound, inline, ods, parts_of, replaced, with_sheet_data, workbook, xls

from ncdm.sources import RefusalCode, Refused, Workbook

Read = Callable[[str, bytes], Workbook | Refused]

HONEST = workbook({"list": GOOD_ROWS})
SHEET = "xl/worksheets/sheet1.xml"
TEXT = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'


def altered(name: str, change: Callable[[Part], Part]) -> bytes:
    """The honest workbook with one member changed or made to lie."""
    return archive(change(part) if part.name == name else part for part in parts_of(HONEST))


def a_million_members(*, announced: int | None) -> bytes:
    """An archive whose directory has a million lines; the count at its end may lie."""
    local = b"PK\3\4" + struct.pack("<HHHHHIIIHH", 20, 0, 0, 0, 33, 0, 0, 0, 1, 0) + b"a"
    line = b"PK\1\2" + struct.pack("<BBHHHHHIIIHHHHHII", 20, 3, 20, 0, 0, 0, 33, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    directory = line * 1_000_000
    count = 1_000_000 if announced is None else announced
    large = b"PK\6\6" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, count, count, len(directory), len(local))
    place = b"PK\6\7" + struct.pack("<IQI", 0, len(local) + len(directory), 1)
    end = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return local + directory + large + place + end


def overlapping_members() -> bytes:
    """Several members that all point at the same packed bytes."""
    first = Part("xl/a.xml", b"<a/>" * 5_000)
    return archive([*[first], *[Part(f"xl/{number}.xml", first.data, at=0, local_name="xl/a.xml") for number in range(3)]])


REFUSED: dict[str, tuple[Callable[[], bytes], RefusalCode]] = {
    "ratio bomb": (lambda: replaced(HONEST, SHEET, b" " * 50_000_000), RefusalCode.RATIO),
    "ratio bomb in a part nobody reads": (lambda: replaced(HONEST, "xl/media/image1.png", b"\0" * 50_000_000), RefusalCode.RATIO),
    "bomb that announces a small size": (
        lambda: altered(SHEET, lambda _: Part(SHEET, b" " * 50_000_000, unpacked=1_000)),
        RefusalCode.RATIO,
    ),
    "too many members": (lambda: archive([*parts_of(HONEST), *[Part(f"xl/{n}.xml", b"<a/>") for n in range(200)]]), RefusalCode.MEMBERS),
    "a million members": (lambda: a_million_members(announced=None), RefusalCode.MEMBERS),
    "a million members, announced as sixty": (lambda: a_million_members(announced=60), RefusalCode.MEMBERS),
    "member twice": (lambda: archive([*parts_of(HONEST), Part(SHEET, b"<worksheet/>")]), RefusalCode.DUPLICATE_MEMBER),
    "member twice but for capitals": (lambda: archive([*parts_of(HONEST), Part(SHEET.upper(), b"<a/>")]), RefusalCode.DUPLICATE_MEMBER),
    "members sharing bytes": (overlapping_members, RefusalCode.DAMAGED),
    "members sharing bytes under one name": (
        lambda: archive([Part("xl/a.xml", b"<a/>" * 9), Part("xl/a.xml", b"<a/>" * 9, at=0)]),
        RefusalCode.DUPLICATE_MEMBER,
    ),
    "workbook inside an archive only": (lambda: archive([Part("inner.xlsx", HONEST)]), RefusalCode.UNKNOWN_FORMAT),
    "path out of the archive": (lambda: archive([*parts_of(HONEST), Part("../../etc/x.xml", b"<a/>")]), RefusalCode.UNSAFE_PATH),
    "absolute path": (lambda: archive([*parts_of(HONEST), Part("/etc/x.xml", b"<a/>")]), RefusalCode.UNSAFE_PATH),
    "two cells at opposite corners": (
        lambda: with_sheet_data(f'<row r="1">{inline("A1", "a")}</row><row r="1048576">{inline("XFD1048576", "z")}</row>'),
        RefusalCode.CELLS,
    ),
    "one cell at the far corner": (lambda: with_sheet_data(f'<row r="1048576">{inline("XFD1048576", "z")}</row>'), RefusalCode.CELLS),
    "far cell, told to be near": (
        lambda: with_sheet_data(f'<row r="1">{inline("ZZZ999999", "z")}</row>', dimension="A1"),
        RefusalCode.CELLS,
    ),
    "line beyond any sheet": (lambda: with_sheet_data(f'<row r="99999999999">{inline("A99999999999", "a")}</row>'), RefusalCode.CELLS),
    "column beyond any sheet": (lambda: with_sheet_data(f'<row r="1">{inline("ZZZZZZ1", "a")}</row>'), RefusalCode.CELLS),
    "lines out of order, far apart": (
        lambda: with_sheet_data(f'<row r="99999">{inline("ZZ99999", "a")}</row><row r="1">{inline("A1", "z")}</row>'),
        RefusalCode.MEMORY,
    ),
    "document type": (lambda: with_sheet_data("", before='<!DOCTYPE worksheet SYSTEM "file:///etc/passwd">'), RefusalCode.DOCTYPE),
    "external entity": (
        lambda: with_sheet_data(inline("A1", "&x;"), before='<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        RefusalCode.DOCTYPE,
    ),
    "billion laughs in the strings": (
        lambda: replaced(
            HONEST,
            "xl/sharedStrings.xml",
            b'<!DOCTYPE l [<!ENTITY a "ha">'
            + b"".join(b'<!ENTITY %c "&%c;&%c;&%c;">' % (number, number - 1, number - 1, number - 1) for number in range(98, 120))
            + b"]><sst><si><t>&w;</t></si></sst>",
        ),
        RefusalCode.DOCTYPE,
    ),
    "document type behind a long comment": (
        lambda: with_sheet_data("", before=f"<!--{'<x ' * 40_000}--><!DOCTYPE a>"),
        RefusalCode.DOCTYPE,
    ),
    "document type in sixteen bits": (
        lambda: replaced(HONEST, SHEET, '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><worksheet/>'.encode("utf-16")),
        RefusalCode.DOCTYPE,
    ),
    "document type in a relationship": (
        lambda: replaced(HONEST, "xl/_rels/workbook.xml.rels", b"<!DOCTYPE a><Relationships/>"),
        RefusalCode.DOCTYPE,
    ),
    "macros": (lambda: archive([*parts_of(HONEST), Part("xl/vbaProject.bin", b"\xd0\xcf")]), RefusalCode.MACRO),
    "old macro sheet": (lambda: archive([*parts_of(HONEST), Part("xl/macrosheets/sheet1.xml", b"<a/>")]), RefusalCode.MACRO),
    "macros by content type alone": (
        lambda: replaced(
            HONEST, "[Content_Types].xml", b'<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
        ),
        RefusalCode.MACRO,
    ),
    "macros in the old format": (lambda: compound({"Workbook": b"\x09\x08", "_VBA_PROJECT_CUR": b"x"}), RefusalCode.MACRO),
    "encrypted package": (lambda: compound({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}), RefusalCode.ENCRYPTED),
    "password in the old format": (lambda: xls({(0, 0): "x"}, password=True), RefusalCode.ENCRYPTED),
    "password in the open format": (
        lambda: ods(f"<table:table-row>{TEXT}</table:table-row>", manifest="<manifest:encryption-data/>"),
        RefusalCode.ENCRYPTED,
    ),
    "encrypted member": (lambda: altered(SHEET, lambda part: Part(SHEET, part.data, flags=1)), RefusalCode.ENCRYPTED),
    "document of another program": (lambda: compound({"WordDocument": b"x"}), RefusalCode.UNKNOWN_FORMAT),
    "wrong check sum": (lambda: altered(SHEET, lambda part: Part(SHEET, part.data, crc=zlib.crc32(part.data) ^ 1)), RefusalCode.DAMAGED),
    "wrong size": (lambda: altered(SHEET, lambda part: Part(SHEET, part.data, unpacked=len(part.data) + 1)), RefusalCode.DAMAGED),
    "member longer than the archive": (lambda: altered(SHEET, lambda part: Part(SHEET, part.data, packed=1 << 30)), RefusalCode.DAMAGED),
    "member elsewhere": (lambda: altered(SHEET, lambda part: Part(SHEET, part.data, at=7)), RefusalCode.DAMAGED),
    "two names for one member": (
        lambda: altered(SHEET, lambda part: Part(SHEET, part.data, local_name="xl/other.xml")),
        RefusalCode.DAMAGED,
    ),
    "unknown packing": (lambda: altered(SHEET, lambda part: Part(SHEET, part.data, method=99)), RefusalCode.UNREADABLE),
    "packed bytes that are none": (lambda: altered(SHEET, lambda part: Part(SHEET, part.data, raw=b"\xff" * 99)), RefusalCode.DAMAGED),
    "member breaks off": (
        lambda: altered(SHEET, lambda part: Part(SHEET, part.data, raw=forge.deflate(part.data)[:-9])),
        RefusalCode.TRUNCATED,
    ),
    "directory count lies": (lambda: archive(parts_of(HONEST), count=3), RefusalCode.DAMAGED),
    "file breaks off": (lambda: HONEST[:-100], RefusalCode.TRUNCATED),
    "first kilobyte only": (lambda: HONEST[:1_000], RefusalCode.TRUNCATED),
    "markup breaks off": (
        lambda: altered(SHEET, lambda part: Part(SHEET, part.data[: part.data.index(b"</sheetData>")])),
        RefusalCode.TRUNCATED,
    ),
    "strings break off": (
        lambda: altered("xl/sharedStrings.xml", lambda part: Part(part.name, part.data[: part.data.index(b"</sst>")])),
        RefusalCode.TRUNCATED,
    ),
    "sheet missing": (lambda: archive(part for part in parts_of(HONEST) if part.name != SHEET), RefusalCode.UNREADABLE),
    "list of sheets missing": (
        lambda: archive(part for part in parts_of(HONEST) if part.name != "xl/workbook.xml"),
        RefusalCode.UNREADABLE,
    ),
    "strings missing": (lambda: archive(part for part in parts_of(HONEST) if part.name != "xl/sharedStrings.xml"), RefusalCode.UNREADABLE),
    "dimension that is none": (lambda: with_sheet_data(f'<row r="2">{inline("B2", "x")}</row>', dimension="none"), RefusalCode.UNREADABLE),
    "line zero": (lambda: with_sheet_data(f'<row r="0">{inline("A0", "x")}</row>'), RefusalCode.UNREADABLE),
    "empty file": (lambda: b"", RefusalCode.EMPTY),
    "text under a workbook's name": (lambda: b"Site;Subject\n", RefusalCode.UNKNOWN_FORMAT),
    "web page under a workbook's name": (lambda: b"<html><table><tr><td>x</td></tr></table></html>", RefusalCode.UNKNOWN_FORMAT),
    "open format bomb": (
        lambda: ods(
            '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="string" '
            'table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell></table:table-row>'
        ),
        RefusalCode.UNREADABLE,
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_with_its_reason_and_the_rest_is_read(case: str, beside_good: Read) -> None:
    make, code = REFUSED[case]
    outcome = beside_good("case.xlsx", make())
    assert isinstance(outcome, Refused), outcome
    assert outcome.code is code, outcome
    assert outcome.reason.endswith(".")
    assert outcome.todo.endswith(".")


def test_a_lying_dimension_changes_nothing(beside_good: Read) -> None:
    for dimension in ("A1:XFD1048576", "XFD1048576", "A1", "C7:D9", "B2"):
        outcome = beside_good("case.xlsx", with_sheet_data(f'<row r="2">{inline("B2", "x")}</row>', dimension=dimension))
        assert cells(outcome) == {"c1": [None, None], "c2": [None, "x"]}, dimension


def test_cells_that_are_only_formatted_do_not_make_a_sheet_large(beside_good: Read) -> None:
    far = '<row r="1048576"><c r="A1048576" s="0"/><c r="XFD1048576" s="0"></c></row>'
    outcome = beside_good("case.xlsx", with_sheet_data(f'<row r="1">{inline("A1", "x")}</row>{far}'))
    assert cells(outcome) == {"c1": ["x"]}


def test_a_stray_cell_at_the_last_line_is_read(beside_good: Read) -> None:
    outcome = beside_good(
        "case.xlsx", with_sheet_data(f'<row r="1">{inline("A1", "x")}</row><row r="1048576">{inline("A1048576", "y")}</row>')
    )
    assert isinstance(outcome, Workbook)
    column = outcome.sheets[0].cells["c1"]
    assert len(column) == 1_048_576
    assert column.null_count == 1_048_574
    assert column[1_048_575].as_py() == "y"


def test_a_formula_gives_its_stored_value_and_a_note(beside_good: Read) -> None:
    formula = (
        '<row r="1"><c r="A1"><f>HYPERLINK("http://127.0.0.1/","x")</f><v>2</v></c><c r="B1" t="str"><f>cmd|x!A1</f><v>=1+1</v></c></row>'
    )
    outcome = beside_good("case.xlsx", with_sheet_data(formula))
    assert cells(outcome) == {"c1": ["2"], "c2": ["=1+1"]}
    assert isinstance(outcome, Workbook)
    assert outcome.notes == ("cells with formulas: only their stored values are read",)


LINKED = archive(
    [
        *parts_of(HONEST),
        Part("xl/externalLinks/externalLink1.xml", b'<externalLink><ddeLink ddeService="cmd" ddeTopic="x"/></externalLink>'),
        Part("xl/connections.xml", b"<connections/>"),
        Part("xl/embeddings/oleObject1.bin", b"x"),
    ]
)
NOTED = (
    "connections to outside data: not followed",
    "embedded objects: not read",
    "links to other programs (DDE): not followed",
    "links to other workbooks: not followed",
)


def test_links_to_the_outside_are_noted_and_not_followed(beside_good: Read) -> None:
    outcome = beside_good("case.xlsx", LINKED)
    assert isinstance(outcome, Workbook)
    assert outcome.notes == NOTED


def test_unseen_characters_stay_in_values_and_show_in_names(beside_good: Read) -> None:
    sheet = "a\u202eb"
    strange = "x\u202ey\u0007\u200fz"
    content = replaced(
        with_sheet_data(f'<row r="1">{inline("A1", strange)}</row>'),
        "xl/workbook.xml",
        parts_of(HONEST)[[part.name for part in parts_of(HONEST)].index("xl/workbook.xml")].data.replace(
            b'name="list"', f'name="{sheet}"'.encode()
        ),
    )
    outcome = beside_good("case.xlsx", content)
    assert cells(outcome) == {"c1": [strange]}
    assert isinstance(outcome, Workbook)
    assert outcome.sheets[0].name == "a<202E>b"


def test_bytes_before_and_after_the_archive_do_not_matter_to_honest_content(beside_good: Read) -> None:
    outcome = beside_good("case.xlsx", archive(parts_of(HONEST), comment=b"written by hand"))
    assert cells(outcome)["c1"] == ["Site", "Site 1", None]
