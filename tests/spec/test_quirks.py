"""The thirty-five oddities of real exports, each with what is done about it (data-contracts section 5).

The studies are invented and go the whole way: written as workbooks, read, recognised, conformed, stored, asked. What is expected comes from the
specification and from what the generator meant to write, never from what was read.
"""

import re
from collections import Counter

from tests.spec.conftest import Portfolio

from ncdm.contracts import KINDS
from ncdm.ingest.identify import How
from ncdm.ingest.receipt import Run
from ncdm.store.findings import findings
from ncdm.store.report import reports
from ncdm.store.spine import spine
from ncdm.store.totals import contract_totals, headlines
from ncdm.types import KindCode, LineClass, ReportState, StudyId

LABEL = re.compile(r"(Site|Subject) \d+")
SIX_DIGITS = "'[0-9]{6,}'"


def test_q01_a_missing_report_is_unknown_and_never_zero(portfolio: Portfolio) -> None:
    for study in portfolio.carriers("Q1"):
        missing = portfolio.truth(study)["reports_missing"]
        assert missing
        for kind in KINDS:
            report = reports(portfolio.state)[StudyId(study)][kind.code]
            assert (report.state is ReportState.MISSING) == (kind.code in missing)
            if kind.code in missing:
                assert report.rows is None
                assert report.as_of is None
                assert kind.code not in contract_totals(portfolio.state)[StudyId(study)]
                assert kind.code not in headlines(portfolio.state).get(StudyId(study), {})


def test_q02_a_header_alone_is_a_true_zero(portfolio: Portfolio) -> None:
    seen = 0
    for study in portfolio.carriers("Q2"):
        for contract in ("visit_tracker", "labs", "sae_dm", "sae_safety", "edrr", "meddra", "missing_pages"):
            branch = portfolio.truth(study)
            wanted = {"sae_dm": ("sae", "dm"), "sae_safety": ("sae", "safety")}.get(contract, (contract,))
            told: object = branch
            for step in wanted:
                told = told.get(step) if isinstance(told, dict) else None
            if not isinstance(told, dict) or told.get("rows") != 0:
                continue
            seen += 1
            kind = KindCode(wanted[0])
            totals = contract_totals(portfolio.state)[StudyId(study)][kind][contract]
            assert totals.rows == 0
            assert all(total == 0 for total in totals.sums.values())
            (sheet,) = portfolio.sheets(study, contract)
            assert (sheet.accepted, sheet.rejected, sheet.held) == (0, 0, 0)
            if len(wanted) == 1:
                assert reports(portfolio.state)[StudyId(study)][kind].state is ReportState.EMPTY
                assert reports(portfolio.state)[StudyId(study)][kind].rows == 0
    assert seen >= 3


def test_q03_blank_rows_and_columns_are_no_rows_and_no_columns(portfolio: Portfolio) -> None:
    for study in portfolio.carriers("Q3"):
        for contract, branch in (("labs", "labs"), ("inactivated", "inactivated"), ("visit_tracker", "visit_tracker")):
            (sheet,) = portfolio.sheets(study, contract)
            assert sheet.accepted == portfolio.truth(study)[branch]["rows"]
            assert sheet.read - sheet.accepted == sum(sheet.set_aside.values())
            assert all(header.text.strip() for header in sheet.headers)
            assert len(sheet.headers) <= 13
    assert any(sheet.set_aside.get(LineClass.BLANK, 0) > 900 for sheet in portfolio.all_sheets())


def test_q04_banner_rows_stand_above_the_header(portfolio: Portfolio) -> None:
    for study in portfolio.carriers("Q4"):
        (sheet,) = portfolio.sheets(study, "visit_tracker")
        assert sheet.header_first == sheet.header_last == 3
        assert sheet.set_aside[LineClass.BANNER] == 2
        assert sheet.accepted == portfolio.truth(study)["visit_tracker"]["rows"]


def test_q05_three_merged_header_lines_and_a_total_line(portfolio: Portfolio) -> None:
    for study in portfolio.carriers("Q5"):
        (sheet,) = portfolio.sheets(study, "subject_metrics")
        assert (sheet.header_first, sheet.header_last) == (1, 4)
        assert sheet.set_aside[LineClass.TOTAL] == 1
        assert sheet.missing_columns == ()
        assert sheet.accepted == portfolio.truth(study)["cpid"]["rows"]
        (view,) = portfolio.sheets(study, "region_country_view")
        assert (view.header_last, view.set_aside[LineClass.TOTAL], view.accepted) == (3, 1, sheet.accepted)


def test_q06_a_total_that_became_a_label_is_not_compared(portfolio: Portfolio) -> None:
    for study in portfolio.carriers("Q6"):
        corrupt = portfolio.ask(f"SELECT * FROM total_cell WHERE study_id = '{study}' AND target = 'subject_metrics' AND value IS NULL")
        told = portfolio.truth(study)["cpid"]["total_row_corrupt_cells"]
        assert isinstance(told, list)
        assert len(corrupt) == len(told)
        assert all(LABEL.fullmatch(str(row["value_text"])) for row in corrupt)
        refs = {ref for finding in portfolio.found(study, "TOTAL-2") for ref in finding.refs}
        assert {str(row["row_ref"]) for row in corrupt} <= refs
        assert portfolio.found(study, "TOTAL-1") == []


def test_q07_footers_are_set_aside(portfolio: Portfolio) -> None:
    lengths = set()
    for study in portfolio.carriers("Q7"):
        (sheet,) = portfolio.sheets(study, "inactivated")
        footer = sheet.set_aside[LineClass.FOOTER]
        lengths.add(footer)
        assert [run for run in sheet.runs if run.became is LineClass.FOOTER][-1].last == sheet.read
        assert sheet.accepted == portfolio.truth(study)["inactivated"]["rows"]
        assert portfolio.one(f"SELECT count(*) FROM inactivation WHERE study_id = '{study}' AND subject_id IS NULL") == 0
    assert lengths <= {1, 6}


def test_q08_the_debris_of_a_formula_is_a_stray_line(portfolio: Portfolio) -> None:
    for study in portfolio.carriers("Q8"):
        (sheet,) = portfolio.sheets(study, "visit_tracker")
        assert Run(LineClass.STRAY, 1495, 1495) in sheet.runs
        assert sheet.set_aside[LineClass.STRAY] == 1
        assert sheet.accepted == portfolio.truth(study)["visit_tracker"]["rows"]


def test_q09_spaces_line_breaks_and_typos_in_headers(portfolio: Portfolio) -> None:
    spelt = {header.text: header.column for sheet in portfolio.all_sheets() for header in sheet.headers}
    assert spelt["RecordPostion"] == "record_position"
    assert spelt["Form "] == "form_label"
    assert spelt["Data on Form/\nRecord    "] == "has_data"
    assert spelt["# Days Outstanding (TODAY - PROJECTED\nDATE)"] == "days_outstanding"
    assert portfolio.values("SELECT DISTINCT verification_status FROM sdv_page WHERE verification_status_text = 'Verifed'") == ["Verified"]


def test_q10_an_absent_column_is_null_and_named(portfolio: Portfolio) -> None:
    absent: set[tuple[str, str]] = set()
    for study in portfolio.carriers("Q10"):
        for contract, table in (
            ("labs", "lab_issue"),
            ("inactivated", "inactivation"),
            ("missing_pages", "missing_page"),
            ("query_cumulative", "query"),
        ):
            for sheet in portfolio.sheets(study, contract):
                for name in set(sheet.missing_columns) & {
                    "form_label",
                    "lab_category",
                    "action_owner",
                    "site_id",
                    "country_iso3",
                    "folder_name",
                }:
                    absent.add((contract, name))
                    where = f"study_id = '{study}' AND source_sheet = '{sheet.name}' AND {name} IS NOT NULL"
                    assert portfolio.one(f"SELECT count(*) FROM {table} WHERE {where}") == 0
    assert {("labs", "action_owner"), ("inactivated", "site_id"), ("missing_pages", "form_label")} <= absent


def test_q11_extra_columns_are_mapped_or_ignored_and_reported(portfolio: Portfolio) -> None:
    for study in portfolio.carriers("Q11"):
        (sheet,) = portfolio.sheets(study, "sae_dm")
        assert next(header.column for header in sheet.headers if header.text == "Review Date") == "reviewed_at"
    ignored = [header for sheet in portfolio.all_sheets() for header in sheet.headers if header.how is How.IGNORED]
    assert {"."} <= {header.text for header in ignored}
    assert all(header.column is None for header in ignored)


def test_q12_the_old_and_the_modern_layout_in_one_file(portfolio: Portfolio) -> None:
    for study in portfolio.carriers("Q12"):
        first, second = portfolio.sheets(study, "missing_pages")
        assert "Form Type (Summary or Visit)" in {header.text for header in first.headers}
        assert "Form Details" in {header.text for header in second.headers}
        branch = portfolio.truth(study)["missing_pages"]
        for sheet, tab in ((first, "tab1"), (second, "tab2")):
            told = branch[tab]
            assert isinstance(told, dict)
            assert sheet.accepted == told["rows"]
        assert set(portfolio.values(f"SELECT DISTINCT page_level FROM missing_page WHERE study_id = '{study}'")) <= {"visit", "summary"}


def test_q13_an_anonymised_header_and_enumeration_are_read(portfolio: Portfolio) -> None:
    for study in portfolio.carriers("Q13"):
        for sheet in portfolio.sheets(study, "missing_pages"):
            (header,) = [header for header in sheet.headers if header.how is How.ANONYMISED]
            assert (header.text, header.column) == ("Form 1 Subject Status", "visit_subject_status")
        read = portfolio.ask(f"SELECT DISTINCT page_level_text AS label, page_level AS means FROM missing_page WHERE study_id = '{study}'")
        assert {(row["label"], row["means"]) for row in read} == {("Form 1", "visit"), ("Form 2", "summary")}


def test_q14_a_corrupted_discrepancy_id_keeps_its_row(portfolio: Portfolio) -> None:
    for study in portfolio.carriers("Q14"):
        rows = portfolio.ask(f"SELECT * FROM sae_review WHERE study_id = '{study}' AND discrepancy_id IS NULL")
        sae = portfolio.truth(study)["sae"]
        told = [branch["corrupt_ids"] for branch in sae.values() if isinstance(branch, dict)]
        assert len(rows) == sum(told) > 0
        assert all(LABEL.fullmatch(str(row["discrepancy_id_text"])) for row in rows)
        refs = {ref for finding in portfolio.found(study, "CELL-CORRUPTED-ID") for ref in finding.refs}
        assert refs == {str(row["row_ref"]) for row in rows}


def test_q15_a_dash_is_no_site_and_the_subject_tells_it(portfolio: Portfolio) -> None:
    filled = 0
    for study in portfolio.carriers("Q15"):
        rows = portfolio.ask(f"SELECT * FROM sae_review WHERE study_id = '{study}' AND site_id_text = '-'")
        known = {subject.subject_id: subject for subject in spine(portfolio.state, study).subjects}
        for row in rows:
            assert row["site_id"] is None
            if row["subject_id"] is not None and known[row["subject_id"]].site_id is not None:  # type: ignore[index]
                filled += 1
        assert "-" not in portfolio.values(f"SELECT DISTINCT subject_id FROM sae_review WHERE study_id = '{study}'")
        assert "-" not in known
        assert "-" not in portfolio.values(f"SELECT DISTINCT case_status FROM sae_review WHERE study_id = '{study}'")
        assert "-" not in portfolio.values(f"SELECT DISTINCT action_status FROM sae_review WHERE study_id = '{study}'")
    assert filled > 0


def test_q16_a_pseudo_subject_is_an_issue_of_the_study(portfolio: Portfolio) -> None:
    for study in portfolio.carriers("Q16"):
        told = portfolio.truth(study)["edrr"]
        pseudo = [subject for subject in spine(portfolio.state, study).subjects if subject.pseudo]
        rows = portfolio.ask(
            f"SELECT * FROM thirdparty_issue WHERE study_id = '{study}' AND NOT regexp_full_match(subject_id, 'Subject \\d+')"
        )
        assert len(rows) == told["rows_without_subject_label"] > 0  # type: ignore[operator]
        assert sum(int(str(row["thirdparty_open_issues_n"])) for row in rows) == told["open_issues_without_subject_label"]
        assert {subject.subject_id for subject in pseudo} == {row["subject_id"] for row in rows}
        refs = {ref for finding in portfolio.found(study, "SPINE-1") for ref in finding.refs}
        assert {str(row["row_ref"]) for row in rows} <= refs
        assert sum(not subject.pseudo for subject in spine(portfolio.state, study).subjects) == portfolio.figure(study, "subjects_union")


def test_q17_identifier_patterns_are_scrubbed_and_counted(portfolio: Portfolio) -> None:
    for study in portfolio.carriers("Q17"):
        scrubbed = sum(sheet.scrubbed for contract in ("inactivated", "missing_pages") for sheet in portfolio.sheets(study, contract))
        assert scrubbed > 0
        findings_ = portfolio.found(study, "CELL-SCRUBBED")
        assert sum(len(finding.refs) for finding in findings_) == scrubbed
        for table in ("inactivation", "missing_page"):
            assert (
                portfolio.one(f"SELECT count(*) FROM {table} WHERE study_id = '{study}' AND regexp_matches(folder_name, {SIX_DIGITS})") == 0
            )
        assert all(not re.search(r"\d{6,}", finding.what) for finding in findings_)


def test_q18_impossible_dates_keep_their_text_and_are_said(portfolio: Portfolio) -> None:
    for study in portfolio.carriers("Q18"):
        (visit,) = portfolio.ask(f"SELECT * FROM visit WHERE study_id = '{study}' AND visit_date_text = '31 SEP 2025'")
        assert visit["visit_date"] is None
        assert visit["row_ref"] in {ref for finding in portfolio.found(study, "CELL-UNPARSED-DATE") for ref in finding.refs}
        for table, count in (("signature", 5), ("query", 3), ("nonconformant_item", 1)):
            rows = portfolio.ask(f"SELECT * FROM {table} WHERE study_id = '{study}' AND visit_date_text = '#ERROR'")
            assert len(rows) == count
            assert all(row["visit_date"] is None for row in rows)
        multiple = portfolio.one(f"SELECT count(*) FROM visit WHERE study_id = '{study}' AND visit_date_text = '#MULTIVALUE'")
        sheets = portfolio.truth(study)["cpid"]["sheets"]
        assert isinstance(sheets, dict)
        assert multiple == sheets["sv"]["multivalue"]
        old = portfolio.ask(f"SELECT * FROM query WHERE study_id = '{study}' AND year(visit_date) = 1995")
        assert old
        refs = {ref for finding in portfolio.found(study, "CELL-IMPLAUSIBLE-DATE") for ref in finding.refs}
        assert {str(row["row_ref"]) for row in old} <= refs


def test_q19_an_error_cell_is_null_and_said(portfolio: Portfolio) -> None:
    labelled = [study for study in portfolio.carriers("Q19") if portfolio.found(study, "CELL-ERROR-CELL")]
    assert labelled
    for study in labelled:
        for finding in portfolio.found(study, "CELL-ERROR-CELL"):
            assert finding.table is not None
            rows = portfolio.rows_of(finding, finding.table)
            assert rows
            assert all(row["form_label"] is None for row in rows)
    for study in set(portfolio.carriers("Q19")) - set(labelled):
        (sheet,) = portfolio.sheets(study, "inactivated")
        assert sheet.set_aside[LineClass.FOOTER] == 6


def test_q20_numbers_as_text_are_numbers_and_an_error_text_is_none(portfolio: Portfolio) -> None:
    for study in portfolio.carriers("Q20"):
        pages = portfolio.truth(study)["missing_pages"]
        for sheet, tab in zip(portfolio.sheets(study, "missing_pages"), ("tab1", "tab2"), strict=True):
            told = pages[tab]
            assert isinstance(told, dict)
            where = f"study_id = '{study}' AND source_sheet = '{sheet.name}'"
            assert (
                portfolio.one(f"SELECT count(*) FROM missing_page WHERE {where} AND days_missing_text = '#ERROR'")
                == told["days_error_cells"]
            )
            assert portfolio.one(f"SELECT count(days_missing) FROM missing_page WHERE {where}") == told["days_missing"]["n"]
        assert (
            portfolio.one(f"SELECT count(days_missing) FROM missing_page WHERE study_id = '{study}' AND days_missing_text = '#ERROR'") == 0
        )
        assert portfolio.one(f"SELECT count(*) FROM missing_page WHERE study_id = '{study}' AND days_missing_text = '#ERROR'") > 0  # type: ignore[operator]


def test_q21_country_names_are_codes_and_a_country_without_region_is_said(portfolio: Portfolio) -> None:
    for study in portfolio.carriers("Q21"):
        for table in ("missing_visit", "missing_page", "sae_review"):
            codes = portfolio.values(f"SELECT DISTINCT country_iso3 FROM {table} WHERE study_id = '{study}' AND country_iso3 IS NOT NULL")
            assert all(re.fullmatch(r"[A-Z]{3}", str(code)) for code in codes)
        assert portfolio.found(study, "CELL-UNKNOWN-COUNTRY") == []
        told = portfolio.truth(study)
        assert spine(portfolio.state, study).countries == portfolio.figure(study, "countries_union")
        if "cpid" in told:
            rows = portfolio.ask(f"SELECT * FROM subject_metrics WHERE study_id = '{study}' AND region IS NULL")
            assert {row["country_iso3"] for row in rows} == {"PRK"}
            refs = {ref for finding in portfolio.found(study, "SPINE-4") for ref in finding.refs}
            assert refs == {str(row["row_ref"]) for row in rows}
        else:
            first, _second = portfolio.sheets(study, "missing_pages")
            assert (
                portfolio.one(f"SELECT count(country_iso3) FROM missing_page WHERE study_id = '{study}' AND source_sheet = '{first.name}'")
                == 0
            )
            assert portfolio.one(f"SELECT count(country_iso3) FROM missing_visit WHERE study_id = '{study}'") > 0  # type: ignore[operator]


def test_q22_pages_without_a_visit_are_kept_as_they_are(portfolio: Portfolio) -> None:
    for study in portfolio.carriers("Q22"):
        rows = portfolio.ask(f"SELECT * FROM subject_metrics WHERE study_id = '{study}' AND visits_entered_n = 0 AND pages_entered_n > 0")
        assert rows
        (sheet,) = portfolio.sheets(study, "subject_metrics")
        assert sheet.accepted == portfolio.truth(study)["cpid"]["rows"]
        assert {row["subject_id"] for row in rows}.isdisjoint(finding.subject_id for finding in portfolio.found(study, "VISIT-1"))


def test_q23_overlapping_tabs_are_united(portfolio: Portfolio) -> None:
    overlaps = []
    for study in portfolio.carriers("Q23"):
        told = portfolio.truth(study)["missing_pages"]
        found = headlines(portfolio.state)[StudyId(study)][KindCode("missing_pages")]
        assert found["missing_pages_union_n"] == told["missing_pages_union"]
        assert found["missing_pages_visit_level_n"] == told["visit_level_union"]
        assert found["missing_pages_summary_n"] == told["summary_rows"]
        tabs = [sheet.accepted for sheet in portfolio.sheets(study, "missing_pages")]
        union = found["missing_pages_union_n"]
        assert union is not None
        assert max(tabs) <= union <= sum(tabs)
        overlaps.append(max(tabs) < union < sum(tabs))
    assert any(overlaps)


def test_q24_rows_that_look_like_duplicates_are_kept(portfolio: Portfolio) -> None:
    for study in portfolio.carriers("Q24"):
        truth = portfolio.truth(study)
        kinds = [kind for kind in ("inactivated", "whodrug") if kind in truth]
        for kind in kinds:
            table = "inactivation" if kind == "inactivated" else "coding_term"
            assert portfolio.one(f"SELECT count(*) FROM {table} WHERE study_id = '{study}' AND kind = '{kind}'") == truth[kind]["rows"]
    cells = "subject_id, folder_name, form_label, record_position, audit_action, has_data"
    twice = portfolio.ask(
        f"SELECT study_id, {cells}, count(*) AS n, count(DISTINCT row_ref) AS lines FROM inactivation GROUP BY ALL HAVING count(*) > 1"
    )
    assert twice
    assert all(row["n"] == row["lines"] for row in twice)


def test_q25_an_extract_of_uncoded_terms_has_no_coded_share(portfolio: Portfolio) -> None:
    for study in portfolio.carriers("Q25"):
        (finding,) = portfolio.found(study, "CODING-2")
        told = portfolio.truth(study)["whodrug"]["rows"]
        assert (finding.kind, len(finding.refs)) == ("whodrug", told)
        totals = contract_totals(portfolio.state)[StudyId(study)][KindCode("whodrug")]["whodrug"]
        assert totals.by["coding_status"] == {"Uncoded": told}
    assert {finding.study_id for finding in findings(portfolio.state) if finding.code == "CODING-2"} == set(portfolio.carriers("Q25"))


def test_q26_small_differences_between_sheets_are_reported_and_not_repaired(portfolio: Portfolio) -> None:
    for study in portfolio.carriers("Q26"):
        differing = portfolio.found(study, "DETAIL-1")
        assert differing
        for finding in differing:
            assert finding.subject_id is not None
            assert any(ref in portfolio.values(f"SELECT row_ref FROM subject_metrics WHERE study_id = '{study}'") for ref in finding.refs)
        sums = portfolio.truth(study)["cpid"]["sums"]
        assert isinstance(sums, dict)
        assert (
            portfolio.one(f"SELECT sum(queries_outstanding_n)::BIGINT FROM subject_metrics WHERE study_id = '{study}'")
            == sums["queries_total"]
        )
    exact = [study for study in portfolio.carriers("Q5") if study not in portfolio.carriers("Q26")]
    assert exact
    assert all(portfolio.found(study, "DETAIL-1") == [] for study in exact)


def test_q27_owners_outside_the_seven_are_other(portfolio: Portfolio) -> None:
    for study in portfolio.carriers("Q27"):
        rows = portfolio.ask(f"SELECT * FROM query WHERE study_id = '{study}' AND action_owner = 'Other'")
        assert rows
        assert {row["action_owner_text"] for row in rows} <= {"FM from System", "CCRA Review"}
        refs = {ref for finding in portfolio.found(study, "OWNER-2") for ref in finding.refs}
        assert refs == {str(row["row_ref"]) for row in rows}
        assert portfolio.found(study, "OWNER-1") == []


def test_q28_sheets_and_reports_have_days_of_their_own(portfolio: Portfolio) -> None:
    for study in portfolio.carriers("Q28"):
        told = portfolio.truth(study)["as_of"]
        for sheet, tab in zip(portfolio.sheets(study, "missing_pages"), ("missing_pages_tab1", "missing_pages_tab2"), strict=False):
            counts = {day.isoformat(): count for day, count in sheet.as_of_counts.items()}
            assert counts == told[tab]
        days = {sheet.as_of for sheet in portfolio.state.sheets if sheet.study_id == study and not sheet.assumed}
        assert len(days) > 1
    wrong = [finding for finding in findings(portfolio.state) if finding.code == "TIME-4"]
    assert any("30OCT" in finding.what for finding in wrong)
    assert any(finding.code == "TIME-3" for finding in findings(portfolio.state))


def test_q29_verification_hardly_used_shows_its_coverage(portfolio: Portfolio) -> None:
    for study in portfolio.carriers("Q29"):
        totals = contract_totals(portfolio.state)[StudyId(study)][KindCode("cpid")]
        assert totals["sdv"].by["verification_status"] == {"Verified": 14}
        assert totals["subject_metrics"].sums["pages_sdv_verified_n"] == 14
        assert totals["subject_metrics"].sums["pages_sdv_required_n"] == 0
        entered = totals["subject_metrics"].sums["pages_entered_n"]
        assert entered is not None
        assert entered > 14


def test_q30_studies_of_very_different_size_keep_every_row(portfolio: Portfolio) -> None:
    sizes = {str(study): spine(portfolio.state, study).subjects for study in reports(portfolio.state)}
    for study, subjects in sizes.items():
        assert sum(not subject.pseudo for subject in subjects) == portfolio.figure(study, "subjects_union")
    counts = sorted(len(subjects) for subjects in sizes.values())
    assert counts[-1] >= 2 * counts[0]
    for study in portfolio.carriers("Q30"):
        assert portfolio.one(f"SELECT count(*) FROM lab_issue WHERE study_id = '{study}'") == portfolio.truth(study)["labs"]["rows"]


def test_q31_a_pile_at_exactly_forty_five_days_lies_in_the_middle_bucket(portfolio: Portfolio) -> None:
    piled = 0
    for study in portfolio.carriers("Q31"):
        if "cpid" not in portfolio.truth(study):
            stamps = Counter(portfolio.values(f"SELECT created_at::DATE FROM sae_review WHERE study_id = '{study}' AND tab = 'dm'"))
            assert stamps.most_common(1)[0][1] > 1
            continue
        exact = portfolio.ask(f"SELECT pending_band FROM signature WHERE study_id = '{study}' AND days_pending = 45")
        piled += len(exact)
        assert {row["pending_band"] for row in exact} == {"26-45 days"}
        edges = portfolio.one(f"SELECT count(*) FROM signature WHERE study_id = '{study}' AND days_pending BETWEEN 45 AND 90")
        sums = portfolio.truth(study)["cpid"]["sums"]
        assert isinstance(sums, dict)
        assert (
            portfolio.one(f"SELECT sum(signature_pending_45_90d_n)::BIGINT FROM subject_metrics WHERE study_id = '{study}'")
            == sums["overdue_sign_45_90d"]
        )
        assert abs(int(str(edges)) - sums["overdue_sign_45_90d"]) <= 1
        assert portfolio.found(study, "CPID-1") == []
    assert piled > 1


def test_q32_a_missing_visit_that_has_a_date_is_listed(portfolio: Portfolio) -> None:
    for study in portfolio.carriers("Q32"):
        found = portfolio.found(study, "VISIT-2")
        assert found
        for finding in found:
            missing = portfolio.rows_of(finding, "missing_visit")
            entered = portfolio.rows_of(finding, "visit")
            assert len(missing) == 1
            assert {row["subject_id"] for row in [*missing, *entered]} == {finding.subject_id}
            assert any(row["visit_date"] is not None for row in entered)
            assert {row["visit_key"] for row in [*missing, *entered]} == {missing[0]["visit_key"]}


def test_q33_a_label_of_two_studies_names_two_things(portfolio: Portfolio) -> None:
    countries: dict[str, dict[str, set[str]]] = {}
    for study in reports(portfolio.state):
        for site in spine(portfolio.state, study).sites:
            countries.setdefault(site.site_id, {}).setdefault(study, set()).update(site.countries_named)
    differing = {label for label, by_study in countries.items() if len({frozenset(named) for named in by_study.values() if named}) > 1}
    assert differing
    carriers = {study for label in differing for study in countries[label]}
    assert carriers & set(portfolio.carriers("Q33"))
    for study in reports(portfolio.state):
        assert len(spine(portfolio.state, study).sites) == portfolio.figure(study, "sites_union")
        assert [finding for finding in findings(portfolio.state) if finding.code == "SPINE-3"] == []


def test_q34_of_two_equal_headers_the_telling_one_is_read(portfolio: Portfolio) -> None:
    for study in portfolio.carriers("Q34"):
        (sheet,) = portfolio.sheets(study, "protocol_deviation")
        copies = [header for header in sheet.headers if header.column == "form_label"]
        assert [header.how for header in copies] == [How.SECOND, How.EXACT]
        labels = portfolio.values(f"SELECT DISTINCT form_label FROM deviation WHERE study_id = '{study}' AND form_label IS NOT NULL")
        assert labels
        assert all(re.fullmatch(r"Form \d+", str(label)) for label in labels)


def test_q35_a_subject_at_two_sites_is_said_and_listed_where_most_rows_say(portfolio: Portfolio) -> None:
    for study in portfolio.carriers("Q35"):
        found = portfolio.found(study, "SPINE-2")
        assert len(found) == 2
        for finding in found:
            subject = next(subject for subject in spine(portfolio.state, study).subjects if subject.subject_id == finding.subject_id)
            assert len(subject.sites_named) == 2
            named: Counter[object] = Counter()
            for table in ("sae_review", "missing_page", "missing_visit", "lab_issue", "inactivation"):
                where = f"study_id = '{study}' AND subject_id = '{finding.subject_id}' AND site_id IS NOT NULL"
                named.update(portfolio.values(f"SELECT site_id FROM {table} WHERE {where}"))
            assert named[subject.site_id] == max(named.values())
            assert set(named) == set(subject.sites_named)
    assert {finding.study_id for finding in findings(portfolio.state) if finding.code == "SPINE-2"} == set(portfolio.carriers("Q35"))
