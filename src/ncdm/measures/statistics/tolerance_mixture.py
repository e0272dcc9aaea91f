"""Probabilities and quantiles of a weighted mixture of many distributions.

Source: measures-and-statistics 4.6.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.special import logit

from ncdm.errors import InvalidQuestion

Floats = NDArray[np.float64]

NEGLIGIBLE = 1e-15
"""Grid points that together carry less than this are left out of probabilities and quantiles of a new site."""

NARROW = 1e-11
"""Newton's error is squared at each step: after a step this small (on a logarithmic scale) none is left that a double can show."""

THIN = 61
"""One grid point in so many is enough to say about where a quantile is."""

Curve = Callable[[float], tuple[float, float]]
"""A distribution function and its slope at a point of a scale without ends."""


def carrying(weight: Floats) -> NDArray[np.bool_]:
    """The grid points without which less than ``NEGLIGIBLE`` would be missing."""
    order = np.argsort(weight)
    keep = np.ones(weight.size, dtype=np.bool_)
    keep[order[np.cumsum(weight[order]) < NEGLIGIBLE]] = False
    return keep


def between(below: Callable[[float], float], low: float, high: float) -> float:
    """The probability of an interval, from the distribution function."""
    if not low <= high:
        raise InvalidQuestion(f"{low:g} to {high:g} is no interval", todo="give the lower end first")
    return below(high) - below(low)


def quantile(mixture: Callable[[slice], Curve], level: float, start: float) -> float:
    """The root on all grid points, looked for first on a thin sample of them."""
    near = _root(mixture(slice(None, None, THIN)), level, start)
    return _root(mixture(slice(None)), level, near)


def _root(at: Curve, level: float, start: float) -> float:
    """Where a distribution function reaches a level: Newton's steps on the log odds, halving wherever a step would leave the bracket."""
    if not 0 < level < 1:
        raise InvalidQuestion(f"{level:g} is no level of a quantile", todo="give a level between 0 and 1")
    low, high, y = -746.0, 746.0, start  # where exp is 0: a smaller quantile no double can hold
    while high - low > NARROW:
        below, slope = at(y)
        low, high = (y, high) if below < level else (low, y)
        # The log odds of a distribution function are nearly a straight line in the tails, where the function itself is flat.
        step = (logit(level) - logit(below)) * below * (1 - below) / slope if slope > 0 and 0 < below < 1 else np.inf
        after = y + step
        if abs(step) <= NARROW and low <= after <= high:
            return float(after)
        y = float(after) if low < after < high else (low + high) / 2
    return y
