"""How amounts are spread over the rows of each group: median, 90th percentile, maximum, mean."""

from functools import cache

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from ncdm.measures.contribution import Rows
from ncdm.measures.grouped import Ask, Floats, placed
from ncdm.measures.measure import Spread, Statistic
from ncdm.measures.universe import Numbers, Universe
from ncdm.measures.value import Level

_SHARE = {Statistic.MEDIAN: 0.5, Statistic.P90: 0.9}


@cache
def _amounts(rows: Rows) -> ir.Table:
    return placed(rows()).select("study_no", "site_no", "subject_no", "amount")


def spread(ask: Ask, universe: Universe, measure: Spread, level: Level) -> tuple[Floats, Numbers, Numbers]:
    """The statistic of each group of a level, the rows it is over, and the rows whose amount is not known.

    Quantiles interpolate between the two nearest values (type 7 of Hyndman and Fan 1996, the default of R).
    """
    found = ask(_amounts(measure.rows))

    def numbers(name: str) -> Numbers:
        return found[name].combine_chunks().cast(pa.int64()).to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]

    amount: Floats = found["amount"].combine_chunks().cast(pa.float64()).to_numpy(zero_copy_only=False)
    place = universe.place(level, numbers("study_no"), numbers("site_no"), numbers("subject_no"))
    size = len(universe.groups(level))
    told = ~np.isnan(amount)
    untold = np.bincount(place[(place >= 0) & ~told], minlength=size)
    place, amount = place[(place >= 0) & told], amount[(place >= 0) & told]
    counted = np.bincount(place, minlength=size)
    order = np.lexsort((amount, place))
    ends = np.cumsum(counted)
    value = np.full(size, np.nan)
    inside = counted > 0
    if measure.statistic is Statistic.MEAN:
        value[inside] = np.bincount(place, weights=amount, minlength=size)[inside] / counted[inside]
    elif measure.statistic is Statistic.MAXIMUM:
        value[inside] = amount[order][ends[inside] - 1]
    else:
        at = (ends - counted)[inside] + _SHARE[measure.statistic] * (counted[inside] - 1)
        low = np.floor(at).astype(np.int64)
        high = np.minimum(low + 1, ends[inside] - 1)
        value[inside] = amount[order][low] + (at - low) * (amount[order][high] - amount[order][low])
    return value, counted.astype(np.int64), untold.astype(np.int64)
