"""Funnel scores and limits: the published values, and what is said where there is no value (measures-and-statistics 4.4, 6)."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from ncdm.errors import InvalidQuestion
from ncdm.measures.statistics.funnel import Dispersion, Transform, funnel, truncated, winsorised
from ncdm.measures.statistics.funnel_limits import exact_limits, funnel_limits

RATIOS = (Transform.LOG_RATIO, Transform.SQRT_RATIO)


@pytest.mark.parametrize(
    ("x", "ll95", "ul95", "ll998", "ul998"),
    [
        (15, 0.5596924, 1.649348, 0.3862650, 2.082907),
        (20, 0.6108260, 1.544419, 0.4479107, 1.902094),
        (30, 0.6746958, 1.427562, 0.5289724, 1.702771),
    ],
)
def test_exact_limits_are_those_published(x: int, ll95: float, ul95: float, ll998: float, ul998: float) -> None:
    found = exact_limits([x])
    assert found.lower95[0] == pytest.approx(ll95, abs=5e-7)
    assert found.upper95[0] == pytest.approx(ul95, abs=5e-7)
    assert found.lower998[0] == pytest.approx(ll998, abs=5e-7)
    assert found.upper998[0] == pytest.approx(ul998, abs=5e-7)


def test_exact_limits_agree_with_the_anchor_file(shared_data: Path) -> None:
    path = shared_data / "anchors" / "anchors.json"
    if not path.exists():
        pytest.skip(f"the anchors are not at {path}")
    anchor = json.loads(path.read_text(encoding="utf-8"))["funnel_limits"]
    found = exact_limits(anchor["x"])
    for name, limit in (("ll95", found.lower95), ("ul95", found.upper95), ("ll998", found.lower998), ("ul998", found.upper998)):
        assert limit == pytest.approx(anchor[name], abs=anchor["tol"])


def test_the_exact_limit_is_where_the_poisson_tail_is_the_level() -> None:
    """Upper limit: x or fewer events have probability .025 at a mean of x times the limit."""
    for x in (1, 4, 30):
        mean = x * float(exact_limits([x]).upper95[0])
        assert sum(math.exp(-mean) * mean**k / math.factorial(k) for k in range(x + 1)) == pytest.approx(0.025, rel=1e-12)


def test_log_ratio_by_hand() -> None:
    """Five groups: none is in the first or last tenth, so all measure the spread."""
    observed, expected = [12, 30, 9, 44, 20], [10.0, 20.0, 15.0, 30.0, 25.0]
    z = [math.sqrt(e) * math.log(o / e) for o, e in zip(observed, expected, strict=True)]
    phi = sum(score * score for score in z) / 5
    tau2 = (5 * phi - 4) / (sum(expected) - sum(e * e for e in expected) / sum(expected))
    found = funnel(observed, expected, Transform.LOG_RATIO)
    assert found.z == pytest.approx(z, rel=1e-13)
    assert (found.used, found.dispersion) == (5, Dispersion.ESTIMATED)
    assert found.phi == pytest.approx(phi, rel=1e-13)
    assert found.tau2 == pytest.approx(tau2, rel=1e-12)
    assert found.tau2 > 0
    adjusted = [math.log(o / e) / math.sqrt(1 / e + tau2) for o, e in zip(observed, expected, strict=True)]
    assert found.adjusted == pytest.approx(adjusted, rel=1e-12)
    assert found.multiplicative == pytest.approx([score / math.sqrt(phi) for score in z], rel=1e-12)
    limits = funnel_limits(found, [10.0])
    assert limits.lower95[0] == pytest.approx(math.exp(-1.959964 * math.sqrt(0.1 + tau2)), rel=1e-12)
    assert limits.upper998[0] == pytest.approx(math.exp(3.090232 * math.sqrt(0.1 + tau2)), rel=1e-12)


def test_truncation_keeps_the_tenths_between_the_first_and_the_last() -> None:
    scores = np.arange(1.0, 20.0)  # rank r of 19 lies in tenth floor(10 r / 20)
    assert np.flatnonzero(np.isnan(truncated(scores))).tolist() == [0, 17, 18]


def test_truncation_gives_ties_one_rank() -> None:
    assert np.isnan(truncated(np.array([0.0] * 3 + [1.0] * 30 + [2.0] * 3))).tolist() == [True] * 3 + [False] * 30 + [True] * 3


def test_winsorising_uses_the_quantiles_of_type_7() -> None:
    assert winsorised(np.array([0.0, 1.0, 2.0, 3.0, 10.0])) == pytest.approx([0.4, 1.0, 2.0, 3.0, 7.2], rel=1e-15)


def test_square_root_and_arcsine_are_winsorised_and_keep_all_groups() -> None:
    observed, base = [3, 9, 1, 40, 6], [10.0, 12.0, 9.0, 50.0, 30.0]
    for transform in (Transform.SQRT_RATIO, Transform.ARCSINE):
        found = funnel(observed, base, transform)
        assert found.used == 5
        assert found.trimmed == pytest.approx(winsorised(found.z))
    assert funnel(observed, base, Transform.SQRT_RATIO).z[0] == pytest.approx((math.sqrt(0.3) - 1) * 2 * math.sqrt(10))
    expected = (math.asin(math.sqrt(0.3)) - math.asin(math.sqrt(59 / 111))) * 2 * math.sqrt(10)
    assert funnel(observed, base, Transform.ARCSINE).z[0] == pytest.approx(expected)


def test_less_spread_than_chance_is_a_tau2_of_zero() -> None:
    found = funnel([10, 20, 30], [10.0, 20.0, 30.0], Transform.LOG_RATIO)
    assert (found.phi, found.tau2, found.dispersion) == (0.0, 0.0, Dispersion.NONE_FOUND)
    assert found.adjusted.tolist() == [0.0, 0.0, 0.0]
    assert found.multiplicative.tolist() == [0.0, 0.0, 0.0]


def test_spread_is_unknown_not_zero_for_one_group() -> None:
    found = funnel([12], [10.0], Transform.SQRT_RATIO)
    assert found.dispersion is Dispersion.TOO_FEW_GROUPS
    assert np.isnan(found.tau2)
    assert np.isnan(found.adjusted[0])
    assert found.z[0] > 0


def test_no_group_is_no_number() -> None:
    for transform in Transform:
        found = funnel([], [], transform)
        assert found.z.size == 0
        assert np.isnan(found.phi)
        assert found.dispersion is Dispersion.TOO_FEW_GROUPS


def test_groups_without_denominator_take_no_part() -> None:
    full = funnel([12, 30, 9, 44, 20], [10.0, 20.0, 15.0, 30.0, 25.0], Transform.LOG_RATIO)
    gaps = funnel([12, 5, 30, 9, np.nan, 44, 20], [10.0, 0.0, 20.0, 15.0, 8.0, 30.0, 25.0], Transform.LOG_RATIO)
    assert np.flatnonzero(np.isnan(gaps.z)).tolist() == [1, 4]
    assert (gaps.phi, gaps.tau2, gaps.used) == (full.phi, full.tau2, 5)


def test_a_group_without_events_has_no_log_ratio_and_that_is_said() -> None:
    observed, expected = [0, 30, 9, 44, 20], [10.0, 20.0, 15.0, 30.0, 25.0]
    found = funnel(observed, expected, Transform.LOG_RATIO)
    assert found.dispersion is Dispersion.NO_LOGARITHM
    assert np.isnan(found.phi)
    assert np.all(np.isnan(found.adjusted))
    assert np.all(np.isfinite(funnel(observed, expected, Transform.SQRT_RATIO).adjusted))


def test_limits_end_where_the_scale_ends() -> None:
    found = funnel([1, 1, 0, 2], [2.0, 2.0, 2.0, 2.0], Transform.ARCSINE)
    limits = funnel_limits(found, [1.0, 0.0])
    assert (limits.lower998[0], limits.upper998[0]) == (0.0, 1.0)
    assert np.isnan(limits.lower998[1])
    root = funnel_limits(funnel([3, 1], [2.0, 2.0], Transform.SQRT_RATIO), [0.5])
    assert root.lower95[0] == 0.0


@pytest.mark.parametrize(
    ("observed", "base", "transform"),
    [
        ([3], [2.0], Transform.ARCSINE),
        ([-1], [2.0], Transform.LOG_RATIO),
        ([1, 2], [2.0], Transform.LOG_RATIO),
        ([1], [np.inf], Transform.SQRT_RATIO),
    ],
)
def test_impossible_counts_are_refused(observed: list[int], base: list[float], transform: Transform) -> None:
    with pytest.raises(InvalidQuestion):
        funnel(observed, base, transform)


def test_a_trim_that_leaves_nothing_is_refused() -> None:
    with pytest.raises(InvalidQuestion):
        funnel([1, 2], [1.0, 2.0], Transform.LOG_RATIO, trim=0.5)
