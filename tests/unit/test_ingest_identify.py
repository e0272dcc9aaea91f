"""Each kind of sheet is recognised by its header in every spelling seen, and in spellings nobody has seen yet."""

import re
from dataclasses import dataclass

import pytest
from tests.building import (
    CODING,
    INACTIVATED,
    LABS,
    MODERN,
    OLD,
    QUERY,
    REGION,
    SAE,
    SUBJECT_1,
    SUBJECT_2,
    SUBJECT_3,
    SUBJECT_HEADER,
    WHO,
    Fault,
    Given,
    contract,
    fit_of,
    loaded,
    receipt,
    rows,
    sheet,
    workbook,
)

from ncdm.contracts import SHEETS
from ncdm.ingest.identify import Fit, How, NoFit
from ncdm.ingest.workbook import identify
from ncdm.types import LineClass, SheetOutcome


@dataclass(frozen=True, slots=True)
class Seen:
    """One header as some study exports it."""

    contract: str
    header: str
    sheet: str = "Sheet1"
    file: str = "report.xlsx"
    absent: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.contract}: {self.header[:60]}"


SEEN = [
    Seen("query_cumulative", f"Study|Region|Country|Site Number|Subject Name|Folder Name|Form|{QUERY}", "Query Report - Cumulative"),
    Seen("query_cumulative", f"Study|Region|Country|Site Number|Subject Name|Folder Name|Form |{QUERY}", "Query Report - Cumulative"),
    Seen(
        "query_cumulative",
        f"Study|Region|Country|Site Number|Subject Name|Folder Name|{QUERY}",
        "Query Report - Cumulative",
        absent=("form_label",),
    ),
    Seen("query_site_action", f"Study|Region|Country|Site ID|Subject Name|Folder Name|Form|{QUERY}", "Query Report - Site Action"),
    Seen(
        "query_site_action",
        f"Study|Region|Country|Site ID|Subject Name|Form|{QUERY}",
        "Query Report - Site Action",
        absent=("folder_name",),
    ),
    Seen("query_cra_action", f"Study|Region|Country|Site ID|Subject Name|Folder Name|Form|Field|{QUERY}", "Query Report - CRA Action"),
    Seen("non_conformant", "Study|Region|Country|Study Site|Subject Name|Folder Name|Page|Log #|Field OID|Audit Time|Visit date"),
    Seen(
        "pi_signature",
        f"{WHO}|Visit Name|Data Page Name|Page Require Signature|Audit Action|Visit Date|Date page entered/ Date last PI Sign|No. of days"
        "|Pending since/ PI signed since",
    ),
    Seen("sdv", "Project Name|Region|Country|Site|Subject Name|Folder Name|Data Page Name|Visit Date|Verification Status"),
    Seen("protocol_deviation", "Study|Region|Country|Site ID|Subject Name|Folder Name|Data Page Name|Log #|PD Status|Visit date"),
    Seen("protocol_deviation", "Study|Region|Country|Site ID|Subject Name|Folder Name|Form|Log #|PD Status|Visit date"),
    Seen(
        "protocol_deviation",
        "Study|Region|Country|Site ID|Subject Name|Folder Name|Data Page Name|Data Page Name|Log #|PD Status|Visit date",
    ),
    Seen("crf_freeze", f"{WHO}|Data Page Name|Freeze|Visit date", "CRF Freeze"),
    Seen("crf_unfreeze", f"{WHO}|Data Page Name|UnFreeze|Visit date", "CRF UnFreeze"),
    Seen("crf_locked", f"{WHO}|Data Page Name|Lock and Unlock|Visit date", "CRF Locked"),
    Seen("crf_locked", f"{WHO}|Data Page Name|Lock and Unlock|Audit User|Visit date", "CRF Locked"),
    Seen("crf_unlocked", f"{WHO}|Data Page Name|Lock and Unlock|Visit date", "CRF UnLocked"),
    Seen("crf_unlocked", f"{WHO}|Data Page Name|Lock and Unlock|Audit User|Visit date", "CRF UnLocked"),
    Seen("sv", f"{WHO}|Folder Name|Visit date", "SV"),
    Seen("report_description", "Report Name|Content", "Reports info -reference"),
    Seen(
        "visit_tracker",
        "Country|Site|Subject|Visit|Projected Date|# Days Outstanding",
        "Missing Visits",
        absent=("source_study", "actual_date"),
    ),
    Seen("visit_tracker", "Country|Site|Subject|Visit|Projected Date|# Days Outstanding ", "Missing Visits"),
    Seen("visit_tracker", "Country|Site|Subject|Visit|Actual Date|# Days Outstanding", "Missing Visits"),
    Seen("visit_tracker", "Country|Site|Subject|Visit|Projected Date|# Days Outstanding (TODAY - PROJECTED\nDATE)", "Missing Visits"),
    Seen(
        "visit_tracker", "Study|Country|Site|Subject Name|Visit|Projected Date|Visit date|# Days Outstanding", "Missing Visits", absent=()
    ),
    Seen("labs", LABS, "Missing_Lab_Name_and_Missing", absent=("source_study", "action_owner")),
    Seen("labs", f"{LABS}|Comments", "Missing_Lab_Name_and_Missing"),
    Seen("labs", f"Study|{LABS}|Comments", absent=()),
    Seen("labs", f"{LABS}|Comments".replace("Form Name|", ""), absent=("source_study", "form_label")),
    Seen("labs", f"{LABS}|Comments".replace("Lab category|", ""), absent=("source_study", "lab_category")),
    Seen(
        "sae_dm", f"Discrepancy ID|Study ID|Country|Site|Patient ID|Form Name|{SAE}", "SAE Dashboard_DM", absent=("reviewed_at", "comments")
    ),
    Seen("sae_dm", f"Discrepancy ID|Study ID|Country|Site|Patient ID|{SAE}", "SAE Dashboard_DM"),
    Seen(
        "sae_dm", f"Discrepancy ID|Study ID|Country|Site|Patient ID|Form Name|{SAE}".replace("Review Status|", "Review Status|Review Date|")
    ),
    Seen("sae_safety", f"Discrepancy ID|Study ID|Site|Patient ID|Case Status|{SAE}", "SAE Dashboard_Safety"),
    Seen("sae_safety", f"Discrepancy ID|Study ID|Site|Patient ID|Case Status|{SAE}|Comments", absent=("reviewed_at",)),
    Seen("inactivated", INACTIVATED, absent=("source_study",)),
    Seen("inactivated", INACTIVATED.replace("RecordPosition", "RecordPostion")),
    Seen("inactivated", INACTIVATED.replace("|Form|", "|Form |")),
    Seen("inactivated", INACTIVATED.replace("Country|Study Site Number|", ""), absent=("source_study", "country_iso3", "site_id")),
    Seen("missing_pages", MODERN, "All Pages Missing", absent=("screening_visit_date",)),
    Seen("missing_pages", MODERN.replace("SubjectName", "Subject Name"), "Visit Level Pages Missing"),
    Seen("missing_pages", MODERN.replace("FolderName|", ""), absent=("folder_name", "screening_visit_date")),
    Seen(
        "missing_pages",
        MODERN.replace("FormName|", "").replace("Visit Level Subject Status", "Form 1 Subject Status"),
        absent=("form_label", "screening_visit_date"),
    ),
    Seen("missing_pages", OLD, "All Pages Missing", absent=("source_study", "visit_subject_status", "screening_visit_date")),
    Seen("missing_pages", OLD.replace("Subject Status", "Subject Stat")),
    Seen("missing_pages", "Form Details|Study Name|Country|Site Number|Subject|Visit Name |Visit date|Subject status|# of Days Missing"),
    Seen(
        "missing_pages",
        "Study|Form Details|Country|Site Number|Subject Name|Visit|Page Name|Visit Date|Subject Status|Screening Visit Date|# of Days Missing",
        absent=("visit_subject_status",),
    ),
    Seen("edrr", "Study|Subject|Total Open issue Count per subject|.", "OpenIssuesSummary", absent=()),
    *(
        Seen("meddra", f"MedDRA Coding Report|{CODING}", name, absent=())
        for name in ("MedDRA", "GlobalCodingReport_MedDRA 6", "GlobalCodingReport (43)")
    ),
    *(
        Seen("whodrug", f"WHODrug Coding Report|{CODING}", name, absent=())
        for name in ("WHODD", "GlobalCodingRepor", "GlobalCodingReport (44)")
    ),
]


def header(text: str) -> list[str]:
    """A header written as one line."""
    return text.split("|")


@pytest.mark.parametrize("seen", SEEN, ids=str)
def test_every_header_seen_is_recognised(seen: Seen) -> None:
    fit = fit_of(header(seen.header), name=seen.sheet, file=seen.file)
    assert isinstance(fit, Fit)
    assert fit.sheet.code == seen.contract
    assert (fit.first, fit.last) == (0, 0)
    if seen.absent:
        assert set(fit.missing) == set(seen.absent)
    assert all(found.column is not None for found in fit.headers if found.text not in {"Field", "."})


def test_every_contract_has_a_header_among_those_seen() -> None:
    assert {seen.contract for seen in SEEN} | {"subject_metrics", "region_country_view"} == {sheet.code for _kind, sheet in SHEETS}


@pytest.mark.parametrize("seen", SEEN, ids=str)
def test_line_breaks_case_and_spaces_do_not_matter(seen: Seen) -> None:
    spelt = [f" {name.upper()}\n" if place % 2 else f"\u00a0{name.lower()}  " for place, name in enumerate(header(seen.header))]
    fit = fit_of(spelt, name=seen.sheet, file=seen.file)
    assert isinstance(fit, Fit)
    assert fit.sheet.code == seen.contract


@pytest.mark.parametrize("seen", SEEN, ids=str)
def test_columns_may_stand_in_any_order(seen: Seen) -> None:
    fit = fit_of(header(seen.header)[::-1], name=seen.sheet, file=seen.file)
    plain = fit_of(header(seen.header), name=seen.sheet, file=seen.file)
    assert isinstance(fit, Fit)
    assert isinstance(plain, Fit)
    assert fit.sheet is plain.sheet
    width = len(header(seen.header))
    names = [column for column in plain.places() if [found.column for found in plain.headers].count(column) == 1]
    assert {column: width - 1 - fit.places()[column] for column in names} == {column: plain.places()[column] for column in names}


@pytest.mark.parametrize("seen", [seen for seen in SEEN if not contract(seen.contract).closed], ids=str)
def test_extra_columns_are_ignored_and_reported(seen: Seen) -> None:
    fit = fit_of([*header(seen.header), "Colour of the sky", None, "Weather"], name=seen.sheet, file=seen.file)
    assert isinstance(fit, Fit)
    assert fit.sheet.code == seen.contract
    ignored = [found.text for found in fit.headers if found.how is How.IGNORED]
    assert ignored[-2:] == ["Colour of the sky", "Weather"]


@pytest.mark.parametrize("seen", SEEN, ids=str)
def test_banners_above_and_another_sheet_name(seen: Seen) -> None:
    lines: list[list[Given]] = [["Confidential"], [None, "Study: Study 7"], [], list(header(seen.header))]
    fit = fit_of(*lines, name=seen.sheet, file=seen.file)
    assert isinstance(fit, Fit)
    assert fit.sheet.code == seen.contract
    assert fit.first == 3


@pytest.mark.parametrize(
    ("header_text", "wanted"),
    [
        ("Country|Site|Subject|Visit|Projectd Date|# Days Outstandng", "visit_tracker"),
        ("Contry|Site Numbr|Subject|Visit|Planned Date|Days Outstanding", "visit_tracker"),
        ("Country|Site number|Subjct ID|Visit|Lab Dte|Test Name|Issue type", "labs"),
        ("Study|Subject|Total Opn issue Count per subjct", "edrr"),
        ("Study|Subject|Total Open issue Count per subject and vendor", "edrr"),
        ("Country|Site Number|Subject|Folder|Form Name|Data on Form|Record Position|Audit Acton", "inactivated"),
        ("Study Name|Country|Site Number|Subject Name|Folder|Visit Date|Form Type|Page Name|# Days Page Missing", "missing_pages"),
        (f"MedDRA Codng Report|{CODING}".replace("Require Coding", "Requires Codng"), "meddra"),
        ("Project|Country|Site|Subject|Folder|Page|Visit Date|Verificaton Status", "sdv"),
        (f"Discrepancy|Protocol|Site|Subject|Case Statu|{SAE}", "sae_safety"),
    ],
)
def test_spellings_nobody_has_seen(header_text: str, wanted: str) -> None:
    fit = fit_of(header(header_text))
    assert isinstance(fit, Fit)
    assert fit.sheet.code == wanted


SPELT = [
    ("visit_tracker", "days_outstanding", "Number of Days Outstanding|Days Overdue|Outstanding Days|# Days Overdue|Days Past Due"),
    ("visit_tracker", "projected_date", "Scheduled Date|Planned Visit Date|Target Date|Visit Due Date|Expected Visit Date"),
    ("visit_tracker", "visit_name", "Folder|Folder Name|Study Visit|Visit Label|Event"),
    (
        "visit_tracker",
        "subject_id",
        "Subject Identifier|SUBJID|USUBJID|Subj ID|Participant|Participant ID|Participant Number|Screening No|Subject #|Subj No.",
    ),
    (
        "visit_tracker",
        "site_id",
        "Site Identifier|Investigator Site|Center|Centre|Site Nbr|SITEID|Centre No.|Center Number|Site #|Study Site ID|Investigational Site",
    ),
    ("visit_tracker", "country_iso3", "Country/Region|Ctry|Country / Region|COUNTRY (ISO)|Site Country"),
    ("sae_dm", "source_study", "Study Number|Protocol ID|Protocol Number|Study Code|STUDYID|Trial"),
    ("labs", "lab_date", "Lab Sample Date|Date of Lab|Collection Date|Sample Collection Date|Specimen Date|LBDTC"),
    ("labs", "lab_category", "Laboratory Category|Category|Lab Panel|LBCAT"),
    ("labs", "form_label", "CRF|CRF Name|eCRF Name|Form Label|Page Title"),
    ("labs", "test_code", "Lab Test|Test|LBTESTCD|Analyte"),
    ("labs", "issue_type", "Type of Issue|Issue Description|Lab Issue"),
    ("labs", "action_owner", "Action Owner|Action For"),
    ("sae_dm", "discrepancy_id", "Disc ID|Discrepancy No.|Discrepancy #|Disc #|Discrepancy Number"),
    ("sae_dm", "review_status", "Status of Review|Status|Discrepancy Status"),
    ("sae_dm", "created_at", "Discrepancy Created Date|Created On|Date Created|Creation Date"),
    ("sae_dm", "action_status", "Status of Action|Action Taken"),
    ("sae_safety", "case_status", "Status of Case|SAE Case Status"),
    ("sae_safety", "review_status", "Status of Review|Status"),
    ("inactivated", "has_data", "Data on Record|Has Data|Data on Form or Record|Data on Page"),
    ("inactivated", "audit_action", "Audit Trail Action|Inactivation Action"),
    ("inactivated", "record_position", "Record #|Log #|Record Number|Log Line"),
    ("missing_pages", "days_missing", "Number of Days Missing|Missing Days|Days Page Overdue|# Days Form Missing"),
    ("missing_pages", "page_level", "Page Type|Page Level|Form Level"),
    ("missing_pages", "subject_status", "Participant Status|Status of Subject|Subject Status"),
    ("missing_pages", "folder_name", "Event|Visit Folder|Study Visit"),
    (
        "edrr",
        "thirdparty_open_issues_n",
        "Number of Open Issues|# Open Issues|Total Open Issues|Open Issues per Subject|Total Number of Open Issues|Issue Count",
    ),
    ("meddra", "coding_status", "Status of Coding|Term Status|Coded Status"),
    ("meddra", "requires_coding", "Coding Required|Needs Coding|Requires Coding?"),
    ("meddra", "dictionary_version", "Version No.|Dictionary Version No|Coding Dictionary Version"),
    ("meddra", "record_no", "Log #|Log Line Number|Record No."),
    ("whodrug", "item_oid", "Item OID|Variable OID|Field Name"),
    ("query_cumulative", "query_status", "Status of Query|Query State"),
    ("query_cumulative", "action_owner", "Query Owner|Owner of Action|Pending With"),
    ("query_cumulative", "opened_at", "Query Opened Date|Date Opened|Query Created Date"),
    ("query_cumulative", "days_since_open", "Days Open|Number of Days Since Open|Query Age (days)"),
    ("query_cumulative", "responded_at", "Date Answered|Response Date"),
    ("non_conformant", "audit_time", "Audit Date|Audit Timestamp|Audit Date and Time"),
    ("non_conformant", "item_oid", "Field Name|Item|Variable Name"),
    ("pi_signature", "signature_state", "Signature Status|Signature Required|Page Requiring Signature"),
    ("pi_signature", "days_pending", "Number of days|Days Pending|# days"),
    ("sdv", "verification_status", "SDV Status|Status of Verification|Source Verification Status"),
    ("sdv", "folder_name", "Visit|Visit Name|Event Name"),
    ("protocol_deviation", "deviation_status", "Protocol Deviation Status|Status of Deviation"),
    ("crf_freeze", "action_text", "Freeze Status|Frozen"),
    ("crf_unfreeze", "action_text", "Unfreeze Action|Un-Freeze|Unfrozen"),
    ("crf_locked", "action_text", "Lock / Unlock|Lock Status"),
    ("sv", "folder_name", "Visit|Study Visit|Event"),
    ("sv", "visit_date", "SVSTDTC|Visit Start Date"),
]
"""Contract, column, and headers that another sponsor's export may give it."""


@pytest.mark.parametrize(
    ("code", "name", "text"), [(code, name, text) for code, name, texts in SPELT for text in texts.split("|")], ids=str
)
def test_a_column_under_another_name_is_that_column(code: str, name: str, text: str) -> None:
    seen = next(seen for seen in SEEN if seen.contract == code and not (set(seen.absent) & {name}))
    plain = fit_of(header(seen.header), name=seen.sheet, file=seen.file)
    assert isinstance(plain, Fit)
    cells: list[Given] = list(header(seen.header))
    cells[plain.places()[name]] = text
    fit = fit_of(cells, name=seen.sheet, file=seen.file)
    assert isinstance(fit, Fit)
    found = next(found for found in fit.headers if found.text == text)
    assert (fit.sheet.code, found.column, found.how) == (code, name, How.EXACT)
    assert fit.places() == plain.places()


@pytest.mark.parametrize("word", ["Pages", "eCRFs", "Forms", "CRF Pages"])
def test_the_subject_sheet_may_say_pages_in_its_own_word(word: str) -> None:
    lines: list[list[Given]] = [
        [re.sub(r"CRFs|Pages|Forms", word, cell) if isinstance(cell, str) and "Total" not in cell else cell for cell in line]
        for line in SUBJECT_HEADER
    ]
    fit = fit_of(*lines, name="Sheet1")
    plain = fit_of(*SUBJECT_HEADER, name="Sheet1")
    assert isinstance(fit, Fit)
    assert isinstance(plain, Fit)
    assert (fit.sheet.code, fit.places()) == ("subject_metrics", plain.places())


@pytest.mark.parametrize(
    ("header_text", "wanted"),
    [
        ("Disc ID|Study ID|Site|Patient ID|Status", "sae_dm"),
        ("Disc ID|Study ID|Site|Patient ID|Case Status|Status", "sae_safety"),
        ("Country|Site|Subject|Visit|Projected Date|# Days Outstanding|Status", "visit_tracker"),
        ("Study|Subject|Total Open issue Count|Status", "edrr"),
        (f"{LABS}|Status", "labs"),
        ("Study|Subject|Site|Visit|Status", None),
        ("Study|Subject|Site|Status of Review", None),
        ("Study|Subject|Field OID|Status|Action Owner", None),
        ("Study|Subject|Dictionary|Status|Require Coding", None),
    ],
)
def test_a_bare_status_says_something_only_beside_a_discrepancy(header_text: str, wanted: str | None) -> None:
    fit = fit_of(header(header_text))
    assert (fit.sheet.code if isinstance(fit, Fit) else None) == wanted
    if isinstance(fit, Fit) and not wanted.startswith("sae"):  # type: ignore[union-attr]
        assert next(found for found in fit.headers if found.text == "Status").how is How.IGNORED


def test_a_review_status_is_read_before_a_bare_one() -> None:
    for order in ("Status|Review Status", "Review Status|Status"):
        fit = fit_of(header(f"Discrepancy ID|Patient ID|{order}"))
        assert isinstance(fit, Fit)
        assert {found.text: found.how for found in fit.headers[2:]} == {"Review Status": How.EXACT, "Status": How.SECOND}


COUNTED = ["# ", "#", "No. of ", "No of ", "Number of ", "# of ", "Nr of ", "Nr. of ", "Num of ", "NUMBER OF "]


@pytest.mark.parametrize("words", COUNTED)
@pytest.mark.parametrize(
    ("header_text", "wanted", "column"),
    [
        ("Country|Site|Subject|Visit|Projected Date|* Days Outstanding", "visit_tracker", "days_outstanding"),
        (OLD.replace("# of ", "* "), "missing_pages", "days_missing"),
        ("Study|Subject|* Open issue Count", "edrr", "thirdparty_open_issues_n"),
        (f"{WHO}|Data Page Name|Page Require Signature|Date page entered|* days", "pi_signature", "days_pending"),
    ],
)
def test_however_a_header_says_that_it_counts_it_is_the_same_column(words: str, header_text: str, wanted: str, column: str) -> None:
    fit = fit_of(header(header_text.replace("* ", words)))
    assert isinstance(fit, Fit)
    found = next(found for found in fit.headers if found.column == column)
    assert (fit.sheet.code, found.how) == (wanted, How.EXACT)


@pytest.mark.parametrize("words", COUNTED)
def test_the_figures_of_the_subject_sheet_are_counted_in_any_words(words: str) -> None:
    lines: list[list[Given]] = [
        [cell.replace("# ", words).replace("#T", f"{words}T") if isinstance(cell, str) else cell for cell in line]
        for line in SUBJECT_HEADER
    ]
    fit = fit_of(*lines, name="Sheet1")
    plain = fit_of(*SUBJECT_HEADER, name="Sheet1")
    assert isinstance(fit, Fit)
    assert isinstance(plain, Fit)
    assert fit.sheet.code == "subject_metrics"
    assert fit.places() == plain.places()
    assert {found.how for found in fit.headers if found.column is not None} == {How.EXACT}


def test_how_each_header_was_recognised() -> None:
    fit = fit_of(
        header(f"{WHO}|Data Page Name|Data Page Name|Lock and Unlock|Audit User|Visit date|Colour|Sbject Status"), name="CRF Locked"
    )
    assert isinstance(fit, Fit)
    how = {found.text: found.how for found in fit.headers}
    assert how["Audit User"] is How.NOT_STORED
    assert how["Colour"] is How.IGNORED
    assert how["Sbject Status"] is How.IGNORED
    assert [found.how for found in fit.headers if found.text == "Data Page Name"] == [How.EXACT, How.SECOND]
    assert "audit_user" not in fit.places()
    assert "audit_user" not in fit.missing


def test_a_header_the_anonymiser_hit_is_recognised() -> None:
    fit = fit_of(header(MODERN.replace("Visit Level Subject Status", "Form 1 Subject Status")))
    assert isinstance(fit, Fit)
    found = next(found for found in fit.headers if found.text == "Form 1 Subject Status")
    assert (found.column, found.how) == ("visit_subject_status", How.ANONYMISED)


def test_numbers_in_headers_tell_columns_apart() -> None:
    fit = fit_of(*SUBJECT_HEADER, name="Subject Level Metrics")
    assert isinstance(fit, Fit)
    places = fit.places()
    assert places["signature_pending_lt45d_n"] == 39
    assert places["signature_pending_45_90d_n"] == 40
    assert places["signature_pending_gt90d_n"] == 41


def test_the_subject_sheet_has_three_merged_header_lines_and_one_that_describes() -> None:
    for name in ("Subject Level Metrics", "Sheet1", "Metrics (2)"):
        fit = fit_of(*SUBJECT_HEADER, name=name)
        assert isinstance(fit, Fit)
        assert (fit.sheet.code, fit.first, fit.last) == ("subject_metrics", 0, 3)
        assert not fit.missing
        assert len(fit.places()) == 44


def test_the_subject_sheet_below_a_banner() -> None:
    fit = fit_of(["Confidential"], [], *SUBJECT_HEADER)
    assert isinstance(fit, Fit)
    assert (fit.sheet.code, fit.first, fit.last) == ("subject_metrics", 2, 5)


def subject(number: int) -> list[Given]:
    """A line of the subject sheet."""
    return [
        "Study 7",
        "ASIA",
        "JPN",
        "Site 1",
        f"Subject {number}",
        "Week 1",
        "On Trial",
        *[None] * 9,
        *[number] * 3,
        *[None] * 3,
        *[0] * 22,
    ]


def test_a_subject_sheet_without_the_describing_line_loses_no_subject() -> None:
    found = receipt([SUBJECT_1, SUBJECT_2, SUBJECT_3, subject(1), subject(2)], "Subject Level Metrics")
    assert (found.accepted, found.set_aside, found.header_last) == (2, {LineClass.HEADER: 3}, 3)


def test_a_subject_sheet_with_one_header_line_loses_no_subject() -> None:
    one = [low or middle or high for low, middle, high in zip(SUBJECT_3, SUBJECT_2, SUBJECT_1, strict=True)]
    found = receipt([one, subject(1), subject(2)], "Subject Level Metrics")
    assert (found.accepted, found.set_aside, found.header_last) == (2, {LineClass.HEADER: 1}, 1)


def test_the_subject_sheet_that_ends_with_its_header() -> None:
    for lines in ([SUBJECT_1, SUBJECT_2, SUBJECT_3], SUBJECT_HEADER):
        found = receipt(lines, "Subject Level Metrics")
        assert (found.accepted, found.read, found.set_aside) == (0, len(lines), {LineClass.HEADER: len(lines)})


def test_the_region_view_is_supporting_and_its_lines_are_counted() -> None:
    line: list[Given] = ["Study 7", "ASIA", "JPN", "Site 1", "Subject 1", *[0] * 11]
    total: list[Given] = [None, None, "Total:", None, "1", *["0"] * 11]
    found = receipt([*REGION, line, total], "Region_Country View")
    assert (found.contract, found.outcome, found.accepted) == ("region_country_view", SheetOutcome.SUPPORTING, 1)
    assert found.set_aside == {LineClass.HEADER: 3, LineClass.TOTAL: 1}


QUERY_LINE: list[Given] = ["Study 7", "ASIA", "JPN", "Site 1", "Subject 1", "Week 1", "Form 1", "AETERM", 1, None]


def query(owner: str, number: int = 1) -> list[Given]:
    """A line of a query sheet."""
    return [*QUERY_LINE[:4], f"Subject {number}", *QUERY_LINE[5:], "Open", owner, "Site from System", "2025-09-01 00:00:00", None, 3, None]


QUERY_HEADER = header(f"Study|Region|Country|Site ID|Subject Name|Folder Name|Form|{QUERY}")


def test_query_sheets_of_unknown_names_are_told_apart_by_their_cells_and_their_length() -> None:
    cumulative = sheet([QUERY_HEADER, query("Site Review"), query("Field Monitor Review"), query("DM Review")], "C")
    site = sheet([QUERY_HEADER, query("Site Review")], "A")
    monitor = sheet([QUERY_HEADER, query("Field Monitor Review")], "B")
    for order in ((cumulative, site, monitor), (site, monitor, cumulative), (monitor, cumulative, site)):
        found = {each.sheet.name: each.fit for each in identify(workbook(*order))}
        codes = {name: fit.sheet.code for name, fit in found.items() if isinstance(fit, Fit)}
        assert codes == {"C": "query_cumulative", "A": "query_site_action", "B": "query_cra_action"}


def test_where_cells_cannot_tell_the_longest_query_sheet_is_the_cumulative_one() -> None:
    long = sheet([QUERY_HEADER, *[query("Site Review", number) for number in range(1, 6)]], "B")
    brief = sheet([QUERY_HEADER, query("Site Review")], "A")
    for order in ((long, brief), (brief, long)):
        found = {each.sheet.name: each.fit for each in identify(workbook(*order))}
        codes = {name: fit.sheet.code for name, fit in found.items() if isinstance(fit, Fit)}
        assert codes == {"B": "query_cumulative", "A": "query_site_action"}


def test_the_cumulative_sheet_of_one_owner_only_is_still_the_cumulative_one() -> None:
    fit = fit_of(QUERY_HEADER, query("Site Review"), name="Query Report - Cumulative")
    assert isinstance(fit, Fit)
    assert fit.sheet.code == "query_cumulative"


def test_locked_and_unlocked_lists_of_unknown_names_are_told_apart_by_their_cells() -> None:
    top = header(f"{WHO}|Data Page Name|Lock and Unlock|Visit date")
    for word, code in (("Locked", "crf_locked"), ("Lock", "crf_locked"), ("Unlocked", "crf_unlocked"), ("UnLock", "crf_unlocked")):
        fit = fit_of(top, ["Study 7", "ASIA", "JPN", "Site 1", "Subject 1", "Form 1", word, None], name="Sheet9")
        assert isinstance(fit, Fit)
        assert fit.sheet.code == code


def test_a_sheet_of_subjects_and_dates_is_no_list_of_visits_unless_it_says_so() -> None:
    fit = fit_of(header(f"{WHO}|Folder Name|Visit date|Blood pressure"), name="Vitals")
    assert isinstance(fit, NoFit)
    named = fit_of(header(f"{WHO}|Folder Name|Visit date|Blood pressure"), name="SV")
    assert isinstance(named, Fit)
    assert named.sheet.code == "sv"


@pytest.mark.parametrize(
    ("lines", "reason", "nearest"),
    [
        ([], "the sheet is empty: there is not even a header", None),
        ([[None, None], [" ", "\n"]], "the sheet is empty: there is not even a header", None),
        ([["Invoice", "Amount"], ["17", "300"]], "no line of the first 15 holds known column names", None),
        ([["Discrepancy ID", "Patient ID", "Case Status"]], "no contract fits; the nearest needs Review status", "SAE review by safety"),
        (
            [["Country", "Site number", "Subject", "Visit", "Form Name", "Lab category", "Test Name", "Test description"]],
            "no contract fits; the nearest needs Lab date, Issue",
            "Missing lab names and ranges",
        ),
    ],
)
def test_a_sheet_that_fits_none_is_held_with_the_reason_and_the_nearest(lines: list[list[Given]], reason: str, nearest: str | None) -> None:
    found = receipt(lines)
    assert found.outcome is SheetOutcome.QUARANTINED
    assert found.reason == reason
    assert found.nearest == nearest
    assert found.held == found.read == len(lines)
    assert found.conserved


def test_a_header_too_far_down_is_not_looked_for() -> None:
    fit = fit_of(*[["Confidential"]] * 15, header(LABS))
    assert fit == NoFit("no line of the first 15 holds known column names", None)
    assert isinstance(fit_of(*[["Confidential"]] * 14, header(LABS)), Fit)


def test_a_coding_report_that_could_be_either_is_quarantined() -> None:
    found = receipt([header(CODING)], name="Sheet1", file="coding.xlsx")
    assert found.outcome is SheetOutcome.QUARANTINED
    assert found.reason == "it fits two contracts: MedDRA coding report and WHODrug coding report"
    assert found.nearest == "MedDRA coding report"


TERM: list[Given] = ["Study 7", "MedDRA", "28.1", "Subject 1", "AE", 1, "AETERM", "Coded Term", "No"]


@pytest.mark.parametrize(
    ("line", "name", "file", "wanted"),
    [
        (TERM, "Sheet1", "coding.xlsx", "meddra"),
        ([TERM[0], "WHODrug-Global-B3", "202509", *TERM[3:]], "Sheet1", "coding.xlsx", "whodrug"),
        ([TERM[0], "MedDRAMedHistory", *TERM[2:]], "WHODD", "who.xlsx", "meddra"),
        (None, "MedDRA", "coding.xlsx", "meddra"),
        (None, "WHODD", "coding.xlsx", "whodrug"),
        (None, "Sheet1", "GlobalCodingReport_MedDRA.xlsx", "meddra"),
        (None, "Sheet1", "GlobalCodingReport_WHODD.xlsx", "whodrug"),
    ],
)
def test_coding_reports_are_told_apart_by_cells_then_sheet_then_file(line: list[Given] | None, name: str, file: str, wanted: str) -> None:
    lines: list[list[Given]] = [list(header(CODING)), *([line] if line else [])]
    fit = fit_of(*lines, name=name, file=file)
    assert isinstance(fit, Fit)
    assert fit.sheet.code == wanted


def test_content_outranks_the_name_of_sheet_and_file() -> None:
    found = receipt([header(LABS)], name="Missing Visits", file="Study 7_Compiled_EDRR.xlsx")
    assert (found.kind, found.accepted) == ("labs", 0)


def test_a_second_sheet_of_one_kind_is_quarantined_and_pages_may_have_two() -> None:
    line: list[Given] = ["JPN", "Site 1", "Subject 1", "Week 1", "Form 1", "CHEMISTRY", None, "ALT", "Alanine", "Missing Lab name"]
    file = loaded(sheet([header(LABS), line]), sheet([header(LABS), line, line], "Copy"))
    first, second = file.receipt.sheets
    assert (first.accepted, second.outcome, second.held) == (1, SheetOutcome.QUARANTINED, 3)
    assert second.reason == "a workbook brings one such sheet; sheet 1 was taken"
    assert len(rows(file, "lab_issue")) == 1
    page: list[Given] = ["Study 7", "JPN", "Site 1", "Subject 1", "On Trial", None, "Week 1", None, "Visit Level", "Form 1", None]
    pages = loaded(sheet([header(MODERN), page]), sheet([header(OLD)], "Two"), sheet([header(MODERN), page], "Three"))
    assert [each.accepted for each in pages.receipt.sheets] == [1, 0, 1]


def test_a_header_alone_is_a_report_with_nothing_in_it() -> None:
    found = receipt([header(LABS)])
    assert (found.outcome, found.read, found.accepted, found.set_aside) == (SheetOutcome.ACCEPTED, 1, 0, {LineClass.HEADER: 1})


def test_an_error_cell_in_the_header_costs_that_column_only() -> None:
    fit = fit_of(["Country", Fault("#REF!"), "Subject", "Visit", "Projected Date", "# Days Outstanding"])
    assert isinstance(fit, Fit)
    assert "site_id" in fit.missing


def test_the_better_header_line_wins_over_a_line_above_that_only_mentions_columns() -> None:
    fit = fit_of(["Country", "Site", "of this export"], header(LABS))
    assert isinstance(fit, Fit)
    assert (fit.sheet.code, fit.first) == ("labs", 1)
