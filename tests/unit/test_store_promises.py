"""What the store promises of reports that are old, absent, refused or unlabelled, and of the folder it lies in."""

import datetime as dt
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from tests.building import MODERN, SUBJECT_HEADER, WHO, Fault, Given
from tests.delivering import (
    CPID,
    EDRR,
    EIGHT,
    FIRST,
    LAB,
    LAB_FILE,
    OTHER_TRACKER,
    PAGES,
    SECOND,
    SEVEN,
    TRACKER,
    TRACKER_FILE,
    Books,
    Kept,
    Lines,
    Open,
    Weeks,
    findings_of,
    lab_lines,
    tracker_lines,
    write,
)
from tests.portfolios import deliveries, load, quiet

from ncdm.errors import SettingsError
from ncdm.pipeline import ingest
from ncdm.settings import Settings
from ncdm.store.home import Home
from ncdm.store.mesh import Reading
from ncdm.store.report import Report, reports
from ncdm.store.spine import spine
from ncdm.store.state import State
from ncdm.store.totals import ContractTotals, contract_totals, headlines
from ncdm.types import FileOutcome, KindCode, ReportState, StudyId
from ncdm.wiring import wired


def _told(report: Report) -> tuple[dt.date | None, bool, str | None]:
    return report.as_of, report.as_of_assumed, report.note


# -- the day that a report assumed


def test_a_report_without_days_keeps_the_day_it_assumed_until_it_comes_again(weeks: Weeks, opened: Open, tmp_path: Path) -> None:
    labs = write(tmp_path / "labs.xlsx", lab_lines(1, 2))
    weeks.bring({TRACKER_FILE: tracker_lines(FIRST), LAB_FILE: labs})
    found = reports(opened(weeks.home))[SEVEN]
    assert _told(found[TRACKER]) == (FIRST, False, None)
    assert _told(found[LAB]) == (FIRST, True, None)

    weeks.bring({TRACKER_FILE: tracker_lines(SECOND)})
    found = reports(opened(weeks.home))[SEVEN]
    assert _told(found[TRACKER]) == (SECOND, False, None)
    assert _told(found[LAB]) == (FIRST, True, "not in the latest delivery of the study")
    assert (found[LAB].state, found[LAB].rows) == (ReportState.PRESENT, 2)

    assert weeks.bring({LAB_FILE: labs}) == [FileOutcome.UNCHANGED]
    found = reports(opened(weeks.home))[SEVEN]
    assert _told(found[LAB]) == (SECOND, True, None)
    assert _told(found[TRACKER]) == (SECOND, False, "not in the latest delivery of the study")


def test_a_report_that_comes_again_unchanged_is_no_longer_told_as_left_out(weeks: Weeks, opened: Open) -> None:
    weeks.bring({TRACKER_FILE: tracker_lines(FIRST), LAB_FILE: lab_lines(1)})
    weeks.bring({TRACKER_FILE: tracker_lines(SECOND)})
    weeks.bring({LAB_FILE: lab_lines(1), TRACKER_FILE: tracker_lines(SECOND)})
    assert [reports(opened(weeks.home))[SEVEN][kind].note for kind in (LAB, TRACKER)] == [None, None]
    assert not weeks.again(), "the same delivery once more brings nothing back"


def test_other_rows_of_a_report_without_days_get_the_day_of_their_delivery(weeks: Weeks, opened: Open) -> None:
    weeks.bring({TRACKER_FILE: tracker_lines(FIRST), LAB_FILE: lab_lines(1)})
    weeks.bring({TRACKER_FILE: tracker_lines(SECOND)})
    weeks.bring({LAB_FILE: lab_lines(1, 2, 3)})
    report = reports(opened(weeks.home))[SEVEN][LAB]
    assert (*_told(report), report.rows) == (SECOND, True, None, 3)


def test_the_rows_of_a_report_tell_the_day_it_assumed(weeks: Weeks, opened: Open) -> None:
    weeks.bring({TRACKER_FILE: tracker_lines(FIRST), LAB_FILE: lab_lines(1)})
    weeks.bring({TRACKER_FILE: tracker_lines(SECOND)})
    ask = "SELECT DISTINCT report_as_of, as_of_assumed FROM"
    state = opened(weeks.home)
    assert state.ask(f"{ask} lab_issue") == [{"report_as_of": FIRST, "as_of_assumed": True}]
    assert state.ask(f"{ask} missing_visit") == [{"report_as_of": SECOND, "as_of_assumed": False}]


def test_a_delivery_of_another_study_says_nothing_about_this_one(weeks: Weeks, opened: Open) -> None:
    weeks.bring({TRACKER_FILE: tracker_lines(FIRST), LAB_FILE: lab_lines(1)})
    weeks.bring({OTHER_TRACKER: tracker_lines(SECOND)})
    found = reports(opened(weeks.home))
    assert _told(found[SEVEN][LAB]) == (FIRST, True, None)
    assert _told(found[SEVEN][TRACKER]) == (FIRST, False, None)
    assert _told(found[EIGHT][TRACKER]) == (SECOND, False, None)


# -- files set apart


def _locked_out() -> bytes:
    """Bytes that no reader takes for a workbook."""
    return b"PK\x03\x04 and then nothing that follows"


NOT_READ: Mapping[FileOutcome, Lines | bytes] = {
    FileOutcome.REFUSED: _locked_out(),
    FileOutcome.QUARANTINED: [["Colour", "Weight"], ["red", 3]],
}


@pytest.mark.parametrize("outcome", NOT_READ)
def test_rows_shown_in_place_of_a_newer_file_say_so(weeks: Weeks, opened: Open, outcome: FileOutcome) -> None:
    weeks.bring({TRACKER_FILE: tracker_lines(FIRST), LAB_FILE: lab_lines(1, 2)})
    assert weeks.bring({TRACKER_FILE: tracker_lines(SECOND), LAB_FILE: NOT_READ[outcome]}) == [outcome, FileOutcome.LOADED]
    state = opened(weeks.home)
    found = reports(state)[SEVEN]
    assert (found[LAB].state, found[LAB].rows) == (ReportState.PRESENT, 2)
    assert _told(found[LAB]) == (FIRST, True, f"older: the newest file was {outcome.value}")
    assert found[TRACKER].note is None
    assert [file.receipt.outcome for file in state.apart] == [outcome]
    (finding,) = findings_of(state, f"FILE-{outcome.value.upper()}")
    assert (finding.study_id, finding.file_no) == (SEVEN, state.apart[0].file_no)


@pytest.mark.parametrize("outcome", NOT_READ)
def test_a_good_file_that_comes_back_clears_what_was_set_apart(weeks: Weeks, opened: Open, tmp_path: Path, outcome: FileOutcome) -> None:
    labs = write(tmp_path / "labs.xlsx", lab_lines(1, 2))
    weeks.bring({LAB_FILE: labs})
    weeks.bring({LAB_FILE: NOT_READ[outcome]})
    assert len(opened(weeks.home).apart) == 1
    assert not weeks.again()

    assert weeks.bring({LAB_FILE: labs}) == [FileOutcome.UNCHANGED]
    state = opened(weeks.home)
    assert state.line is not None
    assert state.line.snapshot == 3
    assert state.apart == ()
    assert findings_of(state, "FILE-REFUSED") == findings_of(state, "FILE-QUARANTINED") == []
    report = reports(state)[SEVEN][LAB]
    assert (report.state, report.rows, report.note) == (ReportState.PRESENT, 2, None)

    assert not weeks.again()
    after = opened(weeks.home)
    assert after.line == state.line
    assert after.apart == ()


def test_a_file_refused_again_after_the_good_one_waits_again(weeks: Weeks, opened: Open, tmp_path: Path) -> None:
    labs = write(tmp_path / "labs.xlsx", lab_lines(1, 2))
    for content in (labs, _locked_out(), labs, _locked_out()):
        weeks.bring({LAB_FILE: content})
    state = opened(weeks.home)
    assert state.line is not None
    assert state.line.snapshot == 4
    assert [file.receipt.outcome for file in state.apart] == [FileOutcome.REFUSED]
    assert reports(state)[SEVEN][LAB].note == "older: the newest file was refused"


def test_the_good_file_of_another_study_clears_nothing(weeks: Weeks, opened: Open) -> None:
    weeks.bring({LAB_FILE: lab_lines(1)})
    weeks.bring({LAB_FILE: _locked_out()})
    weeks.bring({LAB_FILE.replace("7", "8"): lab_lines(2)})
    state = opened(weeks.home)
    assert [file.receipt.study_id for file in state.apart] == [SEVEN]
    assert reports(state)[EIGHT][LAB].note is None


def test_a_report_that_only_ever_was_refused_is_unknown(weeks: Weeks, opened: Open) -> None:
    weeks.bring({TRACKER_FILE: tracker_lines(FIRST), LAB_FILE: _locked_out()})
    state = opened(weeks.home)
    report = reports(state)[SEVEN][LAB]
    assert (report.state, report.rows) == (ReportState.REFUSED, None)
    assert LAB not in contract_totals(state)[SEVEN]


# -- an older week after a newer one


def test_an_older_week_after_a_newer_one_is_found(weeks: Weeks, opened: Open) -> None:
    weeks.bring({TRACKER_FILE: tracker_lines(SECOND), LAB_FILE: lab_lines(1), OTHER_TRACKER: tracker_lines(FIRST)})
    weeks.bring({TRACKER_FILE: tracker_lines(FIRST), LAB_FILE: lab_lines(1, 2), OTHER_TRACKER: tracker_lines(SECOND)})
    (finding,) = findings_of(opened(weeks.home), "TIME-5")
    assert (finding.study_id, finding.kind) == (SEVEN, TRACKER)
    assert finding.what.endswith(f"the one before stood for {SECOND}, this one for {FIRST}")


def test_weeks_in_their_order_and_the_same_day_again_are_no_step_back(weeks: Weeks, opened: Open) -> None:
    weeks.bring({TRACKER_FILE: tracker_lines(FIRST)})
    assert findings_of(opened(weeks.home), "TIME-5") == []
    weeks.bring({TRACKER_FILE: tracker_lines(SECOND)})
    assert findings_of(opened(weeks.home), "TIME-5") == []
    weeks.bring({TRACKER_FILE: tracker_lines(SECOND)[:2]})
    assert findings_of(opened(weeks.home), "TIME-5") == []


def test_known_bytes_of_an_older_week_are_a_step_back_too(weeks: Weeks, opened: Open, tmp_path: Path) -> None:
    first = write(tmp_path / "first.xlsx", tracker_lines(FIRST))
    for content in (first, tracker_lines(SECOND), first):
        weeks.bring({TRACKER_FILE: content})
    assert [finding.kind for finding in findings_of(opened(weeks.home), "TIME-5")] == [TRACKER]


# -- one file in two studies


def test_the_same_bytes_with_rows_in_two_studies_are_found_in_both(weeks: Weeks, opened: Open, tmp_path: Path) -> None:
    labs = write(tmp_path / "labs.xlsx", lab_lines(1, 2))
    weeks.bring(
        {LAB_FILE: labs, LAB_FILE.replace("7", "8"): labs, TRACKER_FILE: tracker_lines(FIRST), OTHER_TRACKER: tracker_lines(SECOND)}
    )
    state = opened(weeks.home)
    found = {finding.study_id: finding for finding in findings_of(state, "FILES-2")}
    assert len(findings_of(state, "FILES-2")) == 2
    assert {study: finding.kind for study, finding in found.items()} == {SEVEN: LAB, EIGHT: LAB}
    assert found[SEVEN].what.endswith("also in Study 8")
    assert found[EIGHT].what.endswith("also in Study 7")
    for study, finding in found.items():
        assert finding.file_no is not None
        assert state.by_number[finding.file_no].receipt.study_id == study
        assert reports(state)[study][LAB].rows == 2


def test_an_empty_report_may_be_the_same_in_two_studies(weeks: Weeks, opened: Open, tmp_path: Path) -> None:
    labs = write(tmp_path / "labs.xlsx", lab_lines())
    weeks.bring({LAB_FILE: labs, LAB_FILE.replace("7", "8"): labs})
    state = opened(weeks.home)
    assert {study: report[LAB].state for study, report in reports(state).items()} == {SEVEN: ReportState.EMPTY, EIGHT: ReportState.EMPTY}
    assert findings_of(state, "FILES-2") == []


def test_the_second_study_of_a_file_may_come_a_week_later(weeks: Weeks, opened: Open, tmp_path: Path) -> None:
    labs = write(tmp_path / "labs.xlsx", lab_lines(1))
    weeks.bring({LAB_FILE: labs})
    assert findings_of(opened(weeks.home), "FILES-2") == []
    weeks.bring({LAB_FILE.replace("7", "8"): labs})
    assert {finding.study_id for finding in findings_of(opened(weeks.home), "FILES-2")} == {SEVEN, EIGHT}


# -- sheets that bring less: files made in memory


def _pages(*levels: Given, without: str | None = None) -> Books:
    """A missing pages report with a page of each of these levels; ``without`` a column."""
    header: list[Given] = list(MODERN.split("|"))
    lines: Lines = [
        ["Study 7", "JPN", "Site 1", f"Subject {number}", "On Trial", None, "Week 1", "04 NOV 2025", level, f"Form {number}", 10]
        for number, level in enumerate(levels, 1)
    ]
    if without is not None:
        place = header.index(without)
        header, lines = [*header[:place], *header[place + 1 :]], [[*line[:place], *line[place + 1 :]] for line in lines]
    return {"missing pages": {"All Pages Missing": [header, *lines]}}


HEADLINES = ("missing_pages_union_n", "missing_pages_visit_level_n", "missing_pages_summary_n")
LEVEL = "Form Type (Summary or Visit)"


def _headlines(state: State) -> tuple[int | float | None, ...]:
    found = headlines(state)[SEVEN][PAGES]
    return tuple(found[name] for name in HEADLINES)


@pytest.mark.parametrize(
    ("levels", "wanted"),
    [
        (("Visit Level", "Visit Level", "Summary Page"), (3, 2, 1)),
        (("Visit Level",), (1, 1, 0)),
        (("Summary Page", "Summary Page"), (2, 0, 2)),
        ((), (0, 0, 0)),
    ],
)
def test_missing_pages_are_counted_by_their_level(kept: Kept, levels: Sequence[str], wanted: tuple[int, ...]) -> None:
    assert _headlines(kept(_pages(*levels))) == wanted


def test_without_their_level_missing_pages_are_unknown(kept: Kept) -> None:
    state = kept(_pages("Visit Level", "Summary Page", without=LEVEL))
    assert reports(state)[SEVEN][PAGES].rows == 2
    assert _headlines(state) == (None, None, None)


@pytest.mark.parametrize("level", [None, "-", "Quarterly review binder"])
def test_one_page_of_an_unknown_level_makes_every_count_unknown(kept: Kept, level: Given) -> None:
    state = kept(_pages("Visit Level", "Summary Page", level))
    assert reports(state)[SEVEN][PAGES].rows == 3
    assert _headlines(state) == (None, None, None)


def test_a_header_without_the_level_and_without_rows_counts_no_page(kept: Kept) -> None:
    assert _headlines(kept(_pages(without=LEVEL))) == (0, 0, 0)


# -- totals


def _lab_books(*subjects: int, without: str | None = None) -> Books:
    lines = lab_lines(*subjects)
    if without is not None:
        place = lines[0].index(without)
        lines = [[*line[:place], *line[place + 1 :]] for line in lines]
    return {"labs": {"Labs": lines}}


def _lab_totals(state: State) -> ContractTotals:
    return contract_totals(state)[SEVEN][LAB]["labs"]


@pytest.mark.parametrize(("subjects", "known"), [((1, 2), 1), ((), 0)])
@pytest.mark.parametrize(("column", "figure"), [("Site number", "sites"), ("Country", "countries")])
def test_a_column_that_a_sheet_lacks_is_unknown_and_one_without_a_row_is_zero(
    kept: Kept, column: str, figure: str, subjects: tuple[int, ...], known: int
) -> None:
    whole, lacking = _lab_totals(kept(_lab_books(*subjects))), _lab_totals(kept(_lab_books(*subjects, without=column)))
    assert (whole.sites, whole.countries) == (known, known)
    expected = {"sites": known, "countries": known} | {figure: None}
    assert {"sites": lacking.sites, "countries": lacking.countries} == expected
    assert (whole.rows, whole.subjects) == (lacking.rows, lacking.subjects) == (len(subjects), len(subjects))


def test_categories_of_a_column_that_a_sheet_lacks_are_absent(kept: Kept) -> None:
    whole, lacking = _lab_totals(kept(_lab_books(1, 2))), _lab_totals(kept(_lab_books(1, 2, without="Lab category")))
    assert whole.by["lab_category"] == {"CHEMISTRY": 2}
    assert "lab_category" not in lacking.by
    assert lacking.by["issue_type"] == whole.by["issue_type"] == {"Missing lab name": 2}


def test_the_sum_of_no_row_is_zero_and_of_no_number_unknown(kept: Kept) -> None:
    whole = kept({"issues": {"OpenIssuesSummary": [["Study", "Subject", "Total Open issue Count per subject"]]}})
    assert contract_totals(whole)[SEVEN][EDRR]["edrr"].sums == {"thirdparty_open_issues_n": 0}
    unread = kept(
        {"issues": {"OpenIssuesSummary": [["Study", "Subject", "Total Open issue Count per subject"], ["Study 7", "Subject 1", "-"]]}}
    )
    assert contract_totals(unread)[SEVEN][EDRR]["edrr"].sums == {"thirdparty_open_issues_n": None}


def test_a_sum_over_cells_that_hold_no_number_says_how_many_it_leaves_out(kept: Kept) -> None:
    issues: Lines = [["Study", "Subject", "Total Open issue Count per subject"], ["Study 7", "Subject 1", 4]]
    issues += [["Study 7", f"Subject {number}", cell] for number, cell in enumerate(("many", "#ERROR", Fault(), "-", None), 2)]
    found = contract_totals(kept({"issues": {"OpenIssuesSummary": issues}}))[SEVEN][EDRR]["edrr"]
    assert (found.rows, found.sums) == (6, {"thirdparty_open_issues_n": 4})
    assert found.unread == {"thirdparty_open_issues_n": 3}, "a word, a code and an error; a dash and nothing are no value"
    whole = contract_totals(kept({"issues": {"OpenIssuesSummary": issues[:2]}}))[SEVEN][EDRR]["edrr"]
    assert whole.unread == {}


# -- a CPID that brings less

REQUIRED, VERIFIED = "# CRFs Require Verification (SDV)", "# Forms Verified"


def _cpid(*subjects: str, sdv: Lines | None, without: str | None = None) -> dict[str, Lines]:
    """A CPID whose subject sheet counts two pages still to verify and one verified for each subject; the SDV sheet as given."""
    header: Lines = [[*line] for line in SUBJECT_HEADER]
    places = {name: header[2].index(name) for name in (REQUIRED, VERIFIED)}
    lines: Lines = []
    for subject in subjects:
        figures: list[Given] = [0] * 28
        figures[places[REQUIRED] - 16], figures[places[VERIFIED] - 16] = 2, 1
        lines.append(["Study 7", "ASIA", "JPN", "Site 1", subject, "Week 1", "On Trial", *[None] * 9, *figures])
    metrics = [*header, *lines]
    if without is not None:
        place = places[without]
        metrics = [[*line[:place], *line[place + 1 :]] for line in metrics]
    return {"Subject Level Metrics": metrics} | ({} if sdv is None else {"SDV": sdv})


def _sdv(*statuses: str) -> Lines:
    header: list[Given] = [
        "Project Name",
        "Region",
        "Country",
        "Site",
        "Subject Name",
        "Folder Name",
        "Data Page Name",
        "Visit Date",
        "Verification Status",
    ]
    who: list[Given] = ["Study 7", "ASIA", "JPN", "Site 1", "Subject 1", "Week 1"]
    return [header, *([*who, f"Form {number}", "04 NOV 2025", status] for number, status in enumerate(statuses, 1))]


def _about_sdv(state: State) -> list[str]:
    return sorted(finding.what.split(":")[0] for finding in findings_of(state, "DETAIL-1") if finding.table == "sdv_page")


TO_VERIFY, DONE = "Require Verification", "Verified"


def test_a_detail_sheet_that_differs_is_found(kept: Kept) -> None:
    assert _about_sdv(kept({"cpid": _cpid("Subject 1", sdv=_sdv(TO_VERIFY, TO_VERIFY, DONE))})) == []
    assert _about_sdv(kept({"cpid": _cpid("Subject 1", sdv=_sdv(TO_VERIFY))})) == ["pages still to verify", "pages verified"]
    assert _about_sdv(kept({"cpid": _cpid("Subject 1", sdv=_sdv())})) == ["pages still to verify", "pages verified"]


def test_a_detail_sheet_that_is_absent_contradicts_nothing(kept: Kept) -> None:
    state = kept({"cpid": _cpid("Subject 1", sdv=None)})
    assert state.ask("SELECT pages_sdv_required_n AS n FROM subject_metrics") == [{"n": 2}]
    assert findings_of(state, "DETAIL-1") == []


@pytest.mark.parametrize(("without", "left"), [(REQUIRED, ["pages verified"]), (VERIFIED, ["pages still to verify"])])
def test_a_column_that_the_subject_sheet_lacks_contradicts_nothing(kept: Kept, without: str, left: list[str]) -> None:
    assert _about_sdv(kept({"cpid": _cpid("Subject 1", sdv=_sdv(), without=without)})) == left


def test_sums_of_a_column_that_a_sheet_lacks_are_unknown(kept: Kept) -> None:
    def sums(without: str | None) -> tuple[object, object]:
        found = contract_totals(kept({"cpid": _cpid("Subject 1", "Subject 2", sdv=None, without=without)}))[SEVEN][CPID][
            "subject_metrics"
        ].sums
        return found["pages_sdv_required_n"], found["pages_sdv_verified_n"]

    assert sums(None) == (4, 2)
    assert sums(REQUIRED) == (None, 2)
    assert sums(VERIFIED) == (4, None)


# -- a study's own subject labels in the spine

OWN = (["101-00025", "101-00026", "102-00001"], ["1010025", "1010026", "1020001"], ["JP1010025", "JP1010026", "US1020001"])
ISSUES: list[Given] = ["Study", "Subject", "Total Open issue Count per subject", "."]


def _reports_of(subjects: Sequence[str], *pseudo: str, cpid: bool) -> Books:
    visits: Lines = [["Country", "Site", "Subject", "Visit", "Projected Date", "# Days Outstanding"]]
    visits += [["JPN", "Site 1", subject, "Week 9", "04 NOV 2025", 10] for subject in subjects]
    sv_header: list[Given] = list(f"{WHO}|Folder Name|Visit date".split("|"))
    sv: Lines = [sv_header]
    sv += [["Study 7", "ASIA", "JPN", "Site 1", subject, "Week 1", "04 NOV 2025"] for subject in subjects]
    issues: Lines = [ISSUES]
    issues += [["Study 7", subject, 2, None] for subject in (*subjects, *pseudo)]
    books: dict[str, Mapping[str, Lines]] = {"tracker": {"Missing Visits": visits}, "issues": {"OpenIssuesSummary": issues}}
    return books | ({"cpid": _cpid(*subjects, sdv=None) | {"SV": sv}} if cpid else {})


def _split(state: State) -> tuple[set[str], set[str]]:
    """The subjects of the spine, and the labels that name none."""
    found = spine(state, SEVEN).subjects
    return {one.subject_id for one in found if not one.pseudo}, {one.subject_id for one in found if one.pseudo}


@pytest.mark.parametrize("cpid", [True, False])
@pytest.mark.parametrize("own", OWN)
def test_subjects_that_a_study_labels_its_own_way_are_its_subjects(kept: Kept, own: list[str], cpid: bool) -> None:  # noqa: FBT001 - a parameter of the test
    state = kept(_reports_of(own, "Not Applicable", "All-metadata issue", cpid=cpid))
    assert _split(state) == (set(own), {"Not Applicable", "All-metadata issue"})
    (site,) = spine(state, SEVEN).sites
    assert site.subjects == len(own)
    every = {"cpid", "edrr", "visit_tracker"} if cpid else {"edrr", "visit_tracker"}
    assert all(set(one.reports) == every for one in spine(state, SEVEN).subjects if not one.pseudo), "one label in every report"
    if cpid:
        assert {finding.subject_id for finding in findings_of(state, "SPINE-1")} == {"Not Applicable", "All-metadata issue"}


@pytest.mark.parametrize("cpid", [True, False])
def test_an_identifier_among_subject_labels_is_masked_and_no_subject(kept: Kept, cpid: bool) -> None:  # noqa: FBT001 - a parameter of the test
    labelled = ["Subject 1", "Subject 2", "Subject 3"]
    state = kept(_reports_of(labelled, "123456-54321", "NA", cpid=cpid))
    assert _split(state) == (set(labelled), {"[id]-54321", "NA"})
    assert reports(state)[SEVEN][EDRR].rows == 5
    (site,) = spine(state, SEVEN).sites
    assert site.subjects == 3


# -- where the data folder lies

NAMES = ("with a space", "Größe é e\u0301 日本", "number #1", "O'Brien's", "study_id=5", "a;b&c{d,e}+$f~", 'say "x"')


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Mapping[StudyId, Mapping[KindCode, Mapping[str, ContractTotals]]]]:
    """A small delivery, and its totals in a folder of a plain name."""
    folder = tmp_path_factory.mktemp("plain")
    study = next(path for path in sorted(deliveries()[0].iterdir()) if path.is_dir())
    for path in sorted(study.glob("*.xlsx")):
        if any(word in path.name for word in ("EDRR", "Lab", "eSAE")):
            (folder / "delivery" / study.name).mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, folder / "delivery" / study.name / path.name)
    load(folder / "home", folder / "delivery")
    return folder / "delivery", _totals(folder / "home")


def _totals(home: Path) -> Mapping[StudyId, Mapping[KindCode, Mapping[str, ContractTotals]]]:
    with wired(Settings(home, 0, 1)) as mesh:
        state = Reading(mesh.home, mesh.engine).state()
        try:
            return contract_totals(state)
        finally:
            state.close()


@pytest.mark.parametrize("name", NAMES)
def test_a_data_folder_of_any_ordinary_name_works(
    tmp_path: Path, plain: tuple[Path, Mapping[StudyId, Mapping[KindCode, Mapping[str, ContractTotals]]]], name: str
) -> None:
    delivery, wanted = plain
    home = tmp_path / name / "data"
    assert load(home, delivery).snapshot == 1
    found = _totals(home)
    assert found == wanted
    assert sum(totals.rows for kinds in found.values() for contracts in kinds.values() for totals in contracts.values()) > 0
    assert load(home, delivery).changed is False
    assert [path.name for path in tmp_path.iterdir()] == [name], "nothing lies beside the folder"


@pytest.mark.parametrize("sign", ["?", "*", "[", "]", "%", "%41", "\\", "\n"])
def test_a_data_folder_whose_name_reads_as_a_pattern_is_refused_in_words(tmp_path: Path, sign: str) -> None:
    home = tmp_path / f"a{sign}b" / "data"
    with pytest.raises(SettingsError) as told, wired(Settings(home, 0, 1)):
        pass
    assert "path of the data folder" in told.value.what
    assert "* ? [" in told.value.what
    assert told.value.where == str(home)
    assert "NCDM_HOME" in told.value.todo
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["data", "data #1", "O'Brien's data"])
def test_the_ledger_lies_in_the_folder_and_only_its_owner_reads_it(tmp_path: Path, name: str) -> None:
    before = os.umask(0)
    try:
        with wired(Settings(tmp_path / name, 0, 1)) as mesh:
            ingest(mesh, write(tmp_path / "delivery" / LAB_FILE, lab_lines(1)).parents[1], quiet)
            ledger = Home(tmp_path / name).ledger
            assert ledger.parent == tmp_path / name
            assert {path.name: path.stat().st_mode & 0o777 for path in ledger.parent.glob("ledger*")} == dict.fromkeys(
                (path.name for path in ledger.parent.glob("ledger*")), 0o600
            )
            assert ledger.read_bytes()[:15] == b"SQLite format 3"
    finally:
        os.umask(before)
    assert (tmp_path / name).stat().st_mode & 0o777 == 0o700
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "delivery"])
