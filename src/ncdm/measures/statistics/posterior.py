"""What is known of one group's own rate or share, when groups in general are known: gamma after counts, beta after shares."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from ncdm.measures.statistics.laws import Bools, CountKind, Floats, Law, RateLaw
from ncdm.measures.statistics.shrinkage import LEAST_TAU2, spread_at_least

_JEFFREYS = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Posterior:
    """Laws of the true rates or shares of n groups: Gamma(first, rate second), or Beta(first, second)."""

    kind: CountKind
    first: Floats
    second: Floats
    mean: Floats
    """Expected rate or share; where nothing is shrunken, the group's own."""
    certain: Bools
    """Where nothing varies: ``mean`` is the only value."""

    def below(self, at: Floats) -> Floats:
        """(n, m) How probable a true rate or share of at most ``at`` (m,) is; only where it is not certain."""
        first, second = self.first[:, np.newaxis], self.second[:, np.newaxis]
        if self.kind is CountKind.RATE:
            return np.asarray(special.gammainc(first, second * at), dtype=np.float64)
        return np.asarray(special.betainc(first, second, np.clip(at, 0.0, 1.0)), dtype=np.float64)


def posterior(kind: CountKind, law: Law | None, numerator: Floats, denominator: Floats) -> Posterior:
    """What is known of each group after its own counts, under the law that groups share.

    numerator, denominator: 1-D, one shape, whole numerators, denominators > 0; of a share numerator <= denominator. Rate: Gamma(k + x,
    rate k / lambda + D) with k = 1 / max(tau2, .02); share: Beta(a + x, b + D - x), rho as `spread_at_least` says.
    A rate of 0 and a share of 0 or 1 are certain. Without a law (too few groups) nothing is shrunken: the group's own counts after Jeffreys' prior.
    Source: measures-and-statistics 3 and 4.2(6).
    """
    nowhere = np.zeros(numerator.shape, dtype=np.bool_)
    if law is None:
        own = numerator / denominator
        if kind is CountKind.RATE:
            return Posterior(kind, _JEFFREYS + numerator, denominator, own, nowhere)
        return Posterior(kind, _JEFFREYS + numerator, _JEFFREYS + denominator - numerator, own, nowhere)
    if isinstance(law, RateLaw):
        if law.rate == 0.0:
            return _certain(kind, 0.0, numerator)
        k = 1.0 / max(law.tau2, LEAST_TAU2)
        first, second = k + numerator, k / law.rate + denominator
        return Posterior(kind, first, second, first / second, nowhere)
    if law.share in (0.0, 1.0):
        return _certain(kind, law.share, numerator)
    size = 1.0 / spread_at_least(law).theta
    first, second = law.share * size + numerator, (1.0 - law.share) * size + denominator - numerator
    return Posterior(kind, first, second, first / (first + second), nowhere)


def _certain(kind: CountKind, value: float, like: Floats) -> Posterior:
    ones = np.ones(like.shape)
    return Posterior(kind, ones, ones, value * ones, np.ones(like.shape, dtype=np.bool_))
