"""What healthy groups look like: the law fitted to the groups, once more without those that do not belong.

A few bad groups would otherwise inflate the spread and hide themselves behind it.
"""

from dataclasses import dataclass

import numpy as np

from ncdm.measures.statistics.laws import Bools, CountKind, Floats, Law, RateLaw
from ncdm.measures.statistics.midp import mid_p
from ncdm.measures.statistics.rate_fit import most_likely_rate_law
from ncdm.measures.statistics.share_fit import most_likely_share_law

FEWEST_GROUPS = 5
OUTLIER = 2.5


@dataclass(frozen=True, slots=True)
class RobustFit:
    """A fitted law and which of the groups it does not rest on."""

    law: Law
    set_aside: Bools
    """True where the first fit gave |z| > 2.5; the law is fitted without these."""


def most_likely(kind: CountKind, numerator: Floats, denominator: Floats) -> Law:
    """The law that makes the counts most probable, whatever the order of the groups; conditions as the two fits."""
    order = np.lexsort((numerator, denominator))
    if kind is CountKind.RATE:
        return most_likely_rate_law(numerator[order], denominator[order])
    return most_likely_share_law(numerator[order], denominator[order])


def fit_robustly(kind: CountKind, numerator: Floats, denominator: Floats) -> RobustFit | None:
    """Fit the law, set groups with |z| > 2.5 aside, and fit it once more to the others; none with fewer than 5 groups.

    numerator, denominator: the groups to learn from (known, denominator > 0, at or above accrual), 1-D, the same shape.
    Where the second fit would rest on groups without any event, or with nothing else, the first stands: under a certain share or a rate of 0
    every other count would be infinitely far out. Parameters are converged to rounding. Source: measures-and-statistics 4.2(2).
    """
    if numerator.size < FEWEST_GROUPS:
        return None
    first = most_likely(kind, numerator, denominator)
    aside: Bools = np.abs(mid_p(first, numerator, denominator).z) > OUTLIER
    if not np.any(aside) or np.all(aside):
        return RobustFit(first, np.zeros_like(aside))
    second = most_likely(kind, numerator[~aside], denominator[~aside])
    centre = second.rate if isinstance(second, RateLaw) else second.share
    if centre == 0.0 or (kind is CountKind.BINARY and centre == 1.0):
        return RobustFit(first, np.zeros_like(aside))
    return RobustFit(second, aside)
