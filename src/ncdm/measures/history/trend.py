"""A number over snapshots: what it was on each day, how it changed last, and its slope a week."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from ncdm.measures.measure import Worse
from ncdm.measures.value import State

WEEK = 7.0


class Direction(StrEnum):
    """What a change means."""

    BETTER = "better"
    WORSE = "worse"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    """Neither direction is bad news."""


@dataclass(frozen=True, slots=True)
class Point:
    """A number at one snapshot."""

    snapshot: int
    day: dt.date | None
    value: float | None
    state: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Trend:
    """A number over snapshots of rising days."""

    points: tuple[Point, ...]
    delta: float | None
    """The last value minus the known one before it."""
    days: int | None
    """Days between the two."""
    slope_per_week: float | None
    """Least squares over all known values, change in 7 days."""
    direction: Direction | None
    reason: str | None
    """Why there is no change to tell."""


def known(points: Sequence[Point]) -> tuple[tuple[dt.date, float], ...]:
    """The days and values that are known, days rising; of one day the later snapshot stands. A lower bound is no value."""
    by_day = {
        point.day: point.value
        for point in sorted(points, key=lambda point: point.snapshot)
        if point.day is not None and point.value is not None and point.state == State.KNOWN
    }
    return tuple((day, by_day[day]) for day in sorted(by_day))


def slope_per_week(days: Sequence[dt.date], values: Sequence[float]) -> float:
    """The least-squares slope in 7 days, over at least two different days."""
    x = np.array([day.toordinal() for day in days], dtype=np.float64)
    x -= np.mean(x)
    y = np.array(values, dtype=np.float64)
    return float(WEEK * np.sum(x * (y - np.mean(y))) / np.sum(x * x))


def trend(points: Sequence[Point], worse: Worse = Worse.HIGH) -> Trend:
    """The trend of a number over snapshots. points: in any order; those without a day or value stay in, and say why."""
    ordered = tuple(sorted(points, key=lambda point: point.snapshot))
    told = known(ordered)
    if len(told) < 2:  # noqa: PLR2004 - a change takes two
        return Trend(ordered, None, None, None, None, _why(ordered, told))
    days, values = zip(*told, strict=True)
    slope = slope_per_week(days, values)
    if ordered[-1].value is None or ordered[-1].state != State.KNOWN:
        return Trend(ordered, None, None, slope, None, ordered[-1].reason or "the last value is not known")
    delta = values[-1] - values[-2]
    return Trend(ordered, delta, (days[-1] - days[-2]).days, slope, _direction(delta, worse), None)


def _why(points: Sequence[Point], told: Sequence[tuple[dt.date, float]]) -> str:
    if points and points[-1].value is None and points[-1].reason is not None:
        return points[-1].reason
    if len(points) < 2:  # noqa: PLR2004 - a change takes two
        return "no earlier snapshot"
    unknown = [point.reason for point in points if point.reason is not None]
    if unknown and not told:
        return unknown[-1]
    if len({point.day for point in points}) < 2:  # noqa: PLR2004 - the same
        return "no snapshot of another day"
    return f"known on one day only: {unknown[-1]}" if unknown else "known on one day only"


def _direction(delta: float, worse: Worse) -> Direction:
    if delta == 0.0:
        return Direction.UNCHANGED
    if worse is Worse.NEITHER:
        return Direction.CHANGED
    return Direction.WORSE if (delta > 0.0) is (worse is Worse.HIGH) else Direction.BETTER
