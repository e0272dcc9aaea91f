"""Whether a group that looks better or worse than before changed more than regression to the mean and chance predict.

A group stands out partly by chance, and that part does not come again. The shrunken ratio of the earlier snapshot says where the group would be
expected next if nothing had changed; only what goes beyond that may be called a change.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from ncdm.measures.statistics.beta_binomial import beta_binomial_tails
from ncdm.measures.statistics.dispersion import fit_robustly
from ncdm.measures.statistics.laws import CountKind, Floats, Law, RateLaw
from ncdm.measures.statistics.negative_binomial import negative_binomial_tails
from ncdm.measures.statistics.shrinkage import LEAST_TAU2, spread_at_least

TAIL = 0.05


class Verdict(StrEnum):
    """What may be said of a change."""

    IMPROVED = "improved"
    """Lower than the earlier data leave room for."""
    WORSENED = "worsened"
    AS_EXPECTED = "no more than regression to the mean predicts"
    """It moved toward the others, not beyond where it was expected."""
    CHANCE = "no more than chance allows"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Regression:
    """One group between two snapshots; rates as numerator over denominator."""

    group: str
    before: float | None
    after: float | None
    expected: float | None
    """Where regression to the mean takes it without any change: the shrunken rate of the earlier snapshot."""
    p_lower: float | None
    """Mid-p of so few or fewer at the later snapshot, given the earlier data."""
    verdict: Verdict


def regressions(
    kind: CountKind, groups: Sequence[str], before: tuple[Floats, Floats], after: tuple[Floats, Floats]
) -> tuple[Regression, ...]:
    """Judge the change of each group between two snapshots.

    before, after: numerators and denominators, one element a group, NaN = unknown; in the order of ``groups``.
    The group's posterior at the earlier snapshot is Gamma(k + x, k + lambda D) (a share: Beta(a + x, b + D - x)); the later numerator given its
    denominator is then negative binomial (beta-binomial), and improved or worsened is said where its mid-p on that side is below .05.
    Caution: two snapshots of a stock share most of their items, so a change is even less likely by chance than this says.
    Source: measures-and-statistics 4.2(6), 5, last line.
    """
    (x0, d0), (x1, d1) = before, after
    usable = ~np.isnan(x0) & (np.nan_to_num(d0) > 0.0)
    if kind is CountKind.BINARY:
        usable &= x0 <= d0
    fit = fit_robustly(kind, x0[usable], d0[usable])
    found = []
    for place, group in enumerate(groups):
        raw0, raw1 = _ratio(x0[place], d0[place]), _ratio(x1[place], d1[place])
        possible = usable[place] and (kind is CountKind.RATE or x1[place] <= d1[place])
        if fit is None or raw0 is None or raw1 is None or not possible:
            found.append(Regression(group, raw0, raw1, None, None, Verdict.UNKNOWN))
            continue
        expected, p = _predicted(fit.law, x0[place], d0[place], x1[place], d1[place])
        found.append(Regression(group, raw0, raw1, expected, p, _verdict(raw0, raw1, expected, p)))
    return tuple(found)


def _ratio(top: float, below: float) -> float | None:
    return None if np.isnan(top) or np.isnan(below) or below <= 0.0 else float(top / below)


def _predicted(law: Law, x0: float, d0: float, x1: float, d1: float) -> tuple[float, float]:
    """The rate expected next, and the mid-p of at most the later numerator."""
    later = np.array([x1])
    if isinstance(law, RateLaw):
        k = 1.0 / max(law.tau2, LEAST_TAU2)
        ratio = (k + x0) / (k + law.rate * d0)
        expected = law.rate * ratio
        tails = negative_binomial_tails(later, np.array([expected * d1]), 1.0 / (k + x0))
        return float(expected), float(tails.cdf[0] - tails.pmf[0] / 2.0)
    if law.share in (0.0, 1.0):
        return law.share, 0.5 if x1 == law.share * d1 else float(law.share == 0.0)
    theta = spread_at_least(law).theta
    a, b = law.share / theta + x0, (1.0 - law.share) / theta + d0 - x0
    tails = beta_binomial_tails(later, np.array([d1]), a / (a + b), 1.0 / (a + b))
    return float(a / (a + b)), float(tails.cdf[0] - tails.pmf[0] / 2.0)


def _verdict(before: float, after: float, expected: float, p_lower: float) -> Verdict:
    if after < before and p_lower < TAIL:
        return Verdict.IMPROVED
    if after > before and 1.0 - p_lower < TAIL:
        return Verdict.WORSENED
    toward = min(before, expected) <= after <= max(before, expected)
    return Verdict.AS_EXPECTED if toward else Verdict.CHANCE
