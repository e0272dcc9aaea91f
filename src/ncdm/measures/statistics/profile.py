"""The best dispersion of a law whose centre is profiled out: every local best is found, and compared with the edges.

No random starts and no tolerance on the likelihood itself, which is flat at its top: the slope is brought to zero, to the last digits.
"""

from collections.abc import Callable

import numpy as np
from scipy import optimize

from ncdm.measures.statistics.laws import Floats

_SMALLEST, _POINTS, _NO_DISPERSION = 1e-6, 18, 1e-13
_ROUNDING, _STEPS = 4.0 * float(np.finfo(np.float64).eps), 200
_LAST_STEP = 1e-10
"""A step of Newton's this small, relative, lands within rounding of the root: the next would be its square."""


def decreasing_root(slope: Callable[[float], tuple[float, float]], low: float, high: float, start: float) -> float:
    """Where a function falls through zero between low and high: Newton's steps, halving the interval where they would leave it.

    slope: gives the function and its derivative; positive near low, negative near high; 0 <= low < start < high.
    """
    at = start
    for _ in range(_STEPS):
        value, derivative = slope(at)
        if value == 0.0:
            return at
        low, high = (at, high) if value > 0.0 else (low, at)
        step = at - value / derivative if derivative < 0.0 else low
        if low < step < high:
            if abs(step - at) <= _LAST_STEP * at:
                return step
        else:
            step = (low + high) / 2.0
            if not low < step < high:
                return at
        at = step
    return at


def best_dispersion(slope: Callable[[float], float], likelihood: Callable[[float], float], largest: float) -> float:
    """The dispersion in [0, largest] with the highest profile likelihood; of equals, the smallest.

    slope: derivative of the profile log likelihood; likelihood: the log likelihood itself. The slope is looked at on a grid from 0 to the
    largest value, and each fall through zero is followed to its root (Brent 1973).
    """
    grid = [0.0, *np.geomspace(_SMALLEST, largest, _POINTS - 1).tolist()]
    slopes = [slope(at) for at in grid]
    candidates = [0.0] if slopes[0] <= 0.0 else []
    for left, right, rising, falling in zip(grid, grid[1:], slopes, slopes[1:], strict=False):
        if rising > 0.0 >= falling:
            candidates.append(right if falling == 0.0 else float(optimize.brentq(slope, left, right, xtol=1e-18, rtol=_ROUNDING)))
    if slopes[-1] > 0.0:
        candidates.append(largest)
    best = candidates[0] if len(candidates) == 1 else max(candidates, key=likelihood)
    return best if best > _NO_DISPERSION else 0.0


def how_many_exceed(counts: Floats) -> Floats:
    """For j = 0, 1, .. below the largest count: how many counts are above j. A sum over counts of sums over j becomes one sum over j."""
    whole = np.bincount(counts.astype(np.int64))
    return np.cumsum(whole[::-1])[::-1][1:].astype(np.float64)
