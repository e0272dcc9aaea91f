"""When enough subjects will be clean: probabilities by a day, and the days by which they are reached."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import special

from ncdm.measures.forecast.clean_subjects import log_parts
from ncdm.measures.forecast.how_many import at_least
from ncdm.measures.forecast.observed import Observed
from ncdm.measures.forecast.rates import Rates
from ncdm.measures.grouped import Floats

HORIZON = 730
"""Days ahead beyond which nobody is told anything."""
NODES = 11
"""Paces of closure, and of arrival, that are looked at: the middles of so many equally probable parts."""
TARGETS = (0.80, 0.85, 0.95, 1.0)
"""Shares of all subjects that are to be clean."""
EARLY, MIDDLE, LATE = 0.1, 0.5, 0.9
_LOOKED_AT = tuple(sorted({round(7 * 1.12**step) for step in range(41)} | {0, *range(1, 7), 14, 21, 28, HORIZON}))


@dataclass(frozen=True, slots=True)
class Chance:
    """How probable a target is by a day."""

    target: float
    needed: int
    """Subjects."""
    probability: float
    low: float
    high: float
    """From the 5 % worst to the 5 % best pace of work and of new items."""


@dataclass(frozen=True, slots=True)
class ByDay:
    """The study on one day."""

    day: dt.date
    expected: float
    """Clean subjects."""
    chances: tuple[Chance, ...]


@dataclass(frozen=True, slots=True)
class Reached:
    """When a target is reached; ``None`` where not within two years at this pace."""

    target: float
    early: dt.date | None
    """The first day with a probability of 10 %."""
    middle: dt.date | None
    late: dt.date | None


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """Probabilities of a study, at any number of days ahead."""

    seen: Observed
    rates: Rates
    start: dt.date
    hopeless: int
    """Subjects of which something is unknown: they count as not clean whatever happens."""

    def needed(self, target: float) -> int:
        """How many subjects a share of all is."""
        return math.ceil(target * len(self.seen.subjects) - 1e-9)

    def clean(self, days: float) -> Floats:
        """The probability of each subject at each pair of paces: (NODES * NODES, N)."""
        usable = ~np.isnan(self.seen.items).any(axis=1)
        items = np.nan_to_num(self.seen.items)
        arrivals = paces(self.rates.arrived)
        found = []
        for pace in paces(self.rates.closed).tolist():
            gone, newer = log_parts(items, self.seen.site_of, self.rates, days, pace)
            found.append(np.exp(gone - arrivals[:, np.newaxis] * newer))
        return np.where(usable, np.concatenate(found), 0.0)

    def chance(self, days: int, target: float) -> float:
        """The probability that a share of all subjects is clean after so many days: the mean over paces."""
        return float(np.mean(at_least(self.needed(target), self.clean(days))))

    def on(self, days: int, targets: Sequence[float] = TARGETS) -> ByDay:
        """The study so many days after its data."""
        clean = self.clean(days)
        chances = []
        for target in targets:
            found = at_least(self.needed(target), clean)
            low, high = np.quantile(found, (0.05, 0.95))
            chances.append(Chance(target, self.needed(target), float(np.mean(found)), float(low), float(high)))
        return ByDay(self.start + dt.timedelta(days=days), float(np.mean(np.sum(clean, axis=1))), tuple(chances))


def paces(events: float) -> Floats:
    """Equally probable factors of a pace that so many events tell: the middles of NODES parts of a gamma law with mean 1 and this shape."""
    middles = (np.arange(NODES) + 0.5) / NODES
    return np.asarray(special.gammaincinv(events, middles) / events, dtype=np.float64)


def outlook(seen: Observed, rates: Rates, start: dt.date) -> Outlook:
    """The outlook of a study from a day on."""
    return Outlook(seen, rates, start, int(np.sum(np.isnan(seen.items).any(axis=1))))


def without_arrivals(of: Outlook) -> Outlook:
    """The same as if nothing new arrived: how long what is outstanding now takes."""
    return replace(of, rates=replace(of.rates, arrival=np.zeros_like(of.rates.arrival)))


def curve(of: Outlook) -> tuple[ByDay, ...]:
    """The study on days ahead, closer together at first."""
    return tuple(of.on(days) for days in _LOOKED_AT)


def reached(of: Outlook, found: Sequence[ByDay]) -> tuple[Reached, ...]:
    """When each target is reached with a probability of 10, 50 and 90 %. found: `curve`."""
    return tuple(
        Reached(target, *(_first_day(of, place, target, level, found) for level in (EARLY, MIDDLE, LATE)))
        for place, target in enumerate(TARGETS)
    )


def first_day(of: Outlook, target: float, by: int | None = None) -> int | None:
    """Days until a target is reached with a probability of 50 %; ``None`` where not within two years.

    by: days after which it surely is, which saves looking at the others.
    """
    if of.chance(0, target) >= MIDDLE:
        return 0
    low = 0
    for days in _LOOKED_AT[1:] if by is None else (by,):
        if of.chance(days, target) >= MIDDLE:
            return _first_between(of, target, MIDDLE, low, days)
        low = days
    return None


def _first_day(of: Outlook, place: int, target: float, level: float, found: Sequence[ByDay]) -> dt.date | None:
    """The first day with this probability: between the looked-at day that has it and the one before."""
    at = next((number for number, by_day in enumerate(found) if by_day.chances[place].probability >= level), None)
    if at is None:
        return None
    high = (found[at].day - of.start).days
    low = (found[at - 1].day - of.start).days if at else high
    return of.start + dt.timedelta(days=_first_between(of, target, level, low, high))


def _first_between(of: Outlook, target: float, level: float, low: int, high: int) -> int:
    """The first day after ``low``, which has not this probability, up to ``high``, which has it."""
    while high - low > 1:
        middle = (low + high) // 2
        if of.chance(middle, target) >= level:
            high = middle
        else:
            low = middle
    return high
