"""How sure an index is: 90 % of what is plausible for each group, if indicators are independent."""

import numpy as np

from ncdm.measures.grouped import Floats
from ncdm.measures.index import Index
from ncdm.measures.quality.points import FULL, Points, costs, fractions
from ncdm.measures.quality.readings import Bools
from ncdm.measures.quality.shrinkage import Shrunken
from ncdm.measures.statistics.capped_sum import CappedPenalty, capped_sum_interval
from ncdm.measures.statistics.posterior import Posterior


def interval(index: Index, points: Points, shrunken: Shrunken) -> tuple[Floats, Floats]:
    """(n,) Lower and upper end of the 90 % interval of each group whose index is computable, under its ceiling; NaN elsewhere.

    Days are taken as they are. Source: measures-and-statistics 3.
    """
    wanted = ~np.isnan(points.value)
    low, high = np.full(wanted.shape, np.nan), np.full(wanted.shape, np.nan)
    if not np.any(wanted):
        return low, high
    cost = costs(fractions(shrunken.figure, index), points.whole)
    fixed = np.zeros(int(np.count_nonzero(wanted)))
    penalties = []
    for place, (one, found) in enumerate(zip(index.indicators, shrunken.posteriors, strict=True)):
        if found is None:
            fixed += cost[place, wanted]
        elif points.whole[place] > 0.0:
            penalties.append(CappedPenalty(_some(found, wanted), one.cap, float(points.whole[place])))
    least, most = capped_sum_interval(penalties, fixed)
    low[wanted] = np.clip(FULL - most, 0.0, points.ceiling[wanted])
    high[wanted] = np.clip(FULL - least, 0.0, points.ceiling[wanted])
    return low, high


def _some(found: Posterior, wanted: Bools) -> Posterior:
    return Posterior(found.kind, found.first[wanted], found.second[wanted], found.mean[wanted], found.certain[wanted])
