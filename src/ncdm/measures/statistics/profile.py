"""The best dispersion of a law whose centre is profiled out: every local best is found, and compared with the edges.

No random starts and no tolerance on the likelihood itself, which is flat at its top: the slope is brought to zero, to the last digits.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import linalg, optimize

from ncdm.measures.statistics.laws import Floats

_SMALLEST, _POINTS, _NO_DISPERSION = 1e-6, 18, 1e-13
_ROUNDING, _STEPS = 4.0 * float(np.finfo(np.float64).eps), 200
_LAST_STEP = 1e-10
"""A step of Newton's this small, relative, lands within rounding of the root: the next would be its square."""

_ONE_BY_ONE, _NODES = 65_536, 10


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


@dataclass(frozen=True, slots=True)
class Steps:
    """The numbers j = 0, 1, .. below the largest count, and how many counts are above each. A sum over counts of sums over j becomes one sum."""

    j: Floats
    weight: Floats


def how_many_exceed(counts: Floats) -> Steps:
    """For each j below the largest count how many counts are above it.

    Beyond the first 65,536 whole stretches of j in which no count lies, and none of which is twice as far out at its end as at its beginning, stand as ten
    points each: Gauss's rule for a sum over whole numbers, exact for polynomials up to degree 19. What is summed here has its nearest pole below zero,
    three half-widths away from the middle of the stretch, so that what it misses is below rounding.
    """
    below = counts[counts > 0.0]
    largest = int(np.max(below, initial=0.0))
    first = min(largest, _ONE_BY_ONE)
    above = np.cumsum(np.bincount(np.minimum(below, first).astype(np.int64), minlength=first + 1)[::-1])[::-1][1:]
    parts = [Steps(np.arange(first, dtype=np.float64), above.astype(np.float64))]
    if largest > first:
        doubled = [first * 2.0**power for power in range(math.ceil(math.log2(largest / first)))]
        ends = np.unique([*doubled, *below[below > first].tolist()])
        exceeding = below.size - np.searchsorted(np.sort(below), ends[:-1], side="right")
        parts += [_summed_up(begin, end, more) for begin, end, more in zip(ends[:-1], ends[1:], exceeding, strict=True)]
    return Steps(np.concatenate([part.j for part in parts]), np.concatenate([part.weight for part in parts]))


def _summed_up(begin: float, end: float, weight: float) -> Steps:
    """The whole numbers from begin to before end, as few points with the weight of all (Golub and Welsch 1969, discrete Chebyshev polynomials)."""
    size = end - begin
    if size <= _NODES:
        return Steps(np.arange(begin, end, dtype=np.float64), np.full(int(size), float(weight)))
    k = np.arange(1.0, _NODES)
    beside = np.sqrt(k * k * (size * size - k * k) / (4.0 * (4.0 * k * k - 1.0)))
    nodes, vectors = linalg.eigh_tridiagonal(np.zeros(_NODES), beside)
    points: Floats = begin + (size - 1.0) / 2.0 + np.asarray(nodes, dtype=np.float64)
    return Steps(points, weight * size * np.asarray(vectors[0], dtype=np.float64) ** 2)
