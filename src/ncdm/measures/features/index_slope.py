"""How an index such as the Data Quality Index moves, where it will be in four weeks, and whether somebody should step in."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy import special

from ncdm.measures.history.trend import WEEK, Point, known, slope_per_week
from ncdm.measures.measure import Definition

TOP = 100.0
AHEAD = dt.timedelta(weeks=4)
FEWEST_FOR_PROJECTION = 3
LOWEST_GOOD = 75.0
STEEP = -5.0
_UPPER = 0.95
_DIGITS = 9
"""A slope that is exactly on an edge is not moved off it by rounding in its last place."""

INDEX_SLOPE = Definition(
    what="The change of an index of 0 to 100 in a week, in a band, and its projection four weeks ahead.",
    why="Where an index goes matters as much as where it is.",
    formula=(
        "least-squares slope over the snapshots, a week; <= -10 critical, <= -5 declining, >= 5 improving, else steady; step in if the last value is below 75"
        " and the slope below -5; projection by the same line from 3 snapshots on, with the 90 % prediction interval of a straight line, within 0 and 100"
    ),
    source="measures-and-statistics 5",
    example="80, 75 and 69 on three Mondays fall by 5.5 a week: declining; four weeks after the last the line is at 47.2.",
    limits="A line through few points: the interval says how little is known. Values that are not computable are left out. No projection without 3 different days.",
)


class SlopeBand(StrEnum):
    """A change a week in a word."""

    CRITICAL = "critical"
    DECLINING = "declining"
    STEADY = "steady"
    IMPROVING = "improving"


@dataclass(frozen=True, slots=True)
class Projection:
    """The line four weeks after the last snapshot."""

    day: dt.date
    value: float
    low: float
    high: float
    """90 % prediction interval."""


@dataclass(frozen=True, slots=True)
class IndexSlope:
    """An index over snapshots."""

    last: float | None
    delta: float | None
    """The last value minus the one before."""
    slope_per_week: float | None
    band: SlopeBand | None
    intervene: bool | None
    """Whether it is low and falls steeply; ``None`` where nobody can say."""
    projection: Projection | None
    reason: str | None
    """Why there is no slope, or no projection."""


def slope_band(slope: float) -> SlopeBand:
    """The band of a change a week."""
    if slope <= -10.0:  # noqa: PLR2004 - the edges of measures-and-statistics 5
        return SlopeBand.CRITICAL
    if slope <= STEEP:
        return SlopeBand.DECLINING
    return SlopeBand.IMPROVING if slope >= 5.0 else SlopeBand.STEADY  # noqa: PLR2004 - the same


def index_slope(points: Sequence[Point]) -> IndexSlope:
    """The slope of an index of 0 to 100 over snapshots. points: in any order; of one day the later snapshot stands. Source: measures-and-statistics 5."""
    told = known(points)
    last = told[-1][1] if told else None
    if len(told) < 2:  # noqa: PLR2004 - a slope takes two
        # At 75 or above nobody has to step in, however it moves.
        settled = False if last is not None and last >= LOWEST_GOOD else None
        return IndexSlope(last, None, None, None, settled, None, "no earlier snapshot" if told else "not computable at any snapshot")
    days, values = zip(*told, strict=True)
    slope = round(slope_per_week(days, values), _DIGITS)
    enough = len(told) >= FEWEST_FOR_PROJECTION
    return IndexSlope(
        values[-1],
        values[-1] - values[-2],
        slope,
        slope_band(slope),
        values[-1] < LOWEST_GOOD and slope < STEEP,
        projection(days, values) if enough else None,
        None if enough else f"a projection takes {FEWEST_FOR_PROJECTION} snapshots",
    )


def projection(days: Sequence[dt.date], values: Sequence[float]) -> Projection:
    """The least-squares line four weeks after the last of at least three different days, with its 90 % prediction interval, within 0 and 100."""
    x = np.array([day.toordinal() for day in days], dtype=np.float64)
    y = np.array(values, dtype=np.float64)
    slope = slope_per_week(days, values) / WEEK
    day = days[-1] + AHEAD
    distance = day.toordinal() - float(np.mean(x))
    spread = float(np.sum((x - np.mean(x)) ** 2))
    residual = y - np.mean(y) - slope * (x - np.mean(x))
    free = len(days) - 2
    error = np.sqrt(float(np.sum(residual**2)) / free * (1.0 + 1.0 / len(days) + distance**2 / spread))
    value = float(np.mean(y)) + slope * distance
    reach = float(special.stdtrit(free, _UPPER) * error)
    return Projection(day, _within(value), _within(value - reach), _within(value + reach))


def _within(value: float) -> float:
    return min(TOP, max(0.0, value))
