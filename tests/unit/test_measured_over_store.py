"""What is measured leaves the store as it was computed, adds up from its rows, and says unknown where a report is not there."""

import datetime as dt
import gc
import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import xlsxwriter
from tests.cleanly import Study, missing_visit, planted, query, study, subject
from tests.delivering import FIRST as FIRST_DAY
from tests.delivering import SECOND as SECOND_DAY
from tests.delivering import SEVEN, Weeks, tracker_lines
from tests.portfolios import deliveries, load, loaded

from ncdm.errors import InvalidQuestion, NotFound
from ncdm.measures.at import clean, measures
from ncdm.measures.blockers import Age, band
from ncdm.measures.catalogue import INDICES, KRIS, MEASURES
from ncdm.measures.clean import CRITERIA, MILESTONES
from ncdm.measures.criterion import Outcome, Urgency
from ncdm.measures.measure import Count
from ncdm.measures.quality.quality import data_quality
from ncdm.measures.scored import METHODS
from ncdm.measures.signals import SignalState, study_signals
from ncdm.measures.standing import in_study, standing
from ncdm.measures.value import Level
from ncdm.measures.value import State as Worth
from ncdm.measures.work import Wanted
from ncdm.serve.measured.over_store import LAST, OPENED, MeasuredOverStore
from ncdm.serve.window import Window
from ncdm.settings import Settings
from ncdm.store import mesh
from ncdm.store.mesh import Reading
from ncdm.store.state import State
from ncdm.types import StudyId
from ncdm.wiring import wired

WEEKS = 3
ALL = Window(0, 1_000_000)
WITHIN = (Level.SUBJECT, Level.SITE, Level.COUNTRY, Level.REGION, Level.STUDY)
LOCK, REVIEW = "database_lock", "ongoing_review"
LISTED, UNLISTED = StudyId("Study 17"), StudyId("Study 83")
"""A study with every report, and one without a list of its subjects."""


@pytest.fixture(scope="module")
def reading() -> Iterator[Reading]:
    """Three weeks of the portfolio."""
    with wired(Settings(loaded(WEEKS), 0, 1)) as mesh:
        yield Reading(mesh.home, mesh.engine)


@pytest.fixture(scope="module")
def told(reading: Reading) -> MeasuredOverStore:
    return MeasuredOverStore(reading)


@pytest.fixture(scope="module")
def state(reading: Reading) -> State:
    return reading.state(WEEKS)


@pytest.fixture(scope="module")
def truth() -> dict[str, dict[str, object]]:
    """What the generator meant in the third week."""
    found: dict[str, dict[str, object]] = json.loads((deliveries()[WEEKS - 1] / "truth.json").read_text())["studies"]
    return found


def _labels(state: State, study: StudyId, level: Level) -> list[str]:
    return [group.label for group in measures(state).universe.groups(level) if group.study_id == study]


# -- values and their rows

MEANT: Mapping[str, tuple[str, ...]] = {
    "missing_visits": ("visit_tracker", "rows"),
    "missing_pages": ("missing_pages", "missing_pages_union"),
    "lab_issues": ("labs", "rows"),
    "inactivations": ("inactivated", "rows"),
    "inactivated_pages": ("inactivated", "pages"),
    "inactivated_records": ("inactivated", "records"),
    "edrr_issues": ("edrr", "open_issues"),
    "coded_terms_meddra": ("meddra", "by_coding_status", "Coded Term"),
    "coded_terms_whodrug": ("whodrug", "by_coding_status", "Coded Term"),
    "sae_reviews_dm": ("sae", "dm", "rows"),
    "open_sae_reviews_dm": ("sae", "dm", "open_rows"),
    "open_sae_reviews_safety": ("sae", "safety", "open_rows"),
    "subjects_in_cpid": ("cpid", "subjects"),
    "pages_entered": ("cpid", "sums", "pages_entered"),
    "outstanding_queries": ("cpid", "sums", "queries_total"),
    "never_signed": ("cpid", "sums", "crfs_never_signed"),
    "broken_signatures": ("cpid", "sums", "broken_signatures"),
    "sdv_required": ("cpid", "sums", "crfs_require_sdv"),
    "open_queries": ("cpid", "sheets", "query_cumulative", "by_status", "Open"),
    "signatures_pending_beyond_90_days": ("cpid", "sums", "overdue_sign_gt90d"),
}
"""Code of a count -> where the truth beside the portfolio says it."""


@pytest.mark.parametrize("code", MEANT)
def test_a_count_of_a_study_is_what_the_generator_meant(told: MeasuredOverStore, truth: Mapping[str, object], code: str) -> None:
    for of, meant in truth.items():
        (found,) = told.values(WEEKS, StudyId(of), code, Level.STUDY)
        wanted: object = meant
        for step in MEANT[code]:
            # A word that no row has is not listed: a report that is there without it says zero.
            wanted = wanted.get(step, 0 if step in {"Open", "Coded Term"} else None) if isinstance(wanted, dict) else None
        assert found.value == wanted, of
        assert (found.state is Worth.UNKNOWN) == (wanted is None)
        assert (found.reason is not None) == (wanted is None)


@pytest.mark.parametrize("level", WITHIN)
def test_values_are_those_of_the_engine_in_the_order_of_the_spine(told: MeasuredOverStore, state: State, level: Level) -> None:
    for code in ("missing_visits", "query_rate", "open_query_age", "coded_rate"):
        found = told.values(WEEKS, LISTED, code, level)
        wanted = measures(state).values(MEASURES[code], level, LISTED)
        assert [one.place.label for one in found] == _labels(state, LISTED, level)
        assert [(one.value, one.state, one.reason, one.numerator, one.denominator) for one in found] == [
            (one.value, one.state, one.reason, one.numerator, one.denominator) for one in wanted
        ]


@pytest.mark.parametrize("level", WITHIN)
@pytest.mark.parametrize("study", [LISTED, UNLISTED])
def test_what_the_rows_of_a_count_add_is_its_value(told: MeasuredOverStore, study: StudyId, level: Level) -> None:
    for code in (
        "missing_visits",
        "outstanding_queries",
        "lab_issues",
        "edrr_issues",
        "open_sae_reviews_safety",
        "inactivations",
        "coded_terms",
    ):
        for one in told.values(WEEKS, study, code, level)[:2]:
            (found,) = told.evidence(WEEKS, study, code, level, one.place.label, ALL)
            assert (found.part, found.code, found.total) == ("rows", code, len(found.rows))
            assert found.adds == sum(row.adds or 0.0 for row in found.rows)
            assert found.untold == sum(row.adds is None for row in found.rows)
            if one.state is Worth.KNOWN:
                assert (found.adds, found.untold) == (one.value, 0), (code, one.place)
            else:
                assert one.reason
                assert found.adds >= (one.value or 0.0)


@pytest.mark.parametrize("level", [Level.SITE, Level.COUNTRY])
def test_the_rows_of_an_indicator_add_up_to_both_its_parts(told: MeasuredOverStore, level: Level) -> None:
    signals = told.signals(WEEKS, LISTED, level, "calibrated")
    assert [kri.code for kri in signals.kris] == [kri.code for kri in KRIS]
    for group in signals.groups[: 2 if level is Level.SITE else 1]:
        for kri, signal in zip(signals.kris, group.signals, strict=True):
            parts = {"numerator": 0.0, "denominator": 0.0}
            for one in told.evidence(WEEKS, LISTED, kri.code, level, group.place.label, ALL):
                parts[one.part] += one.adds
            assert signal.numerator in {None, parts["numerator"]}, kri.code
            assert signal.denominator in {None, parts["denominator"]}, kri.code
            assert (signal.numerator is None) == (signal.state is SignalState.UNKNOWN and bool(signal.reason))
            assert signal.denominator in {None, 0} or signal.state is not SignalState.NO_DENOMINATOR


def test_a_denominator_that_no_report_has_is_unknown_and_not_zero(told: MeasuredOverStore) -> None:
    of = told.signals(WEEKS, UNLISTED, Level.SITE, "calibrated")
    (pages,) = [place for place, kri in enumerate(of.kris) if kri.code == "op01"]
    assert of.kris[pages].denominator_unit == "pages"
    states = {(group.signals[pages].state, group.signals[pages].denominator) for group in of.groups}
    assert states == {(SignalState.UNKNOWN, None)}


def test_the_rows_of_a_ratio_are_those_of_its_parts(told: MeasuredOverStore) -> None:
    (value,) = told.values(WEEKS, LISTED, "query_rate", Level.STUDY)
    over, under = told.evidence(WEEKS, LISTED, "query_rate", Level.STUDY, None, ALL)
    assert (over.part, over.adds) == ("numerator", value.numerator)
    assert (under.part, under.adds) == ("denominator", value.denominator)


@pytest.mark.parametrize("code", CRITERIA)
def test_the_rows_of_a_criterion_add_up_to_the_items_in_the_way(told: MeasuredOverStore, code: str) -> None:
    found = told.clean_subjects(WEEKS, LISTED, LOCK)
    place = [criterion.code for criterion in found.criteria].index(code)
    for line in found.subjects:
        adds = sum(one.adds for one in told.evidence(WEEKS, LISTED, code, Level.SUBJECT, line.subject_id, ALL))
        assert line.items[place] == adds, line.subject_id
        assert (line.outcomes[place] is Outcome.FAIL) == (adds > 0)


@pytest.mark.parametrize("level", WITHIN)
def test_the_rows_of_each_part_of_the_index_add_up_to_what_it_reads(told: MeasuredOverStore, state: State, level: Level) -> None:
    for label in _labels(state, LISTED, level)[-1:]:
        for step in told.waterfall(WEEKS, LISTED, level, label, "default").steps:
            sums = {"numerator": 0.0, "denominator": 0.0}
            longest: dict[str | None, float] = {}
            for one in told.evidence(WEEKS, LISTED, f"dqi_default.{step.code}", level, label, ALL):
                assert one.part in {"numerator", "denominator", "days"}
                if one.part == "days":
                    longest = {row.ref: row.adds or 0.0 for row in one.rows}
                else:
                    sums[one.part] += one.adds
            if step.code == "longest_missing_visit":
                # Of a group it is a mean over subjects of days beyond 30: no row can exceed what it was made of.
                assert (step.numerator or 0.0) <= sum(max(0.0, days - 30.0) for days in longest.values())
            elif step.state is Worth.KNOWN:
                assert sums["numerator"] == step.numerator, step.code
                assert step.denominator in {sums["denominator"], 1.0}, step.code


@pytest.mark.parametrize("level", WITHIN)
def test_the_rows_of_an_index_are_those_of_all_its_parts(told: MeasuredOverStore, state: State, level: Level) -> None:
    label = _labels(state, LISTED, level)[-1]
    whole = {(one.part, one.code): (one.total, one.adds) for one in told.evidence(WEEKS, LISTED, "dqi_default", level, label, ALL)}
    parts = {
        (one.part, one.code): (one.total, one.adds)
        for step in told.waterfall(WEEKS, LISTED, level, label, "default").steps
        for one in told.evidence(WEEKS, LISTED, f"dqi_default.{step.code}", level, label, ALL)
    }
    assert parts
    assert parts.items() <= whole.items()
    assert {part for part, _code in whole.keys() - parts.keys()} <= {"ceiling"}


def test_rows_come_in_parts_with_the_totals_of_all(told: MeasuredOverStore) -> None:
    (every,) = told.evidence(WEEKS, LISTED, "coded_terms", Level.STUDY, None, ALL)
    (part,) = told.evidence(WEEKS, LISTED, "coded_terms", Level.STUDY, None, Window(10, 7))
    assert part.rows == every.rows[10:17]
    assert (part.total, part.adds, part.untold) == (every.total, every.adds, every.untold)
    assert told.evidence(WEEKS, LISTED, "coded_terms", Level.STUDY, None, Window(every.total, 7))[0].rows == ()


def test_of_rows_only_the_latest_that_were_opened_are_kept(reading: Reading) -> None:
    told = MeasuredOverStore(reading)
    for code in list(MEASURES)[: OPENED + 5]:
        if isinstance(MEASURES[code], Count):
            told.evidence(WEEKS, LISTED, code, Level.STUDY, None, ALL)
    kept: dict[object, object] = told._once(reading.state(WEEKS), "opened", dict)
    assert len(kept) == OPENED


def test_states_that_are_no_longer_kept_go_with_all_that_was_made_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mesh, "KEPT", 1)
    with wired(Settings(loaded(WEEKS), 0, 1)) as wiring:
        reading = Reading(wiring.home, wiring.engine)
        gc.collect()
        before = sum(isinstance(one, State) for one in gc.get_objects())
        for _again in range(2):
            told = MeasuredOverStore(reading)
            for at in range(1, WEEKS + 1):
                told.changes(at, LISTED, LOCK)
                told.evidence(at, LISTED, "open_queries", Level.STUDY, None, ALL)
            told.portfolio(0)
        gc.collect()
        assert sum(isinstance(one, State) for one in gc.get_objects()) <= before + 1


def test_the_states_of_a_comparison_are_kept_together() -> None:
    assert mesh.KEPT > LAST


# -- clean status, quality, indicators


@pytest.mark.parametrize("milestone", MILESTONES)
def test_the_lines_of_subjects_add_up_to_the_clean_status_of_their_study(told: MeasuredOverStore, milestone: str) -> None:
    for of in (LISTED, UNLISTED):
        whole, lines = told.clean(WEEKS, of, milestone), told.clean_subjects(WEEKS, of, milestone).subjects
        counted = [sum(line.outcome is outcome for line in lines) for outcome in (Outcome.PASS, Outcome.FAIL, Outcome.UNKNOWN)]
        assert counted == [whole.standing.clean, whole.standing.unclean, whole.standing.unknown]
        assert whole.standing.members == len(lines) == sum(stratum.standing.members for stratum in whole.strata)
        assert whole.one_step == sum(line.one_step is not None for line in lines)
        assert whole.one_step == sum(one.subjects for one in whole.freed_by_owner) == sum(one.subjects for one in whole.freed_by_site)
        for place, tally in enumerate(whole.criteria):
            assert tally.failed == sum(line.outcomes[place] is Outcome.FAIL for line in lines)
            assert tally.unknown == sum(line.outcomes[place] is Outcome.UNKNOWN for line in lines)
            assert bool(tally.reasons) == (tally.unknown > 0)
            assert tally.gate == (tally.code in MILESTONES[milestone].gates)
        for place, population in enumerate(whole.readiness):
            apply = [line for line in lines if line.outcome is not Outcome.NOT_APPLICABLE]
            members = [line for line in apply if line.member[place]]
            assert len(members) == population.members
            assert sum(line.member[place] is None for line in apply) == population.perhaps
            assert sum(line.outcome is Outcome.PASS for line in members) == population.clean
            assert sum(line.outcome is Outcome.UNKNOWN for line in members) == population.unknown
        assert [population.target for population in whole.readiness] == [0.80, 0.85, 0.95]


def test_one_subject_says_what_its_line_in_the_list_says(told: MeasuredOverStore) -> None:
    for line in told.clean_subjects(WEEKS, LISTED, LOCK).subjects:
        one = told.clean_subject(WEEKS, LISTED, line.subject_id, LOCK)
        assert one.line == line
        assert tuple(judged.outcome for judged in one.criteria) == line.outcomes
        assert {blocker.criterion for blocker in one.blockers} == {judged.code for judged in one.criteria if judged.outcome is Outcome.FAIL}
        ages = [blocker.days for blocker in one.blockers if blocker.criterion in one.milestone.gates and blocker.days is not None]
        assert line.oldest == max(ages, default=None)


def test_the_clean_status_of_a_study_is_that_of_the_engine(told: MeasuredOverStore, state: State) -> None:
    of, gates = clean(state), MILESTONES[LOCK].gates
    for line in told.portfolio(WEEKS):
        wanted = standing(of, gates, in_study(of, StudyId(line.study_id)))
        assert (line.standing.members, line.standing.clean, line.standing.share) == (wanted.members, wanted.clean, wanted.clean_share)
        assert line.standing == told.clean(WEEKS, StudyId(line.study_id), LOCK).standing


def test_the_portfolio_has_every_study_of_the_truth_with_all_its_subjects(
    told: MeasuredOverStore, truth: Mapping[str, Mapping[str, object]]
) -> None:
    found = told.portfolio(WEEKS)
    assert {line.study_id: (line.standing.members, line.sites) for line in found} == {
        of: (meant["subjects_union"], meant["sites_union"]) for of, meant in truth.items()
    }


@pytest.mark.parametrize("milestone", MILESTONES)
def test_each_burden_opens_to_exactly_the_rows_that_it_counts(told: MeasuredOverStore, milestone: str) -> None:
    met: set[Age] = set()
    for of in (LISTED, UNLISTED):
        for one in told.clean(WEEKS, of, milestone).burdens:
            wanted = Wanted(owner=one.owner, owner_source=one.owner_source, age=one.age)
            found = told.clean_work_rows(WEEKS, of, milestone, [one.criterion], wanted, ALL)
            assert (found.total, found.items) == (len(found.rows), one.items) == (len(found.rows), sum(row.items for row in found.rows))
            assert len({row.subject_id for row in found.rows}) == one.subjects
            assert {band(row.days) for row in found.rows} == {one.age}
            met.add(one.age)
    assert len(met) > 1


def test_the_work_of_a_milestone_opens_to_all_its_rows_a_window_at_a_time(told: MeasuredOverStore) -> None:
    of = told.clean(WEEKS, LISTED, REVIEW)
    every = told.clean_work_rows(WEEKS, LISTED, REVIEW, None, Wanted(), ALL)
    assert every.items == sum(one.items for one in of.burdens)
    assert {row.criterion for row in every.rows} <= set(of.milestone.gates)
    ages = [row.days for row in every.rows]
    assert ages == sorted(ages, key=lambda days: -1 if days is None else days, reverse=True)
    part = told.clean_work_rows(WEEKS, LISTED, REVIEW, None, Wanted(), Window(1, 2))
    assert (part.total, part.items, part.rows) == (every.total, every.items, every.rows[1:3])


def test_what_is_critical_opens_to_as_many_items(told: MeasuredOverStore) -> None:
    counts = {line.study_id: line.critical for line in told.portfolio(WEEKS)}
    assert any(counts.values())
    for of, count in counts.items():
        assert told.clean_work_rows(WEEKS, StudyId(of), LOCK, None, Wanted(urgency=Urgency.CRITICAL), ALL).items == count


@pytest.mark.parametrize("index", INDICES)
def test_the_index_is_that_of_the_engine_and_its_waterfall_ends_at_it(told: MeasuredOverStore, state: State, index: str) -> None:
    for level in INDICES[index].levels:
        found = told.quality(WEEKS, LISTED, level, index).values
        assert [value.value for value in found] == [
            one.value for one in data_quality(measures(state), INDICES[index], level).values(LISTED)
        ]
        for value in found:
            steps = told.waterfall(WEEKS, LISTED, level, value.place.label, index)
            assert steps.value == value
            if value.value is not None:
                left = 100.0 - sum(step.points or 0.0 for step in steps.steps) - (value.ceiling_effect or 0.0)
                assert left == pytest.approx(value.value, abs=1e-9)


@pytest.mark.parametrize("level", [Level.SITE, Level.COUNTRY])
@pytest.mark.parametrize("method", METHODS)
def test_signals_are_those_of_the_engine(told: MeasuredOverStore, state: State, method: str, level: Level) -> None:
    for of in (LISTED, UNLISTED):
        found = told.signals(WEEKS, of, level, method)
        wanted = study_signals(measures(state), of, level, next(one for one in METHODS if one == method))
        assert [group.place.label for group in found.groups] == [group.label for group in wanted.groups]
        assert [kri.code for kri in found.kris] == [one.kri.code for one in wanted.kris]
        for number, one in enumerate(wanted.kris):
            of_groups = [group.signals[number] for group in found.groups]
            assert [signal.flag for signal in of_groups] == [None if flag != flag else int(flag) for flag in one.flag.tolist()]  # noqa: PLR0124 - not a number
            assert [signal.reason for signal in of_groups] == list(one.reason)
        assert found.flagged == wanted.flagged


def test_the_subjects_of_sites_are_those_of_the_list(told: MeasuredOverStore) -> None:
    lines = told.clean_subjects(WEEKS, LISTED, LOCK).subjects
    for group in told.signals(WEEKS, LISTED, Level.SITE, "calibrated").groups:
        assert group.subjects == sum(line.site_id == group.place.site_id for line in lines)


def test_the_page_of_an_indicator_has_its_past_and_its_funnel(told: MeasuredOverStore) -> None:
    page = told.kri(WEEKS, UNLISTED, "op12", Level.SITE, "calibrated")
    assert (page.kri.code, page.definition.code, page.method) == ("op12", "op12", "calibrated")
    days = [moment.as_of for moment in told.changes(WEEKS, UNLISTED, LOCK).moments]
    assert list(page.days) == days == sorted(set(days))
    for group in page.groups:
        assert len(group.history) == len(group.metrics) == len(days)
        assert group.history[-1] == group.signal.flag
        assert group.metrics[-1] == group.signal.metric
    assert page.bounds == ()
    assert page.kri.silent


# -- what is not there


@pytest.fixture(scope="module")
def lacking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MeasuredOverStore]:
    """The third week, in which a study lacks its laboratory and SAE reports and another has nothing but a broken workbook."""
    folder = tmp_path_factory.mktemp("lacking")
    shutil.copytree(deliveries()[WEEKS - 1], folder / "delivery")
    for path in (folder / "delivery").glob("Study 17*/*"):
        if "Lab" in path.name or "eSAE" in path.name:
            path.unlink()
    for path in (folder / "delivery").glob("Study 36*/*.xlsx"):
        path.unlink()
        if "CPID_EDC" in path.name:
            path.write_bytes(b"PK\x03\x04 no workbook")
    load(folder / "home", folder / "delivery")
    with wired(Settings(folder / "home", 0, 1)) as mesh:
        yield MeasuredOverStore(Reading(mesh.home, mesh.engine))


def test_without_a_report_its_criteria_are_unknown_and_nobody_is_clean(lacking: MeasuredOverStore, told: MeasuredOverStore) -> None:
    found = lacking.clean(1, LISTED, LOCK)
    assert found.standing.clean == 0
    for tally in found.criteria:
        if tally.code in {"S", "LAB"}:
            assert (tally.passed, tally.failed, tally.not_applicable, tally.unknown) == (0, 0, 0, found.standing.members)
            assert tally.reasons[0].startswith("no report")
    whole = {tally.code: tally for tally in told.clean(WEEKS, LISTED, LOCK).criteria}
    assert {tally.code for tally in found.criteria if tally != whole[tally.code]} == {"S", "LAB"}
    for line in lacking.clean_subjects(1, LISTED, LOCK).subjects:
        items = dict(zip((criterion.code for criterion in lacking.clean_subjects(1, LISTED, LOCK).criteria), line.items, strict=True))
        assert items["S"] is None
        assert items["LAB"] is None
        assert line.outcome in {Outcome.FAIL, Outcome.UNKNOWN}


def test_without_a_report_the_index_is_not_computable_and_says_what_is_missing(lacking: MeasuredOverStore) -> None:
    for level in INDICES["default"].levels:
        for value in lacking.quality(1, LISTED, level, "default").values:
            assert value.value is None
            assert value.worst <= value.best
            assert {"open_sae_reviews", "lab_issues"} <= {missing.code for missing in value.missing}


def test_without_a_report_its_counts_and_indicators_are_unknown_with_the_reason(lacking: MeasuredOverStore) -> None:
    for level in WITHIN:
        for value in lacking.values(1, LISTED, "lab_issues", level):
            assert (value.value, value.state) == (None, Worth.UNKNOWN)
            assert value.reason is not None
            assert "no report" in value.reason
    for group in lacking.signals(1, LISTED, Level.SITE, "calibrated").groups:
        labs = group.signals[[kri.code for kri in KRIS].index("op10_names")]
        assert (labs.numerator, labs.flag) == (None, None)
        assert labs.reason is not None
    assert lacking.evidence(1, LISTED, "lab_issues", Level.STUDY, None, ALL)[0].rows == ()


def test_a_study_of_which_nothing_could_be_read_is_unknown_throughout(lacking: MeasuredOverStore) -> None:
    lost = StudyId("Study 36")
    line = next(line for line in lacking.portfolio(1) if line.study_id == lost)
    assert (line.standing.members, line.standing.share, line.quality.value, line.sites_flagged) == (0, None, None, 0)
    (value,) = lacking.values(1, lost, "pages_entered", Level.STUDY)
    assert (value.value, value.state, value.reason) == (None, Worth.UNKNOWN, "the report CPID EDC metrics was refused")
    assert lacking.clean_subjects(1, lost, LOCK).subjects == ()
    assert {population.answer for population in lacking.clean(1, lost, LOCK).readiness} == {"unknown"}
    assert lacking.signals(1, lost, Level.SITE, "calibrated").groups == ()
    assert lacking.quality(1, lost, Level.STUDY, "default").values[0].value is None
    assert lacking.changes(1, lost, LOCK).moments == ()
    with pytest.raises(NotFound):
        lacking.forecast(1, lost, LOCK)


def test_what_does_not_exist_is_not_found(told: MeasuredOverStore) -> None:
    nobody = StudyId("Study 1")
    for missing in (
        lambda: told.clean(WEEKS, nobody, LOCK),
        lambda: told.clean_subjects(WEEKS, nobody, LOCK),
        lambda: told.clean_subject(WEEKS, LISTED, "Subject 0", LOCK),
        lambda: told.values(WEEKS, nobody, "missing_visits", Level.STUDY),
        lambda: told.values(WEEKS, LISTED, "missing_visit", Level.STUDY),
        lambda: told.evidence(WEEKS, LISTED, "nothing", Level.STUDY, None, ALL),
        lambda: told.evidence(WEEKS, LISTED, "missing_visits", Level.SITE, "Site 0", ALL),
        lambda: told.evidence(WEEKS, LISTED, "missing_visits", Level.SITE, None, ALL),
        lambda: told.evidence(WEEKS, LISTED, "dqi_default.nothing", Level.STUDY, None, ALL),
        lambda: told.evidence(WEEKS, LISTED, "dqi_own.open_queries", Level.STUDY, None, ALL),
        lambda: told.evidence(WEEKS, LISTED, "dqi_own", Level.SITE, _labels(told._reading.state(WEEKS), LISTED, Level.SITE)[0], ALL),
        lambda: told.quality(WEEKS, nobody, Level.SITE, "default"),
        lambda: told.waterfall(WEEKS, LISTED, Level.SITE, "Site 0", "default"),
        lambda: told.signals(WEEKS, nobody, Level.SITE, "calibrated"),
        lambda: told.kri(WEEKS, LISTED, "op99", Level.SITE, "calibrated"),
        lambda: told.changes(WEEKS, nobody, LOCK),
        lambda: told.forecast(WEEKS, nobody, LOCK),
        lambda: told.clean(0, LISTED, LOCK),
    ):
        with pytest.raises(NotFound):
            missing()


def test_what_makes_no_sense_is_refused(told: MeasuredOverStore) -> None:
    for senseless in (
        lambda: told.clean(WEEKS, LISTED, "never"),
        lambda: told.clean_subjects(WEEKS, LISTED, "never"),
        lambda: told.clean_work_rows(WEEKS, LISTED, "never", None, Wanted(), ALL),
        lambda: told.clean_work_rows(WEEKS, LISTED, LOCK, ["NEVER"], Wanted(), ALL),
        lambda: told.changes(WEEKS, LISTED, "never"),
        lambda: told.forecast(WEEKS, LISTED, "never"),
        lambda: told.quality(WEEKS, LISTED, Level.SITE, "own"),
        lambda: told.waterfall(WEEKS, LISTED, Level.STUDY, None, "own"),
        lambda: told.values(WEEKS, LISTED, "missing_visits", Level.PORTFOLIO),
        lambda: told.evidence(WEEKS, LISTED, "missing_visits", Level.PORTFOLIO, None, ALL),
        lambda: told.quality(WEEKS, LISTED, Level.PORTFOLIO, "default"),
        lambda: told.waterfall(WEEKS, LISTED, Level.PORTFOLIO, None, "default"),
        lambda: told.signals(WEEKS, LISTED, Level.SUBJECT, "calibrated"),
        lambda: told.signals(WEEKS, LISTED, Level.SITE, "identity"),
        lambda: told.kri(WEEKS, LISTED, "op01", Level.STUDY, "calibrated"),
        lambda: told.kri(WEEKS, LISTED, "op01", Level.SITE, "guess"),
        lambda: told.kri(WEEKS, LISTED, "op01", Level.SITE, "fisher"),
    ):
        with pytest.raises(InvalidQuestion):
            senseless()


def test_of_an_empty_store_nothing_is_told(told: MeasuredOverStore) -> None:
    assert told.portfolio(0) == ()


# -- over snapshots


def test_a_past_snapshot_is_read_as_it_was(told: MeasuredOverStore) -> None:
    with wired(Settings(loaded(1), 0, 1)) as mesh:
        then = MeasuredOverStore(Reading(mesh.home, mesh.engine))
        assert told.portfolio(1) == then.portfolio(1)
        assert told.clean_subjects(1, LISTED, LOCK) == then.clean_subjects(1, LISTED, LOCK)
        assert told.signals(1, LISTED, Level.SITE, "calibrated") == then.signals(1, LISTED, Level.SITE, "calibrated")
        assert told.changes(1, LISTED, LOCK) == then.changes(1, LISTED, LOCK)
        assert told.changes(1, LISTED, LOCK).reason == "no earlier snapshot"
        assert told.changes(1, LISTED, LOCK).flow is None
        assert told.forecast(1, LISTED, LOCK).as_things_go is None


def test_changes_are_the_difference_of_two_snapshots(told: MeasuredOverStore) -> None:
    for at in (2, 3):
        for of in (LISTED, UNLISTED):
            found = told.changes(at, of, REVIEW)
            now, before = (
                {line.subject_id: line.outcome for line in told.clean_subjects(number, of, REVIEW).subjects} for number in (at, at - 1)
            )
            assert set(found.newly_clean) == {one for one, was in now.items() if was == "pass" and before.get(one) != "pass"}
            assert set(found.no_longer_clean) == {one for one, was in before.items() if was == "pass" and now.get(one) != "pass"}
            assert set(found.newly_listed) == set(now) - set(before)
            assert [moment.snapshot for moment in found.moments] == list(range(1, at + 1))
            assert [moment.clean for moment in found.moments] == [
                told.clean(number, of, REVIEW).standing.clean for number in range(1, at + 1)
            ]
            for delta in found.deltas:
                (value,), (earlier,) = (told.values(number, of, delta.code, Level.STUDY) for number in (at, at - 1))
                assert delta.value == value.value
                if delta.delta is not None:
                    assert value.value is not None
                    assert earlier.value is not None
                    assert delta.delta == value.value - earlier.value
                else:
                    assert delta.reason


def _week(books: Study, folder: Path) -> None:
    """Write the workbooks of a study as a delivery of its own."""
    folder.mkdir(parents=True)
    for name, sheets in books.items():
        with xlsxwriter.Workbook(folder / f"Study 7 {name}.xlsx") as book:
            for title, lines in sheets.items():
                tab = book.add_worksheet(title)
                for number, line in enumerate(lines):
                    for place, cell in enumerate(line):
                        if cell is not None:
                            tab.write(number, place, cell)


def _at(*outstanding: int, days: int) -> Study:
    """Four subjects, of whom these have an open query; the last has a missing visit for so many days."""
    figures = {number: {"site": 1, "total": 1} for number in outstanding}
    made = study(*(subject(number, **figures.get(number, {})) for number in (1, 2, 3, 4)))
    queries = [query(number, days=days) for number in outstanding]
    return planted(planted(made, "tracker", "Missing Visits", missing_visit(4, days)), "cpid", "Query Report - Cumulative", *queries)


def test_who_became_clean_and_who_did_not_stay_so(tmp_path: Path) -> None:
    for week, books in enumerate((_at(1, 2, days=10), _at(2, 3, days=17), _at(2, 3, days=17))):
        _week(books, tmp_path / f"week {week}" / "Study 7")
        load(tmp_path / "home", tmp_path / f"week {week}")
    with wired(Settings(tmp_path / "home", 0, 1)) as mesh:
        told = MeasuredOverStore(Reading(mesh.home, mesh.engine))
        found = told.changes(2, SEVEN, LOCK)
        assert (found.newly_clean, found.no_longer_clean, found.newly_listed) == (("Subject 1",), ("Subject 3",), ())
        assert [(moment.clean, moment.members, moment.as_of) for moment in found.moments] == [
            (1, 4, FIRST_DAY),
            (1, 4, SECOND_DAY),
        ]
        assert found.flow is not None
        assert (found.flow.opened, found.flow.closed, found.flow.outstanding) == (1, 1, 2)
        assert {line.subject_id: line.one_step for line in told.clean_subjects(2, SEVEN, LOCK).subjects} == {
            "Subject 1": None,
            "Subject 2": "Q",
            "Subject 3": "Q",
            "Subject 4": "V",
        }


def test_an_older_delivery_that_comes_later_is_compared_with_what_is_older_still(tmp_path: Path) -> None:
    weeks = Weeks(tmp_path)
    for days in (0, 14, 7):
        weeks.bring({"Study 7 files/Visit tracker.xlsx": tracker_lines(FIRST_DAY + dt.timedelta(days=days))})
    with wired(Settings(weeks.home, 0, 1)) as mesh:
        found = MeasuredOverStore(Reading(mesh.home, mesh.engine)).changes(3, SEVEN, LOCK)
    assert [(moment.snapshot, moment.as_of) for moment in found.moments] == [(1, FIRST_DAY), (3, SECOND_DAY)]


def test_definitions_name_everything_that_answers_have_codes_of(told: MeasuredOverStore) -> None:
    codes = {one.code for one in told.definitions().definitions}
    assert {*MEASURES, *(kri.code for kri in KRIS)} <= codes
    assert {kri.code for kri in told.signals(WEEKS, LISTED, Level.SITE, "calibrated").kris} <= codes
    assert all(one.what and one.formula for one in told.definitions().definitions)
    assert all(isinstance(MEASURES[code], Count) for code in MEANT)
