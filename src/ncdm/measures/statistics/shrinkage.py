"""Ratios to the study's level for ranking: each pulled toward 1 as far as the group's own data are thin."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from ncdm.measures.statistics.laws import Floats, Law, RateLaw, ShareLaw

LEAST_TAU2 = 0.02
"""Squared coefficient of variation by which true rates are taken to differ at least: a fit that finds no difference does not prove there is none."""
LOWER, UPPER = 0.05, 0.95


@dataclass(frozen=True, slots=True)
class Shrunken:
    """Posterior mean and 90 % interval of each group's ratio to the study's level."""

    ratio: Floats
    low: Floats
    high: Floats


def spread_at_least(law: ShareLaw) -> ShareLaw:
    """The law with true shares that differ at least as much as rates do: by `LEAST_TAU2` of the rarer side.

    A share p with correlation rho has the squared coefficient of variation rho (1 - p) / p; of the rarer side, so that shares near 0 are like rates
    and a share means the same as its complement. A share of 0 or 1 does not vary. The specification names the floor for rates (4.2(6)); that shares
    have the same is this project's choice, without which all groups would be 1 from 1 to 1 wherever a fit ends at rho = 0.
    """
    if law.share in (0.0, 1.0):
        return law
    rarer = min(law.share, 1.0 - law.share)
    return ShareLaw(law.share, max(law.rho, LEAST_TAU2 * rarer / (1.0 - rarer)))


def shrunken_ratios(law: Law, numerator: Floats, denominator: Floats) -> Shrunken:
    """How many times the study's level each group runs at, with what is known about groups in general; for display, never for flags.

    Rate: Gamma(k + x, rate k + lambda D), k = 1 / max(tau2, .02). Share: Beta(a + x, b + D - x) / p, with rho as `spread_at_least` says.
    NaN where the share is 0: a ratio to nothing does not exist; where it is 1 nothing varies. Shapes and conditions as `midp.tails`.
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
    if law.share == 1.0:
        alike = np.ones(numerator.shape)
        return Shrunken(alike, alike, alike)
    theta = spread_at_least(law).theta
    a = law.share / theta + numerator
    b = (1.0 - law.share) / theta + denominator - numerator
    least, most = special.betaincinv(a, b, LOWER), special.betainccinv(a, b, 1.0 - UPPER)
    return Shrunken(
        a / (a + b) / law.share, np.asarray(least / law.share, dtype=np.float64), np.asarray(most / law.share, dtype=np.float64)
    )
