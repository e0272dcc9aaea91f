"""Ratios to the study's level for ranking: each pulled toward 1 as far as the group's own data are thin."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from ncdm.measures.statistics.laws import Floats, Law, RateLaw

LEAST_TAU2 = 0.02
LOWER, UPPER = 0.05, 0.95


@dataclass(frozen=True, slots=True)
class Shrunken:
    """Posterior mean and 90 % interval of each group's ratio to the study's level."""

    ratio: Floats
    low: Floats
    high: Floats


def shrunken_ratios(law: Law, numerator: Floats, denominator: Floats) -> Shrunken:
    """How many times the study's level each group runs at, with what is known about groups in general; for display, never for flags.

    Rate: Gamma(k + x, rate k + lambda D), k = 1 / max(tau2, .02). Share: Beta(a + x, b + D - x) / p; with rho = 0 the law says that all groups
    are alike, and so do the ratios: 1, from 1 to 1. NaN where the share is 0: a ratio to nothing does not exist. Shapes and conditions as `midp.tails`.
    Source: measures-and-statistics 4.2(6).
    """
    if isinstance(law, RateLaw):
        k = 1.0 / max(law.tau2, LEAST_TAU2)
        shape, rate = k + numerator, k + law.rate * denominator
        low, high = special.gammaincinv(shape, LOWER) / rate, special.gammainccinv(shape, 1.0 - UPPER) / rate
        return Shrunken(shape / rate, np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64))
    if law.share == 0.0:
        unknown = np.full(numerator.shape, np.nan)
        return Shrunken(unknown, unknown, unknown)
    if law.theta == 0.0:
        alike = np.ones(numerator.shape)
        return Shrunken(alike, alike, alike)
    a = law.share / law.theta + numerator
    b = (1.0 - law.share) / law.theta + denominator - numerator
    least, most = special.betaincinv(a, b, LOWER), special.betainccinv(a, b, 1.0 - UPPER)
    return Shrunken(
        a / (a + b) / law.share, np.asarray(least / law.share, dtype=np.float64), np.asarray(most / law.share, dtype=np.float64)
    )
