"""The indicators are those of measures-and-statistics 4.7 and 4.1, and gsm's tables read and write."""

import datetime as dt
import doctest
import math
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.spec.conftest import Loaded

from ncdm.errors import InvalidQuestion, RefusedInput
from ncdm.measures import statistics
from ncdm.measures.at import measures
from ncdm.measures.catalogue import COUNTS, KRI_BY_CODE, KRIS
from ncdm.measures.kri import Accumulation, FixedLimits, Kri
from ncdm.measures.signals import SignalState, study_signals
from ncdm.measures.statistics import (
    GSM_KRIS,
    GroupRow,
    MetricFlag,
    ResultRow,
    bounds_rows,
    flags_by_sign,
    normal_bounds,
    read_bounds,
    read_delimited,
    read_groups,
    read_metric_yaml,
    read_metrics,
    read_results,
    risk_scores,
    transform_rate,
    write_bounds,
    write_delimited,
    write_groups,
    write_metric_yaml,
    write_metrics,
    write_results,
)
from ncdm.types import StudyId

# -- the library


def test_the_example_of_the_library_is_true() -> None:
    result = doctest.testmod(statistics)
    assert result.attempted >= 5
    assert result.failed == 0


def test_every_public_name_of_the_library_is_listed_once_and_explained() -> None:
    assert len(set(statistics.__all__)) == len(statistics.__all__)
    own = [getattr(statistics, name) for name in statistics.__all__ if callable(getattr(statistics, name))]
    assert [value for value in own if getattr(value, "__module__", "").startswith("ncdm") and not value.__doc__] == []


# -- 4.7

HIGH, BOTH = "high", "both"
TABLE = [
    ("op01", "outstanding_queries", "pages_entered", "rate", 30, HIGH),
    ("op02", "site_queries_open_beyond_30_days", "site_open_queries", "binary", 10, HIGH),
    ("op02_14", "site_queries_open_beyond_14_days", "site_open_queries", "binary", 10, HIGH),
    ("op03", "answers_waiting_beyond_14_days", "answered_queries", "binary", 10, HIGH),
    ("op04", "missing_pages", "missing_pages pages_entered", "binary", 30, HIGH),
    ("op05", "missing_visits", "missing_visits visits_entered", "binary", 10, HIGH),
    ("op06", "signatures_pending_beyond_90_days", "signed_pages broken_signatures never_signed", "binary", 30, HIGH),
    ("op07", "sdv_required", "sdv_required sdv_verified", "binary", 30, HIGH),
    ("op08", "nonconformant_pages", "pages_entered", "binary", 100, HIGH),
    ("op09", "deviations_confirmed deviations_proposed", "visits_entered", "rate", 10, BOTH),
    ("op10_names", "missing_lab_names", "visits_entered", "rate", 10, HIGH),
    ("op10_ranges", "missing_lab_ranges", "visits_entered", "rate", 10, HIGH),
    ("op11", "inactivated_pages_with_data_without_reason", "pages_entered", "rate", 30, HIGH),
    ("op12", "uncoded_terms", "coded_terms uncoded_terms", "binary", 10, HIGH),
    ("op13", "edrr_issues", "subjects_in_cpid", "rate", 3, HIGH),
    ("op14_dm", "open_sae_reviews_dm", "sae_reviews_dm", "binary", 5, HIGH),
    ("op14_safety", "open_sae_reviews_safety", "sae_reviews_safety", "binary", 5, HIGH),
    ("op15_dm", "sae_reviews_dm_open_beyond_14_days", "open_sae_reviews_dm", "binary", 5, HIGH),
    ("op15_safety", "sae_reviews_safety_open_beyond_14_days", "open_sae_reviews_safety", "binary", 5, HIGH),
    ("op16", "screen_failures", "screen_failures subjects_past_screening", "binary", 3, BOTH),
    ("op17", "subjects_discontinued", "subjects_past_screening", "binary", 5, HIGH),
]


@pytest.mark.parametrize(("code", "over", "under", "kind", "accrual", "direction"), TABLE, ids=[row[0] for row in TABLE])
def test_an_indicator_divides_what_the_specification_says(
    code: str, over: str, under: str, kind: str, accrual: float, direction: str
) -> None:
    kri = KRI_BY_CODE[code]
    assert " ".join(count.code for count in kri.over) == over
    assert " ".join(count.code for count in kri.under) == under
    assert f"{kri.kind} {kri.direction}" == f"{kind} {direction}"
    assert str(kri.accrual) == f"Denominator>={accrual}"
    assert list(kri.rule.thresholds) == ([2, 3] if direction == HIGH else [-3, -2, 2, 3])
    assert list(kri.rule.flags) == ([0, 1, 2] if direction == HIGH else [-2, -1, 0, 1, 2])
    assert (kri.accumulation is Accumulation.CUMULATIVE) == (code in {"op09", "op11", "op16", "op17"})


def test_there_are_no_other_indicators() -> None:
    assert [kri.code for kri in KRIS] == [row[0] for row in TABLE]


def test_fixed_limits_are_those_of_the_specification() -> None:
    limits = {kri.code: (kri.fixed.amber, kri.fixed.red) for kri in KRIS if kri.fixed is not None}
    assert limits == {"op02": (0.05, 0.10), "op03": (0.10, 0.20), "op05": (0.05, 0.10), "op09": (0.7, 1.0)}
    assert [FixedLimits(0.7, 1.0).grade(metric) for metric in (0.0, 0.69, 0.7, 0.99, 1.0, 5.0)] == [0, 0, 1, 1, 2, 2]


@pytest.mark.parametrize("found", KRIS, ids=lambda kri: kri.code)
def test_an_indicator_explains_itself_and_weighs_each_of_its_flags_or_none(found: Kri) -> None:
    definition = found.definition
    texts = (definition.what, definition.why, definition.formula, definition.source, definition.example, definition.limits)
    assert all(len(text.split()) >= 2 for text in texts)
    assert set(found.weights) in (set(), set(found.rule.flags))
    assert {count.code for count in (*found.over, *found.under)} <= {count.code for count in COUNTS}


def test_the_backlog_of_the_own_team_is_no_risk_of_the_site() -> None:
    assert [kri.code for kri in KRIS if not kri.weights] == ["op02_14", "op03"]


# -- 4.1


def test_the_defaults_of_gsm_weigh_178_in_all() -> None:
    assert [found.metric_id for found in GSM_KRIS] == [f"kri{number:04}" for number in range(1, 16)]
    assert sum(max(found.weights.values()) for found in GSM_KRIS[:12] if found.weights is not None) == 178


def test_the_published_site_risk_score_of_the_full_set() -> None:
    """Flags that give 32 + 4 + 1 + 8, and 0 for all others: 45 of 178."""
    flags: Mapping[str, int] = {"kri0001": -2, "kri0002": 1, "kri0005": 1, "kri0012": 1}
    weights = {found.metric_id: found.weights for found in GSM_KRIS[:12] if found.weights is not None}
    (score,) = risk_scores([MetricFlag("Site", "s", metric, flags.get(metric, 0)) for metric in weights], weights)
    assert (score.numerator, score.denominator) == (45, 178)
    assert score.score == pytest.approx(25.280898876404493, rel=1e-12)


@pytest.mark.parametrize(
    ("number", "thresholds", "flags", "accrual"),
    [
        (1, (-2, -1, 2, 3), (-2, -1, 0, 1, 2), "Denominator>=30"),
        (5, (2, 3), (0, 1, 2), "Numerator>=10"),
        (12, (-3, -2, 2, 3), (-2, -1, 0, 1, 2), "Denominator>=3"),
        (13, (0.85, 0.9), (-2, -1, 0), "Difference>=3"),
        (14, (1.5, 2.5), (0, 1, 2), "Denominator>=3"),
    ],
)
def test_thresholds_of_the_defaults(number: int, thresholds: tuple[float, ...], flags: tuple[int, ...], accrual: str) -> None:
    rule = GSM_KRIS[number - 1].rule
    assert (rule.thresholds, rule.flags, str(rule.accrual)) == (thresholds, flags, accrual)


@pytest.mark.parametrize(
    ("thresholds", "flags"),
    [
        ((-2, -1, 2, 3), (-2, -1, 0, 1, 2)),
        ((2, 3), (0, 1, 2)),
        ((-5, 5), (-1, 0, 1)),
        ((2,), (0, 1)),
        ((-2,), (-1, 0)),
        ((1, 2, 3), (0, 1, 2, 3)),
    ],
)
def test_flags_that_nobody_named_count_by_sign(thresholds: tuple[float, ...], flags: tuple[int, ...]) -> None:
    assert flags_by_sign(thresholds) == flags


# -- gsm's tables

DAY = dt.date(2025, 11, 14)


def test_results_read_back_and_na_stays_na() -> None:
    rows = (
        ResultRow("S1", "Site", "0X7983", "kri0001", DAY, 31, 243, 31 / 243, 2.24020577055755, 1),
        ResultRow("S1", "Site", 'a "b", c', "kri0001", DAY, 4, 12, 1 / 3, math.nan, math.nan),
    )
    text = write_results(rows)
    assert text.splitlines()[0] == "GroupID,GroupLevel,Numerator,Denominator,Metric,Score,Flag,MetricID,SnapshotDate,StudyID"
    assert text.splitlines()[2].count("NA") == 2
    back = read_results(text.splitlines(keepends=True))
    assert back[0] == rows[0]
    assert back[1].key == rows[1].key
    assert math.isnan(back[1].score)
    assert math.isnan(back[1].flag)


def test_columns_may_come_in_any_order_and_more_of_them() -> None:
    text = "StudyID,Note,SnapshotDate,MetricID,Flag,Score,Metric,Denominator,Numerator,GroupLevel,GroupID\ns,x,2025-11-14,m,0,0.5,0.1,10,1,Site,g\n"
    assert read_results(text.splitlines()) == (ResultRow("s", "Site", "g", "m", DAY, 1, 10, 0.1, 0.5, 0),)


@pytest.mark.parametrize(
    ("old", "new", "said"), [("2025-11-14", "14.11.2025", "no day"), (",m,", ",,", "a name is missing"), ("0.5", "half", "no number")]
)
def test_results_that_do_not_read_are_refused_with_their_line(old: str, new: str, said: str) -> None:
    text = (
        "StudyID,SnapshotDate,MetricID,Flag,Score,Metric,Denominator,Numerator,GroupLevel,GroupID\ns,2025-11-14,m,0,0.5,0.1,10,1,Site,g\n"
    )
    with pytest.raises(RefusedInput, match=said) as refused:
        read_results(text.replace(old, new).splitlines())
    assert "line 2" in refused.value.where


def test_a_missing_column_is_named() -> None:
    with pytest.raises(InvalidQuestion, match="no column 'Numerator'"):
        read_results(["GroupID,Score", "a,1"])


def test_bounds_read_back_and_carry_metric_and_log() -> None:
    groups = transform_rate(["a", "b", "c"], [10, 20, 30], [100, 210, 290]).groups
    rows = bounds_rows(normal_bounds(groups, statistics.Kind.RATE), "S1", "kri0001", DAY)
    text = write_bounds(rows)
    assert read_bounds(text.splitlines()) == rows
    table = read_delimited(text.splitlines())
    assert np.exp(table.numbers("LogDenominator")) == pytest.approx(table.numbers("Denominator"), rel=1e-12)
    assert table.numbers("Metric") == pytest.approx(np.divide(table.numbers("Numerator"), table.numbers("Denominator")), rel=1e-12)


def test_groups_read_back() -> None:
    rows = (GroupRow("S1", "Site", "0X1", "status", "Active"), GroupRow("S1", "Site", "0X1", "closed_on", None))
    assert read_groups(write_groups(rows).splitlines()) == rows


def test_metrics_read_back() -> None:
    assert read_metrics(write_metrics(GSM_KRIS).splitlines()) == GSM_KRIS


@pytest.mark.parametrize("number", range(15))
def test_a_definition_in_yaml_reads_back(number: int) -> None:
    assert read_metric_yaml(write_metric_yaml(GSM_KRIS[number])) == GSM_KRIS[number]


WORKFLOW = """\
# an indicator
meta:
  Type: Analysis
  ID: kri0099
  GroupLevel: Site
  Abbreviation: XY
  Metric: 'A rate of one''s own'   # a remark
  Numerator: Events
  Denominator: "Days: on study"
  Model: Identity
  Score: A rate
  AnalysisType: identity
  Threshold: "0.9,0.85"
  Flag:
    - -2
    - -1
    - 0
  AccrualThreshold: 3
  AccrualMetric: Difference
spec:
  Mapped_SUBJ:
    subjid:
      type: character
steps:
  - output: vThreshold
    name: somewhere::ParseThreshold
    params:
      strThreshold: Threshold
"""


def test_the_meta_block_of_a_workflow_is_its_definition() -> None:
    found = read_metric_yaml(WORKFLOW)
    assert (found.metric_id, found.title, found.denominator) == ("kri0099", "A rate of one's own", "Days: on study")
    assert (found.rule.thresholds, found.rule.flags, str(found.rule.accrual)) == ((0.85, 0.9), (-2, -1, 0), "Difference>=3")
    assert found.weights is None


def test_the_older_accrual_limit_is_of_the_denominator() -> None:
    text = WORKFLOW.replace("  AccrualThreshold: 3\n  AccrualMetric: Difference\n", "  nMinDenominator: 30\n")
    assert str(read_metric_yaml(text).rule.accrual) == "Denominator>=30"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("meta:", "about:", "no meta block"),
        ("  Threshold: ", "  Limits: ", "no Threshold"),
        ("  ID: kri0099", "  ID: {a: b}", "more than a plain value"),
        ("  ID: kri0099", "  just words", "neither a name"),
        ("AccrualMetric: Difference", "AccrualMetric: Days", "does not accrue"),
        ('"0.9,0.85"', "low", "no numbers"),
    ],
)
def test_a_workflow_that_does_not_read_is_refused(old: str, new: str, said: str) -> None:
    with pytest.raises((RefusedInput, InvalidQuestion), match=said):
        read_metric_yaml(WORKFLOW.replace(old, new))


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=8).filter(
                lambda text: text not in {"NA", "NaN", "nan", "null", "NULL"} and "\ufeff" not in text
            ),
            st.floats(allow_nan=False, allow_infinity=False),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_what_is_written_reads_back_to_the_last_digit(rows: list[tuple[str, float]]) -> None:
    table = read_delimited(write_delimited(("name", "number"), rows).splitlines(keepends=True))
    assert table.text("name") == tuple(name for name, _ in rows)
    assert table.numbers("number") == tuple(number for _, number in rows)


# -- the real studies, where they are


def test_the_indicators_of_the_real_studies_add_up_to_what_is_known_of_them(real: Loaded) -> None:
    """data-contracts 6 gives the sums; rows that name no site are counted beside."""
    found = measures(real.state)
    signals = [study_signals(found, study) for study in found.universe.studies]

    def total(code: str) -> tuple[float, float]:
        found = [of_kri for study in signals for of_kri in study.kris if of_kri.kri.code == code]
        return (
            sum(float(np.nansum(one.scores.numerator)) + one.unplaced[0] for one in found),
            sum(float(np.nansum(one.scores.denominator)) + one.unplaced[1] for one in found),
        )

    assert total("op08") == (216, 342_453)
    assert total("op06")[0] == 3_241
    assert (total("op14_dm")[0], total("op14_safety")[0]) == (5_208, 929)
    with_denominator = {
        study.study_id: {found.kri.code[:4] for found in study.kris if set(found.state) & {SignalState.OK, SignalState.BELOW_ACCRUAL}}
        for study in signals
    }
    for study in ("Study 4", "Study 21"):
        assert with_denominator[StudyId(study)] <= {"op12", "op14", "op15"}
    assert {"op01", "op05", "op09", "op16"} <= with_denominator[StudyId("Study 16")]
