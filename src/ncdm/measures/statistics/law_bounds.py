"""Limit lines of a funnel under the calibrated laws: the metric at which a group of a given denominator would just reach a score."""

import numpy as np

from ncdm.measures.statistics.laws import Floats, Law, RateLaw
from ncdm.measures.statistics.midp import mid_p

POINTS = 60
_DOUBLINGS = 60


def law_bounds(law: Law, denominators: Floats, score: float) -> Floats:
    """The metric of each denominator at which z is ``score``; NaN where no count reaches it.

    denominators: 1-D, > 0, whole for a share. Counts are whole, so that z moves in steps: between the two counts around the score the line is
    interpolated, and the lines of several denominators join smoothly. Source: measures-and-statistics 4.2(3).
    """
    if isinstance(law, RateLaw) and law.rate <= 0.0:
        return np.full(denominators.shape, np.nan)
    return np.array([_reached(law, float(size), score) for size in denominators], dtype=np.float64)


def walked(denominators: Floats) -> Floats:
    """Denominators from the smallest to the largest of some groups, evenly on a logarithmic scale, whole, each once."""
    usable = denominators[np.isfinite(denominators) & (denominators > 0)]
    if usable.size == 0:
        return usable
    return np.unique(np.round(np.geomspace(max(1.0, usable.min()), max(1.0, usable.max()), POINTS)))


def _reached(law: Law, size: float, score: float) -> float:
    most = np.inf if isinstance(law, RateLaw) else size
    mean = size * (law.rate if isinstance(law, RateLaw) else law.share)
    low, high = -1.0, min(most, np.ceil(mean) + 1.0)
    for _ in range(_DOUBLINGS):
        if _z(law, high, size) >= score:
            break
        if high >= most:
            return np.nan
        low, high = high, min(most, 2.0 * high + 1.0)
    else:
        return np.nan
    while high - low > 1.0:
        middle = np.floor((low + high) / 2.0)
        low, high = (low, middle) if _z(law, middle, size) >= score else (middle, high)
    if low < 0.0:
        # Already a count of zero is beyond it: nothing is low enough, unless zero is just there.
        return 0.0 if _z(law, 0.0, size) == score else np.nan
    below, above = _z(law, low, size), _z(law, high, size)
    if not np.isfinite(above - below) or above == below:
        return float(high / size)
    return float((low + (score - below) / (above - below)) / size)


def _z(law: Law, count: float, size: float) -> float:
    return float(mid_p(law, np.array([count]), np.array([size])).z[0])
