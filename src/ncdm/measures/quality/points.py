"""What indicators cost and what is left of 100: pure arithmetic on what was read, so a what-if is the same function with another index.

Points lie on a grid of 2**-40, far below any figure shown, so that sums of them are exact in floating point: a waterfall adds up to the index to the
last digit, in whatever order its steps are taken.
"""

from dataclasses import dataclass

import numpy as np

from ncdm.errors import InvalidQuestion
from ncdm.measures.compute import AT_LEAST, KNOWN, NOT_APPLICABLE
from ncdm.measures.grouped import Floats
from ncdm.measures.index import Index
from ncdm.measures.quality.readings import Bools, Readings

FULL = 100.0
_GRID = 2.0**40


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """What an index comes to; i indicators, c ceilings, n groups."""

    whole: Floats
    """(i,) Points that each indicator can cost; they sum to 100."""
    lost: Floats
    """(i, n) Points that it costs; 0 where it does not apply, NaN where it is not settled."""
    settled: Bools
    """(i, n) Whether the cost is known: a lower bound at its cap costs everything, whatever the rest."""
    uncapped: Floats
    """(n,) 100 less all costs, before ceilings; NaN where an indicator with weight is not settled."""
    ceiling: Floats
    """(n,) The lowest ceiling that holds; 100 where none does."""
    unsettled: Bools
    """(c, n) Ceilings that may hold, where it would make a difference."""
    value: Floats
    """(n,) The index; NaN where it is not computable."""
    worst: Floats
    """(n,) If all that is unknown were as bad as can be."""
    best: Floats
    """(n,) If it were as good as can be."""

    @property
    def effect(self) -> Floats:
        """(n,) Points that the ceiling takes beyond the indicators."""
        return self.uncapped - self.value


def whole_points(weights: Floats) -> Floats:
    """The points of each weight; on the grid, and summing to exactly 100."""
    points: Floats = np.round(FULL * weights / np.sum(weights) * _GRID) / _GRID
    points[int(np.argmax(points))] += FULL - np.sum(points)
    return points


def costs(fraction: Floats, whole: Floats) -> Floats:
    """(i, n) Points for fractions of the whole, rounded down to the grid."""
    points: Floats = np.floor(whole[:, np.newaxis] * fraction * _GRID) / _GRID
    return points


def fractions(figure: Floats, index: Index) -> Floats:
    """(i, n) How far each figure has come to its cap, at most 1."""
    caps = np.array([one.cap for one in index.indicators], dtype=np.float64)
    return np.asarray(np.minimum(figure / caps[:, np.newaxis], 1.0), dtype=np.float64)


def weights_of(index: Index) -> Floats:
    """(i,) The weight of each indicator."""
    return np.array([one.weight for one in index.indicators], dtype=np.float64)


def ceilings_of(which: Bools, index: Index) -> Floats:
    """(n,) The lowest of the ceilings that are marked for each group."""
    at_most = np.array([one.at_most for one in index.ceilings], dtype=np.float64)[:, np.newaxis]
    return np.asarray(np.min(np.where(which, at_most, FULL), axis=0, initial=FULL), dtype=np.float64)


def score(readings: Readings, index: Index) -> Points:
    """The index of every group, with what each indicator costs; under another index of the same indicators, a what-if.

    Raises ``InvalidQuestion`` when the index has other indicators than were read. Source: measures-and-statistics 3.
    """
    if readings.value.shape[0] != len(index.indicators) or readings.reached.shape[0] != len(index.ceilings):
        raise InvalidQuestion("these figures were read for another index", where=index.code, todo="Read the figures of this index.")
    whole = whole_points(weights_of(index))
    least = costs(fractions(readings.least, index), whole)
    weightless = (whole == 0.0)[:, np.newaxis]
    nothing = readings.state == NOT_APPLICABLE
    at_cap = (readings.state == AT_LEAST) & (least == whole[:, np.newaxis])
    settled = (readings.state == KNOWN) | nothing | at_cap | weightless
    least = np.where(nothing, 0.0, least)
    lost = np.where(settled, least, np.nan)
    # Bounds in the same order as the value, though on the grid any order gives the same.
    best = FULL - np.sum(least, axis=0)
    worst = FULL - np.sum(np.where(settled, least, whole[:, np.newaxis]), axis=0)
    low, high = ceilings_of(readings.reachable, index), ceilings_of(readings.reached, index)
    known = np.all(settled, axis=0)
    uncapped = np.where(known, best, np.nan)
    decided = np.minimum(best, low) == np.minimum(best, high)
    at_most = np.array([one.at_most for one in index.ceilings], dtype=np.float64)[:, np.newaxis]
    return Points(
        whole,
        lost,
        settled,
        uncapped,
        high,
        readings.reachable & ~readings.reached & (at_most < np.minimum(best, high)),
        np.where(known & decided, np.minimum(best, high), np.nan),
        np.minimum(worst, low),
        np.minimum(best, high),
    )
