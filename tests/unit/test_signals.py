"""Signals of a study: who is flagged, what is unknown and why, and what a group's flags add up to."""

import datetime as dt
import math
from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pytest
from scipy import stats

from ncdm.errors import InvalidQuestion
from ncdm.measures.catalogue import KRI_BY_CODE, KRIS
from ncdm.measures.compute import AT_LEAST, KNOWN, UNKNOWN, Column, Measures, Reasons
from ncdm.measures.grouped import Floats
from ncdm.measures.kri import Kri
from ncdm.measures.presence import Presence
from ncdm.measures.signals import KriSignals, SignalState, StudySignals, study_signals
from ncdm.measures.statistics import CountKind, Method, benjamini_hochberg, flag_rule
from ncdm.measures.universe import universe
from ncdm.measures.value import Level
from ncdm.serve.measured.told_signals import detail_told
from ncdm.store.spine import Site, Spine
from ncdm.types import KindCode, SiteId, StudyId

STUDY, OTHER = StudyId("Study 1"), StudyId("Study 2")
EVERY_SHEET = frozenset(code for kri in KRIS for count in (*kri.over, *kri.under) for code in count.needs)
Numbers = Sequence[float | None]


def _site(number: int) -> Site:
    return Site(SiteId(f"Site {number}"), "AAA" if number % 2 else "BBB", None, 1, (), ())


def _measures(sites: Mapping[StudyId, int], counts: Mapping[str, Numbers], sheets: frozenset[str] = EVERY_SHEET) -> Measures:
    """A snapshot whose counts of sites, study after study, are these; ``None`` is not known, and counts left out are zero."""
    spines = {study: Spine(tuple(map(_site, range(1, size + 1))), (), lower_bound=False) for study, size in sites.items()}
    groups = universe(spines)
    delivered = {study: Presence(sheets, frozenset(), dict[KindCode, int](), dict[KindCode, dt.date | None]()) for study in sites}

    def ask(_expression: object) -> pa.Table:
        raise AssertionError("every count is given")

    found = Measures(ask, groups, delivered)
    for kri in KRIS:
        for count in (*kri.over, *kri.under):
            given = counts.get(count.code, [0.0] * len(groups.sites))
            absent = "no report" if any(code not in sheets for code in count.needs) else None
            amount: Floats = np.array([math.nan if absent or one is None else one for one in given], dtype=np.float64)
            told = np.array([absent or ("1 row does not tell" if one is None else None) for one in given], dtype=np.object_)
            state = np.where(np.isnan(amount), UNKNOWN, KNOWN).astype(np.int8)
            found._columns[count.code, Level.SITE] = Column(amount, amount, None, state, told)
            for level in (Level.COUNTRY, Level.STUDY):
                place = {Level.COUNTRY: groups._country_of_site, Level.STUDY: groups.study_of(Level.SITE)}[level]
                size = len(groups.groups(level))
                total: Floats = np.bincount(place, weights=np.nan_to_num(amount), minlength=size).astype(np.float64)
                reason: Reasons = np.full(size, absent, dtype=np.object_)
                state = np.full(size, UNKNOWN if absent else KNOWN, dtype=np.int8)
                found._columns[count.code, level] = Column(total, total, None, state, reason)
    return found


def _of(signals: StudySignals, code: str) -> KriSignals:
    return next(found for found in signals.kris if found.kri.code == code)


def _queries(*, high: float = 60, others: int = 30) -> Measures:
    """Sites with 10 to 12 queries on 100 pages, the last but one with many more, the last with none."""
    queries = [*(10 + place % 3 for place in range(others)), high, 0]
    return _measures({STUDY: len(queries)}, {"outstanding_queries": queries, "pages_entered": [100] * len(queries)})


# -- flags


def test_the_site_that_differs_is_red_and_silence_is_no_risk_where_only_high_is() -> None:
    found = _of(study_signals(_queries(), STUDY), "op01")
    assert (found.flag[-2], found.flag[-1]) == (2, 0)
    assert (found.red, found.amber) == (1, 0)
    assert found.scores.score[-1] < -2
    assert found.scores.ratio[-2] > 1 > found.scores.ratio[-1]
    assert set(found.state) == {SignalState.OK}
    assert set(found.reason) == {None}


def test_the_line_of_the_study_in_a_funnel_is_its_level_and_the_others_lie_around_it() -> None:
    found = study_signals(_queries(), STUDY)
    page = detail_told(found, "op01", {}, [])
    lines = {bound.score: bound.metrics for bound in page.bounds}
    assert set(lines) == {-3.0, -2.0, 0.0, 2.0, 3.0}
    assert page.kri.overall is not None
    assert set(lines[0.0]) == {page.kri.overall}
    assert max(lines[-2.0]) < page.kri.overall < min(lines[2.0]) < max(lines[3.0])


def test_deviations_are_flagged_on_both_sides() -> None:
    many = [*(20 + place % 3 for place in range(30)), 80, 0]
    found = _of(study_signals(_measures({STUDY: 32}, {"deviations_confirmed": many, "visits_entered": [100] * 32}), STUDY), "op09")
    assert (found.flag[-2], found.flag[-1]) == (2, -2)


def test_the_fixed_limits_stand_beside_the_statistical_flag() -> None:
    found = _of(study_signals(_measures({STUDY: 3}, {"deviations_confirmed": [6, 7, 10], "visits_entered": [10] * 3}), STUDY), "op09")
    assert found.fixed.tolist() == [0, 1, 2]
    assert np.isnan(found.flag).all()
    assert np.isnan(_of(study_signals(_queries(), STUDY), "op01").fixed).all()


def test_q_is_over_all_sites_and_indicators_of_the_study() -> None:
    found = study_signals(_queries(), STUDY)
    every = np.array([of_kri.scores.p for of_kri in found.kris])
    assert np.count_nonzero(~np.isnan(every)) > 32
    expected = benjamini_hochberg(every)
    for place, of_kri in enumerate(found.kris):
        assert of_kri.q.tolist() == pytest.approx(expected[place].tolist(), nan_ok=True)


def test_another_study_changes_nothing() -> None:
    alone = study_signals(_queries(), STUDY)
    queries = [*(10 + place % 3 for place in range(30)), 60, 0]
    both = _measures({STUDY: 32, OTHER: 8}, {"outstanding_queries": [*queries, *[90] * 8], "pages_entered": [100] * 40})
    beside = study_signals(both, STUDY)
    assert len(beside.groups) == 32
    for one, other in zip(alone.kris, beside.kris, strict=True):
        assert one.scores.score.tolist() == pytest.approx(other.scores.score.tolist(), nan_ok=True)
        assert one.q.tolist() == pytest.approx(other.q.tolist(), nan_ok=True)
    assert study_signals(both, OTHER).flagged == 0


def test_a_threshold_may_be_tried_without_another_declaration() -> None:
    measures = _queries(high=25)
    strict = study_signals(measures, STUDY, method=Method.GSM_NORMAL, rules={"op01": flag_rule((1.5, 2.5))})
    found = _of(strict, "op01")
    for score, flag in zip(found.scores.score.tolist(), found.flag.tolist(), strict=True):
        assert flag == (score >= 1.5) + (score >= 2.5)


# -- gsm's methods on the same declarations


def test_the_gsm_methods_score_as_gsm_does() -> None:
    measures = _queries()
    x, d = np.array([*(10 + place % 3 for place in range(30)), 60, 0], dtype=np.float64), 100.0
    mu = x.sum() / (d * 32)
    z = (x / d - mu) / np.sqrt(mu / d)
    z /= math.sqrt(float(np.mean(z**2)))
    normal = _of(study_signals(measures, STUDY, method=Method.GSM_NORMAL), "op01")
    assert normal.scores.score.tolist() == pytest.approx(z.tolist(), rel=1e-9)
    assert normal.flag.tolist() == [(score >= 2) + (score >= 3) for score in z.tolist()]
    poisson = _of(study_signals(measures, STUDY, method=Method.GSM_POISSON), "op01")
    mean = mu * d
    assert poisson.scores.score[-2] == pytest.approx(math.sqrt(2 * (60 * math.log(60 / mean) - (60 - mean))), rel=1e-9)
    assert (poisson.flag[-2], poisson.flag[-1]) == (2, 0)
    assert poisson.scores.score[-1] == pytest.approx(-math.sqrt(2 * mean), rel=1e-9)


def test_fisher_asks_shares_alone_and_flags_the_side_that_is_a_risk() -> None:
    visits: Mapping[str, Numbers] = {"missing_visits": [2, 2, 2, 2, 30, 0], "visits_entered": [98, 98, 98, 98, 70, 400]}
    found = study_signals(_measures({STUDY: 6}, visits), STUDY, method=Method.FISHER)
    assert {of_kri.kri.kind for of_kri in found.kris} == {CountKind.BINARY}
    of_visits = _of(found, "op05")
    expected = stats.fisher_exact(np.array([[792, 70], [8, 30]])).pvalue
    assert of_visits.scores.p[4] == pytest.approx(expected, rel=1e-9)
    assert of_visits.scores.p[5] < 0.01
    assert (of_visits.flag[4], of_visits.flag[5]) == (2, 0)


# -- what cannot be said


def test_below_accrual_is_told_and_still_ranked() -> None:
    queries, pages = [5.0] * 9 + [3.0], [100.0] * 9 + [20.0]
    found = _of(study_signals(_measures({STUDY: 10}, {"outstanding_queries": queries, "pages_entered": pages}), STUDY), "op01")
    assert found.state[-1] is SignalState.BELOW_ACCRUAL
    assert found.reason[-1] == "20 of at least 30"
    assert np.isnan(found.flag[-1])
    assert np.isnan(found.q[-1])
    assert found.scores.ratio[-1] > 1


def test_fewer_than_five_sites_with_enough_data_is_silence() -> None:
    found = _of(study_signals(_measures({STUDY: 4}, {"outstanding_queries": [1, 2, 3, 90], "pages_entered": [100] * 4}), STUDY), "op01")
    assert set(found.state) == {SignalState.INSUFFICIENT_INFORMATION}
    assert np.isnan(found.flag).all()
    assert found.expected_false == 0


def test_a_count_that_is_not_known_is_unknown_with_its_reason_and_never_zero() -> None:
    queries: Numbers = [None, *[10] * 9]
    measures = _measures({STUDY: 10}, {"outstanding_queries": queries, "pages_entered": [100] * 10})
    column = measures.column(KRI_BY_CODE["op01"].over[0], Level.SITE)
    assert column.state[0] != KNOWN
    found = _of(study_signals(measures, STUDY), "op01")
    assert (found.state[0], found.reason[0]) == (SignalState.UNKNOWN, "1 row does not tell")
    assert np.isnan(found.scores.metric[0])
    assert found.scores.overall == pytest.approx(0.1)


def test_a_lower_bound_is_not_known() -> None:
    measures = _queries()
    code = KRI_BY_CODE["op01"].over[0].code
    column = measures._columns[code, Level.SITE]
    column.state[3], column.reason[3] = AT_LEAST, "2 rows do not tell"
    found = _of(study_signals(measures, STUDY), "op01")
    assert (found.state[3], found.reason[3]) == (SignalState.UNKNOWN, "2 rows do not tell")


def test_without_cpid_only_coding_and_sae_reviews_have_a_denominator() -> None:
    """measures-and-statistics 4.7: without a subject table only op12, op14 and op15."""
    cpid = {"subject_metrics", "query_cumulative"}
    counts: Mapping[str, Numbers] = {"coded_terms": [30] * 8, "sae_reviews_dm": [9] * 8, "sae_reviews_safety": [9] * 8}
    found = study_signals(_measures({STUDY: 8}, counts, EVERY_SHEET - cpid), STUDY)
    with_denominator = {of_kri.kri.code for of_kri in found.kris if SignalState.OK in of_kri.state}
    assert with_denominator == {"op12", "op14_dm", "op14_safety"}
    for of_kri in found.kris:
        if of_kri.kri.code[:4] not in {"op12", "op14", "op15"}:
            assert set(of_kri.state) == {SignalState.NO_DENOMINATOR}
            assert set(of_kri.reason) == {"no report"}


def test_a_missing_report_of_the_numerator_is_unknown_and_not_zero() -> None:
    found = _of(study_signals(_measures({STUDY: 8}, {"visits_entered": [50] * 8}, EVERY_SHEET - {"labs"}), STUDY), "op10_names")
    assert set(found.state) == {SignalState.UNKNOWN}
    assert np.isnan(found.flag).all()


def test_a_missing_report_of_what_is_also_in_the_denominator_is_unknown() -> None:
    """Expected visits are missing and entered ones: without the tracker it is the missing that nobody knows."""
    found = _of(study_signals(_measures({STUDY: 8}, {"visits_entered": [50] * 8}, EVERY_SHEET - {"visit_tracker"}), STUDY), "op05")
    assert set(found.state) == {SignalState.UNKNOWN}


def test_a_site_without_denominator_says_so() -> None:
    found = _of(study_signals(_measures({STUDY: 8}, {"outstanding_queries": [1] * 8, "pages_entered": [0, *[90] * 7]}), STUDY), "op01")
    assert found.state[0] is SignalState.NO_DENOMINATOR
    assert found.reason[0] == "no pages entered"


def test_an_extract_of_open_terms_has_no_share() -> None:
    found = _of(study_signals(_measures({STUDY: 8}, {"uncoded_terms": [20] * 8}), STUDY), "op12")
    assert set(found.state) == {SignalState.UNKNOWN}
    assert set(found.reason) == {"an extract of open items only: no coded terms"}


def test_more_failures_than_there_are_is_a_contradiction_of_one_site_alone() -> None:
    counts: Mapping[str, Numbers] = {"signatures_pending_beyond_90_days": [41, *[2] * 8], "signed_pages": [40] * 9}
    found = _of(study_signals(_measures({STUDY: 9}, counts), STUDY), "op06")
    assert found.state[0] is SignalState.UNKNOWN
    assert "contradict" in str(found.reason[0])
    assert set(found.state[1:]) == {SignalState.OK}


def test_rows_that_name_no_site_are_counted_beside() -> None:
    measures = _queries()
    column = measures.column(KRI_BY_CODE["op01"].over[0], Level.STUDY)
    column.numerator[0] += 7
    assert _of(study_signals(measures, STUDY), "op01").unplaced == (7, 0)


# -- together


def test_totals_leave_out_the_backlog_of_the_own_team() -> None:
    counts: Mapping[str, Numbers] = {"answered_queries": [20] * 20, "answers_waiting_beyond_14_days": [*[2] * 19, 20]}
    found = study_signals(_measures({STUDY: 20}, counts), STUDY)
    assert abs(_of(found, "op03").flag[-1]) >= 1
    assert (found.flagged, found.red.sum(), found.amber.sum()) == (0, 0, 0)


def test_the_risk_score_is_the_weight_of_the_flags_over_the_most_there_could_be() -> None:
    found = study_signals(_queries(), STUDY)
    risk = found.risk[-2]
    assert risk is not None
    weighted = [of_kri for of_kri in found.kris if of_kri.kri.weights and not np.isnan(of_kri.flag).all()]
    assert risk.denominator == sum(max(of_kri.kri.weights.values()) for of_kri in weighted)
    assert risk.numerator == sum(of_kri.kri.weights[int(of_kri.flag[-2])] for of_kri in weighted if not np.isnan(of_kri.flag[-2]))
    assert risk.contributions["op01"] == 2
    assert (found.red[-2], found.flagged) == (1, 1)


def test_the_composite_notices_one_strong_signal_and_no_good_news() -> None:
    found = study_signals(_queries(), STUDY)
    assert found.composite[-2] < 1e-3
    assert found.composite[-1] > 0.3
    assert np.isnan(study_signals(_measures({STUDY: 3}, {}), STUDY).composite).all()


def test_expected_false_flags_are_the_nominal_tail_of_the_scored_sites() -> None:
    found = _of(study_signals(_queries(), STUDY), "op01")
    assert found.expected_false == pytest.approx(32 * stats.norm.sf(2))
    counts: Mapping[str, Numbers] = {"deviations_confirmed": [9] * 10, "visits_entered": [50] * 10}
    both = _of(study_signals(_measures({STUDY: 10}, counts), STUDY), "op09")
    assert both.expected_false == pytest.approx(10 * 2 * stats.norm.sf(2))


def test_what_could_be_noticed_is_computed_when_asked() -> None:
    found = _of(study_signals(_queries(), STUDY), "op01").detectable()
    assert (found.up > 1).all()
    assert (found.down[found.silence] < 1).all()


def test_countries_are_compared_with_countries() -> None:
    found = study_signals(_queries(), STUDY, Level.COUNTRY)
    assert [group.label for group in found.groups] == ["AAA", "BBB"]
    assert set(_of(found, "op01").state) == {SignalState.INSUFFICIENT_INFORMATION}


@pytest.mark.parametrize(("level", "method"), [(Level.SUBJECT, Method.CALIBRATED), (Level.SITE, Method.REPORTING)])
def test_what_cannot_be_compared_is_refused(level: Level, method: Method) -> None:
    with pytest.raises(InvalidQuestion):
        study_signals(_queries(), STUDY, level, method)


def test_the_order_of_sites_does_not_show() -> None:
    queries = [10, 12, 9, 30, 11, 8, 14, 10]
    one = _measures({STUDY: 8}, {"outstanding_queries": queries, "pages_entered": [100] * 8})
    other = _measures({STUDY: 8}, {"outstanding_queries": queries[::-1], "pages_entered": [100] * 8})
    here, there = (_of(study_signals(measures, STUDY), "op01").scores.score for measures in (one, other))
    assert here.tolist() == there[::-1].tolist()


def _codes(kris: Sequence[Kri]) -> list[str]:
    return [kri.code for kri in kris]


def test_a_family_may_be_chosen() -> None:
    only = study_signals(_queries(), STUDY, kris=[KRI_BY_CODE["op01"]])
    assert _codes([found.kri for found in only.kris]) == ["op01"]
