"""The oddities of real exports: each is declared, carried by some invented study, and found in the cells of its files."""

import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from ncdm import demo

CODES = [f"Q{number}" for number in range(1, 36)]
Rows = list[list[object]]


@dataclass(frozen=True)
class Portfolio:
    """An invented portfolio, with the studies that say they carry a quirk."""

    written: demo.Written

    def files(self, code: str, word: str) -> list[Path]:
        """The files named by ``word`` in the studies that carry the quirk."""
        carriers = {f"study {name.removeprefix('Study ')}_" for name in self.written.quirks[code]}
        found = [path for path in self.written.files if path.parent.name.lower().startswith(tuple(carriers)) and word in path.name.lower()]
        assert found
        return found

    def sheets(self, code: str, word: str, title: str = "") -> list[Rows]:
        """The cells of their sheets."""
        found = [rows for path in self.files(code, word) for name, rows in cells(path) if title in name]
        assert found
        return found


@cache
def cells(path: Path) -> list[tuple[str, Rows]]:
    book = openpyxl.load_workbook(path, read_only=True)
    found = []
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        found.append((sheet.title, [list(row) for row in sheet.iter_rows(values_only=True)]))
    book.close()
    return found


def texts(rows: Rows) -> set[str]:
    return {cell for row in rows for cell in row if isinstance(cell, str)}


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Portfolio:
    return Portfolio(demo.write(tmp_path_factory.mktemp("demo"), studies=8, subjects=20, seed=3))


def test_each_quirk_of_the_contracts_is_declared_once() -> None:
    assert [quirk.code for quirk in demo.QUIRKS] == CODES
    assert all(quirk.what and quirk.where for quirk in demo.QUIRKS)


@pytest.mark.parametrize("code", CODES)
def test_some_study_of_eight_carries(portfolio: Portfolio, code: str) -> None:
    assert portfolio.written.quirks[code]
    assert json.loads(portfolio.written.truth[0].read_text())["quirks"][code] == list(portfolio.written.quirks[code])


@pytest.mark.parametrize(("subjects", "seed"), [(10, 1), (30, 2), (10, 77)])
def test_six_studies_of_any_size_and_seed_carry_all(tmp_path: Path, subjects: int, seed: int) -> None:
    written = demo.write(tmp_path, studies=6, subjects=subjects, seed=seed)
    assert [code for code, carriers in written.quirks.items() if not carriers] == []


def test_a_header_only_report_has_no_value_below_its_header(portfolio: Portfolio) -> None:
    empty = [rows for rows in portfolio.sheets("Q2", ".xlsx") if sum(any(cell is not None for cell in row) for row in rows) == 1]
    assert len(empty) >= 6


def test_blank_rows_and_columns_are_dressed_and_empty(portfolio: Portfolio) -> None:
    lengths = [len(rows) for rows in portfolio.sheets("Q3", ".xlsx") if len(rows) > 900 and not any(rows[-1]) and not any(rows[-500])]
    assert max(lengths) > 4000
    widths = [max(map(len, rows)) for rows in portfolio.sheets("Q3", "inactiv")]
    assert max(widths) > 200


def test_a_banner_stands_above_the_tracker(portfolio: Portfolio) -> None:
    for rows in portfolio.sheets("Q4", "visit"):
        assert [sum(cell is not None for cell in row) for row in rows[:3]] == [1, 1, 6]


def test_cpid_has_fifteen_sheets_merged_headers_and_a_total_line(portfolio: Portfolio) -> None:
    for path in portfolio.files("Q5", "cpid_edc"):
        book = openpyxl.load_workbook(path)
        assert len(book.sheetnames) == 15
        merged = {str(area) for area in book["Subject Level Metrics"].merged_cells.ranges}
        assert {"A1:A3", "H1:P1", "Q1:AL1", "AM1:AR1", "R2:V2", "H2:H3"} <= merged
        assert book["Subject Level Metrics"]["A4"].value == "Responsible LF for action"
        assert str(book["Subject Level Metrics"]["A5"].value).startswith("Study ")
        assert "Total:" in {cell.value for cell in book["Region_Country View"]["C"]}


def test_a_total_became_a_site_label(portfolio: Portfolio) -> None:
    for rows in portfolio.sheets("Q6", "cpid_edc", "Subject Level"):
        total = next(row for row in rows if row[5] == "Total:")
        assert any(re.fullmatch(r"Site \d+", str(cell)) for cell in total)


def test_a_footer_stands_below_the_inactivated_pages(portfolio: Portfolio) -> None:
    lengths = set()
    for rows in portfolio.sheets("Q7", "inactiv"):
        at = next(at for at, row in enumerate(rows) if row[0] == "Parameter Name")
        footer = [row for row in rows[at:] if any(cell is not None for cell in row)]
        lengths.add(len(footer))
        assert len(footer) == 1 or all(row[4] == "#N/A" for row in footer)
    assert lengths == {1, 6}


def test_the_rest_of_a_formula_stands_far_below(portfolio: Portfolio) -> None:
    for rows in portfolio.sheets("Q8", "visit"):
        assert len(rows) == 1495
        assert str(rows[1494][0]).startswith("$A$2")


def test_headers_have_spaces_and_breaks(portfolio: Portfolio) -> None:
    headers = {cell for rows in portfolio.sheets("Q9", ".xlsx") for cell in rows[0] if isinstance(cell, str)}
    assert {"Form ", "RecordPostion", "Data on Form/\nRecord    ", "Visit Name "} <= headers


def test_old_and_modern_page_headers_stand_in_one_file(portfolio: Portfolio) -> None:
    mixed = [path for path in portfolio.files("Q12", "page") if len({str(rows[0][0]) for _, rows in cells(path)}) == 2]
    assert len(mixed) == 2


def test_an_enumeration_was_anonymised(portfolio: Portfolio) -> None:
    for rows in portfolio.sheets("Q13", "page"):
        assert "Form 1 Subject Status" in rows[0]
        level = rows[0].index("Form Type (Summary or Visit)")
        assert {row[level] for row in rows[1:] if any(row)} <= {"Form 1", "Form 2"}


def test_discrepancy_ids_became_labels_and_all_are_different(portfolio: Portfolio) -> None:
    broken = 0
    for rows in portfolio.sheets("Q14", "sae", "SAE Dashboard"):
        ids = Counter(row[0] for row in rows[1:] if row and row[0] is not None)
        assert set(ids.values()) <= {1}
        broken += sum(isinstance(number, str) for number in ids)
    assert broken > 10


def test_a_dash_stands_for_a_site(portfolio: Portfolio) -> None:
    for rows in portfolio.sheets("Q15", "sae", "Safety"):
        assert "-" in texts(rows)


def test_subjects_that_are_none(portfolio: Portfolio) -> None:
    found = {str(row[1]) for rows in portfolio.sheets("Q16", "edrr") for row in rows[1:] if not str(row[1]).startswith("Subject ")}
    assert {"Not Applicable", "All-metadata issue"} < found
    assert any(re.fullmatch(r"\d{6}-\d{5}", label) for label in found)


def test_digits_in_the_shape_of_identifiers(portfolio: Portfolio) -> None:
    assert any(re.search(r" - Study \d+_\d{7}_\d{4}", text) for rows in portfolio.sheets("Q17", "inactiv") for text in texts(rows))
    assert any(re.search(r"eSAE - Study \d+_\d{7}_\d{4}", text) for rows in portfolio.sheets("Q17", "page") for text in texts(rows))


def test_impossible_dates(portfolio: Portfolio) -> None:
    for path in portfolio.files("Q18", "cpid_edc"):
        book = dict(cells(path))
        assert sum("31 SEP 2025" in row for row in book["SV"]) == 1
        for title, count in (
            ("PI Signature Report", 5),
            ("Query Report - Cumulative", 3),
            ("Query Report - Site Action", 2),
            ("Non conformant", 1),
        ):
            assert sum("#ERROR" in row for row in book[title]) == count, title
        assert any(getattr(cell, "year", 0) == 1995 for row in book["Query Report - Cumulative"] for cell in row)


def test_error_cells_are_errors_and_no_text(portfolio: Portfolio) -> None:
    kinds = set()
    for path in portfolio.files("Q19", "cpid_edc"):
        book = openpyxl.load_workbook(path, read_only=True)
        kinds |= {cell.data_type for row in book["SDV"].iter_rows() for cell in row if cell.value == "#N/A"}
        book.close()
    assert kinds == {"e"}


def test_numbers_are_text_or_an_error(portfolio: Portfolio) -> None:
    headers = {"# of Days Missing"}
    values = []
    for rows in portfolio.sheets("Q20", "page"):
        at = [column for column, header in enumerate(rows[0]) if header in headers]
        values += [row[column] for row in rows[1:] for column in at if column < len(row)]
    assert values.count("#ERROR") == 2
    assert any(isinstance(value, str) and value.isdigit() for value in values)
    assert any(isinstance(value, int) for value in values)


def test_countries_are_written_out_or_absent(portfolio: Portfolio) -> None:
    full = {str(row[0]) for rows in portfolio.sheets("Q35", "visit") for row in rows[1:]}
    assert full
    assert all(len(name) > 3 and name.isupper() for name in full)
    regions = {(row[2], row[1]) for rows in portfolio.sheets("Q21", "cpid_edc", "Subject Level") for row in rows[4:] if len(row) > 2}
    assert ("PRK", None) in regions


def test_pages_without_a_visit(portfolio: Portfolio) -> None:
    for rows in portfolio.sheets("Q22", "cpid_edc", "Subject Level"):
        people = [row for row in rows[4:] if str(row[0]).startswith("Study")]
        assert any(row[16] == 0 and isinstance(row[17], int) and row[17] > 0 for row in people)


def test_the_second_tab_holds_pages_that_the_first_does_not(portfolio: Portfolio) -> None:
    for path in portfolio.files("Q23", "page"):
        first, second = (Counter(tuple(map(str, row[2:8])) for row in rows[1:] if any(row)) for _, rows in cells(path))
        assert second - first


def test_equal_rows_are_written_twice(portfolio: Portfolio) -> None:
    doubles = 0
    for rows in [*portfolio.sheets("Q24", "inactiv"), *portfolio.sheets("Q24", "who")]:
        doubles += max(Counter(tuple(map(str, row)) for row in rows[1:] if row and row[0] is not None).values(), default=0) > 1
    assert doubles >= 4


def test_an_extract_of_uncoded_terms(portfolio: Portfolio) -> None:
    for rows in portfolio.sheets("Q25", "who"):
        assert {row[8] for row in rows[1:]} == {"UnCoded Term"}


def test_the_subject_sheet_says_a_little_less_than_its_details(portfolio: Portfolio) -> None:
    for path in portfolio.files("Q26", "cpid_edc"):
        book = dict(cells(path))
        people = [row for row in book["Subject Level Metrics"][4:] if str(row[0]).startswith("Study")]
        pages = {(row[4], row[5], row[6]) for row in book["Non conformant"][1:] if any(row)}
        counted = [sum(int(str(row[at])) for row in people for at in columns) for columns in ([29], [18], [42, 43])]
        exact = (
            sum(any(row) for row in book["Query Report - Cumulative"][1:]),
            len(pages),
            sum(any(row) for row in book["PI Signature Report"][1:]),
        )
        difference = [full - shown for full, shown in zip(exact, counted, strict=True)]
        assert set(difference) == {0, 1}


def test_file_names_and_tabs_give_several_dates(portfolio: Portfolio) -> None:
    assert len(portfolio.files("Q28", "30oct2025")) == 1


def test_source_data_verification_of_fourteen_pages(portfolio: Portfolio) -> None:
    for rows in portfolio.sheets("Q29", "cpid_edc", "SDV"):
        assert [row[8] for row in rows[1:] if any(row)] == ["Verifed"] * 14


def test_many_signatures_wait_for_exactly_45_days(portfolio: Portfolio) -> None:
    for rows in portfolio.sheets("Q31", "cpid_edc", "PI Signature"):
        days = Counter(row[11] for row in rows[1:] if any(row))
        assert days.most_common(1)[0][0] == 45
        assert {row[12] for row in rows[1:] if any(row) and row[11] == 45} == {"26-45 days"}


def test_a_missing_visit_has_a_date(portfolio: Portfolio) -> None:
    for tracker, cpid in zip(portfolio.files("Q32", "visit"), portfolio.files("Q32", "cpid_edc"), strict=True):
        held = {(row[4], re.sub(r"\W", "", str(row[5])).upper()) for row in dict(cells(cpid))["SV"][1:] if len(row) > 6 and row[6]}
        missing = {(row[2], re.sub(r"\W", "", str(row[3])).upper()) for row in dict(cells(tracker))["Missing Visits"] if len(row) > 3}
        assert held & missing


def test_one_header_stands_twice(portfolio: Portfolio) -> None:
    for rows in portfolio.sheets("Q34", "cpid_edc", "Protocol Deviation"):
        assert rows[0][6:8] == ["Data Page Name", "Data Page Name"]
        assert {row[6] for row in rows[1:] if any(row)} <= {"Protocol Deviation"}


def test_two_sites_claim_one_subject(portfolio: Portfolio) -> None:
    sites: dict[str, set[str]] = {}
    for rows in portfolio.sheets("Q35", "sae", "DM"):
        for row in rows[1:]:
            sites.setdefault(str(row[4]), set()).add(str(row[3]))
    assert sum(len(labels) == 2 for labels in sites.values()) == 2
