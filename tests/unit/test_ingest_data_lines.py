"""Lines that are the header once more, lines that describe it, and lines that are rows but for the cell that names them."""

from collections.abc import Sequence

import pytest
from tests.building import MODERN, SAE, SUBJECT_HEADER, Fault, Given, loaded, receipt, rows, sheet, workbook

from ncdm.ingest.conform import Reason, studies_named
from ncdm.ingest.file_study import Attributed, StudyFrom
from ncdm.ingest.workbook import identify
from ncdm.types import LineClass, StudyId

TRACKER: list[Given] = ["Country", "Site", "Subject", "Visit", "Projected Date", "# Days Outstanding"]
EDRR: list[Given] = ["Study", "Subject", "Total Open issue Count per subject", "."]
DM: list[Given] = list(f"Discrepancy ID|Study ID|Country|Site|Patient ID|Form Name|{SAE}".split("|"))


def visit(number: int, days: Given = 5) -> list[Given]:
    """A line of the tracker."""
    return ["JPN", "Site 1", f"Subject {number}", "Week 1", "01 SEP 2025", days]


def discrepancy(number: Given) -> list[Given]:
    """A line of the SAE dashboard of data management."""
    return [number, "Study 7", "JPN", "Site 1", "Subject 1", "Form 1", "2025-11-01 10:00:00", "Pending for Review", None]


# -- the header again


@pytest.mark.parametrize("again", [TRACKER, [str(cell).upper() for cell in TRACKER], [f" {cell} " for cell in TRACKER], TRACKER[:5]])
def test_a_header_among_the_rows_is_a_header(again: list[Given]) -> None:
    file = loaded(sheet([TRACKER, visit(1), again, visit(2), again]))
    (found,) = file.receipt.sheets
    assert (found.accepted, found.rejected, found.set_aside) == (2, 0, {LineClass.HEADER: 3})
    assert [row["subject_id"] for row in rows(file, "missing_visit")] == ["Subject 1", "Subject 2"]
    assert found.conserved


def test_a_header_among_the_rows_names_no_study() -> None:
    book = workbook(sheet([EDRR, ["Study 7", "Subject 1", 1], EDRR, ["Study 7", "Subject 2", 1]]))
    assert studies_named(identify(book)) == {"Study 7": 2}
    assert studies_named(identify(workbook(sheet([DM, DM])))) == {}


def test_the_lowest_line_of_a_merged_header_among_the_rows_is_a_header() -> None:
    subject = ["Study 7", "ASIA", "JPN", "Site 1", "Subject 1", "Week 1", "On Trial", *[None] * 9, *range(28)]
    names = [low or middle or high for high, middle, low in zip(*(list(line) for line in SUBJECT_HEADER[:3]), strict=True)]
    found = receipt([*SUBJECT_HEADER, subject, names, [*subject[:4], "Subject 2", *subject[5:]]], "Subject Level Metrics")
    assert (found.accepted, found.rejected, found.set_aside) == (2, 0, {LineClass.HEADER: 5})


def test_a_row_that_says_one_word_of_the_header_is_a_row() -> None:
    """A site or visit may well be called as its column is."""
    found = receipt([TRACKER, visit(1), ["JPN", "Site", "Subject 2", "Visit", "01 SEP 2025", 5]])
    assert (found.accepted, found.rejected) == (2, 0)
    found = receipt([TRACKER, visit(1), ["JPN", "Site 1", "Subject", "Week 1", "01 SEP 2025", 5]])
    assert (found.accepted, found.rejected) == (2, 0)


# -- lines that describe the columns


@pytest.mark.parametrize(
    "described",
    [
        ["(text)", "(text)", "(text)", "(text)", "(date)", "(days)"],
        ["Char", "Char", "Char", "Char", "Date", "Num"],
        [None, None, "EDC", "EDC", None, "days"],
    ],
)
def test_a_line_below_the_header_that_describes_it_is_a_header(described: list[Given]) -> None:
    file = loaded(sheet([TRACKER, described, visit(1)]))
    (found,) = file.receipt.sheets
    assert (found.accepted, found.rejected, found.set_aside) == (1, 0, {LineClass.HEADER: 2})
    assert [row["subject_id"] for row in rows(file, "missing_visit")] == ["Subject 1"]


def test_two_lines_that_describe_the_columns() -> None:
    found = receipt([TRACKER, ["c", "c", "c", "c", "d", "n"], ["-", "-", "key", "-", "-", "days"], visit(1)])
    assert (found.accepted, found.set_aside) == (1, {LineClass.HEADER: 3})


@pytest.mark.parametrize(
    "first",
    [
        ["JPN", "Site 1", "Not Applicable", "Week 1", "01 SEP 2025", 5],
        ["JPN", "Site 1", "Not Applicable", "Week 1", "unknown", 5],
        ["JPN", "Site 1", "unknown", "Week 1", None, None],
        ["JPN", "Site 1", "Subject 1", "Week 1", "unknown", "many"],
    ],
)
def test_a_first_row_with_a_number_or_a_label_is_a_row(first: list[Given]) -> None:
    found = receipt([TRACKER, first, visit(2)])
    assert (found.accepted, found.rejected, found.set_aside) == (2, 0, {LineClass.HEADER: 1})


def test_a_line_like_a_description_further_down_stays_a_row_and_is_remarked() -> None:
    found = receipt([TRACKER, visit(1), ["JPN", "Site 1", "unknown", "Week 1", "unknown", "many"]])
    assert (found.accepted, found.set_aside) == (2, {LineClass.HEADER: 1})


# -- lines that name nothing


def test_cells_merged_over_a_group_leave_rejected_lines_and_not_silence() -> None:
    merged: list[Given] = [None, None, None, "Week 2", "08 SEP 2025", 4]
    file = loaded(sheet([TRACKER, visit(1), merged, visit(2), merged]))
    (found,) = file.receipt.sheets
    assert (found.read, found.accepted, found.rejected, found.set_aside) == (5, 2, 2, {LineClass.HEADER: 1})
    assert found.conserved
    assert [(row["source_row"], row["reason"], row["column_name"], row["detail"]) for row in rows(file, "rejection")] == [
        (3, Reason.KEY_IS_EMPTY, "subject_id", "Subject is empty"),
        (5, Reason.KEY_IS_EMPTY, "subject_id", "Subject is empty"),
    ]


def test_a_merged_group_of_missing_pages_is_rejected_by_its_known_words() -> None:
    """A summary page has neither a date nor days; its level is a word of the vocabulary."""
    header: list[Given] = list(MODERN.split("|"))
    line: list[Given] = ["Study 7", "JPN", "Site 1", "Subject 1", "On Trial", None, "Week 1", None, "Summary Page", "Form 1", None]
    found = receipt([header, line, [*line[:3], None, *line[4:]]])
    assert (found.accepted, found.rejected) == (1, 1)


def test_a_discrepancy_without_its_id_is_rejected() -> None:
    found = receipt([DM, discrepancy(11), discrepancy(None), discrepancy(12)])
    assert (found.accepted, found.rejected) == (2, 1)


@pytest.mark.parametrize(
    "line",
    [
        ["JPN", "Site 1", None, "Week 3"],
        ["Run by", None, None, "EDC", "by hand", None],
        ["Legend", None, None, None, None, 5],
        [None, None, None, "Country", "Site", "Visit"],
        ["Total:", None, None, None, None, 15],
        [None, None, Fault(), "Week 3", "01 SEP 2025", 5],
    ],
)
def test_no_other_line_without_a_name_is_taken_for_a_nameless_row(line: list[Given]) -> None:
    file = loaded(sheet([TRACKER, visit(1), line, visit(2)]))
    assert Reason.KEY_IS_EMPTY not in [row["reason"] for row in rows(file, "rejection")]
    assert file.receipt.sheets[0].accepted == 2
    assert file.receipt.sheets[0].conserved


# -- projects with a name of their own


@pytest.mark.parametrize("project", ["ONC-204", "ACME 12"])
def test_a_project_with_a_name_of_its_own_keeps_its_subjects(project: str) -> None:
    def subject(label: str) -> list[Given]:
        return [project, "ASIA", "JPN", "Site 1", label, "Week 1", "On Trial", *[None] * 9, *range(28)]

    total: list[Given] = [None, None, None, None, 2, "Total:", None, *[None] * 9, *(2 * value for value in range(28))]
    lines: list[Sequence[Given]] = [*SUBJECT_HEADER, subject("Subject 1"), subject("Subject 2"), total]
    (found,) = loaded(sheet(lines, "Subject Level Metrics"), study=Attributed(StudyId(project), StudyFrom.CONTENT, None)).receipt.sheets
    assert (found.accepted, found.rejected, found.set_aside[LineClass.TOTAL]) == (2, 0, 1)


# -- labels of a study's own, subtotals, second tables


def test_a_label_of_a_studys_own_with_its_number_alone_on_a_line_is_a_row() -> None:
    """Country, site, visit and date are merged over the group; the subject and its days are not."""
    lines: list[Sequence[Given]] = [[None, None, label, None, None, days] for label, days in (("US-001-004", 9), ("US-001-005", 8))]
    found = receipt(
        [TRACKER, ["USA", "Site 1", "US-001-003", "Week 1", "01 SEP 2025", 10], *lines, [None, None, "Page 1 of 1"], [None, None, "v2"]]
    )
    assert (found.accepted, found.rejected) == (3, 0)
    assert found.conserved


@pytest.mark.parametrize("said", ["Subject 1 Total", "US-001-003 total:", "Site 4  Subtotal", "Grand Total"])
def test_the_sum_of_a_group_is_no_subject(said: str) -> None:
    file = loaded(sheet([EDRR, ["Study 7", "Subject 1", 2], ["Study 7", said, 2], ["Study 7", "Subject 2", 3]]))
    assert [row["thirdparty_open_issues_n"] for row in rows(file, "thirdparty_issue")] == [2, 3]
    assert file.receipt.sheets[0].set_aside == {LineClass.HEADER: 1, LineClass.TOTAL: 1}


@pytest.mark.parametrize("count", ["12 (see log)", "two", "n.a."])
def test_a_first_row_whose_number_cannot_be_read_is_a_row(count: str) -> None:
    file = loaded(sheet([EDRR, ["Study 7", "All-metadata issue", count], ["Study 7", "Subject 1", 3]]))
    assert [(row["subject_id"], row["thirdparty_open_issues_n"]) for row in rows(file, "thirdparty_issue")] == [
        ("All-metadata issue", None),
        ("Subject 1", 3),
    ]


def test_a_second_table_on_the_sheet_is_rejected_and_never_read_by_the_first_header() -> None:
    labs: list[Sequence[Given]] = [
        ["Country", "Site number", "Subject", "Visit", "Lab Date", "Issue"],
        ["JPN", "Site 1", "Subject 1", "Week 1", "01 SEP 2025", "Missing Lab name"],
    ]
    file = loaded(sheet([TRACKER, visit(1), [], *labs]))
    (found,) = file.receipt.sheets
    assert (found.accepted, found.rejected) == (1, 2)
    assert {row["reason"] for row in rows(file, "rejection")} == {Reason.OTHER_TABLE}
    assert found.conserved


def test_an_empty_line_before_more_rows_or_the_same_header_begins_no_other_table() -> None:
    found = receipt([TRACKER, visit(1), [], visit(2), [], TRACKER, visit(3)])
    assert (found.accepted, found.rejected) == (3, 0)


# -- tabs that are named


SAFETY_WITHOUT: list[Given] = list(f"Discrepancy ID|Study ID|Site|Patient ID|{SAE}".split("|"))


@pytest.mark.parametrize("first", ["safety", "dm"])
def test_a_safety_tab_without_its_case_status_is_still_the_safety_tab(first: str) -> None:
    safety = sheet(
        [SAFETY_WITHOUT, [21, "Study 7", "Site 1", "Subject 1", "2025-11-01 10:00:00", "Review Completed", None]], "SAE Dashboard_Safety"
    )
    dm = sheet([DM, discrepancy(11)], "SAE Dashboard_DM")
    file = loaded(*((safety, dm) if first == "safety" else (dm, safety)))
    assert sorted((row["tab"], row["discrepancy_id"]) for row in rows(file, "sae_review")) == [("dm", 11), ("safety", 21)]
    assert {found.contract: "case_status" in found.missing_columns for found in file.receipt.sheets} == {
        "sae_dm": False,
        "sae_safety": True,
    }


def test_two_subjects_whose_labels_are_long_numbers_stay_two() -> None:
    file = loaded(sheet([TRACKER, *(["JPN", "100101", label, "Week 1", "01 SEP 2025", 5] for label in ("1001001", "1001002"))]))
    assert [row["subject_id"] for row in rows(file, "missing_visit")] == ["1001001", "1001002"]


def test_a_second_sheet_of_one_report_is_told_to_stand_in_a_workbook_of_its_own() -> None:
    first, second = loaded(sheet([TRACKER, visit(1)], "Asia"), sheet([TRACKER, visit(2)], "Emea")).receipt.sheets
    assert (first.todo, second.misfit) == (None, True)
    assert second.todo is not None
    assert second.todo.startswith("Put the sheet into a workbook of its own")


def test_the_lines_of_a_sheet_without_a_contract_are_nothing() -> None:
    (found,) = identify(workbook(sheet([["Invoice", "Amount"], ["17", "3"]])))
    with pytest.raises(TypeError, match="no line"):
        _ = found.told
