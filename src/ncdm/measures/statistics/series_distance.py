"""How far subjects' series are apart, and what follows: who stands alone, and who resembles only the own site.

Source: R ``dist``; Breunig et al. 2000 (LOF) as in dbscan ``lof``; ctas 0.4.0; measures-and-statistics 4.5.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

NEIGHBOURS_MAX = 10


def distances(values: Floats) -> Floats:
    """The Euclidean distance between every two subjects, scaled up for the time points that one of them misses.

    ``values`` shape (n, p), NaN = missing; answer shape (n, n): sqrt(sum of squares * p / available), NaN if no time point is shared.
    """
    n, points = values.shape
    squares, shared = np.zeros((n, n)), np.zeros((n, n), dtype=np.int64)
    # Point by point, in order of time, as R adds them: ties between distances are then the same ties.
    for column in values.T:
        step = column[:, None] - column[None, :]
        both = ~np.isnan(step)
        squares += np.where(both, step * step, 0.0)
        shared += both
    share = np.divide(shared, points, out=np.full((n, n), np.nan), where=shared > 0)
    return np.asarray(np.sqrt(squares / share), dtype=np.float64)


def outlier_factor(apart: Floats) -> Floats:
    """How much thinner the surroundings of a subject are than those of its neighbours: 1 is ordinary, well above 1 stands alone.

    ``apart`` distances, shape (n, n); answer shape (n,). Neighbours: all within the distance of the k-th nearest, ties included,
    k = min(10, floor(n / 3)), at least 1. A factor that is not finite (all neighbours identical) is 1. All NaN if any distance is missing
    or there is no second subject.
    """
    n = apart.shape[0]
    if n < 2 or np.any(np.isnan(apart)):  # noqa: PLR2004
        return np.full(n, np.nan)
    nearest = max(1, min(NEIGHBOURS_MAX, n // 3))
    others = apart.copy()
    np.fill_diagonal(others, np.inf)
    radius = np.partition(others, nearest - 1, axis=1)[:, nearest - 1]
    near = [np.flatnonzero(row <= limit) for row, limit in zip(others, radius, strict=True)]
    reach = np.array([np.maximum(radius[ids], row[ids]).mean() for row, ids in zip(others, near, strict=True)])
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):  # identical neighbours: what is not finite is 1 in the end
        density = 1 / reach
        factor = np.array([density[ids].mean() for ids in near]) / density
    return np.where(np.isfinite(factor), factor, 1.0)


def own_site_similarity(apart: Floats, site: Sequence[str]) -> Floats:
    """The probability that a subject of another site is further away than a subject of the own site, ties counting half.

    ``apart`` distances, shape (n, n); ``site`` of each subject. Near .5 is ordinary; near 1, the site's subjects resemble each other. NaN
    for the only subject of a site and where there is one site. Pairs whose distance is missing are left out.
    """
    place = np.unique(np.asarray(site, dtype=np.str_), return_inverse=True)[1]
    out = np.full(len(site), np.nan)
    for i in range(len(site)):
        known = ~np.isnan(apart[i])
        known[i] = False
        own = known & (place == place[i])
        other = known & (place != place[i])
        n_own, n_other = int(own.sum()), int(other.sum())
        if n_own and n_other:
            rank = _average_ranks(np.concatenate([apart[i, other], apart[i, own]]))
            further = rank[:n_other].sum() - n_other * (n_other + 1) / 2
            out[i] = further / n_own / n_other
    return out


def _average_ranks(values: Floats) -> Floats:
    """The rank of each value from 1 up; those alike share the mean of their ranks, which halves make exact."""
    place, count = np.unique(values, return_inverse=True, return_counts=True)[1:]
    ranks: Floats = (np.cumsum(count) - (count - 1) / 2.0)[place]
    return ranks
