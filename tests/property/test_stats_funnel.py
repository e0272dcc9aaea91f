"""Laws of the funnel, and a slow plain-Python funnel that agrees with it."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ncdm.measures.statistics.funnel import Dispersion, Transform, funnel
from ncdm.measures.statistics.funnel_limits import exact_limits, funnel_limits

GROUPS = st.lists(st.tuples(st.integers(1, 60), st.floats(0.5, 80, allow_nan=False)), min_size=2, max_size=30)
TRANSFORMS = st.sampled_from(list(Transform))


def sided(groups: list[tuple[int, float]], transform: Transform) -> tuple[list[int], list[float]]:
    """The groups as numerators and denominators; a proportion has no more events than subjects."""
    observed, base = [group[0] for group in groups], [group[1] for group in groups]
    return observed, [o + b for o, b in zip(observed, base, strict=True)] if transform is Transform.ARCSINE else base


def quantile(values: list[float], share: float) -> float:
    """Type 7: between the two values around 1 + (n - 1) * share."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    below = math.floor(place)
    return ordered[below] + (place - below) * (ordered[min(below + 1, len(ordered) - 1)] - ordered[below])


def slow(observed: list[int], base: list[float], transform: Transform) -> tuple[list[float], float, float, int]:
    """z, phi, tau2 and the number of groups that measured them, one step after the other."""
    n = len(observed)
    if transform is Transform.LOG_RATIO:
        s = [1 / math.sqrt(e) for e in base]
        z = [math.log(o / e) / w for o, e, w in zip(observed, base, s, strict=True)]
        rank = [sum(other < score for other in z) + (sum(other == score for other in z) + 1) / 2 for score in z]
        kept = [i for i in range(n) if 0 < math.floor(10 * rank[i] / (n + 1)) < 9]
        used = [z[i] for i in kept]
    else:
        s = [1 / (2 * math.sqrt(e)) for e in base]
        if transform is Transform.SQRT_RATIO:
            y, target = [math.sqrt(o / e) for o, e in zip(observed, base, strict=True)], 1.0
        else:
            y, target = (
                [math.asin(math.sqrt(o / e)) for o, e in zip(observed, base, strict=True)],
                math.asin(math.sqrt(sum(observed) / sum(base))),
            )
        z = [(value - target) / w for value, w in zip(y, s, strict=True)]
        low, high = quantile(z, 0.1), quantile(z, 0.9)
        kept = list(range(n))
        used = [min(max(score, low), high) for score in z]
    m = len(kept)
    if m < 2:
        return z, math.nan, math.nan, m
    phi = sum(score * score for score in used) / m
    w = [1 / (s[i] * s[i]) for i in kept]
    tau2 = max(0.0, (m * phi - (m - 1)) / (sum(w) - sum(x * x for x in w) / sum(w)))
    return z, phi, tau2, m


@settings(deadline=None)
@given(GROUPS, TRANSFORMS)
def test_the_slow_funnel_agrees(groups: list[tuple[int, float]], transform: Transform) -> None:
    observed, base = sided(groups, transform)
    z, phi, tau2, used = slow(observed, base, transform)
    found = funnel(observed, base, transform)
    assert found.used == used
    assert found.z == pytest.approx(z, rel=1e-10, abs=1e-12)
    if used >= 2:
        assert found.phi == pytest.approx(phi, rel=1e-10, abs=1e-12)
        assert found.tau2 == pytest.approx(tau2, rel=1e-9, abs=1e-11)


@settings(deadline=None)
@given(GROUPS, TRANSFORMS, st.randoms(use_true_random=False))
def test_the_order_of_the_groups_does_not_matter(groups: list[tuple[int, float]], transform: Transform, random: object) -> None:
    order = sorted(range(len(groups)), key=lambda _: random.random())  # type: ignore[attr-defined]
    straight = funnel(*sided(groups, transform), transform)
    shuffled = funnel(*sided([groups[i] for i in order], transform), transform)
    assert np.array_equal([straight.phi, straight.tau2], [shuffled.phi, shuffled.tau2], equal_nan=True)
    assert np.array_equal(straight.adjusted[order], shuffled.adjusted, equal_nan=True)


@settings(deadline=None)
@given(GROUPS, TRANSFORMS)
def test_allowing_for_spread_never_raises_a_score(groups: list[tuple[int, float]], transform: Transform) -> None:
    found = funnel(*sided(groups, transform), transform)
    if found.dispersion in (Dispersion.ESTIMATED, Dispersion.NONE_FOUND):
        assert np.all(np.abs(found.adjusted) <= np.abs(found.z) * (1 + 1e-12))
        assert (found.tau2 == 0) == (found.dispersion is Dispersion.NONE_FOUND)


@settings(deadline=None)
@given(GROUPS, TRANSFORMS)
def test_a_score_is_beyond_its_quantile_exactly_where_the_point_is_beyond_the_limit(
    groups: list[tuple[int, float]], transform: Transform
) -> None:
    observed, base = sided(groups, transform)
    found = funnel(observed, base, transform)
    if np.isnan(found.tau2):
        return
    limits = funnel_limits(found, base)
    ratio = np.array(observed) / np.array(base)
    clear = np.abs(np.abs(found.adjusted) - 1.959964) > 1e-6
    assert np.array_equal((ratio > limits.upper95)[clear], (found.adjusted > 1.959964)[clear])
    assert np.array_equal((ratio < limits.lower95)[clear], (found.adjusted < -1.959964)[clear])


@settings(deadline=None)
@given(st.floats(0.5, 500))
def test_exact_limits_lie_about_1_and_nest(x: float) -> None:
    found = exact_limits([x])
    assert found.lower998[0] < found.lower95[0] < 1 < found.upper95[0] < found.upper998[0]
    wider = exact_limits([x / 2])
    assert wider.lower95[0] < found.lower95[0]
    assert wider.upper95[0] > found.upper95[0]
