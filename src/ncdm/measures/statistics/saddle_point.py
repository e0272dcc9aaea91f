"""Logarithms of count probabilities without the cancellation of large gamma functions.

The deviance form of Loader (2000), "Fast and Accurate Computation of Binomial Probabilities", carried over to the negative binomial in
terms of its mean and ``tau2``, so that it passes into the Poisson law as ``tau2`` goes to 0.
"""

import numpy as np
from scipy import special

from ncdm.measures.statistics.laws import Floats

_SERIES_FROM = 15.0
_SERIES = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156)
_NEAR = 0.1
_HALF_LOG_2PI = 0.5 * np.log(2.0 * np.pi)


def stirling_error(y: Floats) -> Floats:
    """What Stirling's formula leaves of ``log(y!)``; y > 0, any shape."""
    inverse = 1.0 / np.maximum(y, _SERIES_FROM)
    series = np.zeros_like(inverse)
    for coefficient in reversed(_SERIES):
        series = series * inverse * inverse + coefficient
    small = np.minimum(y, _SERIES_FROM)
    direct = special.gammaln(small + 1.0) - (small + 0.5) * np.log(small) + small - _HALF_LOG_2PI
    return np.where(y < _SERIES_FROM, direct, series * inverse)


def log_of_quotient(expected: Floats, difference: Floats) -> Floats:
    """``log((expected + difference) / expected)``, exact near 1 when the difference is."""
    relative = difference / expected
    near = np.abs(relative) < _NEAR
    return np.where(near, np.log1p(np.where(near, relative, 0.0)), np.log(np.where(near, 1.0, (expected + difference) / expected)))


def log_rising(count: Floats, start: Floats, step: float) -> Floats:
    """``log(start * (start + step) * (start + 2 step) ...)`` of ``count`` factors; start >= 0, step >= 0.

    The relative error does not grow as ``step`` goes to 0, where the difference of two gamma functions would lose every digit.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        flat = np.asarray(special.xlogy(count, start), dtype=np.float64)
        if step == 0.0:
            return flat
        scaled = start / step
        large = np.maximum(scaled, _SERIES_FROM)
        growth = (large + count - 0.5) * np.log1p(count / large) - count + stirling_error(large + count) - stirling_error(large)
        direct = count * np.log(step) + special.gammaln(scaled + count) - special.gammaln(scaled)
    return np.where(count == 0.0, 0.0, np.where(scaled < _SERIES_FROM, direct, flat + growth))


def log_pmf_of_counts(x: Floats, mean: Floats, tau2: float) -> Floats:
    """Log probability of the count x when the mean is ``mean`` and the variance ``mean + tau2 * mean**2``.

    x: whole numbers >= 0; mean >= 0, the same shape. Absolute error about ``|x - mean|`` rounding units.
    """
    none = x == 0.0
    odds = tau2 * mean
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        at_zero = -mean if tau2 == 0.0 else -np.log1p(odds) / tau2
        y = np.where(none, 1.0, x)
        difference = (y - mean) / (1.0 + odds)
        expected = mean * ((1.0 + tau2 * y) / (1.0 + odds))
        log_pmf = -stirling_error(y) - (y * log_of_quotient(expected, difference) - difference)
        log_pmf -= _HALF_LOG_2PI + 0.5 * np.log(y * (1.0 + tau2 * y))
        if tau2 > 0.0:
            size = 1.0 / tau2
            failures = size * log_of_quotient(1.0 + tau2 * y, tau2 * (mean - y)) + difference
            log_pmf += stirling_error(y + size) - stirling_error(np.full_like(y, size)) - failures
    return np.where(none, at_zero, np.where(mean == 0.0, -np.inf, log_pmf))
