"""One cell's text and the value it stands for (data-contracts section 2): tables in, values out."""

import datetime as dt

import pytest
from tests.building import column

from ncdm.contracts import Column, Holds
from ncdm.ingest.values import Remark, conform_text, label, moment, scrub

SEP_3 = dt.datetime(2025, 9, 3)  # noqa: DTZ001 - exports carry no zone


def of(holds: Holds) -> Column:
    """A column that holds such cells and has no vocabulary."""
    return Column("any", holds, ("Any",), "Any")


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2025-09-03", SEP_3),
        ("2025-09-03 00:00:00", SEP_3),
        ("2025-09-03T00:00:00", SEP_3),
        ("2025-09-03 14:05:06", SEP_3.replace(hour=14, minute=5, second=6)),
        ("2025-09-03 14:05:06.5", SEP_3.replace(hour=14, minute=5, second=6, microsecond=500_000)),
        ("2025-09-03 14:05:06.123", SEP_3.replace(hour=14, minute=5, second=6, microsecond=123_000)),
        ("2025-09-03 14:05", SEP_3.replace(hour=14, minute=5)),
        ("03SEP2025", SEP_3),
        ("3SEP2025", SEP_3),
        ("3 SEP 2025", SEP_3),
        ("03 SEP 2025", SEP_3),
        ("03-SEP-2025", SEP_3),
        ("03-Sep-2025", SEP_3),
        ("03 Sep 2025", SEP_3),
        ("3 sep 2025", SEP_3),
        ("03 Sep 2025 14:05:06", SEP_3.replace(hour=14, minute=5, second=6)),
        ("03 Sep 2025 14:05", SEP_3.replace(hour=14, minute=5)),
        ("29 FEB 2024", dt.datetime(2024, 2, 29)),  # noqa: DTZ001 - the same
        ("30 SEP 2025", SEP_3.replace(day=30)),
        ("31 SEP 2025", None),
        ("29 FEB 2025", None),
        ("0 SEP 2025", None),
        ("2025-13-01", None),
        ("2025-02-30", None),
        ("03/09/2025", None),
        ("09-03-2025", None),
        ("03 SEPT 2025", None),
        ("03 Septembers 2025", None),
        ("03 XXX 2025", None),
        ("UN SEP 2025", None),
        ("SEP 2025", None),
        ("2025", None),
        ("45903", None),
        ("45903.0", None),
        ("03 SEP 25", None),
        ("03 SEP 2025 25:00", None),
        ("03 SEP 2025 10:61", None),
        ("03 SEP 2025 (est.)", None),
        ("#ERROR", None),
        ("", None),
    ],
)
def test_dates_are_strict(text: str, when: dt.datetime | None) -> None:
    assert moment(text) == when
    value, remark = conform_text(text, of(Holds.TIMESTAMP))
    assert value == when
    day, _remark = conform_text(text, of(Holds.DATE))
    assert day == (None if when is None else when.date())
    assert remark is None or when is None


@pytest.mark.parametrize(
    "month", ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC", "jan", "Feb", "mAr", "dec"]
)
def test_every_month_is_known_in_any_case(month: str) -> None:
    number = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"].index(month.lower()) + 1
    assert moment(f"7 {month} 2025") == dt.datetime(2025, number, 7)  # noqa: DTZ001 - exports carry no zone


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("31 SEP 2025", Remark.UNPARSED_DATE),
        ("soon", Remark.UNPARSED_DATE),
        ("45903", Remark.UNPARSED_DATE),
        ("#MULTIVALUE", Remark.REASON_CODE),
        ("#multivalue", Remark.REASON_CODE),
        ("#ERROR", Remark.REASON_CODE),
        ("Missing visit date", Remark.REASON_CODE),
        ("  Missing  visit\ndate ", Remark.REASON_CODE),
        ("-", None),
        ("NA", None),
        ("#N/A", None),
    ],
)
def test_a_cell_without_a_date_says_why_or_is_null(text: str, remark: Remark | None) -> None:
    assert conform_text(text, of(Holds.DATE)) == (None, remark)
    assert conform_text(text, of(Holds.TIMESTAMP)) == (None, remark)


def test_a_date_before_the_first_study_is_kept_and_flagged() -> None:
    assert conform_text("01 JAN 1995", of(Holds.DATE)) == (dt.date(1995, 1, 1), Remark.IMPLAUSIBLE_DATE)
    assert conform_text("31 DEC 1999", of(Holds.DATE)) == (dt.date(1999, 12, 31), Remark.IMPLAUSIBLE_DATE)
    assert conform_text("01 JAN 2000", of(Holds.DATE)) == (dt.date(2000, 1, 1), None)


NULLS = [
    "",
    " ",
    "\t",
    "\u00a0",
    "-",
    " - ",
    "NA",
    "na",
    "N/A",
    "n/a",
    "#N/A",
    "#ERROR",
    "Not Applicable",
    "NOT APPLICABLE",
    "Not  Applicable",
]


@pytest.mark.parametrize("text", NULLS)
@pytest.mark.parametrize("holds", [Holds.TEXT, Holds.VERSION, Holds.CATEGORY, Holds.COUNTRY, Holds.FORM, Holds.FOLDER, Holds.STUDY])
def test_null_tokens_are_no_value(text: str, holds: Holds) -> None:
    assert conform_text(text, of(holds)) == (None, None)


@pytest.mark.parametrize("text", ["0", "none", "nil", "--", ".", "unknown", "N.A.", "null"])
def test_what_is_not_named_a_null_token_is_a_value(text: str) -> None:
    assert conform_text(text, of(Holds.TEXT)) == (text, None)


@pytest.mark.parametrize(
    ("text", "value", "remark"),
    [
        ("0", 0, None),
        ("7", 7, None),
        ("0042", 42, None),
        (" 12 ", 12, None),
        ("12.0", 12, None),
        ("12.000", 12, None),
        ("+3", 3, None),
        ("-3", -3, Remark.NEGATIVE_NUMBER),
        ("-0", 0, None),
        ("12.5", None, Remark.UNPARSED_NUMBER),
        ("1,234", None, Remark.UNPARSED_NUMBER),
        ("1 234", None, Remark.UNPARSED_NUMBER),
        ("1e3", None, Remark.UNPARSED_NUMBER),
        ("Site 12", None, Remark.UNPARSED_NUMBER),
        ("twelve", None, Remark.UNPARSED_NUMBER),
        ("0x1F", None, Remark.UNPARSED_NUMBER),
        ("9223372036854775807", 2**63 - 1, None),
        ("9223372036854775808", None, Remark.UNPARSED_NUMBER),
        ("9" * 5000, None, Remark.UNPARSED_NUMBER),
        ("#ERROR", None, Remark.REASON_CODE),
        ("#MULTIVALUE", None, Remark.REASON_CODE),
        ("-", None, None),
        ("NA", None, None),
    ],
)
def test_whole_numbers(text: str, value: int | None, remark: Remark | None) -> None:
    assert conform_text(text, of(Holds.INTEGER)) == (value, remark)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Subject 7", "Subject 7"),
        ("Site 12", "Site 12"),
        ("Study 3", "Study 3"),
        ("subject 7", "Subject 7"),
        ("SITE 12", "Site 12"),
        ("Subject7", "Subject 7"),
        ("Subject_7", "Subject 7"),
        ("Subject-7", "Subject 7"),
        ("Subject", None),
        ("Subject seven", None),
        ("Subject 7a", None),
        ("My Subject 7", None),
        ("Form 7", None),
        ("Patient 7", None),
        ("7", None),
    ],
)
def test_labels_of_subjects_sites_and_studies(text: str, value: str | None) -> None:
    assert label(text) == value


@pytest.mark.parametrize(
    ("text", "value", "remark"),
    [
        (" Subject 7 ", "Subject 7", None),
        ("Subject\n7", "Subject 7", None),
        ("-", None, Remark.ABSENT_KEY),
        ("NA", "NA", Remark.UNLABELLED_SUBJECT),
        ("Not Applicable", "Not Applicable", Remark.UNLABELLED_SUBJECT),
        ("All-metadata issue", "All-metadata issue", Remark.UNLABELLED_SUBJECT),
        ("123456-78901", "[id]-78901", Remark.UNLABELLED_SUBJECT),
        ("Site 4", "Site 4", Remark.UNLABELLED_SUBJECT),
    ],
)
def test_subject_cells(text: str, value: str | None, remark: Remark | None) -> None:
    assert conform_text(text, column("edrr", "subject_id")) == (value, remark)


@pytest.mark.parametrize(
    ("text", "value", "remark"),
    [
        ("Site 4", "Site 4", None),
        ("site 4 ", "Site 4", None),
        ("-", None, Remark.ABSENT_KEY),
        ("N/A", None, Remark.ABSENT_KEY),
        ("General Hospital", "General Hospital", Remark.UNLABELLED_SITE),
        ("1234567", "[id]", Remark.UNLABELLED_SITE),
        ("Subject 4", "Subject 4", Remark.UNLABELLED_SITE),
    ],
)
def test_site_cells(text: str, value: str | None, remark: Remark | None) -> None:
    assert conform_text(text, column("labs", "site_id")) == (value, remark)


@pytest.mark.parametrize(
    ("text", "value"),
    [("Study 7", "Study 7"), ("STUDY 7", "Study 7"), ("study7", "Study 7"), ("ABC-12", "ABC-12"), ("CX1234567", "CX1234567")],
)
def test_study_cells(text: str, value: str) -> None:
    assert conform_text(text, column("labs", "source_study")) == (value, None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Form 7", "Form 7"),
        ("From 7", "Form 7"),
        ("FORM 7", "Form 7"),
        ("form 7", "Form 7"),
        ("Form7", "Form 7"),
        ("Form 7 ", "Form 7"),
        (" form  07", "Form 7"),
        ("Form 0", "Form 0"),
        ("Form 10", "Form 10"),
        ("FROM10", "Form 10"),
        ("Form 7b", "Form 7b"),
        ("Adverse Event", "Adverse Event"),
        ("Platform 7", "Platform 7"),
    ],
)
def test_form_labels(text: str, value: str) -> None:
    assert conform_text(text, column("labs", "form_label")) == (value, None)


@pytest.mark.parametrize(
    ("text", "value", "remark"),
    [
        ("Cycle 1 Week 2", "Cycle 1 Week 2", None),
        ("Adverse Events (1)/SAE (2)", "Adverse Events (1)/SAE (2)", None),
        ("SAE - Study 18_1234567_0001", "SAE - Study 18", Remark.SCRUBBED),
        ("eSAE - Study 5 1234567 (2)/Follow-up", "eSAE - Study 5", Remark.SCRUBBED),
        ("Visit 12345", "Visit 12345", None),
        ("Visit-1234567", "Visit-[id]", Remark.SCRUBBED),
        ("V1234567", "V[id]", Remark.SCRUBBED),
        ("_1234567", None, Remark.SCRUBBED),
        ("-", None, None),
    ],
)
def test_folders_lose_the_tail_that_holds_an_identifier(text: str, value: str | None, remark: Remark | None) -> None:
    assert conform_text(text, column("inactivated", "folder_name")) == (value, remark)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("12345", "12345"),
        ("123456", "[id]"),
        ("a1234567b", "a[id]b"),
        ("123456-78901", "[id]-78901"),
        ("123456 and 7654321", "[id] and [id]"),
        ("", ""),
    ],
)
def test_six_digits_or_more_are_masked(text: str, masked: str) -> None:
    assert scrub(text) == masked
    if text:
        assert conform_text(text, of(Holds.TEXT)) == (masked, None if masked == text else Remark.SCRUBBED)
    assert scrub(scrub(text)) == scrub(text)


@pytest.mark.parametrize(
    ("text", "value", "remark"),
    [
        ("4711", 4711, None),
        ("1234567", 1234567, None),
        ("4711.0", 4711, None),
        ("Site 12", None, Remark.CORRUPTED_ID),
        ("Subject 3", None, Remark.CORRUPTED_ID),
        ("-", None, Remark.CORRUPTED_ID),
        ("NA", None, Remark.CORRUPTED_ID),
        ("-5", -5, Remark.CORRUPTED_ID),
        ("9" * 5000, None, Remark.CORRUPTED_ID),
    ],
)
def test_discrepancy_ids(text: str, value: int | None, remark: Remark | None) -> None:
    assert conform_text(text, column("sae_dm", "discrepancy_id")) == (value, remark)


@pytest.mark.parametrize(("text", "value"), [("28.1", "28.1"), ("202509", "202509"), ("-", None), ("", None)])
def test_dictionary_versions_are_no_identifiers(text: str, value: str | None) -> None:
    assert conform_text(text, column("whodrug", "dictionary_version")) == (value, None)


@pytest.mark.parametrize(
    ("code", "name", "spellings"),
    [
        ("query_cumulative", "query_status", {"Open": "Open", "Answered": "Answered"}),
        (
            "query_cumulative",
            "action_owner",
            {
                "Site Review": "Site",
                "DM Review": "DM",
                "DM from System": "DM",
                "Clinical Review": "Clinical",
                "Field Monitor Review": "Field monitor",
                "Medical Review": "Medical",
                "Safety Review": "Safety",
                "CCRA Review": "Other",
                "FM from System": "Other",
            },
        ),
        ("pi_signature", "signature_state", {"Yes - Never Signed": "Never signed", "Yes - Broken Signature": "Broken"}),
        ("sdv", "verification_status", {"Verifed": "Verified", "Verified": "Verified", "Require Verification": "Require verification"}),
        ("protocol_deviation", "deviation_status", {"PD Confirmed": "Confirmed", "PD proposed": "Proposed"}),
        ("labs", "issue_type", {"Missing Lab name": "Missing lab name", "Ranges/ Units not entered": "Ranges or units not entered"}),
        ("labs", "action_owner", {"Action for Site": "Site", "Action for CRA": "CRA"}),
        ("labs", "lab_category", {"CHEMISTRY": "CHEMISTRY", "HEMATOLOGY": "HEMATOLOGY", "URINALYSIS": "URINALYSIS"}),
        (
            "sae_dm",
            "review_status",
            {
                "Pending for Review": "Pending for review",
                "Review in Progress": "Review in progress",
                "Review Ongoing": "Review ongoing",
                "Review Completed": "Review completed",
            },
        ),
        ("sae_safety", "case_status", {"Closed": "Closed", "Locked": "Locked"}),
        ("inactivated", "has_data", {"Y": "Y", "N": "N"}),
        ("missing_pages", "page_level", {"Visit Level": "visit", "Summary Page": "summary"}),
        ("meddra", "coding_status", {"Coded Term": "Coded", "UnCoded Term": "Uncoded"}),
        ("meddra", "requires_coding", {"Yes": "Yes", "No": "No"}),
        ("subject_metrics", "region", {"ASIA": "ASIA", "EMEA": "EMEA", "AMERICA": "AMERICA"}),
        (
            "subject_metrics",
            "subject_status",
            {
                name: name
                for name in (
                    "Screen Failure",
                    "On Trial",
                    "Completed",
                    "Enrolled",
                    "Discontinued",
                    "Screening",
                    "Follow-Up",
                    "Survival",
                )
            },
        ),
    ],
)
def test_vocabularies(code: str, name: str, spellings: dict[str, str]) -> None:
    where = column(code, name)
    for text, value in spellings.items():
        assert conform_text(text, where) == (value, None)
        assert conform_text(f" {text.upper()}\n", where) == (value, None)
    assert conform_text("-", where) == (None, None)
    assert conform_text("quite another thing", where) == ("quite another thing", Remark.UNKNOWN_CATEGORY)


@pytest.mark.parametrize(
    ("code", "name", "text", "value"),
    [
        ("sdv", "verification_status", "Requires Verificaton", "Require verification"),
        ("sae_dm", "review_status", "Review Complete", "Review completed"),
        ("sae_dm", "review_status", "Pendng for Review", "Pending for review"),
        ("query_cumulative", "action_owner", "Clinicl Review", "Clinical"),
        ("subject_metrics", "subject_status", "Discontinud", "Discontinued"),
    ],
)
def test_a_misspelt_value_is_taken_and_said(code: str, name: str, text: str, value: str) -> None:
    assert conform_text(text, column(code, name)) == (value, Remark.RESPELT_CATEGORY)


@pytest.mark.parametrize(
    ("code", "name", "text"),
    [
        ("query_cumulative", "query_status", "Unanswered"),
        ("query_cumulative", "query_status", "Not Answered"),
        ("sdv", "verification_status", "Unverified"),
        ("sdv", "verification_status", "Not Verified"),
        ("protocol_deviation", "deviation_status", "PD Unconfirmed"),
        ("protocol_deviation", "deviation_status", "PD not confirmed"),
        ("sae_dm", "review_status", "Review Incomplete"),
        ("sae_dm", "review_status", "Review Not Completed"),
        ("sae_safety", "case_status", "Unlocked"),
        ("missing_pages", "page_level", "Non Visit Level"),
    ],
)
def test_an_opposite_is_never_taken_for_a_misspelling(code: str, name: str, text: str) -> None:
    assert conform_text(text, column(code, name)) == (text, Remark.UNKNOWN_CATEGORY)


def test_an_unseen_way_to_say_uncoded_is_not_coded() -> None:
    value, _remark = conform_text("Not a Coded Term", column("meddra", "coding_status"))
    assert value != "Coded"
    assert conform_text("Un-Coded Term", column("meddra", "coding_status")) == ("Uncoded", None)
    assert conform_text("Not Coded", column("meddra", "coding_status")) == ("Uncoded", None)


def test_unknown_values_are_scrubbed_too() -> None:
    where = column("sdv", "verification_status")
    assert conform_text("done by 1234567", where) == ("done by [id]", Remark.UNKNOWN_CATEGORY)
    assert conform_text("asked by 1234567", column("sae_dm", "action_status")) == ("asked by [id]", Remark.SCRUBBED)


@pytest.mark.parametrize("text", ["Site 1", "Subject 2", "form 3", "2025-01-01", "Yes"])
def test_a_value_is_a_fixed_point(text: str) -> None:
    for holds in (Holds.TEXT, Holds.SITE, Holds.SUBJECT, Holds.FORM, Holds.FOLDER):
        value, _remark = conform_text(text, of(holds))
        assert isinstance(value, str)
        assert conform_text(value, of(holds))[0] == value
