"""Laws of the calibrated mode, and slow oracles in exact fractions or plain loops."""

import math
import random
from decimal import Decimal, localcontext
from fractions import Fraction
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ncdm.measures.statistics.calibrated import calibrate
from ncdm.measures.statistics.composite import cauchy_composite
from ncdm.measures.statistics.cusum import cusum
from ncdm.measures.statistics.detectable import detectable
from ncdm.measures.statistics.dispersion import fit_robustly, most_likely
from ncdm.measures.statistics.false_discovery import benjamini_hochberg
from ncdm.measures.statistics.flag_history import flag_history
from ncdm.measures.statistics.flagging import Direction, calibrated_flags
from ncdm.measures.statistics.laws import CountKind, Floats, Law, RateLaw, ShareLaw
from ncdm.measures.statistics.midp import mid_p, tails
from ncdm.measures.statistics.shrinkage import shrunken_ratios

NORMAL = NormalDist()
SLOW = settings(max_examples=25, deadline=None)

rate_groups = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 400)), min_size=5, max_size=25)
share_groups = st.lists(st.integers(1, 60).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d))), min_size=5, max_size=25)
groups = st.one_of(st.tuples(st.just(CountKind.RATE), rate_groups), st.tuples(st.just(CountKind.BINARY), share_groups))
dispersions = st.one_of(st.just(0.0), st.floats(1e-12, 1e-3), st.floats(1e-3, 3.0))
rate_laws = st.builds(RateLaw, st.floats(1e-3, 2.0), dispersions)
share_laws = st.builds(ShareLaw, st.floats(0.01, 0.99), st.one_of(st.just(0.0), st.floats(1e-9, 0.5)))
ps = st.lists(st.one_of(st.just(math.nan), st.floats(0, 1), st.sampled_from([0.01, 0.02, 0.5])), max_size=30)


def columns(pairs: list[tuple[int, int]]) -> tuple[Floats, Floats]:
    return np.array([x for x, _ in pairs], dtype=np.float64), np.array([d for _, d in pairs], dtype=np.float64)


def law_of_counts(upto: int, mean: float, tau2: float) -> list[Decimal]:
    """P(0) .. P(upto) of a negative binomial count in 60 digits, each from the one before."""
    with localcontext() as context:
        context.prec = 60
        m, t = Decimal(mean), Decimal(tau2)
        odds = 1 + t * m
        found = [(-m).exp() if t == 0 else (-odds.ln() / t).exp()]
        for x in range(1, upto + 1):
            found.append(found[-1] * (1 + t * (x - 1)) * m / (x * odds))
        return found


def law_of_share(size: int, share: float, rho: float) -> list[Fraction]:
    """P(0) .. P(size) of a beta-binomial count in exact fractions, from the rising factorials of its definition."""
    p, r = Fraction(share), Fraction(rho)

    def rising(start: Fraction, count: int) -> Fraction:
        return math.prod((start + j * r / (1 - r) for j in range(count)), start=Fraction(1))

    whole = rising(Fraction(1), size)
    return [math.comb(size, x) * rising(p, x) * rising(1 - p, size - x) / whole for x in range(size + 1)]


def log_likelihood(law: Law, x: Floats, d: Floats) -> float:
    """By the gamma functions of the textbook (not for a dispersion near 0)."""
    total = []
    for count, size in zip(x.tolist(), d.tolist(), strict=True):
        if isinstance(law, RateLaw):
            m, t = law.rate * size, law.tau2
            if t == 0:
                total.append(count * math.log(m) - m - math.lgamma(count + 1))
                continue
            k = 1 / t
            binomial = math.lgamma(count + k) - math.lgamma(k) - math.lgamma(count + 1)
            total.append(binomial + count * math.log(t * m / (1 + t * m)) - k * math.log1p(t * m))
        else:
            if law.rho == 0:
                total.append(count * math.log(law.share) + (size - count) * math.log1p(-law.share))
                continue
            a, b = law.share / law.theta, (1 - law.share) / law.theta
            up = math.lgamma(count + a) + math.lgamma(size - count + b) - math.lgamma(size + a + b)
            total.append(up - math.lgamma(a) - math.lgamma(b) + math.lgamma(a + b))
    return math.fsum(total)


@SLOW
@given(rate_laws, st.floats(0.1, 200), st.integers(0, 150))
def test_tails_of_counts_are_those_of_sixty_digits(law: RateLaw, d: float, x: int) -> None:
    mean = law.rate * d
    exact = law_of_counts(x, mean, law.tau2)
    found = tails(law, np.array([float(x)]), np.array([d]))
    with localcontext() as context:
        context.prec = 60
        below = sum(exact, start=Decimal(0))
        # Beyond 1e-30 nothing is left of 60 digits after 1 - F, nor does it matter.
        for value, wanted in ((found.pmf[0], exact[-1]), (found.cdf[0], below), (found.sf[0], 1 - below)):
            assert float(value) == pytest.approx(float(wanted), rel=1e-10, abs=1e-30)


@SLOW
@given(share_laws, st.integers(1, 60), st.data())
def test_tails_of_shares_are_those_of_exact_fractions(law: ShareLaw, size: int, data: st.DataObject) -> None:
    x = data.draw(st.integers(0, size))
    exact = law_of_share(size, law.share, law.rho)
    found = tails(law, np.array([float(x)]), np.array([float(size)]))
    for value, wanted in ((found.pmf[0], exact[x]), (found.cdf[0], sum(exact[: x + 1])), (found.sf[0], sum(exact[x + 1 :]))):
        assert value == pytest.approx(float(wanted), rel=1e-11, abs=1e-300)


@SLOW
@given(st.one_of(rate_laws, share_laws), st.integers(1, 40), st.data())
def test_mid_p_is_its_definition(law: Law, size: int, data: st.DataObject) -> None:
    x = data.draw(st.integers(0, size))
    exact = (
        [Fraction(p) for p in law_of_counts(x, law.rate * size, law.tau2)]
        if isinstance(law, RateLaw)
        else law_of_share(size, law.share, law.rho)
    )
    low = sum(exact[:x], start=Fraction(0)) + exact[x] / 2
    smaller = float(min(low, 1 - low))
    assume(smaller > 1e-30)
    found = mid_p(law, np.array([float(x)]), np.array([float(size)]))
    assert found.z[0] == pytest.approx((1 if low > Fraction(1, 2) else -1) * -NORMAL.inv_cdf(smaller), rel=1e-9, abs=1e-12)
    assert found.p[0] == pytest.approx(2 * smaller, rel=1e-9)


@SLOW
@given(st.one_of(rate_laws, share_laws), st.integers(1, 80))
def test_a_larger_count_has_a_larger_score(law: Law, size: int) -> None:
    x = np.arange(size + 1.0)
    z = mid_p(law, x, np.full_like(x, size)).z
    assert np.isfinite(z).all()
    assert (np.diff(z) > 0).all()


@SLOW
@given(groups)
def test_no_law_near_the_fitted_one_is_more_likely(case: tuple[CountKind, list[tuple[int, int]]]) -> None:
    kind, pairs = case
    x, d = columns(pairs)
    law = most_likely(kind, x, d)
    centre = law.rate if isinstance(law, RateLaw) else law.share
    assume(centre > 0 and (kind is CountKind.RATE or centre < 1))
    spread = law.tau2 if isinstance(law, RateLaw) else law.rho
    assume(spread == 0 or spread > 1e-4)  # between them the textbook's gamma functions have no digits
    best = log_likelihood(law, x, d)
    for factor in (0.9, 0.999, 1, 1.001, 1.1):
        for moved in (-0.1, -1e-3, 0.0, 1e-3, 0.1, 0.5, 2.0):
            other: Law
            if isinstance(law, RateLaw):
                other = RateLaw(law.rate * factor, min(3.0, max(0.0, law.tau2 + moved)))
            else:
                other = ShareLaw(min(0.999, law.share * factor), min(0.5, max(0.0, law.rho + moved / 6)))
            tiny = other.tau2 if isinstance(other, RateLaw) else other.rho
            if tiny == 0 or tiny > 1e-4:
                assert log_likelihood(other, x, d) <= best + 1e-7


@SLOW
@given(groups)
def test_the_fit_is_where_the_slope_of_the_likelihood_is_zero(case: tuple[CountKind, list[tuple[int, int]]]) -> None:
    kind, pairs = case
    x, d = columns(pairs)
    law = most_likely(kind, x, d)
    if isinstance(law, RateLaw):
        assume(1e-3 < law.tau2 < 3)
        by_dispersion, curvature = [], []
        for count, size in zip(x.tolist(), d.tolist(), strict=True):
            t, m = law.tau2, law.rate * size
            pairs_of_events = math.fsum(j / (1 + t * j) for j in range(int(count)))
            by_dispersion.append(pairs_of_events + math.log1p(t * m) / t**2 - (count + 1 / t) * m / (1 + t * m))
            curvature.append(pairs_of_events / t)
        by_centre = [(count - law.rate * size) / (1 + law.tau2 * law.rate * size) for count, size in zip(x, d, strict=True)]
    else:
        assume(1e-3 < law.rho < 0.5)
        p, t = law.share, law.theta
        by_dispersion, by_centre, curvature = [], [], []
        for count, size in zip(x.astype(int).tolist(), d.astype(int).tolist(), strict=True):
            left, right, whole = (
                math.fsum(j / (start + t * j) for j in range(n)) for start, n in ((p, count), (1 - p, size - count), (1.0, size))
            )
            by_dispersion.append(left + right - whole)
            curvature.append(whole / t)
            by_centre.append(
                p
                * (1 - p)
                * (math.fsum(1 / (p + t * j) for j in range(count)) - math.fsum(1 / (1 - p + t * j) for j in range(size - count)))
            )
    assert math.fsum(by_centre) == pytest.approx(0, abs=1e-11 * (1 + float(np.sum(x))))
    assert math.fsum(by_dispersion) == pytest.approx(0, abs=1e-10 * (1 + math.fsum(curvature)))


@SLOW
@given(groups, st.randoms(use_true_random=False))
def test_the_order_of_groups_does_not_matter(case: tuple[CountKind, list[tuple[int, int]]], shuffle: random.Random) -> None:
    kind, pairs = case
    shuffled = list(range(len(pairs)))
    shuffle.shuffle(shuffled)
    x, d = columns(pairs)
    one, other = calibrate(kind, x, d), calibrate(kind, x[shuffled], d[shuffled])
    assert one.law == other.law
    for name in ("z", "p", "ratio", "ratio_low", "ratio_high", "detectable_up", "detectable_down", "set_aside", "expected"):
        assert np.array_equal(getattr(one, name)[shuffled], getattr(other, name), equal_nan=name != "set_aside"), name


@SLOW
@given(st.lists(st.integers(0, 6), min_size=2, max_size=60))
def test_at_equal_exposure_there_is_dispersion_exactly_where_the_variance_exceeds_the_mean(counts: list[int]) -> None:
    # Levin, Reeds (1977).
    law = most_likely(CountKind.RATE, np.array(counts, dtype=np.float64), np.full(len(counts), 3.0))
    assert isinstance(law, RateLaw)
    total, squares = sum(counts), sum(x * x for x in counts)
    assume(len(counts) * squares - total**2 != len(counts) * total)
    assert (law.tau2 > 0) == (len(counts) * squares - total**2 > len(counts) * total)


@SLOW
@given(groups)
def test_a_second_fit_rests_on_the_others_alone(case: tuple[CountKind, list[tuple[int, int]]]) -> None:
    kind, pairs = case
    x, d = columns(pairs)
    fit = fit_robustly(kind, x, d)
    assert fit is not None
    first = mid_p(most_likely(kind, x, d), x, d).z
    if fit.set_aside.any():
        assert (fit.set_aside == (np.abs(first) > 2.5)).all()
        assert fit.law == most_likely(kind, x[~fit.set_aside], d[~fit.set_aside])
    else:
        assert fit.law == most_likely(kind, x, d)


@SLOW
@given(ps)
def test_q_is_the_smallest_of_all_steps_above(values: list[float]) -> None:
    known = sorted(p for p in values if not math.isnan(p))
    q = benjamini_hochberg(np.array(values, dtype=np.float64))
    for p, found in zip(values, q.tolist(), strict=True):
        if math.isnan(p):
            assert math.isnan(found)
        else:
            steps = [len(known) * other / sum(one <= other for one in known) for other in known if other >= p]
            assert found == pytest.approx(min(1.0, *steps), rel=1e-12)


@SLOW
@given(st.one_of(rate_laws, share_laws), st.integers(1, 200))
def test_a_detectable_ratio_is_noticed_four_times_out_of_five(law: Law, size: int) -> None:
    d = np.array([float(size)])
    found = detectable(law, d)
    counts = np.arange(size + 1.0) if isinstance(law, ShareLaw) else np.arange(20_000.0)
    z = mid_p(law, counts, np.full_like(counts, size)).z

    def at(ratio: float) -> Law:
        return RateLaw(law.rate * ratio, law.tau2) if isinstance(law, RateLaw) else ShareLaw(law.share * ratio, law.rho)

    assert found.silence[0] == (z[0] <= -2)
    assert math.isnan(found.down[0]) == (z[0] > -2)
    if z[0] <= -2:
        noticed = counts[z <= -2][-1:]
        assert 0 < found.down[0] < 1
        assert tails(at(found.down[0]), noticed, d).cdf[0] == pytest.approx(0.8, abs=1e-9)
    if z[-1] >= 2:
        noticed = counts[z >= 2][:1] - 1
        assert found.up[0] > 1
        assert tails(at(found.up[0]), noticed, d).sf[0] == pytest.approx(0.8, abs=1e-9)
    else:
        assert math.isnan(found.up[0])


@SLOW
@given(st.one_of(rate_laws, share_laws), st.integers(1, 200), st.data())
def test_shrinkage_lies_between_the_raw_ratio_and_one(law: Law, size: int, data: st.DataObject) -> None:
    x = data.draw(st.integers(0, size))
    found = shrunken_ratios(law, np.array([float(x)]), np.array([float(size)]))
    raw = x / size / (law.rate if isinstance(law, RateLaw) else law.share)
    assert min(raw, 1) - 1e-9 <= found.ratio[0] <= max(raw, 1) + 1e-9
    assert 0 <= found.low[0] <= found.high[0]


@SLOW
@given(st.lists(st.floats(1e-3, 1 - 1e-3), min_size=1, max_size=12))
def test_composite_is_its_formula_and_symmetrical(values: list[float]) -> None:
    """Away from 0 and 1: beyond, the formula as written and 1 - p lose the digits that are compared."""
    t = math.fsum(math.tan((0.5 - p) * math.pi) for p in values) / len(values)
    found = cauchy_composite(np.array(values))
    assert found == pytest.approx(0.5 - math.atan(t) / math.pi, abs=1e-11)
    assert cauchy_composite(1 - np.array(values)) == pytest.approx(1 - found, abs=1e-9)
    assert cauchy_composite(np.array(values[::-1])) == found


@SLOW
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 100)), min_size=1, max_size=12), st.floats(0, 1))
def test_cusum_is_its_recursion(increments: list[tuple[int, int]], tau2: float) -> None:
    x, d = np.cumsum([(0, 0), *increments], axis=0, dtype=np.float64).T[:, np.newaxis]
    found = cusum(RateLaw(0.1, tau2), x, d)
    high = low = total = 0.0
    for column, (events, exposure) in enumerate(increments):
        m = 0.1 * exposure
        if m > 0:
            z = (events - m) / math.sqrt(m + tau2 * m * m)
            high, low, total = max(0.0, high + z - 0.5), max(0.0, low - z - 0.5), total + events - m
        assert (found.high[0, column], found.low[0, column]) == pytest.approx((high, low), abs=1e-9)
        assert found.observed_minus_expected[0, column] == pytest.approx(total, abs=1e-9)
        assert found.alarm_high[0, column] == (found.high[0, column] >= 4)


@SLOW
@given(st.lists(st.sampled_from([-2.0, -1.0, 0.0, 1.0, 2.0, math.nan]), min_size=1, max_size=12))
def test_a_run_is_counted_backwards_from_each_snapshot(flags: list[float]) -> None:
    days = np.arange(len(flags)) * 7.0
    found = flag_history(np.array([flags]), days.astype(np.float64))
    for at, flag in enumerate(flags):
        run = 0
        while flag and not math.isnan(flag) and run <= at and flags[at - run] * flag > 0:
            run += 1
        wanted = math.nan if math.isnan(flag) else float(run)
        assert found.consecutive[0, at] == pytest.approx(wanted, nan_ok=True)
        assert found.duration[0, at] == pytest.approx(math.nan if math.isnan(flag) else 7.0 * max(0, run - 1), nan_ok=True)


@SLOW
@given(st.lists(st.tuples(st.floats(-5, 5), st.floats(0, 1)), min_size=1, max_size=20))
def test_both_sides_flag_what_either_side_flags(scores: list[tuple[float, float]]) -> None:
    z, q = np.array(scores).T
    high, low, both = (calibrated_flags(z, q, direction) for direction in (Direction.HIGH, Direction.LOW, Direction.BOTH))
    assert (high + low == both).all()
    assert (high >= 0).all()
    assert (low <= 0).all()
