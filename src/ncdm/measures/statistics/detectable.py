"""How far a group would have to depart before it could be seen: the price of little data, said beside every silence."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import special
from scipy.optimize import elementwise

from ncdm.measures.statistics.beta_binomial import lower_tail
from ncdm.measures.statistics.laws import Bools, Floats, Law, RateLaw, ShareLaw
from ncdm.measures.statistics.midp import mid_p_of, tails

NOTICED = 2.0
POWER = 0.8
_TINY = float(np.finfo(np.float64).tiny)


@dataclass(frozen=True, slots=True)
class Detectable:
    """The smallest departures that would be noticed four times out of five."""

    up: Floats
    """Smallest ratio above 1 with P(z >= 2) >= .8; NaN where no count reaches z = 2."""
    down: Floats
    """Largest ratio below 1 with P(z <= -2) >= .8; NaN where even a count of 0 is not noticed."""
    silence: Bools
    """Whether a count of 0 gives z <= -2. Where it does not: silence cannot be detected here."""


def detectable(law: Law, denominator: Floats) -> Detectable:
    """The minimum detectable ratio of each group, up and down.

    denominator: 1-D, > 0, whole for a share. A ratio r turns the mean m into r m (the share p into r p) and leaves the dispersion.
    NaN, NaN, false where the law allows a single count. Source: measures-and-statistics 4.2(7).
    """
    sizes, place = np.unique(denominator, return_inverse=True)
    up, down = np.full(sizes.shape, np.nan), np.full(sizes.shape, np.nan)
    silence = np.zeros(sizes.shape, dtype=np.bool_)
    if isinstance(law, RateLaw) and law.rate > 0.0:
        mean = law.rate * sizes
        low, high = _noticed_counts(law, sizes)
        up, silence = _mean_with(law.tau2, high, 1.0 - POWER) / mean, low >= 0.0
        down[silence] = _mean_with(law.tau2, low[silence] + 1.0, POWER) / mean[silence]
    if isinstance(law, ShareLaw) and 0.0 < law.share < 1.0:
        low, high = _noticed_shares(law, sizes)
        reached, silence = high <= sizes, low >= 0.0
        up[reached] = _share_with(law, high[reached], sizes[reached], 1.0 - POWER, (law.share, 1.0)) / law.share
        down[silence] = _share_with(law, low[silence] + 1.0, sizes[silence], POWER, (_TINY, law.share)) / law.share
    return Detectable(up[place], down[place], silence[place])


def _noticed_counts(law: RateLaw, sizes: Floats) -> tuple[Floats, Floats]:
    """For each denominator the largest count with z <= -2 (-1: none) and the smallest with z >= 2."""

    def score(x: Floats) -> Floats:
        return mid_p_of(tails(law, x, sizes)).z

    mean = law.rate * sizes
    most = np.ceil(mean + 4.0 * np.sqrt(mean + law.tau2 * mean * mean) + 8.0)
    while np.any(short := score(most) < NOTICED):
        most = np.where(short, 2.0 * most, most)
    high = _first(lambda x: score(x) >= NOTICED, most)
    return _first(lambda x: score(x) > -NOTICED, high) - 1.0, high


def _first(holds: Callable[[Floats], Bools], high: Floats) -> Floats:
    """The smallest counts from which on something holds that holds at ``high``."""
    low = np.zeros_like(high)
    while np.any(low < high):
        middle = np.floor((low + high) / 2.0)
        found = holds(middle)
        low, high = np.where(found, low, np.minimum(middle + 1.0, high)), np.where(found, middle, high)
    return high


def _noticed_shares(law: ShareLaw, sizes: Floats) -> tuple[Floats, Floats]:
    """For each denominator the largest count with z <= -2 (-1: none) and the smallest with z >= 2 (one too many: none)."""
    low, high = np.empty_like(sizes), np.empty_like(sizes)
    for index, size in enumerate(sizes):
        counts = np.arange(size + 1.0)
        z = mid_p_of(tails(law, counts, np.full_like(counts, size))).z
        low[index], high[index] = np.count_nonzero(z <= -NOTICED) - 1, np.count_nonzero(z < NOTICED)
    return low, high


def _mean_with(tau2: float, x: Floats, below: float) -> Floats:
    """The mean under which a count less than x has probability ``below``, by inverting the incomplete gamma or beta function."""
    if tau2 == 0.0:
        return np.asarray(special.gammaincinv(x, 1.0 - below), dtype=np.float64)
    size = 1.0 / tau2
    event, none = special.betaincinv(x, size, 1.0 - below), special.betaincinv(size, x, below)
    means: Floats = size * np.where(event < none, event / (1.0 - event), (1.0 - none) / none)
    return means


def _share_with(law: ShareLaw, x: Floats, sizes: Floats, below: float, between: tuple[float, float]) -> Floats:
    """The share within two limits under which a count less than x has probability ``below``."""
    theta = law.theta
    if theta == 0.0 or x.size == 0:
        return np.asarray(special.betaincinv(x, sizes - x + 1.0, 1.0 - below), dtype=np.float64)

    def excess(share: Floats, count: Floats, size: Floats) -> Floats:
        return lower_tail(count, size, share, theta) - below

    bracket = (np.full_like(x, between[0]), np.full_like(x, between[1]))
    roots: Floats = elementwise.find_root(
        excess, bracket, args=(x - 1.0, sizes), tolerances={"xatol": 0.0, "xrtol": 1e-13, "fatol": 1e-15}
    ).x
    return roots
