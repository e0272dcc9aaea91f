"""The two-sample test of Kolmogorov and Smirnov, with the p-values of R's ``ks.test``.

Exact where the product of the sample sizes is below 10,000, given the ties there are; otherwise the limit for large samples. This is the rule of
``ks.test`` from R 4.2 on. scipy's ``ks_2samp`` differs twice: it takes ties for distinct values, which makes p too large, and it
stays exact up to 10,000 a side.

The exact p-value is the share of all ways to deal the pooled values into two samples that give a statistic at least as large. A way is a path
on a lattice; the probability of having passed the statistic is carried forward one value at a time. All terms are positive, so the
smallest p-values keep their digits, down to 1e-300.

Source: Schroeer and Trenkler 1995 (Computational Statistics & Data Analysis 20); R 4.2 ``psmirnov``; measures-and-statistics 4.5.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import kolmogorov

Floats = NDArray[np.float64]

EXACT_BELOW = 10_000
"""R's bound on the product of the sample sizes."""


class Alternative(StrEnum):
    """What is looked for; R's words, which speak of distribution functions, not of values."""

    TWO_SIDED = "two.sided"
    GREATER = "greater"
    """The distribution function of x lies above that of y: x has the **smaller** values."""
    LESS = "less"
    """The distribution function of x lies below that of y: x has the **larger** values."""


@dataclass(frozen=True, slots=True)
class SmirnovTest:
    """The largest distance between two empirical distribution functions and how often chance gives as large a one; NaN without values."""

    statistic: float
    p: float
    exact: bool


def smirnov(x: ArrayLike, y: ArrayLike, alternative: Alternative = Alternative.TWO_SIDED, *, exact: bool | None = None) -> SmirnovTest:
    """Tests whether two samples come from one distribution. ``x`` and ``y`` shape (m,) and (n,); NaN is left out.

    ``exact`` forces the method; by default it follows R's rule. Statistic and p are NaN if a sample is empty.
    """
    first, second = (np.sort(sample[~np.isnan(sample)]) for sample in (np.asarray(given, dtype=np.float64) for given in (x, y)))
    if alternative is Alternative.LESS:
        # x below y is y above x.
        first, second = second, first
    m, n = first.size, second.size
    if not m or not n:
        return SmirnovTest(np.nan, np.nan, exact=False)
    pooled = np.sort(np.concatenate([first, second]))
    ends = np.append(pooled[1:] != pooled[:-1], True)
    at = pooled[ends]
    # In units of 1 / (m n) the statistic is a whole number: no rounding decides a comparison.
    gap = np.searchsorted(first, at, side="right") * n - np.searchsorted(second, at, side="right") * m
    d = int(np.abs(gap).max() if alternative is Alternative.TWO_SIDED else max(gap.max(), 0))
    two_sided = alternative is Alternative.TWO_SIDED
    if exact is None:
        exact = m * n < EXACT_BELOW
    if not exact:
        p = _limit(d / (m * n), m, n, two_sided=two_sided)
    elif ends.all() and m * n < EXACT_BELOW:
        p = _exact_untied(d, m, n, two_sided=two_sided)
    else:
        p = _exact(d, m, n, ends, two_sided=two_sided)
    return SmirnovTest(d / (m * n), p, exact)


def _exact(d: int, m: int, n: int, ends: NDArray[np.bool_], *, two_sided: bool) -> float:
    """The probability that a random path passes ``d`` where a tie ends (``ends``, shape (m + n,)); one-sided: x ahead of y."""
    if d == 0:
        return 1.0
    # The state is how many of the smaller sample are dealt: the vector is short, whichever sample is x.
    sign, small, large = (1, m, n) if m <= n else (-1, n, m)
    i = np.arange(small + 1)
    passed = np.zeros(small + 1)
    for k in range(1, m + n + 1):
        # Backwards: the last of k values dealt was of the smaller sample with probability i / k.
        stay = (k - i) / k
        moved = np.where(stay >= 0, stay, 0.0) * passed
        moved[1:] += i[1:] / k * passed[:-1]
        moved[k + 1 :] = 0.0  # more than k of k values: no such state
        if ends[k - 1]:
            gap = sign * (i * large - (k - i) * small)
            moved[(np.abs(gap) if two_sided else gap) >= d] = 1.0
        passed = moved
    return float(min(passed[small], 1.0))


def _exact_untied(d: int, m: int, n: int, *, two_sided: bool) -> float:
    """The same without ties, counting paths row by row: what lies between the two lines at distance ``d`` is one running sum.

    The number of all paths must fit a double, which it does below ``EXACT_BELOW``.
    """
    if d == 0:
        return 1.0
    sign, small, large = (1, m, n) if m <= n else (-1, n, m)
    j = np.arange(large + 1)
    ways = np.zeros(large + 1)
    ways[0] = 1.0
    passed = np.zeros(large + 1)
    for i in range(small + 1):
        ways = np.cumsum(ways)  # of all paths to (i, j)
        gap = sign * (i * large - j * small)
        beyond = (np.abs(gap) if two_sided else gap) >= d
        between = np.flatnonzero(~beyond)
        row = ways.copy()
        if between.size:
            first, last = between[0], between[-1]
            row[first : last + 1] = passed[first : last + 1]
            if first:
                row[first] += ways[first - 1]
            row[first : last + 1] = np.cumsum(row[first : last + 1])
        passed = row
    return float(min(passed[-1] / ways[-1], 1.0))


def _limit(statistic: float, m: int, n: int, *, two_sided: bool) -> float:
    z = statistic * np.sqrt(m * n / (m + n))
    return float(kolmogorov(z)) if two_sided else float(np.exp(-2 * z * z))
