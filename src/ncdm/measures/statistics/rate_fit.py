"""The most likely rate and dispersion of a negative binomial law over groups of unequal exposure."""

import numpy as np

from ncdm.measures.statistics.laws import Floats, RateLaw
from ncdm.measures.statistics.profile import best_dispersion, decreasing_root, how_many_exceed

LARGEST_TAU2 = 3.0
_SERIES_BELOW, _TERMS = 0.01, 12


def most_likely_rate_law(numerator: Floats, denominator: Floats) -> RateLaw:
    """The rate law that makes these counts most probable, ``tau2`` within [0, 3].

    numerator: whole numbers >= 0; denominator > 0; the same 1-D shape, at least one. Without any event the rate is 0.
    Source: measures-and-statistics 4.2(2); Lawless (1987), "Negative binomial and mixed Poisson regression".
    """
    if not np.any(numerator > 0.0):
        return RateLaw(0.0, 0.0)
    fit = _Profile(numerator, denominator)
    tau2 = best_dispersion(fit.slope, fit.likelihood, LARGEST_TAU2)
    return RateLaw(fit.rate(tau2), tau2)


class _Profile:
    """The log likelihood of one set of counts with the rate at its best for each ``tau2``."""

    def __init__(self, numerator: Floats, denominator: Floats) -> None:
        self.x, self.d = numerator, denominator
        steps = how_many_exceed(numerator)
        self.above, self.j = steps.weight, steps.j
        self.pooled = float(np.sum(numerator) / np.sum(denominator))
        self.latest = self.pooled
        """Where the search for the next rate starts: neighbouring dispersions have neighbouring rates."""
        self.highest = float(np.max(numerator / denominator))

    def rate(self, tau2: float) -> float:
        """The best rate: the weighted differences between counts and means sum to 0."""
        if tau2 == 0.0 or self.x.size == 1:
            return self.pooled

        def slope(rate: float) -> tuple[float, float]:
            narrow = 1.0 / (1.0 + tau2 * rate * self.d)
            return float(((self.x - rate * self.d) * narrow).sum()), -float((steepness * narrow * narrow).sum())

        steepness = self.d * (1.0 + tau2 * self.x)
        self.latest = decreasing_root(slope, 0.0, 2.0 * self.highest, self.latest)
        return self.latest

    def slope(self, tau2: float) -> float:
        """How the best log likelihood changes with ``tau2``; every term keeps its digits down to ``tau2 = 0``."""
        mean = self.rate(tau2) * self.d
        odds = tau2 * mean
        pairs = np.sum(self.above * (self.j / (1.0 + tau2 * self.j)))
        return float(pairs + np.sum(mean * mean * _curvature(odds) - self.x * mean / (1.0 + odds)))

    def likelihood(self, tau2: float) -> float:
        """The best log likelihood, without what does not depend on the law."""
        mean = self.rate(tau2) * self.d
        common = np.sum(self.x * np.log(mean)) + np.sum(self.above * np.log1p(tau2 * self.j))
        if tau2 == 0.0:
            return float(common - np.sum(mean))
        return float(common - np.sum((1.0 / tau2 + self.x) * np.log1p(tau2 * mean)))


def _curvature(u: Floats) -> Floats:
    """``(log(1 + u) - u / (1 + u)) / u**2``, which is 1/2 at 0."""
    series = np.zeros_like(u)
    for n in reversed(range(_TERMS)):
        series = series * -u + (n + 1.0) / (n + 2.0)
    safe = np.where(u < _SERIES_BELOW, 1.0, u)
    return np.where(u < _SERIES_BELOW, series, (np.log1p(safe) - safe / (1.0 + safe)) / (safe * safe))
