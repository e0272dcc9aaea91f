"""Mid-p scores: how far out a count lies under a law, as a normal deviate and a two-sided probability.

A count that is exactly as expected counts half, so that scores of healthy groups are centred whatever the count's steps. Lower and upper
tail are computed apart: either may be tiny, and both keep their digits.
"""

from dataclasses import dataclass

import numpy as np
from scipy import special

from ncdm.measures.statistics.beta_binomial import beta_binomial_tails, log_mid_tails_of_share
from ncdm.measures.statistics.laws import Bools, Floats, Law, RateLaw, ShareLaw, Tails
from ncdm.measures.statistics.negative_binomial import log_mid_tails_of_counts, negative_binomial_tails

_UNDERFLOWS = 1e-290


@dataclass(frozen=True, slots=True)
class MidP:
    """Scores and two-sided probabilities, one for each count."""

    z: Floats
    p: Floats


def tails(law: Law, numerator: Floats, denominator: Floats) -> Tails:
    """How probable exactly, at most and more than each numerator is, given its denominator.

    numerator, denominator: 1-D, finite, whole numerators >= 0; for a share also whole denominators >= numerator.
    """
    if isinstance(law, RateLaw):
        return negative_binomial_tails(numerator, law.rate * denominator, law.tau2)
    certain = _certain_count(law, denominator)
    if certain is not None:
        return Tails(
            (numerator == certain).astype(np.float64), (numerator >= certain).astype(np.float64), (numerator < certain).astype(np.float64)
        )
    return beta_binomial_tails(numerator, denominator, law.share, law.theta)


def mid_p(law: Law, numerator: Floats, denominator: Floats) -> MidP:
    """Score z and two-sided p of each numerator under a law.

    lo = F(x) - f(x)/2, hi = 1 - F(x) + f(x)/2; z = PhiInv(lo) if lo < hi else -PhiInv(hi); p = min(1, 2 min(lo, hi)).
    Shapes and conditions as `tails`. Where a probability underflows, z comes from its logarithm and p is 0; under a law that allows a single
    count, any other count has z = +/-infinity. Source: measures-and-statistics 4.2(3); Lancaster (1961) for mid-p.
    """
    scores = mid_p_of(tails(law, numerator, denominator))
    far = (scores.p < _UNDERFLOWS) & _may_vary(law, denominator)
    if np.any(far):
        scores.z[far] = _far_scores(law, numerator[far], denominator[far])
    return scores


def mid_p_of(found: Tails) -> MidP:
    """Scores of tail probabilities as they are: infinite where both the probability and its tail underflow."""
    low, high = found.cdf - found.pmf / 2.0, found.sf + found.pmf / 2.0
    smaller = np.maximum(np.minimum(low, high), 0.0)
    z = np.where(low < high, 1.0, -1.0) * special.ndtri(smaller)
    return MidP(np.where(z == 0.0, 0.0, z), np.minimum(1.0, 2.0 * smaller))


def _certain_count(law: ShareLaw, denominator: Floats) -> Floats | None:
    """The only count each denominator allows when the share is 0 or 1; else none."""
    return denominator * law.share if law.share in (0.0, 1.0) else None


def _may_vary(law: Law, denominator: Floats) -> Bools:
    """Whether more than one count is possible."""
    varies = law.rate > 0.0 if isinstance(law, RateLaw) else 0.0 < law.share < 1.0
    return (denominator > 0.0) & varies


def _far_scores(law: Law, numerator: Floats, denominator: Floats) -> Floats:
    """Scores from the logarithms of tails too small for a number."""
    if isinstance(law, RateLaw):
        low, high = log_mid_tails_of_counts(numerator, law.rate * denominator, law.tau2)
    else:
        low, high = log_mid_tails_of_share(numerator, denominator, law.share, law.theta)
    scores: Floats = np.where(low < high, special.ndtri_exp(np.minimum(low, high)), -special.ndtri_exp(np.minimum(low, high)))
    return scores
