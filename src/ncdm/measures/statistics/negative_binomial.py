"""Tail probabilities of a negative binomial count, given by its mean and ``tau2``; ``tau2 = 0`` is the Poisson law."""

import numpy as np
from scipy import special

from ncdm.measures.statistics.laws import Floats, Tails
from ncdm.measures.statistics.saddle_point import log_pmf_of_counts

_NEGLIGIBLE = 1e-18


def negative_binomial_tails(x: Floats, mean: Floats, tau2: float) -> Tails:
    """How probable a count of exactly x, at most x and more than x is.

    x: whole numbers >= 0; mean >= 0, the same shape; variance ``mean + tau2 * mean**2``.
    The incomplete beta function is given the smaller of p and 1 - p: the other one, rounded, would cost ``1 / tau2`` rounding units.
    Source: measures-and-statistics 4.2(1); Johnson, Kemp, Kotz, "Univariate Discrete Distributions", chapter 5.
    """
    pmf = np.exp(log_pmf_of_counts(x, mean, tau2))
    if tau2 == 0.0:
        return Tails(pmf, special.gammaincc(x + 1.0, mean), special.gammainc(x + 1.0, mean))
    size, odds = 1.0 / tau2, tau2 * mean
    small = odds < 1.0
    first, second = np.where(small, x + 1.0, size), np.where(small, size, x + 1.0)
    at = np.where(small, odds, 1.0) / (1.0 + odds)
    inside, outside = special.betainc(first, second, at), special.betaincc(first, second, at)
    return Tails(pmf, np.where(small, outside, inside), np.where(small, inside, outside))


def log_mid_tails_of_counts(x: Floats, mean: Floats, tau2: float) -> tuple[Floats, Floats]:
    """Logarithms of half of P(x) plus what is below it, and plus what is above it, for counts so far out that the probabilities underflow.

    x, mean: 1-D, mean > 0. Each is summed outward from x, so only the one of the shorter tail is quick and exact; the other is the log of 1.
    """
    below = x < mean
    start = log_pmf_of_counts(x, mean, tau2)
    total, term, step = np.full_like(x, 0.5), np.ones_like(x), x.copy()
    odds = 1.0 + tau2 * mean
    while True:
        down = step * odds / (mean * (1.0 + tau2 * np.maximum(step - 1.0, 0.0)))
        up = (1.0 + tau2 * step) * mean / ((step + 1.0) * odds)
        term = term * np.where(below, down, up)
        total += term
        step = np.where(below, np.maximum(step - 1.0, 0.0), step + 1.0)
        if np.all(term <= _NEGLIGIBLE * total):
            break
    far = start + np.log(total)
    return np.where(below, far, 0.0), np.where(below, 0.0, far)
