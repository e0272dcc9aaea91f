"""How fast queries are opened and closed between two snapshots, and whether the pile shrinks."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy import special

from ncdm.errors import InvalidQuestion
from ncdm.measures.measure import Definition

TAIL = 0.05
"""Left out on either side of a 90 % interval."""

QUERY_VELOCITY = Definition(
    what="Queries closed a day minus queries opened a day, between two snapshots.",
    why="The count of open queries does not say whether a team keeps up: as many may be opened as are closed.",
    formula=(
        "queries matched as multisets on subject, folder, form, item, record, opening time and marking group; opened = only in the later snapshot,"
        " closed = only in the earlier one; per day between the as-of dates of the two query sheets; net = closed - opened a day; 90 % interval of a"
        " difference of two Poisson rates (exact limits of each, combined by their squares); days to clear = outstanding / net if net > 0"
    ),
    source="measures-and-statistics 5; Zou, Donner (2008) for the interval; Garwood (1936) for its limits",
    example="In 7 days 21 queries closed and 7 opened: 3 - 1 = 2 a day net; 30 outstanding are cleared in 15 days.",
    limits=(
        "A query opened and closed between two snapshots is in neither. A query that appears and was opened before the earlier snapshot was re-opened or"
        " listed late; it counts as opened, and is told. The words (bottleneck to accelerating) are for net queries a day, whatever the size of the group."
    ),
)


class Pace(StrEnum):
    """A net velocity in a word."""

    BOTTLENECK = "bottleneck"
    """5 or more a day pile up."""
    NEGATIVE = "negative"
    STABLE = "stable"
    """0 up to 2 a day fewer."""
    POSITIVE = "positive"
    ACCELERATING = "accelerating"
    """4 or more a day fewer."""


class Clearing(StrEnum):
    """Whether the pile of queries will be gone."""

    CLEAR = "clear"
    """Nothing is outstanding."""
    CLEARING = "clearing"
    NOT_CLEARING = "not clearing"


@dataclass(frozen=True, slots=True)
class Velocity:
    """Queries of one group between two snapshots; rates are queries a day."""

    opened: int
    closed: int
    listed_late: int
    """Of the opened: those with an opening date before the earlier snapshot's day, re-opened or listed late."""
    outstanding: int
    """In the later snapshot."""
    days: int
    opened_per_day: float
    closed_per_day: float
    net: float
    """Closed minus opened a day; above 0 the pile shrinks."""
    low: float
    high: float
    """90 % interval of the net velocity."""
    pace: Pace
    settled: bool
    """Whether the whole interval has the same word."""
    clearing: Clearing
    days_to_clear: float | None
    days_to_clear_low: float | None
    days_to_clear_high: float | None
    """``None`` where it is not clearing at that end of the interval."""


def pace_of(net: float) -> Pace:
    """The word for a net velocity: <= -5 bottleneck, < 0 negative, < 2 stable, < 4 positive, else accelerating."""
    if net <= -5.0:  # noqa: PLR2004 - the edges of measures-and-statistics 5
        return Pace.BOTTLENECK
    if net < 0.0:
        return Pace.NEGATIVE
    if net < 2.0:  # noqa: PLR2004 - the same
        return Pace.STABLE
    return Pace.POSITIVE if net < 4.0 else Pace.ACCELERATING  # noqa: PLR2004 - the same


def poisson_limits(count: int) -> tuple[float, float]:
    """The exact 90 % interval of a Poisson mean. Source: Garwood (1936)."""
    low = float(special.gammaincinv(count, TAIL)) if count else 0.0
    return low, float(special.gammainccinv(count + 1, TAIL))


def difference_interval(closed: int, opened: int, days: float) -> tuple[float, float]:
    """The 90 % interval of closed minus opened a day.

    The exact interval of each rate, their distances to the estimates added as squares: unlike the normal approximation it has a width where nothing
    happened. Source: Zou, Donner (2008), "Construction of confidence limits about effect measures".
    """
    (closed_low, closed_high), (opened_low, opened_high) = poisson_limits(closed), poisson_limits(opened)
    net = closed - opened
    low = net - float(np.hypot(closed - closed_low, opened_high - opened))
    high = net + float(np.hypot(closed_high - closed, opened - opened_low))
    return low / days, high / days


def velocity(opened: int, closed: int, outstanding: int, days: int, listed_late: int = 0) -> Velocity:
    """The velocity of a group from what was opened and closed in so many days. Raises `InvalidQuestion` for no days."""
    if days < 1:
        raise InvalidQuestion(
            "a velocity needs two different as-of dates", where=f"{days} days", todo="compare with a snapshot of another day"
        )
    net = (closed - opened) / days
    low, high = difference_interval(closed, opened, days)
    return Velocity(
        opened=opened,
        closed=closed,
        listed_late=listed_late,
        outstanding=outstanding,
        days=days,
        opened_per_day=opened / days,
        closed_per_day=closed / days,
        net=net,
        low=low,
        high=high,
        pace=pace_of(net),
        settled=pace_of(low) == pace_of(high),
        clearing=Clearing.CLEAR if outstanding == 0 else Clearing.CLEARING if net > 0 else Clearing.NOT_CLEARING,
        days_to_clear=_days_to_clear(outstanding, net),
        days_to_clear_low=_days_to_clear(outstanding, high),
        days_to_clear_high=_days_to_clear(outstanding, low),
    )


def _days_to_clear(outstanding: int, net: float) -> float | None:
    if outstanding == 0:
        return 0.0
    return outstanding / net if net > 0.0 else None
