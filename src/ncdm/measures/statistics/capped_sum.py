"""The law of a sum of capped penalties: each follows a group's posterior up to its cap, all are independent, and laws are convolved on a grid.

No random number: a probability vector for each penalty, one product of their Fourier transforms, and the quantiles read off.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import fft

from ncdm.measures.statistics.laws import Floats
from ncdm.measures.statistics.posterior import Posterior

STEP = 0.05
"""Width of a cell, in points."""
LOWER, UPPER = 0.05, 0.95
_BLOCK = 1_024
_SLACK = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class CappedPenalty:
    """``points * min(1, rate / cap)`` of n groups, the rates as uncertain as their posterior."""

    posterior: Posterior
    cap: float
    points: float

    @property
    def cells(self) -> int:
        """The cell in which the whole penalty falls; cell j is the values nearest to j steps."""
        return round(self.points / STEP)


def _transforms(penalty: CappedPenalty, which: Floats, size: int) -> npt.NDArray[np.complex128]:
    """(k, size // 2 + 1) Fourier transforms of the probability vectors of these posteriors; ``which`` holds their parameters, (k, 2)."""
    last = penalty.cells
    edges = (np.arange(last, dtype=np.float64) + 0.5) * (STEP * penalty.cap / penalty.points)
    some = np.zeros(len(which), dtype=np.bool_)
    below = Posterior(penalty.posterior.kind, which[:, 0], which[:, 1], which[:, 0], some).below(edges)
    cells = np.diff(below, axis=1, prepend=0.0, append=1.0)
    return fft.rfft(cells, n=size, axis=1)


def capped_sum_interval(
    penalties: Sequence[CappedPenalty], fixed: Floats, *, lower: float = LOWER, upper: float = UPPER
) -> tuple[Floats, Floats]:
    """Lower and upper quantile of the sum of the penalties and of what is fixed, for each of n groups.

    fixed: (n,) points that do not vary. Penalties that are certain, or too small for a cell, are added as they are. Independence of the penalties is
    assumed. Each is known to half a cell, so a quantile of k penalties is off by at most ``k * STEP / 2``.
    Source: measures-and-statistics 3.
    """
    fixed = np.array(fixed, dtype=np.float64)
    for penalty in penalties:
        plain = penalty.posterior.certain | (penalty.cells == 0)
        fixed += np.where(plain, penalty.points * np.minimum(penalty.posterior.mean / penalty.cap, 1.0), 0.0)
    varying = [penalty for penalty in penalties if penalty.cells > 0 and not np.all(penalty.posterior.certain)]
    low, high = np.zeros(fixed.shape), np.zeros(fixed.shape)
    size = fft.next_fast_len(sum(penalty.cells for penalty in varying) + 1, real=True)
    for begin in range(0, len(fixed) if varying else 0, _BLOCK):
        here = slice(begin, begin + _BLOCK)
        product = np.ones((len(fixed[here]), size // 2 + 1), dtype=np.complex128)
        for penalty in varying:
            moving = np.flatnonzero(~penalty.posterior.certain[here])
            pairs = np.stack((penalty.posterior.first[here][moving], penalty.posterior.second[here][moving]), axis=1)
            # Many groups have the same few counts over the same exposure.
            different, same = np.unique(pairs, axis=0, return_inverse=True)
            product[moving] *= _transforms(penalty, different, size)[same.reshape(-1)]
        law = np.cumsum(fft.irfft(product, n=size, axis=1), axis=1)
        low[here] = np.argmax(law >= lower - _SLACK, axis=1) * STEP
        high[here] = np.argmax(law >= upper - _SLACK, axis=1) * STEP
    return fixed + low, fixed + high
