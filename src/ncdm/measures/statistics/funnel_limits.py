"""The lines of a funnel: with the spread between groups added, and the exact Poisson ones without it.

Source: Spiegelhalter 2005 (Statistics in Medicine 24), FunnelPlotR 0.6.0; measures-and-statistics 4.4.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammainccinv

from ncdm.measures.statistics.funnel import Funnel, Transform

Floats = NDArray[np.float64]

Z95 = 1.959964
"""The rounded normal quantile of the two-sided 95 % limits, as FunnelPlotR writes it."""
Z998 = 3.090232
"""The rounded normal quantile of the two-sided 99.8 % limits, as FunnelPlotR writes it."""


@dataclass(frozen=True, slots=True)
class FunnelLimits:
    """Limits at given denominators, on the scale of the ratio or the proportion; NaN where a denominator is 0 or unknown."""

    lower95: Floats
    upper95: Floats
    lower998: Floats
    upper998: Floats


def funnel_limits(found: Funnel, denominator: ArrayLike) -> FunnelLimits:
    """The 95 % and 99.8 % limits at given denominators, wide enough for the spread found; NaN if it was not estimated.

    Log ratio: exp(-/+ c sqrt(1/E + tau2)). Square root: (1 -/+ c sqrt(1/(4E) + tau2))^2. Arcsine: sin(target -/+ ...)^2. The last two are
    cut where the scale ends (0; 0 and 1) and brought back to the ratio itself, where FunnelPlotR leaves the square root as it is
    and lets the sine fold back.
    Source: FunnelPlotR 0.6.0 ``OD_limits``; measures-and-statistics 4.4.
    """
    base = np.asarray(denominator, dtype=np.float64)
    base = np.where(base > 0, base, np.nan)
    error = 1 / np.sqrt(base) if found.transform is Transform.LOG_RATIO else 1 / (2 * np.sqrt(base))
    wide = np.sqrt(error**2 + found.tau2)

    def back(scaled: Floats) -> Floats:
        match found.transform:
            case Transform.LOG_RATIO:
                return np.exp(scaled)
            case Transform.SQRT_RATIO:
                return np.maximum(scaled, 0.0) ** 2
            case Transform.ARCSINE:
                return np.sin(np.clip(scaled, 0.0, np.pi / 2)) ** 2

    return FunnelLimits(*(back(found.target + factor * wide) for factor in (-Z95, Z95, -Z998, Z998)))


def exact_limits(expected: ArrayLike) -> FunnelLimits:
    """The exact Poisson limits of observed / expected at given expected counts, without allowance for spread.

    Lower: the chi-squared quantile with upper tail .975 (.999) on 2x degrees of freedom, over 2x; upper: .025 (.001) on 2(x + 1).
    Source: FunnelPlotR 0.6.0 ``calculate_limits``; measures-and-statistics 4.4.
    """
    given = np.asarray(expected, dtype=np.float64)
    x = np.where(given > 0, given, np.nan)

    # A chi-squared quantile on 2d degrees of freedom is twice a gamma quantile of shape d.
    def limit(shape: Floats, upper_tail: float) -> Floats:
        return np.asarray(gammainccinv(shape, upper_tail) / x, dtype=np.float64)

    return FunnelLimits(limit(x, 0.975), limit(x + 1, 0.025), limit(x, 0.999), limit(x + 1, 0.001))
