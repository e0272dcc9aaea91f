"""The sums of data-contracts section 6 on the real studies, and what a value is worth when something is not told."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.measured import Made, duckdb, make_up
from tests.spec.conftest import Loaded

from ncdm.measures.at import measures
from ncdm.measures.catalogue import MEASURES
from ncdm.measures.compute import Measures
from ncdm.measures.measure import Count, Ratio, Spread
from ncdm.measures.not_computable import NOT_COMPUTABLE
from ncdm.measures.value import Group, Level, State, Value
from ncdm.store.spine import Site, Spine, Subject
from ncdm.types import SiteId, StudyId, SubjectId

CPID_STUDIES, ALL_STUDIES = 10, 12


@pytest.fixture(scope="module")
def found(real: Loaded) -> Measures:
    return measures(real.state)


@pytest.fixture(scope="module")
def answers(reference_totals: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(reference_totals.read_text(encoding="utf-8"))["studies"]
    return told


def portfolio(found: Measures, code: str) -> Value:
    (value,) = found.values(MEASURES[code], Level.PORTFOLIO)
    return value


def of_study(found: Measures, code: str, study: int) -> Value:
    (value,) = found.values(MEASURES[code], Level.STUDY, StudyId(f"Study {study}"))
    return value


# ---------------------------------------------------------------------------------------------------------- the real studies


@pytest.mark.parametrize(
    ("code", "total"),
    [
        ("missing_pages", 5_509),
        ("missing_visits", 847),
        ("outstanding_queries", 4_795),
        ("open_queries", 2_133),
        ("answered_queries", 2_663),
        ("pages_entered", 342_453),
        ("nonconformant_pages", 216),
        ("sdv_required", 18_277),
        ("sdv_verified", 125_166),
        ("broken_signatures", 5_120),
        ("never_signed", 20_716),
        ("signatures_pending_below_45_days", 17_413),
        ("signatures_pending_45_to_90_days", 5_182),
        ("signatures_pending_beyond_90_days", 3_241),
        ("sae_reviews_dm", 6_234),
        ("sae_reviews_safety", 18_171),
        ("open_sae_reviews_dm", 5_208),
        ("open_sae_reviews_safety", 929),
        ("missing_lab_names", 15_159),
        ("missing_lab_ranges", 4_775),
        ("inactivations", 41_176),
        ("edrr_issues", 1_401),
        ("uncoded_terms_meddra", 244),
        ("uncoded_terms_whodrug", 439),
        ("subjects_in_cpid", 4_910),
        ("subjects_without_status", 130),
        ("subjects_on_trial", 1_055),
        ("unplanned_visits", 1_599),
        ("visits_without_date", 1_144 + 902 + 1),
        ("queries_awaiting_others", 7 + 14),
        ("queries_awaiting_coding", 0),
        ("unfreeze_events", 830),
        ("unlock_events", 4),
        ("locked_pages", 5_391),
        ("nonconformant_items", 397),
        ("signatures_to_give", 25_837),
    ],
)
def test_a_sum_over_the_portfolio(found: Measures, code: str, total: int) -> None:
    assert portfolio(found, code).value == total


def test_a_portfolio_with_studies_that_do_not_tell_is_a_lower_bound(found: Measures) -> None:
    value = portfolio(found, "outstanding_queries")
    assert (value.state, value.reason) == (State.AT_LEAST, "not known in Study 4, Study 21")
    assert portfolio(found, "missing_pages").state is State.KNOWN


@pytest.mark.parametrize(
    ("code", "rounded"),
    [
        ("open_query_age", 7),
        ("open_query_age_p90", 35),
        ("open_query_age_maximum", 178),
        ("answered_query_age", 10),
        ("answered_query_age_p90", 51),
        ("answered_query_age_maximum", 357),
        ("site_response_time", 1),
        ("site_response_time_p90", 14),
        ("missing_page_age_maximum", 1_267),
        ("longest_missing_visit", 408),
    ],
)
def test_an_age_over_the_portfolio(found: Measures, code: str, rounded: int) -> None:
    assert round(portfolio(found, code).value or 0) == rounded


@pytest.mark.parametrize(
    ("code", "study", "percent"),
    [
        ("verified_rate", 24, 38.5),
        ("verified_rate", 25, 98.4),
        ("inactivation_rate", 11, 0.01),
        ("inactivation_rate", 1, 18.5),
        ("verified_rate", 16, 100.0),
    ],
)
def test_a_share_of_a_study(found: Measures, code: str, study: int, percent: float) -> None:
    value = of_study(found, code, study)
    assert value.state is State.KNOWN
    assert round(100 * (value.value or 0), 2 if percent < 0.1 else 1) == percent


def test_pages_that_do_not_conform_as_a_share(found: Measures) -> None:
    value = portfolio(found, "nonconformant_rate")
    assert (value.numerator, value.denominator) == (216, 342_453)


def test_few_pages_under_verification_are_seen_in_the_coverage(found: Measures) -> None:
    assert (of_study(found, "verified_rate", 16).denominator, of_study(found, "sdv_coverage", 16).numerator) == (14, 14)
    assert (of_study(found, "sdv_coverage", 16).value or 1) < 0.001


def test_an_extract_of_uncoded_terms_has_counts_and_no_rate(found: Measures) -> None:
    assert of_study(found, "uncoded_terms_whodrug", 11).value == 4
    for code in ("coded_rate_whodrug", "coded_rate"):
        assert of_study(found, code, 11).state is State.UNKNOWN
    assert of_study(found, "coded_rate_meddra", 11).state is State.NOT_APPLICABLE
    assert of_study(found, "coded_rate_meddra", 21).reason == "no report MedDRA coding"


def test_a_study_without_cpid_has_no_query_and_not_zero(found: Measures) -> None:
    for study in (4, 21):
        for code in ("outstanding_queries", "open_queries", "verified_rate", "open_query_age"):
            value = of_study(found, code, study)
            assert (value.value, value.state) == (None, State.UNKNOWN)
            assert "CPID" in (value.reason or "")


@pytest.mark.parametrize("tab", ["dm", "safety"])
def test_the_ages_of_open_reviews_are_the_known_answers(found: Measures, answers: dict[str, Any], tab: str) -> None:
    compared = 0
    for study, told in answers.items():
        wanted = told.get("sae", {}).get(tab, {}).get("open_age_days")
        if wanted and wanted["n"]:
            group = Group(study_id=study)
            days = [amount for _, amount in found.rows(_spread(f"sae_review_age_{tab}"), group)]
            assert (len(days), min(days), max(days), sum(days)) == (wanted["n"], wanted["min"], wanted["max"], wanted["sum"]), study  # type: ignore[type-var,arg-type]
            assert of_study(found, f"sae_review_age_{tab}", int(study.split()[1])).value == wanted["median"], study
            compared += 1
    assert compared >= 5


def _spread(code: str) -> Spread:
    measure = MEASURES[code]
    assert isinstance(measure, Spread)
    return measure


COLUMNS = {
    "pages_entered": "pages_entered",
    "pages_non_conformant": "nonconformant_pages",
    **{
        f"queries_{owner}": f"queries_awaiting_{owner}"
        for owner in ("dm", "clinical", "medical", "site", "field_monitor", "coding", "safety")
    },
    "queries_total": "outstanding_queries",
    "crfs_require_sdv": "sdv_required",
    "forms_verified": "sdv_verified",
    "crfs_frozen": "frozen_pages",
    "crfs_not_frozen": "unfreeze_events",
    "crfs_locked": "locked_pages",
    "crfs_unlocked": "unlock_events",
    "pds_confirmed": "deviations_confirmed",
    "pds_proposed": "deviations_proposed",
    "crfs_signed": "signed_pages",
    "overdue_sign_lt45d": "signatures_pending_below_45_days",
    "overdue_sign_45_90d": "signatures_pending_45_to_90_days",
    "overdue_sign_gt90d": "signatures_pending_beyond_90_days",
    "broken_signatures": "broken_signatures",
    "crfs_never_signed": "never_signed",
}
STATUSES = {
    "Screen Failure": "screen_failures",
    "On Trial": "subjects_on_trial",
    "Completed": "subjects_completed",
    "Enrolled": "subjects_enrolled",
    "Discontinued": "subjects_discontinued",
    "Screening": "subjects_in_screening",
    "Follow-Up": "subjects_in_follow_up",
    "Survival": "subjects_in_survival_follow_up",
    "(blank)": "subjects_without_status",
}


def _is(found: Measures, study: str, code: str, wanted: float) -> None:
    (value,) = found.values(MEASURES[code], Level.STUDY, StudyId(study))
    assert (value.numerator or 0) == wanted, (study, code)


def test_every_study_with_cpid_has_the_known_answers(found: Measures, answers: dict[str, Any]) -> None:
    compared = 0
    for study, told in answers.items():
        if told.get("cpid", {}).get("sums"):
            compared += 1
            sums = told["cpid"]["sums"]
            for name, code in COLUMNS.items():
                _is(found, study, code, sums[name])
            _is(found, study, "visits_entered", next(value for name, value in sums.items() if name.startswith("visits_entered")))
            for status, code in STATUSES.items():
                _is(found, study, code, told["cpid"]["subject_status"].get(status, 0))
            _is(found, study, "unplanned_visits", told["cpid"]["sheets"]["sv"]["unplanned"])
    assert compared == CPID_STUDIES


def test_every_study_has_the_known_answers(found: Measures, answers: dict[str, Any]) -> None:
    for study, told in answers.items():
        wanted = {
            "missing_pages": told["missing_pages"]["missing_pages_union"],
            "missing_pages_visit_level": told["missing_pages"]["visit_level_union"],
            "missing_pages_summary": told["missing_pages"]["summary_rows"],
            "edrr_issues": told["edrr"]["open_issues"],
            "lab_issues": told["labs"]["rows"] - told["labs"]["by_issue"].get("(blank)", 0),
            "missing_lab_names": told["labs"]["by_issue"].get("Missing Lab name", 0),
            "inactivated_pages": told["inactivated"]["pages"],
            "inactivated_records": told["inactivated"]["records"],
            "inactivations_with_data": told["inactivated"]["by_data_on_form"].get("Y", 0),
            "open_sae_reviews_dm": told["sae"]["dm"]["open_rows"],
            "open_sae_reviews_safety": told["sae"]["safety"]["open_rows"],
        }
        if "(blank)" not in told["labs"]["by_issue"]:
            categories = told["labs"].get("by_category", {})
            wanted |= {f"lab_issues_{name.lower()}": categories.get(name, 0) for name in ("CHEMISTRY", "HEMATOLOGY", "URINALYSIS")}
        for report in ("meddra", "whodrug"):
            if told.get(report):
                wanted[f"coded_terms_{report}"] = told[report]["by_coding_status"].get("Coded Term", 0)
                wanted[f"uncoded_terms_{report}"] = told[report]["by_coding_status"].get("UnCoded Term", 0)
        for code, number in wanted.items():
            _is(found, study, code, number)
    assert len(answers) == ALL_STUDIES


@pytest.mark.parametrize(("turn", "level"), list(enumerate(Level)))
def test_the_rows_of_every_count_add_up_on_the_real_studies(found: Measures, turn: int, level: Level) -> None:
    """Each count at one of the levels: the group with the highest value, and one with the lowest."""
    counts = [measure for measure in MEASURES.values() if isinstance(measure, Count)]
    for measure in counts[turn :: len(Level)]:
        values = sorted((value for value in found.values(measure, level) if value.value is not None), key=lambda value: value.value or 0)
        for value in values[-1:] + values[:1]:
            assert sum(amount or 0 for _, amount in found.rows(measure, value.group)) == value.value, (measure.code, value.group)


# -------------------------------------------------------------------------------------------------------------- what is promised


def _one(rows: dict[str, list[dict[str, Any]]], *sheets: str) -> Made:
    """One study with two subjects at two sites."""
    study = StudyId("Study 1")
    places = tuple(Site(SiteId(f"Site {n}"), "FRA", "EMEA", 1, (), ()) for n in (1, 2))
    people = tuple(Subject(SubjectId(f"Subject {n}"), SiteId(f"Site {n}"), "FRA", None, None, (), (), pseudo=False) for n in (1, 2))
    filled = {
        name: [
            {"study_id": study, "subject_id": "Subject 1", "site_id": "Site 1", "contract": sheets[0], "row_ref": f"{name}:{number}"} | row
            for number, row in enumerate(of_table)
        ]
        for name, of_table in rows.items()
    }
    return Made(filled, {study: Spine(places, people, lower_bound=False)}, {study: frozenset(sheets)})


def _values(made: Made, code: str, level: Level = Level.SUBJECT) -> list[tuple[float | None, State]]:
    return [(value.value, value.state) for value in made.measures(duckdb(made.tables())).values(MEASURES[code], level)]


def test_a_subject_that_a_report_does_not_list_is_a_true_zero() -> None:
    assert _values(_one({"missing_visit": [{}]}, "visit_tracker"), "missing_visits") == [(1, State.KNOWN), (0, State.KNOWN)]


def test_a_report_with_nothing_but_a_header_is_a_true_zero_and_one_that_is_absent_is_unknown() -> None:
    assert _values(_one({}, "labs"), "lab_issues") == [(0, State.KNOWN)] * 2
    assert _values(_one({}, "labs"), "missing_visits") == [(None, State.UNKNOWN)] * 2


def test_a_cell_that_does_not_tell_makes_a_lower_bound_and_alone_nothing() -> None:
    status: list[dict[str, Any]] = [
        {"query_status": "Open"},
        {"query_status": None},
        {"query_status": None, "subject_id": "Subject 2", "site_id": "Site 2"},
    ]
    assert _values(_one({"query": status}, "query_cumulative"), "open_queries") == [(1, State.AT_LEAST), (None, State.UNKNOWN)]


def test_a_word_that_the_vocabulary_does_not_know_does_not_tell() -> None:
    status = [{"query_status": "Open"}, {"query_status": "Opened again"}]
    assert _values(_one({"query": status}, "query_cumulative"), "open_queries")[0] == (1, State.AT_LEAST)


def test_a_review_of_any_status_but_completed_is_open() -> None:
    reviews = [{"tab": "dm", "review_status": word} for word in ("Review completed", "Pending for review", "Sent to the moon")]
    assert _values(_one({"sae_review": reviews}, "sae_dm"), "open_sae_reviews_dm")[0] == (2, State.KNOWN)


def test_a_subject_that_the_subject_sheet_does_not_list_is_unknown_there() -> None:
    made = _one({"subject_metrics": [{"pages_entered_n": 0}]}, "subject_metrics")
    assert _values(made, "pages_entered") == [(0, State.KNOWN), (None, State.UNKNOWN)]


def test_nothing_divided_by_nothing_is_not_applicable() -> None:
    made = _one({"subject_metrics": [{"pages_sdv_required_n": 0, "pages_sdv_verified_n": 0}]}, "subject_metrics")
    assert _values(made, "verified_rate")[0] == (None, State.NOT_APPLICABLE)


def test_a_ratio_with_a_part_that_is_not_known_is_unknown() -> None:
    made = _one({"subject_metrics": [{"pages_sdv_required_n": None, "pages_sdv_verified_n": 4}]}, "subject_metrics")
    assert _values(made, "verified_rate")[0] == (None, State.UNKNOWN)
    assert _values(made, "sdv_verified")[0] == (4, State.KNOWN)


@pytest.mark.parametrize(("days", "late"), [(29, 0), (30, 0), (31, 1)])
def test_a_query_of_exactly_the_limit_is_not_beyond_it(days: int, late: int) -> None:
    query = {"query_status": "Open", "action_owner": "Site", "days_since_open": days}
    assert _values(_one({"query": [query]}, "query_cumulative"), "site_queries_open_beyond_30_days")[0] == (late, State.KNOWN)


def test_subject_1_is_not_subject_10_and_no_label_joins_across_studies() -> None:
    made = make_up(3)
    study = next(iter(made.spine))
    rows = [{"study_id": study, "subject_id": "Subject 1", "site_id": None, "contract": "visit_tracker", "row_ref": "a"}]
    alone = replace(made, rows={"missing_visit": rows}, sheets=dict.fromkeys(made.spine, frozenset({"visit_tracker"})))
    counted = {
        (value.group.study_id, value.group.subject_id): value.value
        for value in alone.measures(duckdb(alone.tables())).values(MEASURES["missing_visits"], Level.SUBJECT)
    }
    assert {key for key, value in counted.items() if value} == {(study, "Subject 1")}


def test_a_row_keeps_the_site_it_names_and_without_one_takes_that_of_its_subject() -> None:
    made = _one({"missing_visit": [{"site_id": "Site 2"}, {"site_id": None}]}, "visit_tracker")
    assert _values(made, "missing_visits", Level.SITE) == [(1, State.KNOWN), (1, State.KNOWN)]


def test_neither_tab_of_missing_pages_is_counted_twice() -> None:
    page = {"page_level": "visit", "folder_name": "V1", "visit_date_text": "01NOV2025", "source_sha256": "a"}
    both = [page | {"sheet_no": tab} for tab, pages in ((0, 2), (1, 3)) for _ in range(pages)]
    summary = {"page_level": "summary", "sheet_no": 0, "source_sha256": "a"}
    assert _values(_one({"missing_page": [*both, summary]}, "missing_pages"), "missing_pages")[0] == (4, State.KNOWN)


def test_a_tab_in_quarantine_makes_missing_pages_a_lower_bound_and_leaves_other_sheets_alone() -> None:
    made = _one(
        {"missing_page": [{"page_level": "visit"}], "subject_metrics": [{"pages_entered_n": 3}]}, "missing_pages", "subject_metrics"
    )
    study = next(iter(made.sheets))
    delivered = made.delivered()
    delivered[study] = replace(delivered[study], held={"missing_pages": ("Tab 2",)})
    found = Measures(duckdb(made.tables()), made.universe(), delivered)
    one, other = found.values(MEASURES["missing_pages"], Level.SUBJECT)
    assert (one.value, one.state, one.reason) == (1, State.AT_LEAST, "the sheet Tab 2 is quarantined")
    assert (other.value, other.state) == (None, State.UNKNOWN)
    assert found.values(MEASURES["pages_entered"], Level.STUDY)[0].state is State.KNOWN


def test_a_count_opens_by_what_its_rows_say() -> None:
    made = _one(
        {"query": [{"query_status": "Open", "form_label": form} for form in ("Form 1", "Form 2", "Form 1", None)]}, "query_cumulative"
    )
    found = made.measures(duckdb(made.tables()))
    measure = MEASURES["open_queries"]
    assert isinstance(measure, Count)
    assert found.by_column(measure, "form_label", Group()) == (("Form 1", 2, 0), (None, 1, 0), ("Form 2", 1, 0))
    with pytest.raises(KeyError):
        found.by_column(measure, "unheard", Group())


# ----------------------------------------------------------------------------------------------------------------- declarations


def test_every_measure_says_what_it_is() -> None:
    titles = [measure.title for measure in MEASURES.values()]
    assert len(set(titles)) == len(titles)
    for measure in MEASURES.values():
        said = measure.definition
        for text in (said.what, said.why, said.formula, said.source, said.example, said.limits):
            assert text.strip(), measure.code
        assert measure.needs
        if isinstance(measure, Ratio):
            assert set(measure.full) <= set(measure.under), measure.code


def test_what_cannot_be_computed_is_no_measure_and_says_what_it_needs() -> None:
    codes = [line.code for line in NOT_COMPUTABLE]
    assert len(set(codes)) == len(codes)
    assert not set(codes) & set(MEASURES)
    assert all(line.why.endswith(".") and line.needed.endswith(".") for line in NOT_COMPUTABLE)
