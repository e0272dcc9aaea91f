"""Spellings that no export of the reference brought and that the next one may: headers, dates, digits, lines of totals."""

import datetime as dt

import pytest
from tests.building import LABS, MODERN, SAE, Given, fit_of, loaded, receipt, rows, sheet

from ncdm.ingest.identify import Fit, How
from ncdm.ingest.spelling import header_word
from ncdm.ingest.values import label, moment
from ncdm.types import LineClass

TRACKER = "Country|Site|Subject|Visit|Projected Date|# Days Outstanding"
EDRR = "Study|Subject|Total Open issue Count per subject"
DM = f"Discrepancy ID|Study ID|Country|Site|Patient ID|Form Name|{SAE}"
CODING = "MedDRA Coding Report|Study|Dictionary|Dictionary Version number|Subject|Form OID|Logline|Field OID|Coding Status|Require Coding"
INACTIVATED = "Country|Study Site Number|Subject|Folder|Form|Data on Form|RecordPosition|Audit Action"


@pytest.mark.parametrize(
    "header",
    [
        "# Days Outstanding",
        "No. of Days Outstanding",
        "No of Days Outstanding",
        "Number of Days Outstanding",
        "# of days outstanding",
        "Nr. of Days Outstanding",
    ],
)
def test_the_words_that_only_say_it_counts_do_not_matter(header: str) -> None:
    assert header_word(header) == "daysoutstanding"


@pytest.mark.parametrize(
    ("header", "word"),
    [
        ("Log #", "log"),
        ("Site No", "siteno"),
        ("Subject Number", "subjectnumber"),
        ("Piano of Days", "pianoofdays"),
        ("No. #Days Page Missing", "nodayspagemissing"),
    ],
)
def test_other_numbers_in_headers_stay_what_they_are(header: str, word: str) -> None:
    assert header_word(header) == word


@pytest.mark.parametrize(
    ("report", "old", "new", "column"),
    [
        (TRACKER, "# Days Outstanding", "Number of Days Outstanding", "days_outstanding"),
        (TRACKER, "# Days Outstanding", "Days Overdue", "days_outstanding"),
        (TRACKER, "# Days Outstanding", "Outstanding Days", "days_outstanding"),
        (TRACKER, "Subject", "Subject Identifier", "subject_id"),
        (TRACKER, "Subject", "SUBJID", "subject_id"),
        (TRACKER, "Subject", "Subj ID", "subject_id"),
        (TRACKER, "Subject", "Participant ID", "subject_id"),
        (TRACKER, "Site", "Site Identifier", "site_id"),
        (TRACKER, "Site", "Investigator Site", "site_id"),
        (TRACKER, "Site", "Center", "site_id"),
        (TRACKER, "Site", "Site Nbr", "site_id"),
        (TRACKER, "Country", "Country/Region", "country_iso3"),
        (TRACKER, "Country", "Ctry", "country_iso3"),
        (LABS, "Lab Date", "Lab Sample Date", "lab_date"),
        (LABS, "Lab Date", "Date of Lab", "lab_date"),
        (LABS, "Lab Date", "Collection Date", "lab_date"),
        (LABS, "Lab category", "Laboratory Category", "lab_category"),
        (DM, "Discrepancy ID", "Disc ID", "discrepancy_id"),
        (DM, "Review Status", "Status of Review", "review_status"),
        (DM, "Review Status", "Status", "review_status"),
        (MODERN, "No. #Days Page Missing", "Number of Days Missing", "days_missing"),
        (MODERN, "Form Type (Summary or Visit)", "Page Type", "page_level"),
        (EDRR, "Total Open issue Count per subject", "Open Issues", "thirdparty_open_issues_n"),
        (EDRR, "Total Open issue Count per subject", "Number of Open Issues", "thirdparty_open_issues_n"),
        (CODING, "Coding Status", "Code Status", "coding_status"),
        (CODING, "Require Coding", "Coding Required", "requires_coding"),
        (INACTIVATED, "Data on Form", "Has Data", "has_data"),
        (INACTIVATED, "Audit Action", "Audit Trail Action", "audit_action"),
    ],
)
def test_another_name_of_a_column_is_the_same_column(report: str, old: str, new: str, column: str) -> None:
    header = report.split("|")
    place = header.index(old)
    plain, renamed = fit_of(header), fit_of([*header[:place], new, *header[place + 1 :]])
    assert isinstance(plain, Fit)
    assert isinstance(renamed, Fit)
    assert renamed.sheet is plain.sheet
    assert (renamed.headers[place].column, renamed.headers[place].how) == (column, How.EXACT)


# -- dates and digits


@pytest.mark.parametrize(
    "text",
    [
        "2025-11-14",
        "2025/11/14",
        "14 NOV 2025",
        "14NOV2025",
        "14-Nov-2025",
        "14/Nov/2025",
        "14.Nov.2025",
        "2025-Nov-14",
        "14 November 2025",
        "2025-11-14T00:00:00Z",
        "2025-11-14 00:00:00+00:00",
    ],
)
def test_a_day_that_can_be_read_in_one_way_only_is_read(text: str) -> None:
    assert moment(text) == dt.datetime(2025, 11, 14)  # noqa: DTZ001 - exports carry no zone


@pytest.mark.parametrize(
    "text",
    [
        "03/04/2025",
        "14.11.2025",
        "2025/11-14",
        "31 SEP 2025",
        "31 September 2025",
        "14 Novem 2025",
        "2025-13-01",
        "2025-11-14T00:00:00+02:00",
        "١٤ NOV 2025",
        "45975",
        "14 Nov 25",
    ],
)
def test_a_day_that_can_be_read_in_two_ways_or_none_is_not_read(text: str) -> None:
    assert moment(text) is None


@pytest.mark.parametrize("text", ["Subject ٣", "Site ３", "Study 三"])  # noqa: RUF001 - digits of another script
def test_digits_of_another_script_make_no_label(text: str) -> None:
    assert label(text) is None


def test_a_number_in_digits_of_another_script_is_no_number() -> None:
    file = loaded(sheet([TRACKER.split("|"), ["JPN", "Site 1", "Subject 1", "Week 1", "01 SEP 2025", "٣"]]))
    assert [row["days_outstanding"] for row in rows(file, "missing_visit")] == [None]


# -- lines of totals


@pytest.mark.parametrize(
    "said",
    [
        "TOTAL (n)",
        "Total (12)",
        "Total records: 5",
        "Total rows 5",
        "Sum",
        "Subtotal",
        "Sub-total:",
        "Grand total: 12",
        "Total count",
        "Total number of subjects: 3",
        "Totals",
    ],
)
def test_a_line_whose_telling_cell_sums_up_is_a_total(said: str) -> None:
    found = receipt([EDRR.split("|"), ["Study 7", "Subject 1", 4], ["Study 7", "Subject 2", 1], [None, said, 5], ["Study 7", said, 5]])
    assert (found.accepted, found.rejected, found.set_aside) == (2, 0, {LineClass.HEADER: 1, LineClass.TOTAL: 2})


@pytest.mark.parametrize("name", ["Total protein", "Total cholesterol", "Sum of lesions", "Total", "Sum"])
def test_a_test_that_is_called_a_total_is_data(name: str) -> None:
    line: list[Given] = ["JPN", "Site 1", "Subject 1", "Week 1", "Form 1", "CHEMISTRY", "01 SEP 2025", name, name, "Missing Lab name"]
    assert receipt([LABS.split("|"), line]).accepted == 1


@pytest.mark.parametrize("label", ["Subject 12", "S-12", "Sum-01", "Total-01A"])
def test_a_subject_is_no_total(label: str) -> None:
    found = receipt([EDRR.split("|"), ["Study 7", label, 4]])
    assert (found.accepted, found.set_aside) == (1, {LineClass.HEADER: 1})
