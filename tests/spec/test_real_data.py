"""The real exports, where they are: each quirk occurs in the studies that data-contracts lists, and each check of its section 9 holds.

Skipped with the reason when ``NCDM_REFERENCE_DATA`` names no folder and none lies beside the checkout. The quirks are those of the twelve
studies named in data-contracts; put other studies in their place and only the checks of section 9 apply.
"""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.spec.conftest import Loaded

from ncdm.contracts import KIND_BY_CODE
from ncdm.ingest.identify import How
from ncdm.ingest.tables import all_tables, schema
from ncdm.pipeline import ingest
from ncdm.settings import Settings
from ncdm.store.findings import findings
from ncdm.store.mesh import Reading
from ncdm.store.report import reports
from ncdm.store.spine import spines
from ncdm.types import FileOutcome, LineClass, ReportState, SheetOutcome, StudyId, TableName
from ncdm.wiring import wired

TWELVE = {1, 4, 5, 7, 8, 11, 16, 18, 19, 21, 24, 25}
CPID = TWELVE - {4, 21}
Studies = set[int]


def number(study: str) -> int:
    """The number of a study."""
    return int(study.removeprefix("Study "))


def with_code(real: Loaded, code: str) -> Studies:
    """The studies that have a finding of this code."""
    return {number(finding.study_id) for finding in findings(real.state) if finding.code == code}


def where(real: Loaded, table: str, condition: str) -> Studies:
    """The studies with such a row."""
    return {number(str(study)) for study in real.values(f"SELECT DISTINCT study_id FROM {table} WHERE {condition}")}


def sheets_with(real: Loaded, contract: str, told: Callable[[object], bool]) -> Studies:
    """The studies one of whose sheets of this contract is so."""
    return {study for study in TWELVE for sheet in real.sheets(f"Study {study}", contract) if told(sheet)}


def test_the_twelve_studies_of_the_contracts_are_there(real: Loaded) -> None:
    found = {number(study) for study in reports(real.state)}
    if found != TWELVE:
        pytest.skip(f"other studies than the twelve of data-contracts: {sorted(found)}")
    assert len([file for file in real.state.files if file.receipt.outcome is FileOutcome.LOADED]) == 104
    assert len(real.all_sheets()) == 265
    assert [sheet for sheet in real.all_sheets() if sheet.outcome is SheetOutcome.QUARANTINED] == []


@pytest.fixture
def twelve(real: Loaded) -> Loaded:
    """The real studies, when they are the twelve whose quirks data-contracts lists."""
    found = {number(study) for study in reports(real.state)}
    if found != TWELVE:
        pytest.skip(f"other studies than the twelve of data-contracts: {sorted(found)}")
    return real


def missing(real: Loaded) -> dict[str, Studies]:
    """Kind -> the studies that lack it."""
    found: dict[str, Studies] = {}
    for study, by_kind in reports(real.state).items():
        for kind, report in by_kind.items():
            if report.state is ReportState.MISSING:
                found.setdefault(kind, set()).add(number(study))
    return found


def test_q01(twelve: Loaded) -> None:
    assert missing(twelve) == {"cpid": {4, 21}, "meddra": {21}, "whodrug": {21}}


@pytest.mark.parametrize(
    ("contract", "studies"),
    [
        ("visit_tracker", {7, 18, 25}),
        ("edrr", {7, 18, 19}),
        ("labs", {18, 21}),
        ("meddra", {11}),
        ("missing_pages", {25}),
    ],
)
def test_q02(twelve: Loaded, contract: str, studies: Studies) -> None:
    empty = {
        study for study in TWELVE if (found := twelve.sheets(f"Study {study}", contract)) and all(sheet.accepted == 0 for sheet in found)
    }
    assert studies <= empty
    kind = next(kind for kind, by in KIND_BY_CODE.items() if contract in {sheet.code for sheet in by.sheets})
    for study in empty:
        report = reports(twelve.state)[StudyId(f"Study {study}")][kind]
        assert (report.state, report.rows) == (ReportState.EMPTY, 0)


def test_q02_sae(twelve: Loaded) -> None:
    for study, contract in ((18, "sae_dm"), (18, "sae_safety"), (19, "sae_dm"), (19, "sae_safety"), (4, "sae_dm")):
        assert [sheet.accepted for sheet in twelve.sheets(f"Study {study}", contract)] in ([0], [])


def test_q03(twelve: Loaded) -> None:
    assert all(len(sheet.headers) <= 45 for sheet in twelve.all_sheets())
    blank = sum(sheet.set_aside.get(LineClass.BLANK, 0) for sheet in twelve.all_sheets())
    assert blank > 0
    (tracker,) = twelve.sheets("Study 4", "visit_tracker")
    assert tracker.set_aside[LineClass.BLANK] > 1000


def test_q04(twelve: Loaded) -> None:
    (tracker,) = twelve.sheets("Study 11", "visit_tracker")
    assert (tracker.header_first, tracker.set_aside[LineClass.BANNER]) == (3, 2)
    assert all(sheet.header_first == 1 for study in TWELVE - {11} for sheet in twelve.sheets(f"Study {study}", "visit_tracker"))


def test_q05(twelve: Loaded) -> None:
    for study in CPID:
        (sheet,) = twelve.sheets(f"Study {study}", "subject_metrics")
        assert (sheet.header_first, sheet.header_last, sheet.set_aside[LineClass.TOTAL]) == (1, 4, 1)
        assert len(twelve.state.by_number) >= 104


def test_q06(twelve: Loaded) -> None:
    assert where(twelve, "total_cell", "target = 'subject_metrics' AND value IS NULL") == {1, 5, 8, 16, 18, 24}
    assert where(twelve, "total_cell", "target = 'region_country_view' AND value IS NULL") == {1, 5, 16}
    assert (
        twelve.one(
            "SELECT count(*) FROM total_cell WHERE value IS NULL AND target = 'subject_metrics' AND value_text NOT SIMILAR TO 'S(ite|ubject) [0-9]+'"
        )
        == 0
    )


def test_q07(twelve: Loaded) -> None:
    footers = {
        study: sheet.set_aside.get(LineClass.FOOTER, 0) for study in TWELVE for sheet in twelve.sheets(f"Study {study}", "inactivated")
    }
    assert {study: lines for study, lines in footers.items() if lines} == {5: 6, 8: 6, 16: 6, 25: 6, 7: 1}


def test_q08(twelve: Loaded) -> None:
    (tracker,) = twelve.sheets("Study 4", "visit_tracker")
    assert [(run.first, run.last) for run in tracker.runs if run.became is LineClass.STRAY] == [(1495, 1495)]


def test_q10(twelve: Loaded) -> None:
    def lacking(contract: str, column: str) -> Studies:
        return {study for study in TWELVE if any(column in sheet.missing_columns for sheet in twelve.sheets(f"Study {study}", contract))}

    assert lacking("labs", "form_label") == {11}
    assert lacking("labs", "lab_category") == {16}
    assert lacking("labs", "action_owner") == {1, 5, 19}
    assert lacking("inactivated", "site_id") == {21}
    assert lacking("query_cumulative", "form_label") == {19}
    assert 19 in lacking("missing_pages", "folder_name")
    assert {4, 5} <= lacking("missing_pages", "form_label")
    assert lacking("sae_dm", "form_label") == {11}


def test_q11(twelve: Loaded) -> None:
    ignored = {
        (study, header.text)
        for study in TWELVE
        for sheet in twelve.sheets(f"Study {study}", "query_cra_action")
        for header in sheet.headers
        if header.how is How.IGNORED
    }
    assert ignored == {(18, "Field")}
    users = {
        study
        for study in TWELVE
        for sheet in twelve.sheets(f"Study {study}", "crf_locked")
        for header in sheet.headers
        if header.how is How.NOT_STORED
    }
    assert users == {1}


def test_q12(twelve: Loaded) -> None:
    def old(study: int) -> list[bool]:
        return ["Form Details" in {header.text for header in sheet.headers} for sheet in twelve.sheets(f"Study {study}", "missing_pages")]

    assert {study for study in TWELVE if len(set(old(study))) == 2} == {4, 21}
    assert {study for study in TWELVE if old(study) and all(old(study))} == {1, 25}


def test_q13(twelve: Loaded) -> None:
    hit = {
        study
        for study in TWELVE
        for sheet in twelve.sheets(f"Study {study}", "missing_pages")
        for header in sheet.headers
        if header.how is How.ANONYMISED
    }
    assert hit == {5}
    read = twelve.ask("SELECT DISTINCT page_level_text AS label, page_level AS means FROM missing_page WHERE study_id = 'Study 5'")
    assert {(row["label"], row["means"]) for row in read} == {("Form 1", "visit"), ("Form 2", "summary")}
    assert set(twelve.values("SELECT DISTINCT page_level FROM missing_page")) == {"visit", "summary"}


def test_q14(twelve: Loaded) -> None:
    found = {
        (row["study"], row["tab"]): row["n"]
        for row in twelve.ask("SELECT study_id AS study, tab, count(*) AS n FROM sae_review WHERE discrepancy_id IS NULL GROUP BY ALL")
    }
    assert sum(int(str(count)) for (_study, tab), count in found.items() if tab == "dm") == 12
    assert sum(int(str(count)) for (_study, tab), count in found.items() if tab == "safety") == 13
    assert {study for study, _tab in found} == {"Study 1", "Study 4", "Study 8", "Study 21"}


def test_q15(twelve: Loaded) -> None:
    assert twelve.one("SELECT count(*) FROM sae_review WHERE tab = 'safety' AND site_id_text = '-'") == 791
    assert twelve.one("SELECT count(*) FROM sae_review WHERE tab = 'safety' AND subject_id IS NULL") == 6
    assert where(twelve, "sae_review", "subject_id IS NULL") == {4}


def test_q16(twelve: Loaded) -> None:
    assert where(twelve, "thirdparty_issue", "subject_id NOT SIMILAR TO 'Subject [0-9]+'") == {16, 24, 25}
    assert set(
        twelve.values(
            "SELECT DISTINCT subject_id FROM thirdparty_issue WHERE study_id = 'Study 25' AND subject_id NOT SIMILAR TO 'Subject [0-9]+'"
        )
    ) == {"NA"}
    assert sum(subject.pseudo for spine in spines(twelve.state).values() for subject in spine.subjects) == 4


def test_q17(twelve: Loaded) -> None:
    scrubbed = {study for study in TWELVE if sum(sheet.scrubbed for sheet in twelve.sheets(f"Study {study}", "inactivated"))}
    assert scrubbed == {1, 5, 7, 8, 16, 19, 25}
    assert sum(sheet.scrubbed for study in TWELVE for sheet in twelve.sheets(f"Study {study}", "inactivated")) == 5450
    assert sum(sheet.scrubbed for sheet in twelve.sheets("Study 21", "missing_pages")) > 0


def test_q18(twelve: Loaded) -> None:
    (row,) = twelve.ask(
        "SELECT study_id, source_row, visit_date FROM visit WHERE visit_date IS NULL AND visit_date_text NOT IN ('#MULTIVALUE')"
    )
    assert (row["study_id"], row["source_row"], row["visit_date"]) == ("Study 24", 641, None)
    assert twelve.one("SELECT count(*) FROM visit WHERE visit_date_text = '#MULTIVALUE'") == 902
    counts = {
        table: twelve.one(f"SELECT count(*) FROM {table} WHERE visit_date_text = '#ERROR'")
        for table in ("signature", "query", "query_action_list", "nonconformant_item")
    }
    assert counts == {"signature": 5, "query": 3, "query_action_list": 2, "nonconformant_item": 1}
    assert where(twelve, "query", "year(visit_date) = 1995")


def test_q19(twelve: Loaded) -> None:
    assert 24 in with_code(twelve, "CELL-ERROR-CELL")
    assert where(twelve, "remark", "remark = 'error_cell' AND column_name = 'form_label' AND target <> 'query_action_list'") == {24}


def test_q20(twelve: Loaded) -> None:
    assert where(twelve, "missing_page", "days_missing_text = '#ERROR'") == {4}
    assert twelve.one("SELECT count(*) FROM missing_page WHERE days_missing_text = '#ERROR' AND days_missing IS NULL") == 2
    assert twelve.one("SELECT count(days_missing) FROM missing_page WHERE study_id = 'Study 1'") > 0  # type: ignore[operator]


def test_q21(twelve: Loaded) -> None:
    rows = twelve.ask(
        "SELECT study_id, count(DISTINCT site_id) AS sites, count(*) AS subjects FROM subject_metrics WHERE region IS NULL GROUP BY ALL"
    )
    assert rows == [{"study_id": "Study 19", "sites": 1, "subjects": 4}]
    assert set(twelve.values("SELECT DISTINCT country_iso3 FROM subject_metrics WHERE region IS NULL")) == {"PRK"}
    assert twelve.one("SELECT count(*) FROM missing_page WHERE study_id = 'Study 21' AND country_iso3 IS NULL") == 291
    assert with_code(twelve, "CELL-UNKNOWN-COUNTRY") == set()
    assert "KOR" in {site.country for site in spines(twelve.state)[StudyId("Study 21")].sites}


def test_q22(twelve: Loaded) -> None:
    rows = twelve.ask("SELECT study_id, count(*) AS n FROM subject_metrics WHERE visits_entered_n = 0 AND pages_entered_n > 0 GROUP BY ALL")
    assert {number(str(row["study_id"])) for row in rows} == {1, 5, 7, 16, 19, 24, 25}
    assert sum(int(str(row["n"])) for row in rows) == 93


def test_q24(twelve: Loaded) -> None:
    assert twelve.one("SELECT count(*) FROM inactivation") == 41_176
    assert twelve.one("SELECT count(*) FROM coding_term WHERE kind = 'whodrug'") == 58_616
    cells = ", ".join(name for name in schema(TableName("inactivation")).names if name not in {"source_row", "load_id", "ingested_at"})
    assert twelve.one(f"SELECT count(*) FROM (SELECT {cells} FROM inactivation GROUP BY {cells} HAVING count(*) > 1)") > 0  # type: ignore[operator]


def test_q25(twelve: Loaded) -> None:
    assert {
        (number(finding.study_id), finding.kind, len(finding.refs)) for finding in findings(twelve.state) if finding.code == "CODING-2"
    } == {(11, "whodrug", 4)}


def test_q26(twelve: Loaded) -> None:
    assert with_code(twelve, "DETAIL-1") == {1, 16, 24, 25}


def test_q27(twelve: Loaded) -> None:
    rows = twelve.ask("SELECT study_id, action_owner_text AS owner, count(*) AS n FROM query WHERE action_owner = 'Other' GROUP BY ALL")
    assert {(number(str(row["study_id"])), row["owner"], row["n"]) for row in rows} == {(1, "FM from System", 7), (7, "CCRA Review", 14)}


def test_q28(twelve: Loaded) -> None:
    assert with_code(twelve, "TIME-3") == {4}
    assert 21 in with_code(twelve, "TIME-4")
    days = {str(sheet.as_of) for sheet in twelve.state.sheets if sheet.study_id == "Study 11" and not sheet.assumed}
    assert {"2025-11-14", "2025-11-13", "2025-11-12"} <= days
    tabs = [str(sheet.as_of) for sheet in twelve.sheets("Study 4", "missing_pages")]
    assert tabs == ["2025-11-14", "2025-11-13"]


def test_q29(twelve: Loaded) -> None:
    assert twelve.ask("SELECT verification_status AS status, count(*) AS n FROM sdv_page WHERE study_id = 'Study 16' GROUP BY ALL") == [
        {"status": "Verified", "n": 14}
    ]


def test_q30(twelve: Loaded) -> None:
    subjects = {number(study): sum(not subject.pseudo for subject in spine.subjects) for study, spine in spines(twelve.state).items()}
    assert (min(subjects.values()), max(subjects.values())) == (33, 4951)
    assert subjects[7] == 33
    assert subjects[21] == 4951


def test_q31(twelve: Loaded) -> None:
    assert twelve.one("SELECT count(*) FROM signature WHERE study_id = 'Study 16' AND days_pending = 45") == 1148


def test_q32(twelve: Loaded) -> None:
    found = [finding for finding in findings(twelve.state) if finding.code == "VISIT-2"]
    assert with_code(twelve, "VISIT-2") == {1, 8, 11, 16, 24}
    assert len(found) == 24


def test_q33(twelve: Loaded) -> None:
    sites: dict[str, list[str | None]] = {}
    for spine in spines(twelve.state).values():
        for site in spine.sites:
            sites.setdefault(site.site_id, []).append(site.country)
    recurring = [named for named in sites.values() if len(named) > 1]
    assert len(recurring) == 280
    assert sum(len(set(named) - {None}) > 1 for named in recurring) == 235
    studies: Counter[str] = Counter(
        subject.subject_id for spine in spines(twelve.state).values() for subject in spine.subjects if not subject.pseudo
    )
    assert sum(count > 1 for count in studies.values()) == 730


def test_q34(twelve: Loaded) -> None:
    twice = {
        study
        for study in TWELVE
        for sheet in twelve.sheets(f"Study {study}", "protocol_deviation")
        for header in sheet.headers
        if header.how is How.SECOND
    }
    assert twice == {24}
    labels = twelve.values("SELECT DISTINCT form_label FROM deviation WHERE study_id = 'Study 24' AND form_label IS NOT NULL")
    assert all(re.fullmatch(r"Form \d+", str(label)) for label in labels)


def test_q35(twelve: Loaded) -> None:
    found = [finding for finding in findings(twelve.state) if finding.code == "SPINE-2"]
    assert {number(finding.study_id) for finding in found} == {21}
    assert len(found) == 2


def test_check_1_every_line_of_every_sheet_is_accounted_for(real: Loaded) -> None:
    sheets = real.all_sheets()
    assert sheets
    for sheet in sheets:
        assert sheet.read == sheet.accepted + sheet.rejected + sum(sheet.set_aside.values()) + sheet.held, sheet.name
        assert sum(run.last - run.first + 1 for run in sheet.runs) == sum(sheet.set_aside.values())
        assert set(sheet.set_aside) <= set(LineClass)
    for table in all_tables():
        lines = real.one(f'SELECT count(*) - count(DISTINCT row_ref) FROM "{table}"') if table not in {"remark", "total_cell"} else 0
        assert lines == 0, table


def test_check_1_what_receipts_count_is_what_tables_hold(real: Loaded) -> None:
    held: Counter[str] = Counter()
    for sheet in real.all_sheets():
        held[str(sheet.table)] += sheet.accepted
        held["rejection"] += sheet.rejected
    for table in [*{str(sheet.table) for sheet in real.all_sheets() if sheet.table}, "rejection"]:
        assert real.one(f'SELECT count(*) FROM "{table}"') == held[table], table


def test_check_2_one_day_for_each_dated_sheet(real: Loaded) -> None:
    dated = [sheet for sheet in real.all_sheets() if sheet.as_of_counts]
    assert dated
    assert [(sheet.name, sheet.as_of_counts) for sheet in dated if len(sheet.as_of_counts) != 1] == []
    assert with_code(real, "TIME-1") == set()


@pytest.mark.parametrize("code", ["CPID-1", "CPID-2", "CPID-4"])
def test_check_3_row_invariants_of_the_subject_sheet(real: Loaded, code: str) -> None:
    assert with_code(real, code) == set()


def test_check_3_the_one_row_with_two_signatures_more_is_listed(twelve: Loaded) -> None:
    (finding,) = [finding for finding in findings(twelve.state) if finding.code == "CPID-3"]
    assert finding.study_id == "Study 24"
    (row,) = twelve.rows_of(finding, "subject_metrics")
    assert (
        int(str(row["pages_signed_n"])) + int(str(row["signature_broken_n"])) + int(str(row["signature_never_n"]))
        == int(str(row["pages_entered_n"])) + 2
    )


def test_check_3_nothing_is_negative(real: Loaded) -> None:
    assert with_code(real, "CELL-NEGATIVE-NUMBER") == set()


def test_check_4_owners_and_other_are_all_queries(real: Loaded) -> None:
    assert with_code(real, "OWNER-1") == set()


def test_check_5_detail_and_subject_sheet_differ_by_little(twelve: Loaded) -> None:
    assert len([finding for finding in findings(twelve.state) if finding.code == "DETAIL-1"]) < 20


def test_check_6_every_subject_is_in_the_dimension(real: Loaded) -> None:
    outside = {finding.subject_id for finding in findings(real.state) if finding.code == "SPINE-1"}
    assert all(not re.fullmatch(r"Subject \d+", str(subject)) for subject in outside)


@pytest.mark.parametrize(
    ("check", "code"), [(7, "CODING-1"), (8, "LABS-1"), (9, "VISIT-1"), (10, "TOTAL-1"), (11, "SPINE-3"), (12, "STUDY-1")]
)
def test_checks_7_to_12_have_no_exception(real: Loaded, check: int, code: str) -> None:
    assert check
    assert with_code(real, code) == set()


def test_check_13_no_identifier_is_stored(real: Loaded) -> None:
    exempt = {
        "source_sha256",
        "dictionary_version",
        "dictionary_version_text",
        "discrepancy_id_text",
        "subject_id",
        "site_id",
        "site_id_text",
        "study_id",
    }
    for table in all_tables():
        names = [field.name for field in schema(table) if str(field.type) == "string" and field.name not in exempt]
        for name in names:
            found = real.one(f"SELECT count(*) FROM \"{table}\" WHERE regexp_matches({name}, '[0-9]{{6,}}')")
            if (table, name) == (table, "source_file"):
                dated = real.values(f"SELECT DISTINCT {name} FROM \"{table}\" WHERE regexp_matches({name}, '[0-9]{{6,}}')")
                assert all(re.search(r"(?<!\d)(20\d{6}|\d{4}20\d\d)(?!\d)", str(value)) for value in dated)
            else:
                assert found == 0, (table, name)
    for name, label in (("subject_id", "Subject"), ("site_id", "Site")):
        for table in [table for table in all_tables() if name in schema(table).names]:
            assert (
                real.one(
                    f"SELECT count(*) FROM \"{table}\" WHERE regexp_matches({name}, '[0-9]{{6,}}') AND NOT regexp_full_match({name}, '{label} [0-9]+')"
                )
                == 0
            )
    for sheet in real.all_sheets():
        assert not re.search(r"\d{6,}", " ".join([sheet.name, *(header.text for header in sheet.headers)]))
    for finding in findings(real.state):
        assert not re.search(r"(?<!\d)\d{7}(?!\d)", finding.what)


def test_check_14_the_same_bytes_again_change_nothing(reference_studies: Path, tmp_path: Path) -> None:
    study = min(
        (path for path in reference_studies.iterdir() if path.is_dir()),
        key=lambda path: sum(file.stat().st_size for file in path.iterdir()),
    )
    with wired(Settings(tmp_path / "home", 0, 1)) as mesh:
        first = ingest(mesh, study, lambda _progress: None)
        again = ingest(mesh, study, lambda _progress: None)
        assert first.changed
        assert (again.changed, again.snapshot) == (False, first.snapshot)
        assert {receipt.outcome for receipt in again.files} == {FileOutcome.UNCHANGED}
        assert len(Reading(mesh.home, mesh.engine).snapshots()) == 1
