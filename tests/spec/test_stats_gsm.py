"""The gsm-compatible mode gives the published values: measures-and-statistics 4.1 and 6."""

import csv
import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ncdm.errors import InvalidQuestion
from ncdm.measures.statistics import (
    FISHER_RULE,
    NORMAL_RULE,
    POISSON_RULE,
    Accrual,
    AccrualMetric,
    FlagRule,
    GroupInput,
    Kind,
    MetricFlag,
    ResultRow,
    ScoreColumn,
    Slope,
    SourceRows,
    Transformed,
    changes,
    fisher_scores,
    flag,
    flag_changes,
    flag_rule,
    flags_of,
    identity_scores,
    input_rate,
    listing_order,
    normal_bounds,
    normal_scores,
    one_sided,
    parse_accrual,
    parse_flags,
    parse_thresholds,
    parse_weights,
    poisson_bounds,
    poisson_scores,
    risk_scores,
    transform_rate,
)

NAN = math.nan
exactly = pytest.approx


def made(numerator: Sequence[float], denominator: Sequence[float]) -> GroupInput:
    """Groups named by position."""
    return transform_rate([f"g{position:03}" for position in range(len(numerator))], numerator, denominator).groups


@pytest.fixture(scope="module")
def folder(shared_data: Path) -> Path:
    """The folder of reference inputs."""
    path = shared_data / "anchors"
    if not path.exists():
        pytest.skip(f"the reference inputs are not at {path}")
    return path


@pytest.fixture(scope="module")
def anchors(folder: Path) -> dict[str, Any]:
    """The reference values."""
    read: dict[str, Any] = json.loads((folder / "anchors.json").read_text(encoding="utf-8"))
    return read


@pytest.fixture(scope="module")
def adverse_events(folder: Path, anchors: dict[str, Any]) -> Transformed:
    """The sample of gsm itself: events and days on study of 763 subjects at 145 sites."""
    with (folder / anchors["gsm_rate"]["input"]).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 763
    return transform_rate(
        [row["GroupID"] for row in rows],
        [float(row["Numerator"]) for row in rows],
        [float(row["Denominator"]) for row in rows],
        [row["GroupLevel"] for row in rows],
    )


# ------------------------------------------------------------------------------------------------------- published values


def test_adverse_event_rate_of_the_sample(adverse_events: Transformed, anchors: dict[str, Any]) -> None:
    wanted = anchors["gsm_rate"]
    groups = adverse_events.groups
    assert (len(groups), adverse_events.without_denominator, adverse_events.rows_without_group) == (145, (), 0)
    scores = normal_scores(groups, Kind(wanted["type"]))
    assert scores.overall_metric == exactly(wanted["mu"], rel=1e-12)
    assert scores.factor == exactly(wanted["phi"], rel=1e-12)
    accrual = Accrual(AccrualMetric(wanted["accrual"]["metric"]), wanted["accrual"]["min"])
    flagged = flag(groups, scores.score, flag_rule(wanted["thresholds"], wanted["flags"], accrual))
    counted = Counter("NA" if value is None else str(value) for value in flagged.flag_or_none)
    assert counted == wanted["flag_counts"]
    for group, numerator, denominator, score, value in wanted["rows"]:
        place = groups.group_id.index(group)
        assert (groups.numerator[place], groups.denominator[place]) == (numerator, denominator)
        assert flagged.flag_or_none[place] == value
        assert flagged.score[place] == exactly(NAN if score is None else score, rel=1e-9, nan_ok=True)


@pytest.mark.parametrize("name", ["flag_z", "flag_identity"])
def test_flags_of_published_scores(anchors: dict[str, Any], name: str) -> None:
    wanted = anchors[name]
    rule = flag_rule(wanted["thresholds"], wanted["flags"])
    assert flags_of(np.array(wanted["scores"], dtype=float), rule).tolist() == wanted["expected"]


def test_proportions_of_three_sites(anchors: dict[str, Any]) -> None:
    wanted = anchors["binary"]
    scores = normal_scores(made(wanted["numerator"], wanted["denominator"]), Kind.BINARY)
    assert [scores.overall_metric, scores.factor] == exactly([wanted["mu"], wanted["phi"]], rel=1e-12)
    assert scores.score.tolist() == exactly(wanted["z"], rel=1e-12)


def test_subjects_are_given_their_rows(anchors: dict[str, Any]) -> None:
    wanted = anchors["input_rate"]
    subjects = [str(subject) for subject in wanted["subjects"]]
    found = input_rate(
        subjects,
        ["site"] * 3,
        SourceRows(tuple(map(str, wanted["numerator_rows_by_subject"]))),
        SourceRows(tuple(map(str, wanted["denominator_rows_by_subject"]))),
    )
    assert (found.numerator.tolist(), found.denominator.tolist()) == (wanted["numerator"], wanted["denominator"])


def test_fisher_of_three_sites(anchors: dict[str, Any]) -> None:
    wanted = anchors["fisher"]
    scores = fisher_scores(made(wanted["numerator"], wanted["denominator"]))
    assert scores.score.tolist() == exactly(wanted["p"], abs=wanted["tol"])
    assert scores.estimate.tolist() == exactly(wanted["odds_ratio"], abs=wanted["tol"])


def test_poisson_bounds_of_three_sites(anchors: dict[str, Any]) -> None:
    wanted = anchors["poisson_bounds"]
    groups = made(wanted["numerator"], wanted["denominator"])
    # The grid passes 100 and 300, its smallest and largest denominator, by itself, and 200 when its step doubles.
    steps = (None, math.log(2), None)
    for denominator, upper, lower, step in zip(wanted["denominator"], wanted["upper"], wanted["lower"], steps, strict=True):
        bounds = poisson_bounds(groups, (-wanted["t"], wanted["t"]), step)
        for line, count in ((wanted["t"], upper), (-wanted["t"], lower)):
            denominators, counts = bounds.line(line)
            there = counts[np.isclose(denominators, denominator, rtol=1e-12)].tolist()
            assert there == ([] if count is None else exactly([count], rel=wanted["tol"]))


def test_site_risk_scores(anchors: dict[str, Any]) -> None:
    wanted = anchors["site_risk_score"]
    weights = {
        f"kri{number}": parse_weights("-2,-1,0,1,2", ",".join(map(str, row)))
        for number, row in enumerate(wanted["weights_for_flags_-2..2"])
    }
    rows = [
        MetricFlag("Site", f"site{place}", f"kri{number}", float(value))
        for place, case in enumerate(wanted["cases"])
        for number, value in enumerate(case["flags"])
    ]
    assert [(score.numerator, score.denominator) for score in risk_scores(rows, weights)] == [
        (case["numerator"], case["denominator"]) for case in wanted["cases"]
    ]


DEFAULT_WEIGHTS = {
    "kri0001": ("-2,-1,0,1,2", "32,16,0,1,2"),
    "kri0002": ("-2,-1,0,1,2", "8,0,0,4,8"),
    "kri0003": ("-2,-1,0,1,2", "8,4,0,8,16"),
    "kri0004": ("-2,-1,0,1,2", "0,0,0,16,32"),
    "kri0005": ("0,1,2", "0,1,2"),
    "kri0006": ("0,1,2", "0,16,32"),
    "kri0007": ("0,1,2", "0,16,32"),
    "kri0008": ("0,1,2", "0,1,2"),
    "kri0009": ("0,1,2", "0,1,2"),
    "kri0010": ("0,1,2", "0,1,2"),
    "kri0011": ("0,1,2", "0,1,2"),
    "kri0012": ("-2,-1,0,1,2", "0,0,0,8,16"),
}


def test_the_risk_score_of_the_twelve_default_metrics(anchors: dict[str, Any]) -> None:
    wanted = anchors["site_risk_score"]
    weights = {metric: parse_weights(*written) for metric, written in DEFAULT_WEIGHTS.items()}
    flags = dict.fromkeys(DEFAULT_WEIGHTS, 0.0) | {"kri0001": -2.0, "kri0002": 1.0, "kri0005": 1.0, "kri0003": 1.0}
    (score,) = risk_scores([MetricFlag("Site", "s", metric, value) for metric, value in flags.items()], weights)
    assert score.denominator == wanted["full_set_denominator"]
    assert sorted(filter(None, score.contributions.values())) == sorted(wanted["full_set_contributions"])
    assert score.score == exactly(wanted["full_set_score"], rel=1e-12)


def test_one_sided_limit(anchors: dict[str, Any]) -> None:
    wanted = anchors["qtl_one_side"]
    for case in wanted["cases"]:
        found = one_sided(made([wanted["x"]], [wanted["n"]]), case["p0"], wanted["k"])
        assert found.flag.tolist() == [case["flag"]]
        assert found.score[0] == exactly(case.get("z", 0.0), rel=1e-12)
        assert found.upper[0] == exactly(case.get("upper", 0.25 + 3 * math.sqrt(0.25 * 0.75 / 100)), rel=1e-12)


# -------------------------------------------------------------------------------------------------------- groups and rows


def test_groups_without_denominator_are_named_and_never_enter() -> None:
    found = transform_rate(["b", "a", "c", "b", None], [1, 0, 3, 2, 9], [5, 0, 0, 5, 9])
    assert (found.groups.group_id, found.groups.numerator.tolist(), found.groups.denominator.tolist()) == (("b",), [3], [10])
    assert found.without_denominator == (("Site", "a"), ("Site", "c"))
    assert found.rows_without_group == 1


def test_a_group_is_its_level_and_its_id() -> None:
    found = transform_rate(["1", "1"], [1, 2], [10, 10], ["Site", "Country"]).groups
    assert (found.group_id, found.group_level, found.numerator.tolist()) == (("1", "1"), ("Country", "Site"), [2, 1])


def test_nothing_to_group_is_no_group() -> None:
    found = transform_rate([], [], [])
    assert len(found.groups) == 0
    assert math.isnan(found.groups.overall_metric)


@pytest.mark.parametrize(
    ("ids", "numerator", "denominator"),
    [
        (["a"], [NAN], [1]),
        (["a"], [1], [NAN]),
        (["a"], [math.inf], [1]),
        (["a"], [1], [-1]),
        (["a", "b"], [1], [1, 1]),
        (["a"], [[1]], [1]),
    ],
)
def test_rows_that_cannot_be_added_up_are_refused(ids: list[str], numerator: list[float], denominator: list[float]) -> None:
    with pytest.raises(InvalidQuestion):
        transform_rate(ids, numerator, denominator)


def test_levels_must_be_one_a_row() -> None:
    with pytest.raises(InvalidQuestion, match="2 levels for 1 rows"):
        transform_rate(["a"], [1], [1], ["Site", "Country"])


@pytest.mark.parametrize(
    ("ids", "numerator", "denominator"), [(("a", "a"), [1, 1], [1, 1]), (("a",), [1], [0]), (("a",), [1, 2], [1, 2]), (("a",), [NAN], [1])]
)
def test_groups_that_cannot_be_scored_cannot_be_built(ids: tuple[str, ...], numerator: list[float], denominator: list[float]) -> None:
    with pytest.raises(InvalidQuestion):
        GroupInput(ids, np.array(numerator), np.array(denominator))


def test_groups_keep_their_own_numbers() -> None:
    numerator = np.array([1.0, 2.0])
    groups = GroupInput(("a", "b"), numerator, np.array([10.0, 10.0]))
    numerator[0] = 99
    assert groups.numerator.tolist() == [1, 2]
    with pytest.raises(ValueError, match="read-only"):
        groups.numerator[0] = 99


def test_sums_ignore_missing_values_and_subjects_without_rows_have_none() -> None:
    found = input_rate(
        ["1", "2", "3", "4"],
        ["A", "A", None, "B"],
        SourceRows(("1", "1", "3", "9")),
        SourceRows(("1", "2", "1", "2"), (10.0, None, 5.0, NAN)),
        "Country",
    )
    assert (found.subject_id, found.group_id) == (("1", "2", "4"), ("A", "A", "B"))
    assert (found.numerator.tolist(), found.denominator.tolist()) == ([2, 0, 0], [15, 0, 0])
    assert (found.without_group, found.unlisted) == (("3",), ("9",))
    assert found.metric[0] == exactly(2 / 15)
    assert np.isnan(found.metric[1:]).all()
    grouped = found.by_group()
    assert (grouped.groups.group_id, grouped.groups.group_level, grouped.groups.numerator.tolist()) == (("A",), ("Country",), [2])
    assert grouped.without_denominator == (("Country", "B"),)


@pytest.mark.parametrize("denominator", [SourceRows(()), SourceRows(("1", "2"), (0.0, None))])
def test_no_denominator_at_all_is_an_error(denominator: SourceRows) -> None:
    with pytest.raises(InvalidQuestion, match="every denominator is 0"):
        input_rate(["1"], ["A"], SourceRows(("1",)), denominator)


def test_subject_rows_of_other_lengths_are_refused() -> None:
    with pytest.raises(InvalidQuestion):
        SourceRows(("1", "2"), (1.0,))
    with pytest.raises(InvalidQuestion):
        input_rate(["1"], [], SourceRows(("1",)), SourceRows(("1",)))


# ------------------------------------------------------------------------------------------------------------ edge cases


@pytest.mark.parametrize(
    ("kind", "numerator", "denominator", "overall", "factor", "score"),
    [
        pytest.param(Kind.RATE, [0, 0], [10, 20], 0, 0, [0, 0], id="mu 0"),
        pytest.param(Kind.BINARY, [0, 0], [10, 20], 0, 0, [0, 0], id="proportion 0"),
        pytest.param(Kind.BINARY, [10, 20], [10, 20], 1, 0, [0, 0], id="proportion 1"),
        pytest.param(Kind.BINARY, [12, 18], [10, 20], 1, 0, [0, 0], id="proportion 1 of unequal parts"),
        pytest.param(Kind.RATE, [10, 20], [10, 20], 1, 0, [0, 0], id="phi 0"),
        pytest.param(Kind.RATE, [7], [13], 7 / 13, 0, [0], id="one group"),
        pytest.param(Kind.RATE, [1, 2, 3], [0.1, 0.2, 0.1 * 3], 10, 0, [0, 0, 0], id="equal but for rounding"),
        # v = 1/4, so z0 = 1 / sqrt(1/8) and -.5 / sqrt(1/16), and phi = (8 + 4) / 2.
        pytest.param(Kind.BINARY, [3, 0], [2, 4], 0.5, 6, [math.sqrt(8 / 6), -2 / math.sqrt(6)], id="N above D"),
        pytest.param(Kind.RATE, [], [], NAN, NAN, [], id="no group"),
        pytest.param(Kind.BINARY, [3, 4], [2, 2], 1.75, NAN, [NAN, NAN], id="proportion above 1"),
    ],
)
def test_normal_edges(
    kind: Kind, numerator: list[float], denominator: list[float], overall: float, factor: float, score: list[float]
) -> None:
    found = normal_scores(made(numerator, denominator), kind)
    assert found.overall_metric == exactly(overall, nan_ok=True)
    assert found.factor == exactly(factor, nan_ok=True)
    assert found.score.tolist() == exactly(score, nan_ok=True)
    assert (found.reason is None) == (not math.isnan(factor))


def test_groups_below_accrual_count_in_the_factor() -> None:
    # mu = 4/7; the squares are 12 25/28, 25/28 and 205 5/7. Without the third group mu = .4 and phi = 2.5.
    groups = made([30, 50, 40], [100, 100, 10])
    scores = normal_scores(groups, Kind.RATE)
    flagged = flag(groups, scores.score, flag_rule("-2,-1,2,3", accrual=parse_accrual("D>=30")))
    assert scores.factor == exactly(439 / 6)
    assert normal_scores(made([30, 50], [100, 100]), Kind.RATE).factor == exactly(2.5)
    assert flagged.flag_or_none[2] is None
    assert math.isnan(flagged.score[2])
    assert flagged.score_before_accrual[2] == scores.score[2]


def test_all_below_accrual_have_no_flag() -> None:
    groups = made([1, 2], [3, 4])
    flagged = flag(groups, normal_scores(groups, Kind.RATE).score, flag_rule("2,3", accrual=parse_accrual("Denominator>=30")))
    assert flagged.flag_or_none == (None, None)


def test_negative_totals_are_refused() -> None:
    with pytest.raises(InvalidQuestion):
        normal_scores(made([-3, 1], [1, 1]), Kind.RATE)
    with pytest.raises(InvalidQuestion):
        poisson_scores(made([-3, 10], [1, 1]))


def test_poisson_edges() -> None:
    assert poisson_scores(made([0, 0], [10, 20])).score.tolist() == [0, 0]
    assert poisson_scores(made([5], [20])).score.tolist() == [0]
    found = poisson_scores(made([0, 30], [100, 100]))
    assert found.score.tolist() == exactly([-math.sqrt(30), math.sqrt(2 * (30 * math.log(2) - 15))], rel=1e-14)
    assert found.predicted.tolist() == [15, 15]
    empty = poisson_scores(made([], []))
    assert (len(empty.score), empty.reason) == (0, "no group has a denominator above zero")


def test_an_estimated_slope_is_the_exponent_that_made_the_counts() -> None:
    denominators = [10, 20, 40, 80, 160]
    found = poisson_scores(made([3 * value**0.5 for value in denominators], denominators), Slope.ESTIMATED)
    assert [found.intercept, found.slope] == exactly([math.log(3), 0.5], rel=1e-12)
    assert found.score.tolist() == exactly([0] * 5, abs=1e-7)


@pytest.mark.parametrize(
    ("numerator", "denominator", "slope", "score"),
    [
        ([4, 9], [10, 10], 1.0, None),
        ([0, 0], [10, 30], 1.0, [0, 0]),
        ([0, 4, 6], [10, 30, 30], math.inf, [0, -math.sqrt(2 * (4 * math.log(4 / 5) + 1)), math.sqrt(2 * (6 * math.log(6 / 5) - 1))]),
        ([5, 0, 0], [10, 30, 50], -math.inf, [0, 0, 0]),
    ],
)
def test_slopes_that_cannot_be_told(numerator: list[float], denominator: list[float], slope: float, score: list[float] | None) -> None:
    found = poisson_scores(made(numerator, denominator), Slope.ESTIMATED)
    assert found.slope == slope
    assert (found.reason is None) == math.isfinite(slope)
    expected = poisson_scores(made(numerator, denominator)).score.tolist() if score is None else score
    assert found.score.tolist() == exactly(expected)
    assert (len(poisson_bounds(made(numerator, denominator), slope=Slope.ESTIMATED).threshold) == 0) == (
        math.isinf(slope) or not any(numerator)
    )


def test_fisher_edges() -> None:
    none = fisher_scores(made([0, 0], [5, 7]))
    assert (none.score.tolist(), none.estimate.tolist(), none.estimate_exists.tolist()) == ([1, 1], [0, 0], [False, False])
    apart = fisher_scores(made([5, 0], [5, 5]))
    assert apart.score.tolist() == exactly([2 / math.comb(10, 5)] * 2, rel=1e-14)
    assert apart.estimate.tolist() == [math.inf, 0]
    assert apart.proportion_other.tolist() == [0, 1]
    beyond_doubles = fisher_scores(made([2000, 0], [2000, 1_000_000]))
    assert beyond_doubles.score.tolist() == [0, 0]
    alone = fisher_scores(made([1], [5]))
    assert np.isnan([*alone.score, *alone.estimate, *alone.proportion_other]).all()
    assert alone.reason == "there is no other group to compare with"
    assert len(fisher_scores(made([], [])).score) == 0


@pytest.mark.parametrize(
    ("numerator", "denominator"), [([1.5, 1], [5, 5]), ([1, 1], [5.5, 5]), ([6, 1], [5, 5]), ([-1, 1], [5, 5]), ([1, 1], [2e9, 2e9])]
)
def test_fisher_counts_whole_members(numerator: list[float], denominator: list[float]) -> None:
    with pytest.raises(InvalidQuestion):
        fisher_scores(made(numerator, denominator))


def test_identity_takes_any_column() -> None:
    groups = made([9, 17], [10, 20])
    assert identity_scores(groups).score.tolist() == [0.9, 0.85]
    assert identity_scores(groups, ScoreColumn.NUMERATOR).score.tolist() == [9, 17]
    assert identity_scores(groups, ScoreColumn.DENOMINATOR).score.tolist() == [10, 20]
    samples = flag(groups, identity_scores(groups).score, flag_rule(".85,.9", "-2,-1,0", parse_accrual("D-N>=3")))
    assert samples.flag_or_none == (None, -1)


# ------------------------------------------------------------------------------------------------------------------ flags


def test_missing_scores_stay_missing() -> None:
    assert flags_of(np.array([NAN, 5, -math.inf, math.inf]), NORMAL_RULE).tolist() == exactly([NAN, 2, -2, 2], nan_ok=True)


def test_default_limits_of_the_methods() -> None:
    assert flags_of(np.array([-7.1, -7, -5, 4.9, 5, 7]), POISSON_RULE).tolist() == [-2, -1, 0, 0, 1, 2]
    assert flags_of(np.array([0.009, 0.01, 0.049, 0.05, 1]), FISHER_RULE).tolist() == [2, 1, 1, 0, 0]


def test_thresholds_are_sorted_and_flags_are_not() -> None:
    assert parse_thresholds("3, 2,-2 ,-3") == (-3, -2, 2, 3)
    assert parse_flags("2, 1,0") == (2, 1, 0)
    assert flag_rule("3,2,-2,-3") == NORMAL_RULE
    assert flag_rule((3, 2)).flags == (0, 1, 2)
    assert flag_rule("0.9,.85", "2,1,0") == FlagRule((0.85, 0.9), (2, 1, 0))


@pytest.mark.parametrize("text", ["", "1,,2", "a", "1;2", "nan,1", "inf"])
def test_what_is_no_threshold_is_refused(text: str) -> None:
    with pytest.raises(InvalidQuestion, match="are no thresholds"):
        parse_thresholds(text)


def test_rules_that_make_no_sense_are_refused() -> None:
    with pytest.raises(InvalidQuestion, match="are no flags"):
        parse_flags("1,x")
    with pytest.raises(InvalidQuestion, match="no default flags for 3"):
        flag_rule("1,2,3")
    with pytest.raises(InvalidQuestion, match="thresholds do not rise"):
        flag_rule("1,1")
    with pytest.raises(InvalidQuestion, match="thresholds do not rise"):
        FlagRule((), (0,))
    with pytest.raises(InvalidQuestion, match="2 flags for 2 thresholds"):
        flag_rule("1,2", "0,1")
    with pytest.raises(InvalidQuestion, match="1 scores for 2 groups"):
        flag(made([1, 1], [1, 1]), np.array([1.0]))


@pytest.mark.parametrize(
    ("text", "metric", "limit"),
    [
        ("Denominator>=30", AccrualMetric.DENOMINATOR, 30),
        ("  numerator >= 3.5 ", AccrualMetric.NUMERATOR, 3.5),
        ("Difference>=3", AccrualMetric.DIFFERENCE, 3),
        ("D - N >= 3", AccrualMetric.DIFFERENCE, 3),
        ("n>=1e2", AccrualMetric.NUMERATOR, 100),
        ("D>=-1", AccrualMetric.DENOMINATOR, -1),
    ],
)
def test_accrual_limits_are_read(text: str, metric: AccrualMetric, limit: float) -> None:
    found = parse_accrual(text)
    assert found == Accrual(metric, limit)
    assert parse_accrual(str(found)) == found


@pytest.mark.parametrize("text", ["", "Denominator", "Denominator>30", "Denominator<30", "Sites>=3", "D>=x", "D>=", "D>=1-2", "N-D>=3"])
def test_what_is_no_accrual_limit_is_refused(text: str) -> None:
    with pytest.raises(InvalidQuestion, match="is no accrual limit"):
        parse_accrual(text)


def test_an_accrual_limit_is_a_number() -> None:
    with pytest.raises(InvalidQuestion):
        Accrual(AccrualMetric.NUMERATOR, NAN)


def test_exactly_the_limit_is_enough() -> None:
    groups = made([2, 3, 10], [30, 29, 13])
    assert parse_accrual("D>=30").reached(groups).tolist() == [True, False, False]
    assert parse_accrual("N>=3").reached(groups).tolist() == [False, True, True]
    assert parse_accrual("D-N>=3").reached(groups).tolist() == [True, True, True]
    assert parse_accrual("D-N>=4").reached(groups).tolist() == [True, True, False]


def test_groups_are_listed_worst_first() -> None:
    groups = made([1] * 8, [30, 30, 30, 30, 30, 30, 30, 5])
    score = np.array([0.5, -2.5, 3.5, 2.5, -3.5, 0.1, NAN, -9.0])
    flagged = flag(groups, score, flag_rule("-3,-2,2,3", accrual=parse_accrual("D>=30")))
    assert flagged.flag_or_none == (0, -1, 2, 1, -2, 0, None, None)
    assert listing_order(flagged).tolist() == [2, 4, 3, 1, 5, 0, 7, 6]
    assert listing_order(flag(groups, score, flag_rule("2,3"))).tolist() == [7, 4, 1, 5, 0, 3, 2, 6]


# ----------------------------------------------------------------------------------------------------------------- bounds


def test_a_bound_is_drawn_at_253_points_of_each_line(adverse_events: Transformed) -> None:
    groups = adverse_events.groups
    step = (groups.denominator.max() - groups.denominator.min()) / 250
    first = groups.denominator.min() - step
    for bounds in (normal_bounds(groups, Kind.RATE, (-2, -1, 2, 3)), poisson_bounds(groups)):
        assert bounds.threshold[-1] == 0
        assert len(bounds.line(0)[0]) == (253 if bounds.denominator.min() < 10 or first > 0 else 252)
    denominators, counts = normal_bounds(groups, Kind.RATE, (-2, -1, 2, 3)).line(0)
    assert denominators[-1] == exactly(groups.denominator.max() + step)
    assert (counts / denominators).tolist() == exactly([groups.overall_metric] * len(counts), rel=1e-12)
    logs = poisson_bounds(groups).log_denominator
    assert np.diff(logs[:10]).tolist() == exactly([math.log(groups.denominator.max() / groups.denominator.min()) / 250] * 9, rel=1e-9)


def test_bounds_of_equal_denominators_have_three_points() -> None:
    groups = made([10, 30], [100, 100])
    assert normal_bounds(groups, Kind.RATE, (0,)).denominator.tolist() == [99, 100, 101]
    assert poisson_bounds(groups, (0,)).log_denominator.tolist() == exactly([math.log(100) - 0.05, math.log(100), math.log(100) + 0.05])
    # Denominators from 0 down are no denominators.
    assert normal_bounds(made([1, 3], [1, 1]), Kind.RATE, (0,)).denominator.tolist() == [1, 2]


def test_a_grid_finer_than_doubles_is_its_start() -> None:
    assert normal_bounds(made([10, 30], [1e16, 1e16]), Kind.RATE, (0,), step=2).denominator.tolist() == [1e16 - 2]


def test_normal_bounds_by_hand() -> None:
    # mu = 1/4 and both squares are (1/4)^2 16 / (1/4) = 4 = phi, so a threshold is worth 1 / sqrt(D): the line of -1 starts from 0 at 16.
    bounds = normal_bounds(made([0, 8], [16, 16]), Kind.RATE, (2, -1))
    assert bounds.threshold.tolist() == [2, 2, 2, -1, -1, 0, 0, 0]
    assert bounds.denominator.tolist() == [15, 16, 17, 16, 17, 15, 16, 17]
    assert bounds.metric[1] == exactly(0.75, rel=1e-15)
    assert bounds.numerator.tolist()[3:5] == exactly([0, 17 / 4 - math.sqrt(17)], abs=1e-14)
    assert [values.tolist() for values in bounds.line(0)] == [[15, 16, 17], [15 / 4, 4, 17 / 4]]


@pytest.mark.parametrize(
    ("kind", "numerator", "denominator"),
    [(Kind.RATE, [0, 0], [3, 4]), (Kind.BINARY, [3, 4], [3, 4]), (Kind.BINARY, [5, 4], [3, 4]), (Kind.RATE, [], [])],
)
def test_where_no_bound_exists_the_reason_is_said(kind: Kind, numerator: list[float], denominator: list[float]) -> None:
    bounds = normal_bounds(made(numerator, denominator), kind)
    assert len(bounds.threshold) == 0
    assert bounds.reason


def test_a_bound_of_a_proportion_may_pass_one() -> None:
    assert normal_bounds(made([9, 2, 8], [10, 4, 10]), Kind.BINARY, (3,)).metric.max() > 1


def test_poisson_bounds_without_events_do_not_exist() -> None:
    assert poisson_bounds(made([0, 0], [3, 4])).reason == "no group has an event, so no expected count exists to bound"


# ---------------------------------------------------------------------------------------------------------- risk and change


WEIGHTS = {"a": parse_weights("-2,-1,0,1,2", "8,4,0,4,8"), "b": parse_weights("0,1", "0,4"), "z": parse_weights("0,1", "0,0")}


def test_a_metric_stays_while_any_group_has_a_weighted_flag() -> None:
    rows = [
        MetricFlag("Site", "1", "a", 1),
        MetricFlag("Site", "1", "b", None),
        MetricFlag("Site", "2", "a", NAN),
        MetricFlag("Site", "2", "b", 1),
        MetricFlag("Site", "3", "a", None),
        MetricFlag("Site", "3", "unweighted", 2),
        MetricFlag("Site", "4", "b", 2),
        MetricFlag("Site", "4", "a", 0),
    ]
    found = {score.group_id: score for score in risk_scores(rows, WEIGHTS)}
    assert [(score.numerator, score.denominator) for score in (found["1"], found["2"], found["4"])] == [(4, 12), (4, 12), (0, 12)]
    assert math.isnan(found["3"].score)
    assert found["3"].reason == "no flag of this group has a weight"
    assert dict(found["4"].contributions) == {"a": 0}
    without_b = [row for row in rows if row.metric_id != "b"]
    assert {score.denominator for score in risk_scores(without_b, WEIGHTS)} == {8}


def test_risk_scores_of_nothing() -> None:
    assert risk_scores([], WEIGHTS) == ()
    (score,) = risk_scores([MetricFlag("Site", "1", "z", 1)], WEIGHTS)
    assert (score.numerator, score.denominator, score.reason) == (0, 0, "every weight is 0")
    assert math.isnan(score.score)
    (fraction,) = risk_scores([MetricFlag("Site", "1", "a", 0.5)], WEIGHTS)
    assert math.isnan(fraction.score)


def test_mixed_snapshots_are_refused() -> None:
    with pytest.raises(InvalidQuestion, match="stands twice"):
        risk_scores([MetricFlag("Site", "1", "a", 1)] * 2, WEIGHTS)


@pytest.mark.parametrize(("flags", "weights"), [("0,1", "0"), ("0,0", "1,2"), ("0,1", "a,b"), ("0", "nan")])
def test_weights_that_fit_no_flags_are_refused(flags: str, weights: str) -> None:
    with pytest.raises(InvalidQuestion):
        parse_weights(flags, weights)


@dataclass(frozen=True)
class Week:
    """A day and the flag on it."""

    day: int
    flag: float


def row(group: str, week: Week, metric: str = "kri", numerator: float = 1) -> ResultRow:
    return ResultRow("S", "Site", group, metric, date(2025, 1, week.day), numerator, 10, numerator / 10, week.flag * 1.5, week.flag)


def test_changes_stand_beside_the_snapshot_before() -> None:
    given = [
        row("b", Week(15, 1), numerator=6),
        row("a", Week(8, 2), numerator=3),
        row("b", Week(1, 0), numerator=4),
        row("a", Week(1, 0), numerator=0),
    ]
    found = changes(given)
    assert [(change.row.group_id, change.row.snapshot.day, change.previous and change.previous.snapshot.day) for change in found] == [
        ("a", 1, None),
        ("a", 8, 1),
        ("b", 1, None),
        ("b", 15, 1),
    ]
    latest = found[3]
    assert (latest.numerator.value, latest.numerator.previous, latest.numerator.change, latest.numerator.percent_change) == (6, 4, 2, 50)
    assert [delta.change for delta in (latest.denominator, latest.metric, latest.score, latest.flag)] == exactly([0, 0.2, 1.5, 1])
    assert math.isnan(found[0].numerator.change)
    assert math.isnan(found[0].numerator.percent_change)
    assert found[1].numerator.percent_change == math.inf
    assert math.isnan(found[2].flag.change)


def test_a_percentage_of_nothing_is_unknown_or_infinite() -> None:
    falling = changes([row("a", Week(1, 0), numerator=0), row("a", Week(2, 0), numerator=0), row("a", Week(3, 0), numerator=-2)])
    assert math.isnan(falling[1].numerator.percent_change)
    assert falling[2].numerator.percent_change == -math.inf


def test_a_snapshot_given_twice_is_refused() -> None:
    with pytest.raises(InvalidQuestion, match="stands twice"):
        changes([row("a", Week(1, 0)), row("a", Week(1, 1))])


def test_the_list_of_changed_flags() -> None:
    steps = {
        "same": (1, 1),
        "both unknown": (NAN, NAN),
        "none to green": (NAN, 0),
        "none to red": (NAN, 2),
        "green to red": (0, -2),
        "amber to red": (1, 2),
        "lost": (1, NAN),
        "to green": (-1, 0),
    }
    given = [row(name, Week(day, value)) for name, pair in steps.items() for day, value in zip((1, 8), pair, strict=True)]
    given += [row("new green", Week(8, 0)), row("new amber", Week(8, 1)), row("gone", Week(1, 2))]
    assert [change.row.group_id for change in flag_changes(given)] == [
        "amber to red",
        "green to red",
        "none to red",
        "new amber",
        "to green",
        "lost",
    ]
    assert [change.row.group_id for change in flag_changes(given, date(2025, 1, 1))] == ["gone", "amber to red", "lost", "same", "to green"]
    assert flag_changes([]) == ()


def test_one_sided_limits_are_inclusive_and_each_group_has_its_own() -> None:
    # p0 = .5 and n = 4: s = .25, so with k = 1 the limit is .75.
    found = one_sided(made([1, 2, 3, 9], [4, 4, 4, 16]), 0.5, 1)
    assert found.flag.tolist() == [0, 1, 2, 1]
    assert found.upper.tolist() == [0.75, 0.75, 0.75, 0.625]
    assert found.score.tolist() == [-1, 0, 1, 0.5]


@pytest.mark.parametrize(("expected", "deviations"), [(0, 3), (1, 3), (NAN, 3), (0.1, NAN), (0.1, -1)])
def test_limits_that_make_no_sense_are_refused(expected: float, deviations: float) -> None:
    with pytest.raises(InvalidQuestion):
        one_sided(made([1], [2]), expected, deviations)
