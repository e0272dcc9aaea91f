"""Quality tolerance limits: the published values, and what is said at the edges (measures-and-statistics 4.6, 6)."""

import json
from pathlib import Path

import numpy as np
import pytest

from ncdm.errors import InvalidQuestion
from ncdm.measures.statistics.tolerance import (
    Breach,
    Side,
    binomial_quantile,
    fixed_limit,
    observed_minus_expected,
    observed_over_expected,
)
from ncdm.measures.statistics.tolerance_bayes import BetaPosterior, beta_binomial_posterior, gamma_poisson_posterior

N = [20, 10, 16, 19, 14, 46, 10, 9, 6]
X = [20, 4, 11, 10, 5, 36, 9, 7, 4]
"""The table of Berry et al."""


@pytest.fixture(scope="module")
def berry() -> BetaPosterior:
    return beta_binomial_posterior(X, N)


def test_berry_means(berry: BetaPosterior) -> None:
    assert berry.new_mean == pytest.approx(0.68058, abs=5e-6)
    assert berry.a_mean == pytest.approx(5.92073, abs=5e-6)
    assert berry.b_mean == pytest.approx(2.78336, abs=5e-6)
    assert berry.site_mean == pytest.approx([0.90629, 0.52563, 0.68523, 0.57327, 0.47674, 0.76669, 0.80204, 0.73206, 0.67481], abs=5e-6)


def test_berry_probabilities(berry: BetaPosterior) -> None:
    assert berry.new_between(0.5, 0.75) == pytest.approx(0.46517, abs=5e-6)
    for level, wanted in ((0.05, 0.36808), (0.2, 0.53766), (0.8, 0.83466), (0.95, 0.93184)):
        assert berry.new_quantile(level) == pytest.approx(wanted, abs=5e-6)
        assert berry.new_below(berry.new_quantile(level)) == pytest.approx(level, abs=1e-12)


def test_berry_agrees_with_the_published_simulation(berry: BetaPosterior) -> None:
    assert berry.new_mean == pytest.approx(0.6804, abs=0.001)
    assert berry.a_mean == pytest.approx(5.90, abs=0.03)
    assert [berry.new_quantile(level) for level in (0.05, 0.95)] == pytest.approx([0.365, 0.932], abs=0.005)


def test_berry_of_the_anchor_file(shared_data: Path) -> None:
    path = shared_data / "anchors" / "anchors.json"
    if not path.exists():
        pytest.skip(f"the anchors are not at {path}")
    anchor = json.loads(path.read_text(encoding="utf-8"))["berry"]
    found = beta_binomial_posterior(anchor["x"], anchor["n"])
    assert found.new_mean == pytest.approx(anchor["E_p_new"], abs=anchor["tol"])
    assert found.site_mean == pytest.approx(anchor["site_means"], abs=anchor["tol"])


def test_without_sites_the_prior_is_left() -> None:
    empty = beta_binomial_posterior([], [])
    assert [empty.new_mean, empty.a_mean] == pytest.approx([0.5, 5.0])
    assert beta_binomial_posterior([0], [0]).a_mean == pytest.approx(5.0)
    rates = gamma_poisson_posterior([], [])
    assert [rates.new_mean, rates.shape_mean, rates.scale_mean] == pytest.approx([1.0, 1.0, 1.0])


def test_quantiles_at_the_very_ends_stay_in_order() -> None:
    for posterior in (beta_binomial_posterior([0] * 30, [20] * 30), beta_binomial_posterior([20] * 30, [20] * 30)):
        found = [posterior.new_quantile(level) for level in (1e-6, 0.05, 0.5, 0.95, 0.999999)]
        assert found == sorted(found)
        assert 0 <= found[0] <= found[-1] <= 1


def test_all_probability_lies_between_the_ends(berry: BetaPosterior) -> None:
    assert berry.new_between(0, 1) == pytest.approx(1, abs=1e-13)
    assert gamma_poisson_posterior([3, 5], [10, 10]).new_between(0, 1e9) == pytest.approx(1, abs=1e-13)
    with pytest.raises(InvalidQuestion):
        berry.new_between(0.6, 0.5)
    with pytest.raises(InvalidQuestion):
        berry.new_quantile(1.0)


def test_rates_come_out_the_same_on_a_finer_grid() -> None:
    events, time = [5, 7, 0, 12, 3], [10, 20, 3, 15, 8]
    coarse, fine = gamma_poisson_posterior(events, time, nodes=200), gamma_poisson_posterior(events, time, nodes=500)
    assert coarse.new_mean == pytest.approx(fine.new_mean, rel=1e-12)
    assert coarse.shape_mean == pytest.approx(fine.shape_mean, rel=1e-12)
    assert coarse.site_mean == pytest.approx(fine.site_mean, rel=1e-12)
    assert coarse.new_quantile(0.95) == pytest.approx(fine.new_quantile(0.95), rel=1e-10)


@pytest.mark.parametrize(("x", "n"), [([3], [2]), ([-1], [2]), ([np.nan], [2]), ([1, 2], [2])])
def test_impossible_proportions_are_refused(x: list[float], n: list[float]) -> None:
    with pytest.raises(InvalidQuestion):
        beta_binomial_posterior(x, n)


def test_events_without_exposure_are_refused() -> None:
    with pytest.raises(InvalidQuestion):
        gamma_poisson_posterior([1], [0])


def test_observed_minus_expected_of_subject_62() -> None:
    """12 events among 61 subjects reach the limit of 99 %; the thirteenth, at subject 62, is the first beyond it."""
    early = [i % 5 == 4 for i in range(60)] + [False]
    found = observed_minus_expected([*early, True], 0.1)
    assert found.cumulative[-1] == 13
    assert found.value[-1] == pytest.approx(6.8)
    assert (found.lower_warning[-1], found.upper_warning[-1]) == (pytest.approx(-5.2), pytest.approx(5.8))
    assert found.breach[-1] == Breach.WARNING
    assert found.first_action is None


def test_the_first_warning_is_at_62_where_only_there_a_limit_is_passed() -> None:
    """Events come as fast as the limit allows, and one faster at subject 62."""
    index = np.arange(1, 62)
    allowed = binomial_quantile(0.99, index, 0.1)
    events = np.diff(np.minimum(allowed, 12), prepend=0) > 0
    found = observed_minus_expected([*events.tolist(), *([True] * (13 - int(events.sum())))], 0.1)
    assert found.first_warning == 62


def test_action_limits_need_the_final_size() -> None:
    found = observed_minus_expected([True] * 30, 0.1, permitted=(0.05, 0.15), trial_size=400)
    assert [found.lower_action, found.upper_action] == pytest.approx([-20, 20])
    assert found.first_action == 23  # 23 - 2.3 is the first above 20
    without = observed_minus_expected([True] * 30, 0.1, permitted=(0.05, 0.15))
    assert np.isnan(without.upper_action)
    assert without.first_action is None


def test_a_side_without_level_is_never_passed() -> None:
    found = observed_minus_expected([True] * 5, 0.1, warning=(0.01, np.nan))
    assert np.all(np.isnan(found.upper_warning))
    assert found.first_warning is None


def test_no_subject_is_no_warning() -> None:
    found = observed_minus_expected([], 0.1)
    assert found.value.size == 0
    assert found.first_warning is None


def test_unknown_events_and_impossible_rates_are_refused() -> None:
    with pytest.raises(InvalidQuestion):
        observed_minus_expected([True, np.nan], 0.1)
    with pytest.raises(InvalidQuestion):
        observed_minus_expected([2], 0.1)
    with pytest.raises(InvalidQuestion):
        observed_minus_expected([True], 1.1)
    with pytest.raises(InvalidQuestion):
        observed_minus_expected([True], float("nan"))


@pytest.mark.parametrize(
    ("level", "n", "p", "wanted"),
    [
        (0.99, 1, 0.01, 0),
        (0.01, 1, 0.99, 0),
        (0.5, 1, 0.5, 0),
        (0.5, 3, 0.5, 1),
        (0.99, 5, 0.0, 0),
        (0.01, 5, 1.0, 5),
        (1.0, 5, 0.3, 5),
        (0.0, 5, 0.3, 0),
    ],
)
def test_a_quantile_on_a_step_belongs_to_the_step(level: float, n: int, p: float, wanted: int) -> None:
    assert binomial_quantile(level, [n], p).tolist() == [wanted]


def test_observed_over_expected_by_the_book() -> None:
    found = observed_over_expected(1000, 10000, 0.014, 0.014)
    assert found.lower[0] == pytest.approx(0.5795343777229565, rel=1e-12)
    assert found.upper[0] == pytest.approx(1.7255231759142424, rel=1e-12)
    assert found.lower[0] * found.upper[0] == pytest.approx(1)


def test_observed_over_expected_on_one_side_or_about_another_ratio() -> None:
    both = observed_over_expected(1000, 10000, 0.014, 0.014, level=0.9)
    upper = observed_over_expected(1000, 10000, 0.014, 0.014, side=Side.UPPER)
    assert upper.upper[0] == pytest.approx(both.upper[0], rel=1e-12)
    assert np.isnan(upper.lower[0])
    assert np.isnan(observed_over_expected(1000, 10000, 0.014, 0.014, side=Side.LOWER).upper[0])
    plain, moved = (observed_over_expected(1000, 10000, 0.028, 0.014, about_ratio=about) for about in (False, True))
    assert moved.upper[0] == pytest.approx(2 * plain.upper[0])
    assert np.isnan(observed_over_expected([0, np.nan], 10000, 0.1, 0.1).upper).all()


@pytest.mark.parametrize(
    ("rate", "historical", "size", "level"), [(0, 0.1, 10, 0.95), (0.1, 0, 10, 0.95), (0.1, 0.1, 0, 0.95), (0.1, 0.1, 10, 1.0)]
)
def test_a_ratio_to_nothing_is_refused(rate: float, historical: float, size: float, level: float) -> None:
    with pytest.raises(InvalidQuestion):
        observed_over_expected(100, size, rate, historical, level=level)


@pytest.mark.parametrize(
    ("value", "warning", "action", "wanted"),
    [
        (4.9, 5, 10, Breach.NONE),
        (5, 5, 10, Breach.WARNING),
        (10, 5, 10, Breach.ACTION),
        (0.95, 0.9, 0.8, Breach.NONE),
        (0.9, 0.9, 0.8, Breach.WARNING),
        (0.8, 0.9, 0.8, Breach.ACTION),
        (10, 10, 10, Breach.ACTION),
        (float("nan"), 5, 10, None),
    ],
)
def test_a_value_on_a_fixed_limit_has_reached_it(value: float, warning: float, action: float, wanted: Breach | None) -> None:
    assert fixed_limit(value, warning, action) is wanted


def test_a_limit_that_is_no_number_is_refused() -> None:
    with pytest.raises(InvalidQuestion):
        fixed_limit(1, float("nan"), 2)
