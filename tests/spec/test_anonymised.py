"""The anonymiser wrote ``Form 1`` over ``Visit Level``: what a workbook proves, and what it does not (quirk Q13)."""

import pytest
from tests.building import Given, loaded, rows, sheet

HEADER = ["Study Name", "SiteNumber", "SubjectName", "Overall Subject Status", "Visit Level Subject Status", "FolderName", "Visit date"]
HEADER += ["Form Type (Summary or Visit)", "No. #Days Page Missing"]


def tab(name: str, levels: list[str], status: str = "Visit Level Subject Status") -> tuple[str, list[list[Given]]]:
    """A tab of missing pages with these page levels."""
    header = [status if text == "Visit Level Subject Status" else text for text in HEADER]
    lines: list[list[Given]] = [["Study 7", "Site 1", "Subject 1", "On Trial", None, "Week 1", None, level, None] for level in levels]
    return name, [[*header], *lines]


def levels(*tabs: tuple[str, list[list[Given]]]) -> list[object]:
    """The page levels that the tabs give."""
    return [row["page_level"] for row in rows(loaded(*(sheet(lines, name) for name, lines in tabs)), "missing_page")]


@pytest.mark.parametrize(
    ("tabs", "wanted"),
    [
        ([tab("All Pages Missing", ["Visit Level", "Summary Page"])], ["visit", "summary"]),
        ([tab("All Pages Missing", ["Form 1", "Form 2"], "Form 1 Subject Status")], ["visit", "summary"]),
        ([tab("All Pages Missing", ["Form 9", "Form 4"], "Form 9 Subject Status")], ["visit", "summary"]),
        ([tab("All Pages Missing", ["form  1", "FORM 2"], "FORM 1 Subject Status")], ["visit", "summary"]),
        ([tab("Visit Level Pages Missing", ["Form 1"])], ["visit"]),
        ([tab("All Pages Missing", ["Form 1", "Form 2"]), tab("Visit Level Pages Missing", ["Form 1"])], ["visit", "summary", "visit"]),
        ([tab("Visit Level Pages Missing", ["Form 2"]), tab("All Pages Missing", ["Form 1", "Form 2"])], ["visit", "summary", "visit"]),
        ([tab("All Pages Missing", ["Form 1", "Form 2"])], ["Form 1", "Form 2"]),
        ([tab("All Pages Missing", ["Form 1", "Form 2", "Form 3"], "Form 1 Subject Status")], ["visit", "Form 2", "Form 3"]),
        ([tab("All Pages Missing", ["Form 1", "Visit Level"], "Form 1 Subject Status")], ["visit", "visit"]),
        ([tab("All Pages Missing", ["Form 1"])], ["Form 1"]),
        ([tab("Visit Level Pages Missing", ["Form 1", "Form 2"])], ["Form 1", "Form 2"]),
        ([tab("All Pages Missing", ["Form 1", "Form 2"], "Form 1 Moon Phase")], ["Form 1", "Form 2"]),
        ([tab("All Pages Missing", ["Form 1", "Form 2"], "Form_1 Subject Status")], ["Form 1", "Form 2"]),
        ([tab("All Pages Missing", ["Form 1", "Form 2"], "Visit Level Form 1 Status")], ["Form 1", "Form 2"]),
    ],
)
def test_labels_are_read_as_far_as_the_workbook_proves_them(tabs: list[tuple[str, list[list[Given]]]], wanted: list[str]) -> None:
    assert levels(*tabs) == wanted


def test_the_text_of_the_cell_is_kept_beside_its_meaning() -> None:
    name, lines = tab("All Pages Missing", ["Form 1", "Form 2"], "Form 1 Subject Status")
    assert [row["page_level_text"] for row in rows(loaded(sheet(lines, name)), "missing_page")] == ["Form 1", "Form 2"]


def test_a_label_that_nothing_proves_is_said() -> None:
    name, lines = tab("All Pages Missing", ["Form 1", "Form 2"])
    file = loaded(sheet(lines, name))
    assert [(row["source_row"], row["remark"]) for row in rows(file, "remark")] == [(2, "unknown_category"), (3, "unknown_category")]


def test_a_sheet_that_fits_nothing_proves_nothing() -> None:
    name, lines = tab("All Pages Missing", ["Form 1", "Form 2"])
    file = loaded(sheet(lines, name), sheet([["Form 1 is Visit Level"]], "Notes"))
    assert [row["page_level"] for row in rows(file, "missing_page")] == ["Form 1", "Form 2"]
