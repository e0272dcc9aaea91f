"""The calibrated mode gives the figures of published examples, says what it cannot say, and flags by its two limits."""

import csv
import math
from collections import defaultdict
from dataclasses import astuple
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pytest

from ncdm.errors import InvalidQuestion
from ncdm.measures.statistics.calibrated import GroupState, calibrate
from ncdm.measures.statistics.composite import cauchy_composite
from ncdm.measures.statistics.cusum import cusum
from ncdm.measures.statistics.detectable import detectable
from ncdm.measures.statistics.dispersion import fit_robustly, most_likely
from ncdm.measures.statistics.false_discovery import benjamini_hochberg
from ncdm.measures.statistics.flag_history import flag_history, flags_in_words
from ncdm.measures.statistics.flagging import Direction, calibrated_flags, expected_false_flags
from ncdm.measures.statistics.laws import CountKind, Floats, RateLaw, ShareLaw
from ncdm.measures.statistics.midp import mid_p
from ncdm.measures.statistics.profile import how_many_exceed
from ncdm.measures.statistics.shrinkage import shrunken_ratios

NORMAL = NormalDist()
NAN = float("nan")

MITES = (70, 38, 17, 10, 9, 3, 2, 1)
"""Red mites on 150 apple leaves: leaves with 0, 1, .. mites (Bliss, Fisher 1953)."""
BOYS = (3, 24, 104, 286, 670, 1033, 1343, 1112, 829, 478, 181, 45, 7)
"""Boys among the first 12 children of 6,115 families of 13 in Saxony (Geissler 1889)."""


def vector(*values: float) -> Floats:
    return np.array(values, dtype=np.float64)


def families(a: float, b: float) -> float:
    """Log likelihood of the families under a beta law."""

    def beta(left: float, right: float) -> float:
        return math.lgamma(left) + math.lgamma(right) - math.lgamma(left + right)

    return math.fsum(n * (math.log(math.comb(12, x)) + beta(a + x, b + 12 - x) - beta(a, b)) for x, n in enumerate(BOYS))


def test_the_mites_have_their_published_fit() -> None:
    counts = np.repeat(np.arange(8.0), MITES)
    law = most_likely(CountKind.RATE, counts, np.ones_like(counts))
    assert isinstance(law, RateLaw)
    assert law.rate == pytest.approx(172 / 150, abs=1e-14)
    assert 1 / law.tau2 == pytest.approx(1.0246, abs=5e-5)


def test_the_families_have_their_published_fit() -> None:
    counts = np.repeat(np.arange(13.0), BOYS)
    law = most_likely(CountKind.BINARY, counts, np.full_like(counts, 12.0))
    assert isinstance(law, ShareLaw)
    a, b = law.share / law.theta, (1 - law.share) / law.theta
    # The figures in print stopped a little short of the top; the log likelihood in print is right.
    assert (a, b) == pytest.approx((34.09558, 31.5715), rel=3e-4)
    assert families(34.09558, 31.5715) == pytest.approx(-12492.9, abs=0.05)
    assert families(34.09558, 31.5715) <= families(a, b)


def test_counts_that_vary_less_than_chance_have_no_dispersion() -> None:
    d = vector(100, 110, 90, 105, 95, 100)
    assert most_likely(CountKind.RATE, vector(10, 11, 9, 10, 10, 10), d) == RateLaw(60 / 600, 0.0)
    assert most_likely(CountKind.BINARY, vector(10, 11, 9, 10, 10, 10), d) == ShareLaw(60 / 600, 0.0)


def test_dispersion_stays_within_its_limits() -> None:
    counts, d = vector(0, 0, 0, 0, 0, 0, 0, 0, 0, 100), np.full(10, 100.0)
    rate, share = most_likely(CountKind.RATE, counts, d), most_likely(CountKind.BINARY, counts, d)
    assert isinstance(rate, RateLaw)
    assert isinstance(share, ShareLaw)
    assert (rate.tau2, share.rho) == (3.0, 0.5)


def test_an_outlier_is_set_aside_and_scored_all_the_same() -> None:
    x, d = vector(*[10, 12, 8, 11, 9] * 6, 90), np.full(31, 100.0)
    fit = fit_robustly(CountKind.RATE, x, d)
    assert fit is not None
    assert fit.set_aside.tolist() == [False] * 30 + [True]
    assert fit.law == RateLaw(0.1, 0.0)
    assert calibrate(CountKind.RATE, x, d).z[-1] > 10


def test_a_group_is_set_aside_beyond_two_and_a_half() -> None:
    seen = []
    for count in np.arange(2000.0, 2200.0, 2.0):
        x, d = vector(*[2000, 2010, 1990] * 10, count), np.full(31, 100.0)
        score = abs(mid_p(most_likely(CountKind.RATE, x, d), x, d).z[-1])
        fit = fit_robustly(CountKind.RATE, x, d)
        assert fit is not None
        assert fit.set_aside[-1] == (score > 2.5)
        seen.append(score)
    # The limit lies closely between two counts that were tried.
    assert any(2.4 < score <= 2.5 for score in seen)
    assert any(2.5 < score < 2.6 for score in seen)


def test_where_only_outliers_have_events_the_first_fit_stands() -> None:
    found = calibrate(CountKind.RATE, vector(*[0] * 60, 50), np.full(61, 100.0))
    assert isinstance(found.law, RateLaw)
    assert found.law.rate == pytest.approx(50 / 6100)
    assert np.isfinite(found.z).all()
    assert found.z[-1] > 2.5


@pytest.mark.parametrize(
    ("count", "mean", "low"),
    [(0, 3.0, math.exp(-3) / 2), (1, 3.0, math.exp(-3) * (1 + 3 / 2)), (2, 3.0, math.exp(-3) * (1 + 3 + 9 / 4))],
)
def test_mid_p_counts_half_of_what_was_seen(count: int, mean: float, low: float) -> None:
    found = mid_p(RateLaw(mean, 0.0), vector(count), vector(1))
    assert found.z[0] == pytest.approx(NORMAL.inv_cdf(low), abs=1e-12)
    assert found.p[0] == pytest.approx(2 * min(low, 1 - low), abs=1e-14)


def test_mid_p_of_a_geometric_count() -> None:
    # tau2 = 1 is the geometric law: P(x) = (1 - q) q^x with q = m / (1 + m).
    q = 4 / 5
    found = mid_p(RateLaw(4.0, 1.0), vector(20), vector(1))
    assert found.p[0] == pytest.approx(2 * (q**21 + (1 - q) * q**20 / 2), rel=1e-12)


def test_mid_p_of_a_uniform_count() -> None:
    # share 1/2 and rho 1/3 are a beta law with a = b = 1: every count is as probable as any other.
    found = mid_p(ShareLaw(0.5, 1 / 3), vector(0, 1, 5, 10), np.full(4, 10.0))
    assert found.p == pytest.approx([2 * 0.5 / 11, 2 * 1.5 / 11, 1.0, 2 * 0.5 / 11], rel=1e-12)


def test_a_score_too_far_for_a_probability_is_still_a_number() -> None:
    found = mid_p(RateLaw(1.0, 0.0), vector(0, 5000), vector(2000, 1000))
    # log(e^-2000 / 2), and the leading terms of log P(X >= 5000 | 1000); a normal tail of z has logarithm near -z^2/2 - log(z sqrt(2 pi)).
    for z, log_tail in zip(
        np.abs(found.z),
        (-2000 - math.log(2), -1000 + 5000 * math.log(1000) - math.lgamma(5001) + math.log(0.5 + sum(0.2**n for n in range(1, 20)))),
        strict=True,
    ):
        assert -z * z / 2 - math.log(z * math.sqrt(2 * math.pi)) == pytest.approx(log_tail, abs=0.01)
    assert found.z[0] < 0 < found.z[1]
    assert found.p.tolist() == [0.0, 0.0]


def test_without_any_event_nothing_stands_out() -> None:
    found = calibrate(CountKind.RATE, np.zeros(6), np.full(6, 50.0))
    assert found.law == RateLaw(0.0, 0.0)
    assert found.z.tolist() == [0.0] * 6
    assert found.p.tolist() == [1.0] * 6
    assert found.state == (GroupState.SCORED,) * 6
    assert np.isnan(found.detectable_up).all()
    assert not found.silence_detectable.any()


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_where_all_or_none_are_counted_nothing_stands_out(share: float) -> None:
    found = calibrate(CountKind.BINARY, np.full(6, 50.0 * share), np.full(6, 50.0))
    assert found.law == ShareLaw(share, 0.0)
    assert found.z.tolist() == [0.0] * 6


def test_states_say_why_there_is_no_score() -> None:
    x = vector(5, 6, 4, 5, 6, 1, 0, NAN, 3)
    d = vector(50, 50, 50, 50, 50, 9, 0, 50, NAN)
    found = calibrate(CountKind.RATE, x, d, accrued=d >= 30)
    below, no_denominator, unknown = GroupState.BELOW_ACCRUAL, GroupState.NO_DENOMINATOR, GroupState.UNKNOWN
    assert found.state == (*(GroupState.SCORED,) * 5, below, no_denominator, unknown, unknown)
    assert np.isnan(found.z).tolist() == [False] * 5 + [True] * 4
    assert np.isnan(found.metric).tolist() == [False] * 6 + [True] * 3
    assert np.isnan(found.ratio).tolist() == [False] * 6 + [True] * 3
    assert found.law == RateLaw(26 / 250, 0.0)


def test_fewer_than_five_groups_are_no_information_but_say_what_could_be_seen() -> None:
    found = calibrate(CountKind.RATE, vector(5, 6, 4, 50), np.full(4, 50.0))
    assert found.law is None
    assert found.state == (GroupState.INSUFFICIENT_INFORMATION,) * 4
    assert np.isnan([found.z, found.p, found.ratio, found.expected]).all()
    assert (found.detectable_up > 1).all()
    assert calibrate(CountKind.RATE, vector(5, 6, 4, 5, 5), np.full(5, 50.0)).law is not None


def test_all_below_accrual_is_no_score() -> None:
    found = calibrate(CountKind.RATE, np.ones(9), np.full(9, 5.0), accrued=np.zeros(9, dtype=np.bool_))
    assert found.state == (GroupState.BELOW_ACCRUAL,) * 9
    assert np.isnan(found.z).all()


def test_no_groups_are_no_answer_and_no_error() -> None:
    for kind in CountKind:
        found = calibrate(kind, np.zeros(0), np.zeros(0))
        assert found.state == ()
        assert found.z.shape == found.detectable_up.shape == (0,)


@pytest.mark.parametrize(
    ("kind", "x", "d", "what"),
    [
        (CountKind.BINARY, 11, 10, "larger than its denominator"),
        (CountKind.BINARY, 1, 10.5, "denominator of a share is not a whole number"),
        (CountKind.RATE, 1.5, 10, "no count"),
        (CountKind.RATE, -1, 10, "negative"),
        (CountKind.RATE, 1, math.inf, "infinite"),
    ],
)
def test_what_is_no_count_is_refused(kind: CountKind, x: float, d: float, what: str) -> None:
    with pytest.raises(InvalidQuestion, match=what):
        calibrate(kind, vector(1, x), vector(10, d))


def test_lists_of_unequal_length_are_refused() -> None:
    with pytest.raises(InvalidQuestion, match="do not belong together"):
        calibrate(CountKind.RATE, np.ones(3), np.ones(4))


def test_false_discoveries_of_the_paper() -> None:
    # The 15 p of Benjamini, Hochberg (1995), section 3.2: four are rejected at .05.
    p = vector(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0)
    q = benjamini_hochberg(p)
    assert np.count_nonzero(q <= 0.05) == 4
    assert q[:5] == pytest.approx([0.0015, 0.003, 0.0095, 0.0095 * 15 / 4, 0.0201 * 3], abs=1e-15)
    assert q[-1] == 1.0


def test_what_has_no_score_is_no_test() -> None:
    assert benjamini_hochberg(vector(0.01, NAN, 0.04))[[0, 2]] == pytest.approx([0.02, 0.04])
    assert np.isnan(benjamini_hochberg(vector(NAN, NAN))).all()
    assert benjamini_hochberg(np.array([[0.01], [0.04]])).shape == (2, 1)


@pytest.mark.parametrize(
    ("z", "q", "high", "low", "both"),
    [
        (1.99, 0.01, 0, 0, 0),
        (2.0, 0.9, 1, 0, 1),
        (3.0, 0.05, 2, 0, 2),
        (3.0, 0.0501, 1, 0, 1),
        (-2.0, 0.9, 0, -1, -1),
        (-3.5, 0.001, 0, -2, -2),
        (0.0, 1.0, 0, 0, 0),
    ],
)
def test_flags(z: float, q: float, high: int, low: int, both: int) -> None:
    found = [calibrated_flags(vector(z), vector(q), direction)[0] for direction in (Direction.HIGH, Direction.LOW, Direction.BOTH)]
    assert found == [high, low, both]
    assert not np.signbit([flag for flag in found if flag == 0]).any()


def test_no_score_is_no_flag() -> None:
    assert np.isnan(calibrated_flags(vector(NAN), vector(NAN), Direction.HIGH)[0])


def test_expected_false_flags() -> None:
    z = np.append(np.zeros(1000), NAN)
    assert expected_false_flags(z, Direction.BOTH) == pytest.approx(1000 * 2 * NORMAL.cdf(-2))
    assert expected_false_flags(z, Direction.HIGH, limit=3) == pytest.approx(1000 * NORMAL.cdf(-3))


def test_shrunken_ratios_of_a_rate() -> None:
    found = shrunken_ratios(RateLaw(0.1, 0.25), vector(0, 10), vector(100, 100))
    assert found.ratio == pytest.approx([4 / 14, 1.0])
    # With k = 1 and no exposure the posterior is exponential, whose quantiles are logarithms.
    alone = shrunken_ratios(RateLaw(0.1, 1.0), vector(0), vector(0))
    assert (alone.low[0], alone.high[0]) == pytest.approx((-math.log(0.95), -math.log(0.05)), rel=1e-12)


def test_shrunken_ratios_have_a_least_spread() -> None:
    assert shrunken_ratios(RateLaw(0.1, 0.0), vector(20), vector(100)).ratio[0] == pytest.approx((50 + 20) / (50 + 10))


def test_shrunken_ratios_of_a_share() -> None:
    found = shrunken_ratios(ShareLaw(0.5, 1 / 3), vector(3, 0), vector(3, 0))
    # Beta(4, 1), whose quantiles are fourth roots, and Beta(1, 1); over p = 1/2.
    assert found.ratio == pytest.approx([1.6, 1.0])
    assert found.low == pytest.approx([2 * 0.05**0.25, 0.1], rel=1e-12)
    assert found.high == pytest.approx([2 * 0.95**0.25, 1.9], rel=1e-12)


def test_shrunken_ratios_of_a_share_have_the_least_spread_of_rates() -> None:
    """With p = 1/2 a squared coefficient of variation of .02 is rho = .02: a = b = .5 * .98 / .02 = 24.5; with p = 1/11 it is .002, and a = 499 / 11."""
    found = shrunken_ratios(ShareLaw(0.5, 0.0), vector(3, 0), vector(3, 3))
    assert found.ratio == pytest.approx([2 * 27.5 / 52, 2 * 24.5 / 52], rel=1e-12)
    assert (found.low < found.ratio).all()
    assert (found.ratio < found.high).all()
    rare = shrunken_ratios(ShareLaw(1 / 11, 0.0), vector(20), vector(100))
    assert rare.ratio[0] == pytest.approx(11 * (499 / 11 + 20) / 599, rel=1e-12)


def test_shares_that_are_all_whole_do_not_differ() -> None:
    found = shrunken_ratios(ShareLaw(1.0, 0.0), vector(4), vector(4))
    assert (found.ratio[0], found.low[0], found.high[0]) == (1.0, 1.0, 1.0)


def test_detectable_ratios_of_a_poisson_count() -> None:
    # m = 4: P(0) / 2 = .0092 < .0228 and P(0) + P(1) / 2 = .055, so only 0 is noticed; P(0 | r m) = .8 at r m = -log .8.
    found = detectable(RateLaw(4.0, 0.0), vector(1))
    assert found.silence[0]
    assert found.down[0] == pytest.approx(-math.log(0.8) / 4, rel=1e-12)
    # The smallest count with a mid-p of at most .0228 above is 9: P(> 9) + P(9) / 2 = .0147, of 8 it is .0363.
    assert 1 - math.exp(-4 * found.up[0]) * sum((4 * found.up[0]) ** n / math.factorial(n) for n in range(9)) == pytest.approx(
        0.8, abs=1e-12
    )


def test_silence_that_cannot_be_detected() -> None:
    found = detectable(RateLaw(0.004, 0.1), vector(30, 300))
    assert found.silence.tolist() == [False, False]
    assert np.isnan(found.down).all()
    assert (found.up > 1).all()


def test_a_share_near_one_cannot_rise_noticeably() -> None:
    found = detectable(ShareLaw(0.9, 0.05), vector(10))
    assert np.isnan(found.up[0])
    assert found.down[0] < 1


def test_cusum_by_hand() -> None:
    # m = 10 each: z = 0, then 2 a snapshot; S = 0, 1.5, 3, 4.5: alarm in the fourth increment.
    total = np.cumsum([[0, 10, 10 + 2 * math.sqrt(10), 10 + 2 * math.sqrt(10), 10 + 2 * math.sqrt(10)]], axis=1)
    found = cusum(RateLaw(0.1, 0.0), total, np.arange(5.0)[np.newaxis] * 100)
    assert found.z[0] == pytest.approx([0, 2, 2, 2])
    assert found.high[0] == pytest.approx([0, 1.5, 3, 4.5])
    assert found.low[0].tolist() == [0, 0, 0, 0]
    assert found.alarm_high[0].tolist() == [False, False, False, True]
    assert found.observed_minus_expected[0] == pytest.approx(2 * math.sqrt(10) * np.arange(4))


def test_cusum_holds_where_a_snapshot_says_nothing() -> None:
    found = cusum(RateLaw(0.1, 0.1), np.array([[0, 30, 60, NAN, 60]]), np.array([[0, 100, 100, NAN, 200]]))
    z = 20 / math.sqrt(10 + 0.1 * 100)
    assert found.z[0] == pytest.approx([z, NAN, NAN, NAN], nan_ok=True)
    assert found.high[0] == pytest.approx([z - 0.5] * 4)
    assert found.observed_minus_expected[0] == pytest.approx([20] * 4)


def test_duration_of_flags() -> None:
    found = flag_history(np.array([[0, 1, 2, 2, -1, NAN, -1]]), vector(0, 7, 14, 30, 37, 44, 51))
    assert found.consecutive[0] == pytest.approx([0, 1, 2, 3, 1, NAN, 1], nan_ok=True)
    assert found.duration[0] == pytest.approx([0, 0, 7, 23, 0, NAN, 0], nan_ok=True)
    assert flags_in_words(vector(0, 0, 1, NAN, -2)) == "0,0,1,NA,-2"


@pytest.mark.parametrize("shape", [((2, 3), (2,)), ((3,), (3,))])
def test_flags_without_their_days_are_refused(shape: tuple[tuple[int, ...], tuple[int, ...]]) -> None:
    with pytest.raises(InvalidQuestion):
        flag_history(np.zeros(shape[0]), np.zeros(shape[1]))
    with pytest.raises(InvalidQuestion):
        cusum(RateLaw(1.0, 0.0), np.zeros(shape[0]), np.zeros(shape[1]))


def test_composite() -> None:
    assert cauchy_composite(vector(0.3, 0.3, 0.3)) == pytest.approx(0.3, abs=1e-15)
    assert cauchy_composite(vector(0.25, 0.75)) == pytest.approx(0.5, abs=1e-15)
    # T = mean(tan(.4 pi), tan(.3 pi), 0)
    t = (math.tan(0.4 * math.pi) + math.tan(0.3 * math.pi)) / 3
    assert cauchy_composite(vector(0.1, NAN, 0.2, 0.5)) == pytest.approx(0.5 - math.atan(t) / math.pi, abs=1e-15)
    assert cauchy_composite(vector(1e-30, 0.5)) == pytest.approx(2e-30, rel=1e-12)
    assert cauchy_composite(vector(0.0, 1.0)) == 0.0
    assert math.isnan(cauchy_composite(vector(NAN)))


def test_sites_of_the_sample_study(shared_data: Path) -> None:
    path = shared_data / "anchors" / "gsm_core_analytics_input.csv"
    if not path.exists():
        pytest.skip(f"the sample study is not at {path}")
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    with path.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            sums[line["GroupID"]][0] += float(line["Numerator"])
            sums[line["GroupID"]][1] += float(line["Denominator"])
    x, d = np.array(list(sums.values())).T
    found = calibrate(CountKind.RATE, x, d, accrued=d >= 30)
    assert found.state.count(GroupState.SCORED) == 125
    assert found.state.count(GroupState.BELOW_ACCRUAL) == 20
    assert isinstance(found.law, RateLaw)
    kept = ~np.isnan(found.z) & ~found.set_aside
    # The two equations of the most likely law, written out in plain numbers.
    rate, tau2 = astuple(found.law)
    by_rate = sum((a - rate * b) / (1 + tau2 * rate * b) for a, b in zip(x[kept], d[kept], strict=True))
    by_tau2 = sum(
        sum(j / (1 + tau2 * j) for j in range(int(a)))
        + math.log1p(tau2 * rate * b) / tau2**2
        - (a + 1 / tau2) * rate * b / (1 + tau2 * rate * b)
        for a, b in zip(x[kept], d[kept], strict=True)
    )
    assert by_rate == pytest.approx(0, abs=1e-9)
    assert by_tau2 == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("counts", [(3, 3, 70_000), (65_536, 65_537, 65_600), (10.0, 1e6, 3e6, 3e6 + 1), (2e9, 5e9, 5e9)])
def test_a_sum_over_everything_below_each_count_is_the_same_in_few_points(counts: tuple[float, ...]) -> None:
    """The logarithms of 1, 2, .. x add up to that of x!, which is the gamma function; the numbers below x to x (x - 1) / 2."""
    steps = how_many_exceed(np.array(counts))
    assert np.dot(steps.weight, np.log1p(steps.j)) == pytest.approx(sum(math.lgamma(x + 1) for x in counts), rel=1e-13)
    assert np.dot(steps.weight, steps.j) == pytest.approx(sum(x * (x - 1) / 2 for x in counts), rel=1e-13)
    assert np.sum(steps.weight) == pytest.approx(sum(counts), rel=1e-14)
    assert steps.j.size < 70_000
