"""How amounts are spread over the rows of each group: median, 90th percentile, maximum, mean."""

from dataclasses import dataclass
from functools import cache

import ibis.expr.types as ir
import numpy as np

from ncdm.measures.contribution import Rows
from ncdm.measures.grouped import Ask, Floats, Places, floats, placed, places_of
from ncdm.measures.measure import Statistic
from ncdm.measures.universe import Numbers, Universe
from ncdm.measures.value import Level

_SHARE = {Statistic.MEDIAN: 0.5, Statistic.P90: 0.9}


@cache
def amounts(rows: Rows) -> ir.Table:
    """The amount of each row with the numbers of its groups."""
    return placed(rows()).select("study_no", "site_no", "subject_no", "amount")


@dataclass(frozen=True, eq=False)
class Amounts:
    """The amounts of rows, smallest first, and where the rows belong; not a number where the cell does not tell."""

    places: Places
    amount: Floats

    def at(self, level: Level, universe: Universe) -> "Ordered":
        """The amounts group by group."""
        place = self.places.at(level, universe)
        size = len(universe.groups(level))
        told = ~np.isnan(self.amount) & (place >= 0)
        untold = np.bincount(place[(place >= 0) & np.isnan(self.amount)], minlength=size)
        order = np.argsort(place[told], kind="stable")
        counted = np.bincount(place[told], minlength=size)
        return Ordered(self.amount[told][order], counted.astype(np.int64), untold.astype(np.int64))


@dataclass(frozen=True, eq=False)
class Ordered:
    """Known amounts of the groups of a level: group by group, smallest first."""

    amount: Floats
    counted: Numbers
    untold: Numbers
    """Rows of each group whose amount is not known."""

    def told(self, statistic: Statistic) -> Floats:
        """The statistic of each group; not a number where a group has no amount.

        Quantiles interpolate between the two nearest values (type 7 of Hyndman and Fan 1996, the default of R).
        """
        value = np.full(self.counted.size, np.nan)
        inside = self.counted > 0
        if not inside.any():
            return value
        ends = np.cumsum(self.counted)[inside]
        counted = self.counted[inside]
        if statistic is Statistic.MEAN:
            value[inside] = np.add.reduceat(self.amount, ends - counted) / counted
        elif statistic is Statistic.MAXIMUM:
            value[inside] = self.amount[ends - 1]
        else:
            at = (ends - counted) + _SHARE[statistic] * (counted - 1)
            low = np.floor(at).astype(np.int64)
            high = np.minimum(low + 1, ends - 1)
            value[inside] = self.amount[low] + (at - low) * (self.amount[high] - self.amount[low])
        return value


def fetched(ask: Ask, rows: Rows) -> Amounts:
    """Run the query behind a spread."""
    found = ask(amounts(rows))
    places = places_of(found)
    amount = floats(found, "amount")
    order = np.argsort(amount, kind="stable")
    return Amounts(Places(places.study[order], places.site[order], places.subject[order]), amount[order])
