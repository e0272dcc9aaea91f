"""Deliveries that meet: weeks in one load, an older week again, reports in parts, tabs as files of their own, a subject sheet that is held."""

import datetime as dt

import pytest
from tests.building import MODERN, SUBJECT_HEADER, Given
from tests.delivering import (
    CPID,
    FIRST,
    LAB,
    PAGES,
    SECOND,
    SEVEN,
    TRACKER,
    Books,
    Kept,
    Lines,
    Open,
    Weeks,
    findings_of,
    lab_lines,
    tracker_lines,
)

from ncdm.store.as_of import VisibleSheet
from ncdm.store.follow import outdone
from ncdm.store.report import reports
from ncdm.store.spine import spine
from ncdm.store.totals import contract_totals, headlines
from ncdm.types import KindCode, Severity

OLD_TRACKER, NEW_TRACKER = "Study 7/07 Nov/Visit tracker.xlsx", "Study 7/14 Nov/Visit tracker.xlsx"
OLD_LABS, NEW_LABS = OLD_TRACKER.replace("Visit tracker", "Missing Lab names"), NEW_TRACKER.replace("Visit tracker", "Missing Lab names")


def _tracker(day: dt.date, *subjects: int) -> Lines:
    """The tracker of a day with a line for each of these subjects."""
    header, line, *_more = tracker_lines(day)
    return [header, *([*line[:2], f"Subject {number}", *line[3:]] for number in subjects)]


# -- weeks in one load


def test_two_weeks_in_one_load_show_the_newer_and_say_so(weeks: Weeks, opened: Open) -> None:
    weeks.bring(
        {
            OLD_TRACKER: _tracker(FIRST, 1, 2, 3),
            NEW_TRACKER: _tracker(SECOND, 2, 3),
            OLD_LABS: lab_lines(1, 2, 3),
            NEW_LABS: lab_lines(1, 4),
        }
    )
    state = opened(weeks.home)
    found = reports(state)[SEVEN]
    assert (found[TRACKER].rows, found[TRACKER].as_of) == (2, SECOND)
    assert (found[LAB].rows, found[LAB].as_of, found[LAB].as_of_assumed) == (2, SECOND, True), (
        "labs imply no day; those beside the newer tracker are newer"
    )
    (told,) = findings_of(state, "FILES-3")
    assert (told.study_id, told.severity) == (SEVEN, Severity.HIGH)
    assert "2 files of Study 7/07 Nov" in told.what
    assert findings_of(state, "FILES-1") == []


def test_weeks_in_one_load_show_what_loading_them_in_order_shows(weeks: Weeks, opened: Open) -> None:
    """What the newer week does not bring stays from the older one."""
    weeks.bring({OLD_TRACKER: _tracker(FIRST, 1, 2), NEW_TRACKER: _tracker(SECOND, 2), OLD_LABS: lab_lines(1, 2)})
    found = reports(opened(weeks.home))[SEVEN]
    assert (found[TRACKER].rows, found[LAB].rows, found[LAB].as_of) == (1, 2, SECOND)


def test_the_same_weeks_again_change_nothing(weeks: Weeks) -> None:
    weeks.bring({OLD_TRACKER: _tracker(FIRST, 1, 2), NEW_TRACKER: _tracker(SECOND, 2)})
    assert not weeks.again()


def test_a_newer_report_without_a_row_replaces_the_older_one_beside_others_that_share_subjects(weeks: Weeks, opened: Open) -> None:
    weeks.bring({OLD_TRACKER: _tracker(FIRST, 1, 2), NEW_TRACKER: _tracker(SECOND, 1), OLD_LABS: lab_lines(1), NEW_LABS: lab_lines()})
    assert reports(opened(weeks.home))[SEVEN][LAB].rows == 0


def test_two_versions_in_one_folder_show_the_newer(weeks: Weeks, opened: Open) -> None:
    weeks.bring({"Study 7/Visit tracker 07NOV.xlsx": _tracker(FIRST, 1, 2), "Study 7/Visit tracker 14NOV.xlsx": _tracker(SECOND, 1, 2)})
    state = opened(weeks.home)
    assert (reports(state)[SEVEN][TRACKER].rows, reports(state)[SEVEN][TRACKER].as_of) == (2, SECOND)
    (told,) = findings_of(state, "FILES-3")
    assert "Visit tracker 07NOV.xlsx" in told.what
    assert "14NOV" not in told.what


def test_a_report_in_parts_of_different_days_keeps_all_its_rows(weeks: Weeks, opened: Open) -> None:
    """Parts name different subjects; weeks name the same ones."""
    weeks.bring({"Study 7/Asia/Visit tracker.xlsx": _tracker(FIRST, 1, 2), "Study 7/Emea/Visit tracker.xlsx": _tracker(SECOND, 3, 4)})
    state = opened(weeks.home)
    assert reports(state)[SEVEN][TRACKER].rows == 4
    assert findings_of(state, "FILES-3") == []
    assert len(findings_of(state, "FILES-1")) == 1


def test_two_files_of_one_day_are_counted_both_and_said(weeks: Weeks, opened: Open) -> None:
    weeks.bring({"Study 7/Visit tracker a.xlsx": _tracker(FIRST, 1, 2), "Study 7/Visit tracker b.xlsx": _tracker(FIRST, 1)})
    state = opened(weeks.home)
    assert reports(state)[SEVEN][TRACKER].rows == 3
    assert [finding.severity for finding in findings_of(state, "FILES-1")] == [Severity.HIGH]


def _sheet(file_no: int, day: dt.date | None, kind: KindCode = TRACKER) -> VisibleSheet:
    return VisibleSheet(file_no, 1, SEVEN, kind, "any", day)


@pytest.mark.parametrize(("shared", "follows"), [(0, False), (1, False), (2, True), (20, True)])
def test_a_tenth_of_the_smaller_shared_makes_two_files_weeks_of_one_report(shared: int, follows: bool) -> None:  # noqa: FBT001 - a parameter of the test
    of_file = {1: frozenset(map(str, range(100))), 2: frozenset(map(str, range(100 - shared, 120 - shared)))}
    found = outdone([_sheet(1, FIRST), _sheet(2, SECOND)], {1: "a", 2: "b"}, lambda file_no, _kind: of_file[file_no])
    assert found == ({(1, TRACKER)} if follows else frozenset())


def test_files_that_stand_for_no_day_follow_nothing() -> None:
    everyone = frozenset({"Subject 1"})
    assert outdone([_sheet(1, None), _sheet(2, None)], {1: "a", 2: "b"}, lambda _file_no, _kind: everyone) == frozenset()
    assert outdone([_sheet(1, None), _sheet(2, FIRST)], {1: "a", 2: "b"}, lambda _file_no, _kind: everyone) == frozenset()


def test_another_study_or_report_is_never_replaced() -> None:
    everyone = frozenset({"Subject 1"})
    sheets = [_sheet(1, FIRST), VisibleSheet(2, 1, "Study 8", TRACKER, "any", SECOND), _sheet(3, SECOND, LAB)]  # type: ignore[arg-type]
    assert outdone(sheets, {1: "a", 2: "b", 3: "b"}, lambda _file_no, _kind: everyone) == frozenset()


# -- tabs as files of their own


def _page(subject: int, level: str, form: int) -> list[Given]:
    return ["Study 7", "JPN", "Site 1", f"Subject {subject}", "On Trial", None, "Week 1", "04 NOV 2025", level, f"Form {form}", 10]


HEADER: list[Given] = list(MODERN.split("|"))
EVERY: Lines = [HEADER, _page(1, "Visit Level", 1), _page(1, "Visit Level", 2), _page(2, "Visit Level", 1), _page(2, "Summary Page", 3)]
"""Subject 1 has two pages of a visit, Subject 2 one and a summary page."""
VISITS: Lines = [HEADER, _page(1, "Visit Level", 1), _page(2, "Visit Level", 4), _page(2, "Visit Level", 5)]
"""The other tab knows one page of Subject 1 and two of Subject 2."""
UNION = {"missing_pages_union_n": 5, "missing_pages_visit_level_n": 4, "missing_pages_summary_n": 1}


@pytest.mark.parametrize(
    "books",
    [
        {"pages": {"All Pages Missing": EVERY, "Visit Level Pages Missing": VISITS}},
        {"all pages": {"Sheet1": EVERY}, "visit level pages": {"Sheet1": VISITS}},
        {"visit level pages": {"Sheet1": VISITS}, "all pages": {"Sheet1": EVERY}},
    ],
    ids=["one file", "two files", "two files, the other way"],
)
def test_tabs_are_united_whether_they_come_in_one_file_or_two(kept: Kept, books: Books) -> None:
    state = kept(books)
    assert headlines(state)[SEVEN][PAGES] == UNION
    assert findings_of(state, "FILES-1") == []


def test_a_tab_in_parts_counts_every_part(kept: Kept) -> None:
    """A summary page of each of two subjects, in a file each."""
    state = kept(
        {"asia pages": {"Sheet1": [HEADER, _page(1, "Summary Page", 1)]}, "emea pages": {"Sheet1": [HEADER, _page(2, "Summary Page", 1)]}}
    )
    assert headlines(state)[SEVEN][PAGES]["missing_pages_summary_n"] == 2


@pytest.mark.parametrize("days", [0, 1, 3])
def test_tabs_that_stand_for_days_close_by_are_tabs_and_no_weeks(weeks: Weeks, opened: Open, days: int) -> None:
    later = [[*line[:10], 10 + days] if place else line for place, line in enumerate(VISITS)]
    weeks.bring({"Study 7/All Pages Missing.xlsx": EVERY, "Study 7/Visit Level Pages Missing.xlsx": later})
    state = opened(weeks.home)
    assert headlines(state)[SEVEN][PAGES] == UNION
    assert findings_of(state, "FILES-3") == []


def test_two_weeks_of_pages_in_one_folder_are_no_tabs(weeks: Weeks, opened: Open) -> None:
    later = [[*line[:10], 17] if place else line for place, line in enumerate(VISITS)]
    weeks.bring({"Study 7/Missing pages.xlsx": EVERY, "Study 7/Missing pages (1).xlsx": later})
    assert headlines(opened(weeks.home))[SEVEN][PAGES]["missing_pages_union_n"] == 3


def test_of_two_reports_without_days_in_one_folder_the_one_named_after_the_later_day_is_shown(weeks: Weeks, opened: Open) -> None:
    weeks.bring(
        {
            "Study 7/Visit tracker 07Nov2025.xlsx": _tracker(FIRST, 1, 2),
            "Study 7/Visit tracker 14Nov2025.xlsx": _tracker(SECOND, 1, 2),
            "Study 7/Missing Lab names_07Nov2025.xlsx": lab_lines(1, 2, 3),
            "Study 7/Missing Lab names_14Nov2025.xlsx": lab_lines(1, 2),
        }
    )
    found = reports(opened(weeks.home))[SEVEN]
    assert (found[TRACKER].rows, found[LAB].rows) == (2, 2)


# -- a subject sheet that is held


def _metrics(*subjects: int) -> Lines:
    line: list[Given] = ["Week 1", "On Trial", *[None] * 9, *range(28)]
    header: Lines = [[*header_line] for header_line in SUBJECT_HEADER]
    return [
        *header,
        *(["Study 7", "ASIA", "JPN", "Site 1", f"Subject {number}", *line] for number in subjects),
    ]


SDV: Lines = [
    ["Project Name", "Region", "Country", "Site", "Subject Name", "Folder Name", "Data Page Name", "Visit Date", "Verification Status"],
    ["Study 7", "ASIA", "JPN", "Site 1", "Subject 1", "Week 1", "Form 1", "04 NOV 2025", "Verifed"],
]


def test_a_subject_sheet_makes_subjects_known(kept: Kept) -> None:
    state = kept({"cpid": {"Subject Level Metrics": _metrics(1, 2), "SDV": SDV}})
    assert (spine(state, SEVEN).lower_bound, len(spine(state, SEVEN).subjects)) == (False, 2)
    assert reports(state)[SEVEN][CPID].note is None


def test_without_its_subject_sheet_a_cpid_names_at_least_the_subjects_of_its_other_sheets(kept: Kept) -> None:
    broken = [[None if cell == "Subject ID" else cell for cell in line] for line in _metrics(1, 2)]
    state = kept({"cpid": {"Subject Level Metrics": broken, "SDV": SDV}})
    assert (spine(state, SEVEN).lower_bound, len(spine(state, SEVEN).subjects)) == (True, 1)
    (told,) = findings_of(state, "SHEET-QUARANTINED")
    assert told.severity is Severity.HIGH
    assert told.what.startswith("Subject Level Metrics: ")
    assert reports(state)[SEVEN][CPID].note == "not whole: Subject Level Metrics is quarantined"


def test_a_rejected_line_of_the_subject_sheet_makes_subjects_a_lower_bound(kept: Kept) -> None:
    merged = _metrics(1, 2)
    merged[-1][0] = None
    state = kept({"cpid": {"Subject Level Metrics": merged}})
    assert (spine(state, SEVEN).lower_bound, len(spine(state, SEVEN).subjects)) == (True, 1)
    assert len(findings_of(state, "LINE-REJECTED")) == 1


def test_rejected_lines_make_rows_and_sums_lower_bounds(kept: Kept) -> None:
    merged = tracker_lines(FIRST)
    merged[-1][2] = None
    found = contract_totals(kept({"tracker": {"Missing Visits": merged}}))[SEVEN][TRACKER]["visit_tracker"]
    assert (found.rows, found.rejected, found.sums["days_outstanding"]) == (1, 1, 10)
