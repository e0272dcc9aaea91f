"""What becomes of every line: data, rejected, or set aside; and what is said about its cells."""

import datetime as dt
from collections import Counter

import pytest
from tests.building import HERE, Fault, Given, loaded, receipt, remarks, rows, sheet, workbook

from ncdm.contracts import SHEETS, Role
from ncdm.ingest.conform import Reason, studies_named
from ncdm.ingest.file import refused_file
from ncdm.ingest.file_study import Attributed, StudyFrom
from ncdm.ingest.identify import How
from ncdm.ingest.lines import lines_of
from ncdm.ingest.receipt import Run, SheetReceipt
from ncdm.ingest.tables import all_tables, schema
from ncdm.ingest.values import Remark
from ncdm.ingest.workbook import identify
from ncdm.sources import RefusalCode, Refused
from ncdm.types import FileOutcome, LineClass, SheetOutcome, StudyId, TableName

TRACKER = ["Country", "Site", "Subject", "Visit", "Projected Date", "# Days Outstanding"]
LABS = ["Country", "Site number", "Subject", "Visit", "Form Name", "Lab category", "Lab Date", "Test Name", "Test description", "Issue"]
EDRR = ["Study", "Subject", "Total Open issue Count per subject", "."]
INACTIVATED = ["Country", "Study Site Number", "Subject", "Folder", "Form", "Data on Form/\nRecord    ", "RecordPosition", "Audit Action"]
DM = [
    "Discrepancy ID",
    "Study ID",
    "Country",
    "Site",
    "Patient ID",
    "Form Name",
    "Discrepancy Created Timestamp in Dashboard",
    "Review Status",
    "Action Status",
]
SAFETY = [
    "Discrepancy ID",
    "Study ID",
    "Site",
    "Patient ID",
    "Case Status",
    "Discrepancy Created Timestamp in Dashboard",
    "Review Status",
    "Action Status",
]
DEVIATION = [
    "Study",
    "Region",
    "Country",
    "Site ID",
    "Subject Name",
    "Folder Name",
    "Data Page Name",
    "Data Page Name",
    "Log #",
    "PD Status",
    "Visit date",
]
CODING = [
    "Study",
    "Dictionary",
    "Dictionary Version number",
    "Subject",
    "Form OID",
    "Logline",
    "Field OID",
    "Coding Status",
    "Require Coding",
]


def visit(number: int, days: int = 5, date: Given = "01 SEP 2025") -> list[Given]:
    """A line of the tracker."""
    return ["JPN", "Site 1", f"Subject {number}", "Week 1", date, days]


def test_every_line_becomes_one_thing() -> None:
    found = receipt(
        [
            ["Confidential"],
            [],
            TRACKER,
            visit(1),
            [],
            visit(2),
            ["JPN", "Site 1", None, "Week 3"],
            ["JPN", "Site 1", Fault("#REF!"), "Week 4"],
            visit(3),
            ["Total:", None, None, None, None, 15],
            [None, "\u00a0", "\t"],
            ["Parameter Name", "Value"],
            ["$A$2:$F$9"],
            ["17"],
        ]
    )
    assert found.read == 14
    assert (found.accepted, found.rejected, found.held) == (3, 1, 0)
    assert found.set_aside == {
        LineClass.BANNER: 1,
        LineClass.BLANK: 3,
        LineClass.HEADER: 1,
        LineClass.STRAY: 3,
        LineClass.TOTAL: 1,
        LineClass.FOOTER: 1,
    }
    assert found.runs == (
        Run(LineClass.BANNER, 1, 1),
        Run(LineClass.BLANK, 2, 2),
        Run(LineClass.HEADER, 3, 3),
        Run(LineClass.BLANK, 5, 5),
        Run(LineClass.STRAY, 7, 7),
        Run(LineClass.TOTAL, 10, 10),
        Run(LineClass.BLANK, 11, 11),
        Run(LineClass.FOOTER, 12, 12),
        Run(LineClass.STRAY, 13, 14),
    )
    assert found.conserved


@pytest.mark.parametrize("packed", [False, True])
def test_rows_keep_their_line_number_and_their_values(packed: bool) -> None:  # noqa: FBT001 - a parameter of the test
    file = loaded(sheet([["Banner"], TRACKER, visit(1), [], visit(2, 7, dt.date(2025, 9, 2))], packed=packed))
    wanted = {
        "source_row": 3,
        "country_iso3": "JPN",
        "site_id": "Site 1",
        "site_id_text": "Site 1",
        "subject_id": "Subject 1",
        "visit_name": "Week 1",
        "visit_key": "week1",
        "projected_date": dt.date(2025, 9, 1),
        "projected_date_text": "01 SEP 2025",
        "days_outstanding": 5,
    }
    second = {"source_row": 5, "subject_id": "Subject 2", "projected_date": dt.date(2025, 9, 2), "days_outstanding": 7}
    second["projected_date_text"] = "2025-09-02 00:00:00"
    assert rows(file, "missing_visit") == [wanted, wanted | second]


def test_equal_lines_stay_two_rows() -> None:
    file = loaded(sheet([TRACKER, visit(1), visit(1), visit(1)]))
    found = rows(file, "missing_visit")
    assert [row["source_row"] for row in found] == [2, 3, 4]
    assert len({tuple(value for name, value in row.items() if name != "source_row") for row in found}) == 1


@pytest.mark.parametrize("subject", ["-", "NA", "N/A", "#N/A", "Not Applicable", "anything"])
def test_a_null_token_as_subject_is_still_a_line_of_data(subject: str) -> None:
    found = receipt([EDRR, ["Study 7", subject, 3, None]])
    assert (found.accepted, found.rejected) == (1, 0)


@pytest.mark.parametrize("subject", [None, "", " ", "\n", "\u00a0", "\t "])
def test_white_space_as_subject_is_none(subject: str | None) -> None:
    found = receipt([EDRR, ["Study 7", "Subject 1", 1, None], ["Study 7", subject, 3, None], ["Study 7", "Subject 2", 1, None]])
    assert (found.accepted, found.rejected, found.set_aside) == (2, 1, {LineClass.HEADER: 1})


def test_pseudo_subjects_stay_as_issues_of_the_study_and_their_identifiers_are_masked() -> None:
    file = loaded(sheet([EDRR, *([["Study 7", name, 2, None] for name in ("NA", "Not Applicable", "All-metadata issue", "123456-54321")])]))
    found = rows(file, "thirdparty_issue")
    assert [row["subject_id"] for row in found] == ["NA", "Not Applicable", "All-metadata issue", "[id]-54321"]
    assert [row["thirdparty_open_issues_n"] for row in found] == [2, 2, 2, 2]
    assert Counter(remark for _line, _name, remark in remarks(file)) == {Remark.UNLABELLED_SUBJECT: 4}


def test_the_discrepancy_id_makes_a_line_of_the_dashboard_data() -> None:
    file = loaded(
        sheet(
            [
                SAFETY,
                [11, "Study 7", "-", "-", "-", "2025-01-01 10:00:00", "Review Completed", "-"],
                ["Site 4", "Study 7", "Site 1", "Subject 1", "Closed", "2025-01-02 10:00:00", "Review in Progress", None],
                [None, "Study 7", "Site 1", "Subject 2", "Closed", "2025-01-03 10:00:00", "Review in Progress", None],
                ["-", "Study 7", "Site 1", "Subject 3", "Closed", None, "Review in Progress", None],
            ],
            "SAE Dashboard_Safety",
        )
    )
    found = rows(file, "sae_review")
    assert [row["source_row"] for row in found] == [2, 3, 5]
    assert [row["discrepancy_id"] for row in found] == [11, None, None]
    assert [row["discrepancy_id_text"] for row in found] == ["11", "Site 4", "-"]
    assert [(row["tab"], row["site_id"], row["subject_id"], row["case_status"], row["action_status"]) for row in found] == [
        ("safety", None, None, None, None),
        ("safety", "Site 1", "Subject 1", "Closed", None),
        ("safety", "Site 1", "Subject 3", "Closed", None),
    ]
    assert remarks(file) == sorted(
        [
            (2, "site_id", Remark.ABSENT_KEY),
            (2, "subject_id", Remark.ABSENT_KEY),
            (3, "discrepancy_id", Remark.CORRUPTED_ID),
            (5, "discrepancy_id", Remark.CORRUPTED_ID),
        ],
        key=str,
    )


def test_the_two_tabs_of_the_dashboard_in_any_order() -> None:
    dm = sheet([DM, [1, "Study 7", "JPN", "Site 1", "Subject 1", "Form 1", None, "Pending for Review", None]], "SAE Dashboard_DM")
    safety = sheet([SAFETY, [1, "Study 7", "Site 1", "Subject 1", "Locked", None, "Review Completed", None]], "SAE Dashboard_Safety")
    for order in ((dm, safety), (safety, dm)):
        found = rows(loaded(*order), "sae_review")
        assert sorted((str(row["tab"]), str(row["review_status"])) for row in found) == [
            ("dm", "Pending for review"),
            ("safety", "Review completed"),
        ]


def test_a_misspelt_case_status_does_not_make_the_safety_tab_the_other_one() -> None:
    header = [name.replace("Case Status", "Case Statu") for name in SAFETY]
    file = loaded(sheet([header, [1, "Study 7", "Site 1", "Subject 1", "Locked", None, "Review Completed", None]], "Sheet1"))
    assert [(row["tab"], row["case_status"]) for row in rows(file, "sae_review")] == [("safety", "Locked")]


def test_a_line_of_another_study_is_rejected_with_its_name() -> None:
    file = loaded(sheet([EDRR, ["Study 7", "Subject 1", 1, None], ["Study 8", "Subject 2", 2, None], ["CX1234567", "Subject 3", 2, None]]))
    assert [row["subject_id"] for row in rows(file, "thirdparty_issue")] == ["Subject 1"]
    assert file.receipt.sheets[0].rejected == 2
    assert rows(file, "rejection") == [
        {
            "source_row": 3,
            "target": "thirdparty_issue",
            "reason": Reason.OTHER_STUDY,
            "column_name": "source_study",
            "detail": "the line names Study 8",
        },
        {
            "source_row": 4,
            "target": "thirdparty_issue",
            "reason": Reason.OTHER_STUDY,
            "column_name": "source_study",
            "detail": "the line names CX[id]",
        },
    ]


@pytest.mark.parametrize("study", ["-", "NA", "Not Applicable", None, "study 7", "STUDY 07"])
def test_a_line_that_names_no_study_or_its_own_in_another_spelling_is_kept(study: str | None) -> None:
    found = receipt([EDRR, ["Study 7", "Subject 1", 1, None], [study, "Subject 2", 1, None]])
    assert (found.accepted, found.rejected) == (2, 0)


def test_an_error_as_subject_is_rejected_with_its_code() -> None:
    file = loaded(sheet([TRACKER, visit(1), ["JPN", "Site 1", Fault("#REF!"), "Week 1", None, 3]]))
    assert rows(file, "rejection") == [
        {
            "source_row": 3,
            "target": "missing_visit",
            "reason": Reason.KEY_IS_ERROR,
            "column_name": "subject_id",
            "detail": "the cell holds #REF!",
        }
    ]


def test_a_line_that_is_wrong_twice_is_rejected_once() -> None:
    found = receipt([EDRR, ["Study 8", Fault("#REF!"), 1, None]])
    assert (found.accepted, found.rejected, found.conserved) == (0, 1, True)


def test_other_errors_leave_the_row_and_are_said() -> None:
    file = loaded(sheet([TRACKER, ["JPN", Fault(), "Subject 1", "Week 1", Fault("#VALUE!"), 3]]))
    (row,) = rows(file, "missing_visit")
    assert (row["site_id"], row["projected_date"], row["days_outstanding"]) == (None, None, 3)
    assert remarks(file) == [(2, "projected_date", Remark.ERROR_CELL), (2, "site_id", Remark.ERROR_CELL)]


def test_errors_outside_data_or_known_columns_say_nothing() -> None:
    file = loaded(sheet([[*TRACKER, "Colour"], [*visit(1), Fault()], ["Footer words", Fault(), None, None, Fault()]]))
    assert file.receipt.sheets[0].set_aside == {LineClass.HEADER: 1, LineClass.FOOTER: 1}
    assert remarks(file) == []


@pytest.mark.parametrize("word", ["Total", "Total:", "TOTAL :", "Totals", "Grand Total", "grand  total:", " Total: "])
def test_a_line_that_says_total_is_a_total(word: str) -> None:
    found = receipt([TRACKER, visit(1), [word, None, "1", None, None, 5]])
    assert (found.accepted, found.set_aside[LineClass.TOTAL]) == (1, 1)


@pytest.mark.parametrize("word", ["Total protein", "Subtotal", "Totally different", "Total: 17"])
def test_a_line_that_only_mentions_a_total_is_data(word: str) -> None:
    found = receipt([TRACKER, visit(1), [word, None, "Subject 2", None, None, 5]])
    assert found.accepted == 2


def test_a_subject_whose_test_is_called_total_is_data() -> None:
    found = receipt([LABS, ["JPN", "Site 1", "Subject 1", "Week 1", "Form 1", "CHEMISTRY", None, "TOTAL", "Total", "Missing Lab name"]])
    assert (found.accepted, found.set_aside) == (1, {LineClass.HEADER: 1})


def test_the_total_cells_of_a_sheet_are_kept_to_compare_and_never_counted() -> None:
    file = loaded(
        sheet([TRACKER, visit(1, 5), visit(2, 7), ["Total:", None, "2", None, None, 12], ["Total:", None, None, None, None, "Site 4"]])
    )
    assert len(rows(file, "missing_visit")) == 2
    assert [(row["source_row"], row["column_name"], row["value"], row["value_text"]) for row in rows(file, "total_cell")] == [
        (4, "days_outstanding", 12, "12"),
        (5, "days_outstanding", None, "Site 4"),
    ]


def test_a_total_line_without_numbers_leaves_no_cell() -> None:
    assert rows(loaded(sheet([TRACKER, visit(1), ["Total:"]])), "total_cell") == []


def test_an_absent_column_is_absent_and_not_zero() -> None:
    file = loaded(sheet([[name for name in TRACKER if name != "Site"], ["JPN", "Subject 1", "Week 1", None, 3]]))
    assert "site_id" not in rows(file, "missing_visit")[0]
    assert "site_id" in file.receipt.sheets[0].missing_columns


def test_a_header_that_stands_twice_is_read_where_it_tells_most() -> None:
    def line(first: Given, second: Given, number: int) -> list[Given]:
        return ["Study 7", "ASIA", "JPN", "Site 1", "Subject 1", "Week 1", first, second, number, "PD Confirmed", None]

    constant = [line("Protocol Deviation", f"Form {number}", number) for number in (1, 2)]
    file = loaded(sheet([DEVIATION, *constant], "Protocol Deviation"))
    assert [row["form_label"] for row in rows(file, "deviation")] == ["Form 1", "Form 2"]
    assert [found.how for found in file.receipt.sheets[0].headers if found.column == "form_label"] == [How.SECOND, How.EXACT]
    other = [line(f"Form {number}", "Protocol Deviation", number) for number in (1, 2)]
    assert [row["form_label"] for row in rows(loaded(sheet([DEVIATION, *other])), "deviation")] == ["Form 1", "Form 2"]
    differing = [line("Form 1", f"Form {number}", number) for number in (3, 4)]
    assert [row["form_label"] for row in rows(loaded(sheet([DEVIATION, *differing])), "deviation")] == ["Form 3", "Form 4"]
    nothing = loaded(sheet([DEVIATION]))
    assert [found.how for found in nothing.receipt.sheets[0].headers if found.column == "form_label"] == [How.EXACT, How.SECOND]


def test_a_repeated_header_of_sites_is_read_where_sites_stand() -> None:
    header = ["Country", "Site Name", "Site", "Subject", "Visit", "Projected Date", "# Days Outstanding"]
    file = loaded(sheet([header, ["JPN", "General Hospital", "Site 1", "Subject 1", "Week 1", None, 1]]))
    assert rows(file, "missing_visit")[0]["site_id"] == "Site 1"


def test_what_is_recognised_and_never_stored_is_not_stored() -> None:
    header = [
        "Project Name",
        "Region",
        "Country",
        "Site ID",
        "Subject Name",
        "Data Page Name",
        "Lock and Unlock",
        "Audit User",
        "Visit date",
    ]
    file = loaded(sheet([header, ["Study 7", "ASIA", "JPN", "Site 1", "Subject 1", "Form 1", "Locked", "A. Person", None]], "CRF Locked"))
    assert [row["action_text"] for row in rows(file, "page_action")] == ["Locked"]
    assert "A. Person" not in str(file.rows) + str([part.to_pylist() for _sheet, _table, part in file.rows])


@pytest.mark.parametrize(
    ("action", "thing", "reason", "actor"),
    [
        ("DataPage Inactivated.", "page", "none", "user"),
        ("Record inactivated.", "record", "none", "user"),
        ("DataPage inactivated with code reason code Not Applicable.", "page", "not_applicable", "user"),
        ("Record Inactivated with code reason code Not Done.", "record", "not_done", "user"),
        ("Amendment Manager: DataPage inactivated.", "page", "none", "amendment_manager"),
        ("Amendment Manager: Record  inactivated with code reason code Not Applicable.", "record", "not_applicable", "amendment_manager"),
        ("Something else", None, None, None),
    ],
)
def test_what_an_inactivation_was(action: str, thing: str | None, reason: str | None, actor: str | None) -> None:
    (row,) = rows(loaded(sheet([INACTIVATED, ["JPN", "Site 1", "Subject 1", "Week 1", "Form 1", "Y", None, action]])), "inactivation")
    assert (row["inactivated_object"], row["inactivation_reason"], row["inactivation_actor"]) == (thing, reason, actor)


def test_identifiers_are_masked_in_every_stored_text_and_counted() -> None:
    lines: list[list[Given]] = [
        [*INACTIVATED, "id 7654321"],
        ["JPN", "Site 1", "Subject 1", "SAE - Study 18_1234567_0001", "Form 1", "Y", None, "Record inactivated. 1234567", "7654321"],
        ["JPN", "Site 1", "Subject 2", "Week 1", "Form 1", "asked by 1234567", None, "Record inactivated.", None],
    ]
    file = loaded(sheet(lines, "Forms 1234567"), name="export_1234567.xlsx")
    found = rows(file, "inactivation")
    assert found[0]["folder_name"] == "SAE - Study 18"
    assert found[0]["audit_action"] == "Record inactivated. [id]"
    assert found[1]["has_data_text"] == "asked by [id]"
    receipt_ = file.receipt.sheets[0]
    assert receipt_.scrubbed == 2
    assert receipt_.name == "Forms [id]"
    assert file.receipt.name == "export_[id].xlsx"
    assert [found.text for found in receipt_.headers][-1] == "id [id]"
    stored = str([part.to_pylist() for _sheet, _table, part in file.rows])
    assert "1234567" not in stored
    assert "7654321" not in stored


def test_only_a_number_is_exempt_as_a_discrepancy_id() -> None:
    file = loaded(
        sheet(
            [
                DM,
                *(
                    [number, "Study 7", "JPN", "Site 1", "Subject 1", "Form 1", None, "Review Completed", None]
                    for number in ("1234567", "x1234567")
                ),
            ]
        )
    )
    assert [row["discrepancy_id_text"] for row in rows(file, "sae_review")] == ["1234567", "x[id]"]


def test_versions_keep_their_digits() -> None:
    header = ["WHODrug Coding Report", *CODING]
    line: list[Given] = [
        "WHODrug Coding Report",
        "Study 7",
        "WHODrug-Global-B3",
        "202509",
        "Subject 1",
        "CM",
        "1",
        "CMTRT",
        "Coded Term",
        "No",
    ]
    (row,) = rows(loaded(sheet([header, line])), "coding_term")
    assert (row["dictionary_version"], row["dictionary_version_text"], row["coding_status"]) == ("202509", "202509", "Coded")


def test_the_day_of_a_sheet_is_what_its_rows_imply() -> None:
    found = receipt(
        [TRACKER, visit(1, 5, "01 SEP 2025"), visit(2, 4, "02 SEP 2025"), visit(3, 0, "31 SEP 2025"), visit(4, 9, "01 SEP 2025")]
    )
    assert found.as_of == dt.date(2025, 9, 6)
    assert found.as_of_counts == {dt.date(2025, 9, 6): 2, dt.date(2025, 9, 10): 1}


def test_a_sheet_without_both_columns_implies_no_day() -> None:
    without = [name for name in TRACKER if name != "Projected Date"]
    found = receipt([without, ["JPN", "Site 1", "Subject 1", "Week 1", 5]])
    assert (found.accepted, found.as_of, found.as_of_counts) == (1, None, {})
    assert receipt([TRACKER]).as_of is None


def test_studies_that_the_lines_name() -> None:
    book = workbook(
        sheet(
            [
                EDRR,
                ["Study 7", "Subject 1", 1],
                ["study 7", "Subject 2", 1],
                ["Study 8", "Subject 3", 1],
                ["-", "Subject 4", 1],
                ["Study 9", None, 1],
            ]
        ),
        sheet([["nothing"]], "Notes"),
        sheet([TRACKER, visit(1)], "Missing Visits"),
    )
    assert studies_named(identify(book)) == Counter({"Study 7": 2, "Study 8": 1})


def test_a_file_without_a_study_is_quarantined_and_says_what_to_do() -> None:
    file = loaded(sheet([TRACKER, visit(1)]), study=Attributed(None, None, None))
    assert file.receipt.outcome is FileOutcome.QUARANTINED
    assert file.sheets == ()
    assert "folder" in str(file.receipt.todo)


def test_a_file_that_fits_nothing_is_quarantined_and_gives_no_row() -> None:
    file = loaded(sheet([["Invoice", "Amount"], ["17", "3"]], "One"), sheet([], "Two"))
    assert file.receipt.outcome is FileOutcome.QUARANTINED
    assert (
        file.receipt.reason
        == "sheet 1: no line of the first 15 holds known column names; sheet 2: the sheet is empty: there is not even a header"
    )
    assert file.rows == ()
    assert loaded().receipt.reason == "the file has no sheet"


def test_a_file_with_one_good_sheet_is_loaded_and_the_other_is_held() -> None:
    file = loaded(sheet([TRACKER, visit(1)]), sheet([["Invoice", "Amount"], ["17", "3"]], "Notes", visible=False))
    assert (file.receipt.outcome, file.receipt.kinds, file.receipt.reason, file.receipt.todo) == (
        FileOutcome.LOADED,
        ("visit_tracker",),
        None,
        None,
    )
    assert [found.outcome for found in file.receipt.sheets] == [SheetOutcome.ACCEPTED, SheetOutcome.QUARANTINED]
    assert [found.visible for found in file.receipt.sheets] == [True, False]
    assert file.receipt.study_id == "Study 7"


def test_a_refused_file_keeps_its_reason_and_its_study() -> None:
    refused = Refused("pages 1234567.xlsx", 12, None, RefusalCode.ENCRYPTED, "it is locked", "Unlock it.")
    file = refused_file(refused, HERE)
    found = file.receipt
    assert (found.outcome, found.name, found.reason, found.todo, found.code) == (
        FileOutcome.REFUSED,
        "pages [id].xlsx",
        "it is locked",
        "Unlock it.",
        "encrypted",
    )
    assert (found.study_id, found.study_from, found.named_study) == (StudyId("Study 7"), StudyFrom.FOLDER, StudyId("Study 7"))
    assert file.rows == ()


def test_a_receipt_that_does_not_add_up_says_so() -> None:
    whole = SheetReceipt(
        1, "One", visible=True, outcome=SheetOutcome.ACCEPTED, read=5, accepted=2, rejected=1, set_aside={LineClass.BLANK: 1}, held=1
    )
    short = SheetReceipt(
        1, "One", visible=True, outcome=SheetOutcome.ACCEPTED, read=6, accepted=2, rejected=1, set_aside={LineClass.BLANK: 1}, held=1
    )
    assert whole.conserved
    assert not short.conserved


def test_every_column_of_a_conformed_row_is_in_the_schema_of_its_table() -> None:
    telling = {
        "query_site_action": "Site Review",
        "query_cra_action": "Field Monitor Review",
        "crf_locked": "Locked",
        "crf_unlocked": "Unlocked",
        "meddra": "MedDRA",
        "whodrug": "WHODrug",
    }
    for _kind, contract in SHEETS:
        header = [column.synonyms[0] for column in contract.columns]
        line: list[Given] = [
            "Study 7" if column.name == "source_study" else telling[contract.code] if column.name in contract.content else "Subject 1"
            for column in contract.columns
        ]
        name = next(iter(contract.sheet_words), "Sheet1")
        file = loaded(sheet([header, *[[]] * (contract.rows_below_header), line], name))
        (found,) = file.receipt.sheets
        assert found.contract == contract.code
        assert found.accepted == 1
        assert (found.outcome is SheetOutcome.SUPPORTING) == (contract.role is Role.SUPPORTING)
        for _sheet, table, part in file.rows:
            known = schema(table)
            assert table in all_tables()
            for field in part.schema:
                kind = known.field(field.name).type
                assert field.type == kind or getattr(field.type, "value_type", None) == kind, (table, field.name)


def test_an_unknown_table_has_no_schema() -> None:
    with pytest.raises(KeyError):
        schema(TableName("no_such_table"))


def test_a_sheet_without_a_column_has_no_line() -> None:
    found = lines_of(sheet([]))
    assert (found.count, found.columns) == (0, ())


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("blank", ["", " ", "\n", "\u00a0", "\u2003", "\x1c", "\u0085"])
def test_a_cell_of_white_space_is_empty_however_the_reader_hands_it_on(blank: str, packed: bool) -> None:  # noqa: FBT001 - a parameter of the test
    found = lines_of(sheet([["a", blank], [blank, None], ["a", "b"]], packed=packed))
    assert found.texts(0) == ["a", None]
    assert found.texts(1) == [None, None]
    assert found.filled.tolist() == [True, False, True]
