"""Laws of the tolerance limits, and slow plain-Python ones that agree with them."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import dblquad

from ncdm.measures.statistics.tolerance import Breach, binomial_quantile, observed_minus_expected, observed_over_expected
from ncdm.measures.statistics.tolerance_bayes import beta_binomial_posterior, gamma_poisson_posterior

SITES = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)).map(lambda pair: (min(pair), max(pair))), min_size=1, max_size=5)
"""Events and subjects of each site."""


def slow_quantile(level: float, n: int, p: float) -> int:
    """Add up the binomial probabilities until the level is reached."""
    total = 0.0
    for k in range(n + 1):
        total += math.comb(n, k) * p**k * (1 - p) ** (n - k)
        if total >= level * (1 - 1e-13):
            return k
    return n


@settings(deadline=None)
@given(st.integers(1, 120), st.floats(0.01, 0.99), st.sampled_from([0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999]))
def test_binomial_quantiles(n: int, p: float, level: float) -> None:
    assert binomial_quantile(level, [n], p)[0] == slow_quantile(level, n, p)


@settings(deadline=None)
@given(st.lists(st.booleans(), max_size=60), st.floats(0.02, 0.6), st.integers(60, 500))
def test_the_slow_count_agrees(events: list[bool], rate: float, size: int) -> None:
    found = observed_minus_expected(events, rate, permitted=(rate / 2, min(1.0, rate * 1.5)), trial_size=size)
    count = 0
    for i, event in enumerate(events, start=1):
        count += event
        wanted = Breach.NONE
        if not slow_quantile(0.01, i, rate) <= count <= slow_quantile(0.99, i, rate):
            wanted = Breach.WARNING
        value = count - i * rate
        if not size * (rate / 2 - rate) <= value <= size * (min(1.0, rate * 1.5) - rate):
            wanted = Breach.ACTION
        assert found.value[i - 1] == pytest.approx(value, abs=1e-9)
        assert found.breach[i - 1] == wanted
    assert found.first_warning == next((i for i, breach in enumerate(found.breach, start=1) if breach), None)


@settings(deadline=None)
@given(st.integers(1, 5000), st.integers(1, 50000), st.floats(0.001, 0.999), st.floats(0.001, 0.999))
def test_limits_of_a_ratio_mirror_each_other_and_narrow_with_size(n: int, historical: int, p: float, p_historical: float) -> None:
    found = observed_over_expected([n, 2 * n], historical, p, p_historical)
    assert found.lower * found.upper == pytest.approx([1, 1], rel=1e-9)
    assert found.upper[1] < found.upper[0]
    spread = math.sqrt((1 / p - 1) / n + (1 / p_historical - 1) / historical)
    assert math.log(found.upper[0]) == pytest.approx(1.9599639845400545 * spread, rel=1e-9)


def slow_beta(sites: list[tuple[int, int]], nodes: int) -> tuple[float, float, list[float]]:
    """E(p_new), E(a) and the sites' means, node by node, from products instead of gamma functions."""
    total = new = first = 0.0
    means = [0.0] * len(sites)
    points = [(k + 0.5) * 10 / nodes for k in range(nodes)]
    for a, b in itertools.product(points, points):
        weight = 1.0
        for x, n in sites:
            for k in range(x):
                weight *= a + k
            for k in range(n - x):
                weight *= b + k
            for k in range(n):
                weight /= a + b + k
        total += weight
        new += weight * a / (a + b)
        first += weight * a
        means = [mean + weight * (a + x) / (a + b + n) for mean, (x, n) in zip(means, sites, strict=True)]
    return new / total, first / total, [mean / total for mean in means]


@settings(max_examples=15, deadline=None)
@given(SITES)
def test_the_slow_sum_over_beta_families_agrees(sites: list[tuple[int, int]]) -> None:
    new, first, means = slow_beta(sites, 12)
    found = beta_binomial_posterior([x for x, _ in sites], [n for _, n in sites], nodes=12)
    assert found.new_mean == pytest.approx(new, rel=1e-10)
    assert found.a_mean == pytest.approx(first, rel=1e-10)
    assert found.site_mean == pytest.approx(means, rel=1e-10)


@settings(max_examples=15, deadline=None)
@given(SITES, st.floats(0.01, 0.99))
def test_failures_mirror_events(sites: list[tuple[int, int]], level: float) -> None:
    x, n = np.array([x for x, _ in sites]), np.array([n for _, n in sites])
    events, failures = beta_binomial_posterior(x, n, nodes=40), beta_binomial_posterior(n - x, n, nodes=40)
    assert events.new_mean == pytest.approx(1 - failures.new_mean, rel=1e-11)
    assert events.site_mean == pytest.approx(1 - failures.site_mean, rel=1e-11)
    assert events.new_quantile(level) == pytest.approx(1 - failures.new_quantile(1 - level), abs=1e-9)


@settings(max_examples=12, deadline=None)
@given(SITES, st.floats(0.001, 0.999))
def test_quantiles_invert_probabilities(sites: list[tuple[int, int]], level: float) -> None:
    x, n = [x for x, _ in sites], [n for _, n in sites]
    share = beta_binomial_posterior(x, n, nodes=40)
    # A double has no room between a p near 1 and 1 itself, nor below 1e-300, where families with shapes near 0 have some weight.
    if 1e-300 < share.new_quantile(level) < 0.999:
        assert share.new_below(share.new_quantile(level)) == pytest.approx(level, rel=1e-9)
    rate = gamma_poisson_posterior(x, [k + 0.5 for k in n], nodes=60)
    if rate.new_quantile(level) > 1e-300:
        assert rate.new_below(rate.new_quantile(level)) == pytest.approx(level, rel=1e-9)


@settings(max_examples=10, deadline=None)
@given(SITES, st.randoms(use_true_random=False))
def test_the_order_of_the_sites_does_not_matter(sites: list[tuple[int, int]], random: object) -> None:
    order = sorted(range(len(sites)), key=lambda _: random.random())  # type: ignore[attr-defined]
    x, n = np.array([x for x, _ in sites]), np.array([n for _, n in sites])
    straight, shuffled = beta_binomial_posterior(x, n, nodes=40), beta_binomial_posterior(x[order], n[order], nodes=40)
    assert straight.new_mean == shuffled.new_mean
    assert np.array_equal(straight.site_mean[order], shuffled.site_mean)
    time = n + 1.0
    left, right = gamma_poisson_posterior(x, time, nodes=40), gamma_poisson_posterior(x[order], time[order], nodes=40)
    assert left.new_mean == right.new_mean
    assert np.array_equal(left.site_mean[order], right.site_mean)


@pytest.mark.parametrize("sites", [[(3, 10.0)], [(5, 10.0), (7, 20.0), (0, 3.0)], [(0, 2.0), (0, 5.0)], [(40, 10.0), (4, 12.0), (11, 9.0)]])
def test_the_rates_agree_with_a_general_integration(sites: list[tuple[int, float]]) -> None:
    """An adaptive integration over shape and scale themselves, with the likelihood written out."""

    def density(scale: float, shape: float) -> float:
        log = -shape - scale
        for count, exposure in sites:
            log += math.lgamma(shape + count) - math.lgamma(shape) - math.lgamma(count + 1)
            log += count * math.log(exposure * scale) - (shape + count) * math.log1p(exposure * scale)
        return math.exp(log)

    x, time = sites[0]

    def integral(of: int) -> float:
        def inner(scale: float, shape: float) -> float:
            return density(scale, shape) * (1.0, shape, scale, shape * scale, (shape + x) * scale / (1 + time * scale))[of]

        return sum(
            float(dblquad(inner, *box, epsabs=0, epsrel=1e-8)[0]) for box in ((0, 1, 0, 1), (0, 1, 1, 40), (1, 40, 0, 1), (1, 40, 1, 40))
        )

    total = integral(0)
    found = gamma_poisson_posterior([x for x, _ in sites], [time for _, time in sites])
    assert found.shape_mean == pytest.approx(integral(1) / total, rel=1e-6)
    assert found.scale_mean == pytest.approx(integral(2) / total, rel=1e-6)
    assert found.new_mean == pytest.approx(integral(3) / total, rel=1e-6)
    assert found.site_mean[0] == pytest.approx(integral(4) / total, rel=1e-6)
