"""Tail probabilities of a beta-binomial count, given by its mean share and ``theta``; ``theta = 0`` is the binomial law.

Every probability of one law follows from its neighbour by a ratio of small numbers, so a whole law is one running product outward from its
highest point: no gamma function, and each tail is summed from its own end.
"""

import numpy as np
from scipy import special

from ncdm.errors import InvalidQuestion
from ncdm.measures.statistics.laws import Floats, Tails
from ncdm.measures.statistics.saddle_point import log_rising

_CELLS = 1_000_000
_LARGEST = 5_000_000
"""A law of so many counts takes a fifth of a second, for each denominator that differs."""


def log_ratios(size: int, share: float, theta: float) -> Floats:
    """``log P(j + 1) - log P(j)`` for j = 0 .. size - 1; 0 < share < 1."""
    j = np.arange(size, dtype=np.float64)
    with np.errstate(divide="ignore"):
        return np.log((size - j) * (share + j * theta)) - np.log((j + 1.0) * (1.0 - share + (size - j - 1.0) * theta))


def log_law(size: int, share: float, theta: float) -> Floats:
    """Log probability of each count 0 .. size; 0 < share < 1, theta >= 0."""
    ratios = log_ratios(size, share, theta)
    rough = np.concatenate(([0.0], np.cumsum(ratios)))
    top = int(np.argmax(rough))
    # Summed again outward from the top, so that rounding grows with the distance from where the mass is.
    below = -np.cumsum(ratios[:top][::-1])[::-1]
    logs = np.concatenate((below, [0.0], np.cumsum(ratios[top:])))
    # The highest is 0, so nothing overflows and their sum is 1 or more.
    normalised: Floats = logs - np.log(np.sum(np.exp(logs)))
    return normalised


def beta_binomial_tails(x: Floats, size: Floats, share: float, theta: float) -> Tails:
    """How probable a count of exactly x, at most x and more than x out of ``size`` is.

    x, size: whole numbers, 0 <= x <= size, the same 1-D shape; 0 < share < 1; theta = rho / (1 - rho) >= 0.
    Time and memory grow with the sizes that differ, but for the binomial law. Source: measures-and-statistics 4.2(1).
    """
    if theta == 0.0:
        from scipy import stats  # takes longer to import than most questions take, and only the binomial law needs it

        of = (stats.binom.pmf, stats.binom.cdf, stats.binom.sf)
        return Tails(*(np.asarray(told(x, size, share), dtype=np.float64) for told in of))
    if np.any(size > _LARGEST):
        raise InvalidQuestion(
            f"a denominator of {np.max(size):.3g} is too large for shares that differ between groups",
            where="denominator",
            todo=f"Ask for a rate, or for denominators up to {_LARGEST:,}.",
        )
    pmf, cdf, sf = np.empty_like(x), np.empty_like(x), np.empty_like(x)
    for n in np.unique(size):
        here = size == n
        at = x[here].astype(np.int64)
        law = np.exp(log_law(int(n), share, theta))
        pmf[here], cdf[here] = law[at], np.cumsum(law)[at]
        sf[here] = np.concatenate((np.cumsum(law[::-1])[::-1], [0.0]))[at + 1]
    return Tails(pmf, np.minimum(cdf, 1.0), np.minimum(sf, 1.0))


def log_mid_tails_of_share(x: Floats, size: Floats, share: float, theta: float) -> tuple[Floats, Floats]:
    """Logarithms of half of P(x) plus what is below it, and plus what is above it, for counts whose probabilities underflow; 1-D."""
    low, high = np.empty_like(x), np.empty_like(x)
    for index, (count, n) in enumerate(zip(x.astype(np.int64), size.astype(np.int64), strict=True)):
        law = log_law(int(n), share, theta)
        half = law[count] - np.log(2.0)
        low[index] = special.logsumexp(np.append(law[:count], half))
        high[index] = special.logsumexp(np.append(law[count + 1 :], half))
    return low, high


def lower_tail(x: Floats, size: Floats, share: Floats, theta: float) -> Floats:
    """How probable at most x out of ``size`` is, each with a share of its own; 1-D, 0 <= x < size, 0 < share <= 1, theta > 0.

    Summed from 0 up, in blocks of groups, so that memory stays small whatever the sizes.
    """
    result = np.empty_like(x)
    order = np.argsort(x, kind="stable")
    block = max(1, int(_CELLS // (float(np.max(x, initial=0.0)) + 1.0)))
    for begin in range(0, x.size, block):
        here = order[begin : begin + block]
        count, n, p = x[here], size[here], share[here]
        with np.errstate(divide="ignore", invalid="ignore"):
            start = log_rising(n, 1.0 - p, theta) - log_rising(n, np.ones_like(p), theta)
            j = np.arange(int(np.max(count)), dtype=np.float64)[:, np.newaxis]
            steps = (n - j) * (p + j * theta) / ((j + 1.0) * (1.0 - p + (n - j - 1.0) * theta))
            logs = np.concatenate((start[np.newaxis], start + np.cumsum(np.log(np.where(j < count, steps, 1.0)), axis=0)))
        terms = np.where(np.arange(logs.shape[0])[:, np.newaxis] <= count, np.exp(logs), 0.0)
        result[here] = np.where(p < 1.0, np.sum(terms, axis=0), 0.0)
    return result
