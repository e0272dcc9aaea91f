"""The gsm-compatible mode against a slow oracle in exact and 60-digit arithmetic, and its laws.

The oracle shares nothing with the mode: fractions for sums and tables, decimals for roots and logarithms, bisection for every root.
"""

import math
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ncdm.measures.statistics import (
    FlagRule,
    FloatArray,
    GroupInput,
    Kind,
    MetricFlag,
    ResultRow,
    Slope,
    SourceRows,
    changes,
    fisher_scores,
    flag,
    flag_changes,
    flag_rule,
    flags_of,
    input_rate,
    listing_order,
    normal_bounds,
    normal_scores,
    one_sided,
    parse_accrual,
    poisson_bounds,
    poisson_scores,
    risk_scores,
    transform_rate,
)

DIGITS = 60
exactly = pytest.approx
unhurried = settings(deadline=None)


def decimal(value: Fraction | float) -> Decimal:
    fraction = Fraction(value)
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)


def root(falls: Callable[[Decimal], bool], low: Decimal, high: Decimal) -> Decimal:
    """Where a condition that holds at the low end stops holding, by bisection."""
    while high - low > Decimal("1e-18"):
        middle = (low + high) / 2
        low, high = (middle, high) if falls(middle) else (low, middle)
    return low


Pairs = list[tuple[int, int]]
rates = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 3000)), min_size=0, max_size=12)
scorable = st.lists(st.tuples(st.integers(0, 400), st.integers(1, 3000)), min_size=1, max_size=12)
parts = st.lists(st.integers(1, 60).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))), min_size=2, max_size=6)
fractional = st.lists(st.tuples(st.integers(0, 400), st.integers(1, 9999).map(lambda day: day / 7)), min_size=1, max_size=12)


def made(pairs: Sequence[tuple[float, float]]) -> GroupInput:
    return transform_rate([f"g{place:03}" for place in range(len(pairs))], [n for n, _ in pairs], [d for _, d in pairs]).groups


# ---------------------------------------------------------------------------------------------------------------- oracles


def slow_normal(pairs: Sequence[tuple[float, float]], kind: Kind) -> tuple[Fraction, Decimal, list[Decimal]]:
    exact = [(Fraction(n), Fraction(d)) for n, d in pairs]
    overall = sum((n for n, _ in exact), Fraction()) / sum((d for _, d in exact), Fraction())
    variance = overall if kind is Kind.RATE else overall * (1 - overall)
    if variance == 0:
        return overall, Decimal(0), [Decimal(0)] * len(pairs)
    squares = [(n / d - overall) ** 2 / (variance / d) for n, d in exact]
    factor = sum(squares, Fraction()) / len(squares)
    if factor == 0:
        return overall, Decimal(0), [Decimal(0)] * len(pairs)
    return (
        overall,
        decimal(factor),
        [decimal(square / factor).sqrt() * (1 if n / d > overall else -1) for square, (n, d) in zip(squares, exact, strict=True)],
    )


def residual(count: Decimal, expected: Decimal) -> Decimal:
    if expected == 0:
        return Decimal(0)
    inner = (count * (count / expected).ln() if count else Decimal(0)) - (count - expected)
    return (2 * max(inner, Decimal(0))).sqrt() * (1 if count > expected else -1)


def slow_fisher(pairs: Pairs, place: int) -> tuple[Fraction, float]:
    events, members = pairs[place]
    all_events, everyone = sum(n for n, _ in pairs), sum(d for _, d in pairs)
    others = everyone - members
    support = range(max(0, all_events - others), min(all_events, members) + 1)
    ways = {k: math.comb(members, k) * math.comb(others, all_events - k) for k in support}
    p = Fraction(sum(way for way in ways.values() if way * 10**7 <= ways[events] * (10**7 + 1)), sum(ways.values()))
    if events == support[0]:
        return p, 0.0
    if events == support[-1]:
        return p, math.inf

    def too_few(log_odds: Decimal) -> bool:
        weights = {k: way * (log_odds * (k - events)).exp() for k, way in ways.items()}
        return sum((k - events) * weight for k, weight in weights.items()) < 0

    return p, float(root(too_few, Decimal(-60), Decimal(60)).exp())


def slow_slope(pairs: Pairs) -> Decimal:
    logs = [Decimal(d).ln() for _, d in pairs]
    wanted = sum((n * log for (n, _), log in zip(pairs, logs, strict=True)), Decimal()) / sum(n for n, _ in pairs)

    def too_flat(slope: Decimal) -> bool:
        return sum(((log - wanted) * (slope * (log - wanted)).exp() for log in logs), Decimal()) < 0

    return root(too_flat, Decimal(-2000), Decimal(2000))


# ------------------------------------------------------------------------------------------------------ agreement with them


@unhurried
@given(st.one_of(scorable, fractional), st.sampled_from(Kind))
def test_normal_scores_agree(pairs: Sequence[tuple[float, float]], kind: Kind) -> None:
    with localcontext(prec=DIGITS):
        overall, factor, score = slow_normal(pairs, Kind.RATE)
        assume(kind is Kind.RATE or overall <= 1)
        overall, factor, score = slow_normal(pairs, kind)
    # Below this the groups differ, or all of them from 1, by less than the doubles they are given in.
    assume(factor == 0 or factor > 1e-18)
    assume(kind is Kind.RATE or overall == 1 or 1 - overall > 1e-12)
    found = normal_scores(made(pairs), kind)
    assert found.overall_metric == exactly(float(overall), rel=1e-13)
    assert found.factor == exactly(float(factor), rel=1e-9, abs=1e-18)
    assert found.score.tolist() == exactly([float(value) for value in score], rel=1e-9, abs=1e-9)


@unhurried
@given(scorable)
def test_poisson_scores_agree(pairs: Pairs) -> None:
    found = poisson_scores(made(pairs))
    overall = Fraction(sum(n for n, _ in pairs), sum(d for _, d in pairs))
    with localcontext(prec=DIGITS):
        score = [float(residual(Decimal(n), decimal(overall * d))) for n, d in pairs]
    assert found.score.tolist() == exactly(score, rel=1e-9, abs=1e-12)


@settings(unhurried, max_examples=20)
@given(st.lists(st.tuples(st.integers(0, 60), st.sampled_from([1, 5, 30, 77, 300, 2000])), min_size=2, max_size=7))
def test_estimated_slopes_agree(pairs: Pairs) -> None:
    assume(len({d for n, d in pairs if n}) > 1)
    found = poisson_scores(made(pairs), Slope.ESTIMATED)
    with localcontext(prec=DIGITS):
        slope = slow_slope(pairs)
        powers = [(Decimal(d).ln() * slope).exp() for _, d in pairs]
        share = sum(n for n, _ in pairs) / sum(powers, Decimal())
        score = [float(residual(Decimal(n), power * share)) for (n, _), power in zip(pairs, powers, strict=True)]
        intercept = float(share.ln())
    assert found.slope == exactly(float(slope), rel=1e-10, abs=1e-11)
    assert found.intercept == exactly(intercept, rel=1e-10, abs=1e-10)
    assert found.score.tolist() == exactly(score, rel=1e-9, abs=1e-9)


@settings(unhurried, max_examples=20)
@given(parts)
def test_fisher_agrees(pairs: Pairs) -> None:
    found = fisher_scores(made(pairs))
    with localcontext(prec=30):
        wanted = [slow_fisher(pairs, place) for place in range(len(pairs))]
    assert found.score.tolist() == exactly([float(p) for p, _ in wanted], rel=1e-12)
    assert found.estimate.tolist() == exactly([odds for _, odds in wanted], rel=1e-11)


@settings(unhurried, max_examples=12)
@given(st.integers(0, 3000), st.integers(1, 400_000), st.integers(500, 4000), st.integers(1_000_000, 30_000_000))
def test_fisher_of_large_tables_agrees(inside_events: int, inside: int, outside_events: int, outside: int) -> None:
    assume(inside_events <= inside)
    found = fisher_scores(made([(inside_events, inside), (outside_events, outside)]))
    # Exact ratios of neighbouring tables from the observed one outwards, in 40 digits.
    with localcontext(prec=40):
        events = inside_events + outside_events
        weights = {inside_events: Decimal(1)}
        for k in range(inside_events, min(events, inside)):
            weights[k + 1] = weights[k] * (inside - k) * (events - k) / ((k + 1) * (outside - events + k + 1))
        for k in range(inside_events, max(0, events - outside), -1):
            weights[k - 1] = weights[k] * k * (outside - events + k) / ((inside - k + 1) * (events - k + 1))
        p = sum(weight for weight in weights.values() if weight <= Decimal("1.0000001")) / sum(weights.values())
    assert found.score[0] == exactly(float(p), rel=1e-10, abs=1e-300)
    assert found.score[1] == exactly(found.score[0], rel=1e-10, abs=1e-300)
    # The odds ratio is the one under which the observed count is the mean; the second group sees its inverse.
    if 0 < found.estimate[0] < math.inf:
        with localcontext(prec=40):
            odds = Decimal(float(found.estimate[0]))
            tilted = {k: weight * odds ** (k - inside_events) for k, weight in weights.items()}
            mean = sum(((k - inside_events) * weight for k, weight in tilted.items()), Decimal()) / sum(tilted.values(), Decimal())
            spread = sum(((k - inside_events) ** 2 * weight for k, weight in tilted.items()), Decimal()) / sum(tilted.values(), Decimal())
        assert abs(mean / spread) < Decimal("1e-11")
        assert found.estimate[0] * found.estimate[1] == exactly(1, rel=1e-11)
    else:
        assert sorted(found.estimate) == [0, math.inf]


@unhurried
@given(scorable, st.sampled_from([-7, -5, -2, -0.01, 0.01, 2, 5, 7]))
def test_a_poisson_bound_has_the_threshold_as_its_residual(pairs: Pairs, threshold: float) -> None:
    assume(any(n for n, _ in pairs))
    bounds = poisson_bounds(made(pairs), (threshold,))
    overall = Fraction(sum(n for n, _ in pairs), sum(d for _, d in pairs))
    denominators, counts = bounds.line(threshold)
    centres, means = bounds.line(0)
    assert means.tolist() == exactly([float(overall) * value for value in centres], rel=1e-12)
    with localcontext(prec=DIGITS):
        for denominator, count in list(zip(denominators, counts, strict=True))[::50]:
            expected = decimal(overall) * Decimal(float(denominator))
            assert float(residual(Decimal(float(count)), expected)) == exactly(threshold, rel=1e-7)
            neighbour = Decimal(float(count)) * (1 + Decimal("1e-9") * (1 if threshold > 0 else -1))
            assert abs(residual(neighbour, expected)) > abs(Decimal(threshold))
    # A lower line is missing exactly where even a count of 0 is not that low.
    missing = sorted(set(centres) - set(denominators))
    assert all(threshold < 0 and 2 * float(overall) * value < threshold**2 * (1 + 1e-12) for value in missing)
    assert all(threshold > 0 or 2 * float(overall) * value > threshold**2 * (1 - 1e-12) for value in denominators)


@unhurried
@given(scorable, st.sampled_from(Kind))
def test_a_normal_bound_has_the_threshold_as_its_score(pairs: Pairs, kind: Kind) -> None:
    groups = made(pairs)
    scores = normal_scores(groups, kind)
    bounds = normal_bounds(groups, kind, (3, -2))
    assume(bounds.reason is None and scores.factor > 1e-12)
    variance = scores.overall_metric * (1 if kind is Kind.RATE else 1 - scores.overall_metric)
    again = (bounds.metric - scores.overall_metric) / np.sqrt(scores.factor * variance / bounds.denominator)
    assert again.tolist() == exactly(bounds.threshold.tolist(), abs=1e-6)
    assert list(dict.fromkeys(bounds.threshold.tolist())) in ([3, -2, 0], [3, 0])
    assert (bounds.numerator >= 0).all()


# ------------------------------------------------------------------------------------------------------------------- laws


@unhurried
@given(rates, st.randoms(use_true_random=False), st.integers(1, 4))
def test_the_order_of_rows_changes_no_digit(pairs: Pairs, random: Random, sites: int) -> None:
    rows = [(f"g{place % sites}", n / 7, d / 3) for place, (n, d) in enumerate(pairs)]
    shuffled = list(rows)
    random.shuffle(shuffled)

    def all_of(given: list[tuple[str, float, float]]) -> list[object]:
        found = transform_rate([site for site, *_ in given], [n for _, n, _ in given], [d for *_, d in given])
        normal, poisson = normal_scores(found.groups, Kind.RATE), poisson_scores(found.groups)
        return [
            found.groups.group_id,
            found.without_denominator,
            found.groups.numerator.tolist(),
            normal.score.tolist(),
            poisson.score.tolist(),
        ]

    assert all_of(rows) == all_of(shuffled)


@unhurried
@given(fractional, st.randoms(use_true_random=False), st.sampled_from(Kind))
def test_the_order_of_groups_changes_no_digit(pairs: Sequence[tuple[float, float]], random: Random, kind: Kind) -> None:
    groups = made([(n / 3, d) for n, d in pairs])
    order = list(range(len(pairs)))
    random.shuffle(order)
    turned = GroupInput(tuple(groups.group_id[place] for place in order), groups.numerator[order], groups.denominator[order])
    scores: tuple[Callable[[GroupInput], FloatArray], ...] = (
        lambda given: normal_scores(given, kind).score,
        lambda given: poisson_scores(given).score,
        lambda given: poisson_scores(given, Slope.ESTIMATED).score,
    )
    for score in scores:
        assert score(turned).tolist() == exactly(score(groups)[order].tolist(), rel=0, abs=0, nan_ok=True)


@unhurried
@given(scorable)
def test_bounds_stay_between_a_step_below_and_a_step_above(pairs: Pairs) -> None:
    groups = made(pairs)
    low, high = groups.denominator.min(), groups.denominator.max()
    step = (high - low) / 250 or 1.0
    denominators, _ = normal_bounds(groups, Kind.RATE).line(0)
    assume(denominators.size)
    assert denominators[-1] <= high + step
    assert denominators[0] >= max(low - step, 1e-300)
    assert (np.diff(denominators) > 0).all()


@unhurried
@given(rates)
def test_every_group_is_kept_or_named(pairs: Pairs) -> None:
    found = transform_rate([f"g{place}" for place in range(len(pairs))], [n for n, _ in pairs], [d for _, d in pairs])
    aside = {group for _, group in found.without_denominator}
    assert aside == {f"g{place}" for place, (_, d) in enumerate(pairs) if d == 0}
    assert aside | set(found.groups.group_id) == {f"g{place}" for place in range(len(pairs))}
    assert list(found.groups.group_id) == sorted(found.groups.group_id)
    assert found.groups.total_denominator == sum(d for _, d in pairs)


@unhurried
@given(scorable)
def test_corrected_scores_have_a_mean_square_of_one(pairs: Pairs) -> None:
    found = normal_scores(made(pairs), Kind.RATE)
    assert float((found.score**2).mean()) == exactly(1 if found.factor else 0, rel=1e-9)


@unhurried
@given(parts, st.integers(2, 4))
def test_a_group_split_in_two_levels_of_detail_is_the_same_group(pairs: Pairs, pieces: int) -> None:
    ids = [f"g{place:03}" for place in range(len(pairs)) for _ in range(pieces)]
    found = transform_rate(
        ids, [n / pieces for n, _ in pairs for _ in range(pieces)], [d / pieces for _, d in pairs for _ in range(pieces)]
    )
    assert found.groups.numerator.tolist() == exactly([n for n, _ in pairs], rel=1e-15)


subjects = st.lists(
    st.tuples(st.sampled_from(["A", "B", "C", None]), st.lists(st.one_of(st.none(), st.integers(0, 9)), max_size=4), st.integers(0, 30)),
    max_size=8,
)


@unhurried
@given(subjects, st.permutations(range(8)))
def test_subject_rows_add_up(listed: list[tuple[str | None, list[int | None], int]], order: list[int]) -> None:
    assume(any(days for *_, days in listed))
    rows = [(str(place), value) for place, (_, values, _) in enumerate(listed) for value in values]
    rows.sort(key=lambda row: order[int(row[0])])
    top = SourceRows(tuple(subject for subject, _ in rows), tuple(value for _, value in rows))
    below = SourceRows(tuple(str(place) for place, (*_, days) in enumerate(listed) for _ in range(days)))
    found = input_rate([str(place) for place in range(len(listed))], [site for site, *_ in listed], top, below)
    kept = [(values, days) for site, values, days in listed if site is not None]
    assert found.numerator.tolist() == [sum(value or 0 for value in values) for values, _ in kept]
    assert found.denominator.tolist() == [days for _, days in kept]
    assert len(found.without_group) == len(listed) - len(kept)
    assert found.unlisted == ()


thresholds = st.lists(st.integers(-50, 50).map(lambda number: number / 10), min_size=1, max_size=5, unique=True)


@unhurried
@given(thresholds, st.lists(st.one_of(st.floats(-6, 6), st.integers(-60, 60).map(lambda number: number / 10), st.just(math.nan))))
def test_a_flag_counts_the_thresholds_that_are_reached(limits: list[float], scores: list[float]) -> None:
    rule = flag_rule(limits, list(range(10, 11 + len(limits))))
    wanted = [math.nan if math.isnan(score) else 10 + sum(score >= limit for limit in limits) for score in scores]
    assert flags_of(np.array(scores, dtype=float), rule).tolist() == exactly(wanted, nan_ok=True)


@unhurried
@given(scorable, st.integers(0, 3000), st.sampled_from(["Numerator", "Denominator", "Difference"]))
def test_accrual_only_takes_away(pairs: Pairs, limit: int, metric: str) -> None:
    groups = made(pairs)
    score = normal_scores(groups, Kind.RATE).score
    free, bound = (
        flag(groups, score, FlagRule((-2, -1, 2, 3), (-2, -1, 0, 1, 2), accrual)) for accrual in (None, parse_accrual(f"{metric}>={limit}"))
    )
    for place, (n, d) in enumerate(pairs):
        enough = {"Numerator": n, "Denominator": d, "Difference": d - n}[metric] >= limit
        assert bound.flag_or_none[place] == (free.flag_or_none[place] if enough else None)
        assert math.isnan(bound.score[place]) == (not enough)
        assert bound.score_before_accrual[place] == score[place]
    order = listing_order(bound)
    assert sorted(order.tolist()) == list(range(len(pairs)))
    keys = [([2, -2, 1, -1, 0, None].index(bound.flag_or_none[place]), score[place]) for place in order]
    assert keys == sorted(keys)


flags = st.one_of(st.none(), st.integers(-2, 2))


@unhurried
@given(st.dictionaries(st.tuples(st.sampled_from("123"), st.sampled_from("abcd")), flags), st.randoms(use_true_random=False))
def test_risk_scores_add_up(given: dict[tuple[str, str], int | None], random: Random) -> None:
    weights = {"a": {-2: 32.0, -1: 16.0, 0: 0.0, 1: 1.0, 2: 2.0}, "b": {0: 0.0, 1: 1.0, 2: 2.0}, "c": {2: 5.0}}
    rows = [MetricFlag("Site", site, metric, value) for (site, metric), value in given.items()]
    random.shuffle(rows)
    denominator = sum(
        max(table.values())
        for metric, table in weights.items()
        if any(value in table for (_, name), value in given.items() if name == metric)
    )
    for score in risk_scores(rows, weights):
        own = {
            metric: weights[metric][value]
            for (site, metric), value in given.items()
            if site == score.group_id and value in weights.get(metric, {})
        }
        assert dict(score.contributions) == own
        if own and denominator:
            assert score.score == exactly(100 * sum(own.values()) / denominator)
            assert 0 <= score.score <= 100
        else:
            assert math.isnan(score.score)


@unhurried
@given(
    st.dictionaries(st.tuples(st.sampled_from("12"), st.sampled_from("xy"), st.integers(1, 5)), flags), st.randoms(use_true_random=False)
)
def test_changes_add_up_to_the_whole_way(given: dict[tuple[str, str, int], int | None], random: Random) -> None:
    rows = [
        ResultRow("S", "Site", site, metric, date(2025, 1, day), day * day, 10, day * day / 10, 0, math.nan if value is None else value)
        for (site, metric, day), value in given.items()
    ]
    random.shuffle(rows)
    found = changes(rows)
    assert len(found) == len(rows)
    for site in "12":
        for metric in "xy":
            days = sorted(day for name, kri, day in given if (name, kri) == (site, metric))
            own = [change for change in found if (change.row.group_id, change.row.metric_id) == (site, metric)]
            assert sum(change.numerator.change for change in own[1:]) == (days[-1] ** 2 - days[0] ** 2 if days else 0)
            assert [change.previous and change.previous.snapshot.day for change in own] == ([None, *days[:-1]] if days else [])
    last = max((day for *_, day in given), default=0)
    listed = {(change.row.group_id, change.row.metric_id) for change in flag_changes(rows)}
    for (site, metric, day), value in given.items():
        if day == last:
            earlier = [number for name, kri, number in given if (name, kri) == (site, metric) and number < day]
            before = given[site, metric, max(earlier)] if earlier else None
            assert ((site, metric) in listed) == (value != before and (before, value) != (None, 0))


@unhurried
@given(st.integers(0, 200), st.integers(1, 200), st.integers(1, 99))
def test_one_sided_flags_agree_with_exact_squares(events: int, members: int, percent: int) -> None:
    found = one_sided(made([(events, members)]), percent / 100)
    above = Fraction(events, members) - Fraction(percent, 100)
    nine_variances = 9 * Fraction(percent, 100) * Fraction(100 - percent, 100) / members
    with localcontext(prec=DIGITS):
        score = float(decimal(above) * 3 / decimal(nine_variances).sqrt())
    assert found.score[0] == exactly(score, rel=1e-9, abs=1e-12)
    assume(abs(score - 3) > 1e-12 and abs(score) > 1e-12)
    assert found.flag[0] == (2 if above > 0 and above**2 >= nine_variances else 1 if above >= 0 else 0)
