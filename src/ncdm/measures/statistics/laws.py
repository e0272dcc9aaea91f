"""The two chance laws of a group's count: negative binomial for rates, beta-binomial for shares.

Both have a centre that all groups share and one number for how much healthy groups differ beyond chance; where that number is 0 they are the
Poisson and the binomial law. Source: measures-and-statistics 4.2(1).
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


class CountKind(StrEnum):
    """What a numerator is of its denominator."""

    RATE = "rate"
    """Events over exposure: the numerator has no upper limit."""
    BINARY = "binary"
    """A share: the numerator counts some of the denominator."""


@dataclass(frozen=True, slots=True)
class RateLaw:
    """Counts with mean ``rate * denominator`` and variance ``mean + tau2 * mean**2``."""

    rate: float
    """Events for one unit of the denominator, 0 or more."""
    tau2: float
    """Squared coefficient of variation of the true rates between groups, 0 or more; 0 is the Poisson law."""


@dataclass(frozen=True, slots=True)
class ShareLaw:
    """Counts out of the denominator whose true share varies between groups as a beta law with this mean."""

    share: float
    """Mean share in [0, 1]."""
    rho: float
    """Correlation of two units of one group in [0, 1); 0 is the binomial law."""

    @property
    def theta(self) -> float:
        """The odds of ``rho``: ``1 / (a + b)`` of the beta law."""
        return self.rho / (1.0 - self.rho)


Law = RateLaw | ShareLaw


@dataclass(frozen=True, slots=True)
class Tails:
    """Probability of exactly x, of at most x and of more than x; the last two computed apart, so that a small one keeps its digits."""

    pmf: Floats
    cdf: Floats
    sf: Floats
