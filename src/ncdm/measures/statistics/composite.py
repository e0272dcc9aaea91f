"""One p for one group from the p of several KRIs, however they depend on each other."""

import numpy as np

from ncdm.measures.statistics.laws import Floats

_HALF = 0.5
_EPSILON = float(np.finfo(np.float64).eps)


def cauchy_composite(p: Floats) -> float:
    """The combined p by the Cauchy combination; NaN where there is none to combine.

    p: 1-D, in [0, 1]; NaN (no score) is left out. T = mean tan((.5 - p) pi), p = .5 - atan(T) / pi, written so that a small p keeps its digits.
    A p of 0 decides alone. Source: Liu, Xie (2020), "Cauchy combination test"; measures-and-statistics 4.2(9).
    """
    known = np.sort(p[~np.isnan(p)])
    if known.size == 0:
        return float("nan")
    if known[0] == 0.0:
        return 0.0
    small = known < _HALF
    # Near 1 as near 0 by the distance to the end, which is exact there: a tangent near its pole loses the digits of its argument.
    terms = np.concatenate((1.0 / np.tan(np.pi * known[small]), _large(known[~small])))
    centre = float(np.mean(terms))
    return float(np.arctan2(1.0, centre) / np.pi)


def _large(p: Floats) -> Floats:
    """tan((.5 - p) pi) of p from .5 up; 1 counts as half a digit less, so that it outweighs much and not everything."""
    return np.asarray(-1.0 / np.tan(np.pi * np.maximum(1.0 - p, _EPSILON / 4.0)), dtype=np.float64)
