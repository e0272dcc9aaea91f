"""The limit lines of a funnel under the calibrated laws: by hand from tables of the Poisson law, and by search through every count."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ncdm.measures.statistics.law_bounds import POINTS, law_bounds, walked
from ncdm.measures.statistics.laws import Law, RateLaw, ShareLaw
from ncdm.measures.statistics.midp import mid_p

SCORES = (-3.0, -2.0, 0.0, 2.0, 3.0)
LAWS: tuple[Law, ...] = (
    RateLaw(0.1, 0.0),
    RateLaw(0.1, 0.4),
    RateLaw(2.0, 0.05),
    ShareLaw(0.1, 0.0),
    ShareLaw(0.3, 0.1),
    ShareLaw(0.95, 0.02),
)
SIZES = np.array([1, 2, 3, 5, 8, 13, 30, 80, 200, 1_000], dtype=np.float64)


def _z_poisson(count: int, mean: float) -> float:
    """Mid-p score of a count, by the definition."""
    exact, below = stats.poisson.pmf(count, mean), stats.poisson.cdf(count - 1, mean)
    return float(stats.norm.ppf(below + exact / 2.0))


def test_with_a_mean_of_four_the_limits_lie_between_the_counts_around_them() -> None:
    """From tables of the Poisson law with mean 4: P(X < 8) .9489, P(8) .0298, P(9) .0132; P(0) .0183, P(1) .0733."""
    up = law_bounds(RateLaw(4.0, 0.0), np.array([1.0]), 2.0)[0]
    at_8, at_9 = stats.norm.ppf(0.9489 + 0.0298 / 2), stats.norm.ppf(0.9489 + 0.0298 + 0.0132 / 2)
    assert up == pytest.approx(8 + (2 - at_8) / (at_9 - at_8), abs=0.01)
    down = law_bounds(RateLaw(4.0, 0.0), np.array([1.0]), -2.0)[0]
    at_0, at_1 = stats.norm.ppf(0.0183 / 2), stats.norm.ppf(0.0183 + 0.0733 / 2)
    assert down == pytest.approx((-2 - at_0) / (at_1 - at_0), abs=0.01)


@pytest.mark.parametrize("mean", [0.2, 1.0, 3.7, 12.0, 60.0])
@pytest.mark.parametrize("score", SCORES)
def test_a_limit_is_where_a_search_through_the_counts_finds_it(mean: float, score: float) -> None:
    found = law_bounds(RateLaw(mean / 50.0, 0.0), np.array([50.0]), score)[0] * 50.0
    first = next(count for count in range(400) if _z_poisson(count, mean) >= score)
    if first == 0:
        assert math.isnan(found)
        return
    low, high = _z_poisson(first - 1, mean), _z_poisson(first, mean)
    assert found == pytest.approx(first - 1 + (score - low) / (high - low), abs=1e-6)


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("score", SCORES)
def test_the_score_at_a_limit_is_the_threshold_by_interpolation(law: Law, score: float) -> None:
    for size, metric in zip(SIZES.tolist(), law_bounds(law, SIZES, score).tolist(), strict=True):
        if math.isnan(metric):
            continue
        count = metric * size
        low = min(math.floor(count + 1e-9), math.ceil(count) - 1 if count > 0 else 0)
        counts = np.array([float(max(0, low)), float(max(0, low) + 1)])
        z = mid_p(law, counts, np.full(2, size)).z
        assert np.interp(count, counts, z) == pytest.approx(score, abs=1e-6)


@pytest.mark.parametrize("law", LAWS)
def test_lines_are_nested_and_wider_for_higher_thresholds(law: Law) -> None:
    lines = [law_bounds(law, SIZES, score) for score in (-4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0)]
    for lower, upper in pairwise(lines):
        both = ~np.isnan(lower) & ~np.isnan(upper)
        assert np.all(lower[both] < upper[both])


def test_the_lines_close_in_on_the_level_as_groups_grow_when_groups_do_not_differ() -> None:
    sizes = np.array([100.0, 1_000.0, 10_000.0, 1_000_000.0])
    for score in (2.0, 3.0, -2.0, -3.0):
        away = np.abs(law_bounds(RateLaw(0.1, 0.0), sizes, score) - 0.1)
        assert np.all(np.diff(away) < 0)
    # At a large mean the Poisson law is the normal one.
    assert law_bounds(RateLaw(0.1, 0.0), sizes[-1:], 2.0)[0] == pytest.approx(0.1 + 2.0 * math.sqrt(0.1 / 1_000_000.0), rel=1e-4)


def test_groups_that_differ_keep_the_lines_apart_however_large_they_are() -> None:
    """A gamma law with variance .25 of its square: the limit of a group without chance of its own is the quantile of that law."""
    far = law_bounds(RateLaw(1.0, 0.25), np.array([1e6]), 2.0)[0]
    assert far == pytest.approx(stats.gamma.ppf(stats.norm.cdf(2.0), 4.0, scale=0.25), rel=1e-3)


def test_where_no_count_reaches_the_threshold_there_is_no_line() -> None:
    # With a mean of 1, even silence has P(0)/2 = .18: z of -.9 and no less.
    assert np.isnan(law_bounds(RateLaw(1.0, 0.0), np.array([1.0]), -2.0)[0])
    # Of two, both: .05 ** 2 / 2 from above is enough for 2 and not for 4.
    two = np.array([2.0])
    assert not np.isnan(law_bounds(ShareLaw(0.05, 0.0), two, 2.0)[0])
    assert np.isnan(law_bounds(ShareLaw(0.05, 0.0), two, 4.0)[0])
    # Nothing ever happens, or always: no count but one is possible.
    assert np.isnan(law_bounds(RateLaw(0.0, 0.3), SIZES, 2.0)).all()


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_where_only_one_count_is_possible_any_other_is_beyond_every_line(share: float) -> None:
    found = law_bounds(ShareLaw(share, 0.0), SIZES, 3.0 if share == 0.0 else -3.0)
    told = found[~np.isnan(found)]
    assert np.all((told >= 0.0) & (told <= 1.0))


@given(
    share=st.floats(0.001, 0.999),
    rho=st.floats(0.0, 0.5),
    size=st.integers(1, 2_000),
    score=st.floats(-5.0, 5.0),
)
def test_a_share_is_never_below_none_nor_above_all(share: float, rho: float, size: int, score: float) -> None:
    found = law_bounds(ShareLaw(share, rho), np.array([float(size)]), score)[0]
    assert math.isnan(found) or 0.0 <= found <= 1.0


def test_the_walk_goes_from_the_smallest_to_the_largest_in_whole_steps_once_each() -> None:
    found = walked(np.array([40.0, np.nan, 7.0, 0.0, 3_000.0, np.inf]))
    assert (found[0], found[-1]) == (7.0, 3_000.0)
    assert len(found) <= POINTS
    assert np.all(np.diff(found) >= 1.0)
    assert np.all(found == np.round(found))
    assert walked(np.array([5.0, 5.0])).tolist() == [5.0]
    assert walked(np.array([np.nan, 0.0])).size == 0
