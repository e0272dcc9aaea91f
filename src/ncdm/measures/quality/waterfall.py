"""From 100 down to the index of one group, indicator by indicator."""

from dataclasses import dataclass

import numpy as np

from ncdm.measures.index import Dimension
from ncdm.measures.quality.points import FULL
from ncdm.measures.quality.quality import Quality
from ncdm.measures.value import Group, State

_STATES = tuple(State)


@dataclass(frozen=True, slots=True)
class Step:
    """What one indicator takes off."""

    code: str
    title: str
    dimension: Dimension
    unit: str
    value: float | None
    numerator: float | None
    denominator: float | None
    cap: float
    weight: float
    points: float | None
    """100 * weight * min(1, value / cap); ``None`` where that is not known."""
    whole: float
    """The most that it can take off."""
    state: State
    reason: str | None


@dataclass(frozen=True, slots=True)
class Waterfall:
    """``start`` less the points of all steps less the effect of the ceiling is the index, to the last digit."""

    group: Group
    start: float
    steps: tuple[Step, ...]
    ceiling_effect: float | None
    value: float | None


def waterfall(quality: Quality, number: int) -> Waterfall:
    """The waterfall of the group with this number. Source: measures-and-statistics 3."""
    readings, points = quality.readings, quality.points
    return Waterfall(
        readings.groups[number],
        FULL,
        tuple(
            Step(
                one.code,
                one.title,
                one.dimension,
                one.unit,
                _number(readings.value[place, number]),
                _number(readings.numerator[place, number]),
                _number(readings.denominator[place, number]),
                one.cap,
                one.weight,
                _number(points.lost[place, number]),
                float(points.whole[place]),
                _STATES[readings.state[place, number]],
                readings.reason[place, number],
            )
            for place, one in enumerate(quality.index.indicators)
        ),
        _number(points.effect[number]),
        _number(points.value[number]),
    )


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
