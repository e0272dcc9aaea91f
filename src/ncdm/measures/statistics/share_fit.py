"""The most likely share and dispersion of a beta-binomial law over groups of unequal size."""

import numpy as np

from ncdm.measures.statistics.laws import Floats, ShareLaw
from ncdm.measures.statistics.profile import best_dispersion, decreasing_root, how_many_exceed

LARGEST_RHO = 0.5


def most_likely_share_law(numerator: Floats, denominator: Floats) -> ShareLaw:
    """The share law that makes these counts most probable, ``rho`` within [0, 0.5].

    numerator, denominator: whole numbers, 0 <= numerator <= denominator > 0; the same 1-D shape, at least one.
    Where none or all units are counted the share is 0 or 1 and nothing varies. Source: measures-and-statistics 4.2(2); Griffiths (1973).
    """
    pooled = float(np.sum(numerator) / np.sum(denominator))
    if pooled in (0.0, 1.0):
        return ShareLaw(pooled, 0.0)
    fit = _Profile(numerator, denominator, pooled)
    theta = best_dispersion(fit.slope, fit.likelihood, LARGEST_RHO / (1.0 - LARGEST_RHO))
    return ShareLaw(fit.share(theta), theta / (1.0 + theta))


class _Profile:
    """The log likelihood of one set of counts with the share at its best for each ``theta = rho / (1 - rho)``."""

    def __init__(self, numerator: Floats, denominator: Floats, pooled: float) -> None:
        counted, other, every = (how_many_exceed(part) for part in (numerator, denominator - numerator, denominator))
        self.counted, self.other, self.all = counted.weight, other.weight, every.weight
        self.j_counted, self.j_other, self.j = counted.j, other.j, every.j
        self.pooled = pooled
        self.latest = pooled
        """Where the search for the next share starts: neighbouring dispersions have neighbouring shares."""

    def share(self, theta: float) -> float:
        """The best share, strictly between 0 and 1."""
        if theta == 0.0:
            return self.pooled

        def slope(share: float) -> tuple[float, float]:
            left, right = 1.0 / (share + theta * self.j_counted), 1.0 / (1.0 - share + theta * self.j_other)
            counted, other = self.counted * left, self.other * right
            value = float(counted.sum() - other.sum())
            derivative = -float((counted * left).sum() + (other * right).sum())
            # Times share * (1 - share) the poles at 0 and 1 are gone and Newton's steps are long.
            scale = share * (1.0 - share)
            return scale * value, (1.0 - 2.0 * share) * value + scale * derivative

        self.latest = decreasing_root(slope, 0.0, 1.0, self.latest)
        return self.latest

    def slope(self, theta: float) -> float:
        """How the best log likelihood changes with ``theta``."""
        share = self.share(theta)
        counted = np.sum(self.counted * (self.j_counted / (share + theta * self.j_counted)))
        other = np.sum(self.other * (self.j_other / (1.0 - share + theta * self.j_other)))
        return float(counted + other - np.sum(self.all * (self.j / (1.0 + theta * self.j))))

    def likelihood(self, theta: float) -> float:
        """The best log likelihood, without what does not depend on the law."""
        share = self.share(theta)
        counted = np.sum(self.counted * np.log(share + theta * self.j_counted))
        other = np.sum(self.other * np.log(1.0 - share + theta * self.j_other))
        return float(counted + other - np.sum(self.all * np.log1p(theta * self.j)))
