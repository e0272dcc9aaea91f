"""How fast items arrive and are closed at each site, by criterion, with what the other sites of the study say."""

from dataclasses import dataclass

import numpy as np

from ncdm.measures.forecast.observed import Observed
from ncdm.measures.grouped import Floats
from ncdm.measures.statistics.dispersion import FEWEST_GROUPS, most_likely
from ncdm.measures.statistics.laws import CountKind, RateLaw
from ncdm.measures.statistics.shrinkage import shrunken_ratios

HALF_EVENT = 0.5
"""Added to the events of all criteria together, so that nothing is impossible because it was not seen."""


@dataclass(frozen=True, slots=True, eq=False)
class Rates:
    """Posterior means, (S, C)."""

    arrival: Floats
    """New items a subject and day."""
    closure: Floats
    """Share of the outstanding items closed a day, as a hazard; 0 where nothing was outstanding in the whole study."""
    arrived: float
    """Events that the arrival rates rest on, all criteria together."""
    closed: float


def rates(seen: Observed) -> Rates:
    """The rates of a study.

    Each criterion has a rate of its study: events (with its part of half an event) over exposure. A site has that rate times a ratio of its own, which is
    gamma distributed over sites with the dispersion that makes the sites' counts most probable; its posterior mean pulls sites with little data to 1.
    A criterion of which nothing was outstanding has the closure rate of all criteria together. Source: measures-and-statistics 4.2(1), (2), (6).
    """
    arrival, arrived = _rates(seen.arrived, seen.subject_days)
    closure, closed = _rates(seen.closed, seen.item_days)
    return Rates(arrival, closure, arrived, closed)


def _rates(events: Floats, exposure: Floats) -> tuple[Floats, float]:
    """Rate of each site and criterion, and all events."""
    criteria = events.shape[1]
    total = float(np.sum(events)) + HALF_EVENT
    watched = float(np.sum(exposure))
    found = np.full(events.shape, total / watched if watched > 0.0 else 0.0)
    for column in range(criteria):
        counted, over = float(np.sum(events[:, column])), exposure[:, column]
        if not np.any(over > 0.0):
            continue
        level = (counted + HALF_EVENT / criteria) / float(np.sum(over))
        found[:, column] = level * _ratios(events[:, column], over)
    return found, total


def _ratios(events: Floats, exposure: Floats) -> Floats:
    """Each site's ratio to the level of its study; 1 where it was not watched or nothing happened anywhere."""
    ratio = np.ones(events.shape)
    watched = exposure > 0.0
    if not np.any(events[watched] > 0.0):
        return ratio
    pooled = float(np.sum(events[watched]) / np.sum(exposure[watched]))
    law: RateLaw = RateLaw(pooled, 0.0)
    if int(np.sum(watched)) >= FEWEST_GROUPS:
        fitted = most_likely(CountKind.RATE, events[watched], exposure[watched])
        if isinstance(fitted, RateLaw):
            law = RateLaw(pooled, fitted.tau2)
    ratio[watched] = shrunken_ratios(law, events[watched], exposure[watched]).ratio
    return ratio
