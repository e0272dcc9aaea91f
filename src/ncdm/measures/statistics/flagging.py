"""Flags of the calibrated mode: amber by the score alone, red only where it also survives the number of questions asked."""

from enum import StrEnum

import numpy as np
from scipy import special

from ncdm.measures.statistics.laws import Floats

AMBER, RED, FALSE_DISCOVERIES = 2.0, 3.0, 0.05


class Direction(StrEnum):
    """Which departures of a KRI are a risk."""

    HIGH = "high"
    LOW = "low"
    BOTH = "both"


def calibrated_flags(z: Floats, q: Floats, direction: Direction, *, amber: float = AMBER, red: float = RED) -> Floats:
    """The flag of each group: 0, amber 1 or -1, red 2 or -2; NaN where there is no score.

    z, q: the same shape, q from `false_discovery` over all KRIs of the snapshot. Amber where |z| >= 2; red where |z| >= 3 and q <= .05; only in the
    KRI's direction. Source: measures-and-statistics 4.2(5).
    """
    size = np.abs(z)
    grade = np.where(size >= amber, 1.0, 0.0) + np.where((size >= red) & (size >= amber) & (q <= FALSE_DISCOVERIES), 1.0, 0.0)
    harmless = {Direction.HIGH: z < 0.0, Direction.LOW: z > 0.0, Direction.BOTH: np.zeros(z.shape, dtype=np.bool_)}[direction]
    flags = np.where(z < 0.0, -grade, grade)
    return np.where(np.isnan(z), np.nan, np.where(harmless | (grade == 0.0), 0.0, flags))


def expected_false_flags(z: Floats, direction: Direction, *, limit: float = AMBER) -> float:
    """How many flags chance alone would raise if every scored group were healthy.

    z: the scores, NaN not counted; limit: |z| from which a group is flagged, 2 for amber. Nominal: steps of a count make the true number smaller
    where events are rare. Source: measures-and-statistics 4.2(5).
    """
    sides = 2.0 if direction is Direction.BOTH else 1.0
    return float(sides * special.ndtr(-limit) * np.count_nonzero(~np.isnan(z)))
