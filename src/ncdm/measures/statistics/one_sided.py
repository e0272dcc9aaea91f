"""One-sided quality tolerance limits around an expected proportion."""

import math
from dataclasses import dataclass

import numpy as np

from ncdm.errors import InvalidQuestion
from ncdm.measures.statistics.groups import FloatArray, GroupInput, fixed

INELIGIBLE = 0.03
"""Expected share of ineligible subjects, where a sponsor says no other."""
DISCONTINUED = 0.07
"""Expected share of discontinued subjects, where a sponsor says no other."""
DEVIATIONS = 3.0
"""Standard deviations above the expected share at which the limit lies."""


@dataclass(frozen=True, slots=True, eq=False)
class OneSided:
    """z, upper limit and flag of each group (a study, usually), in the order of the groups."""

    groups: GroupInput
    expected: float
    deviations: float
    score: FloatArray
    """Standard deviations above the expected proportion."""
    upper: FloatArray
    """The proportion at which the limit is reached."""
    flag: FloatArray
    """2 at or above the limit, 1 at or above the expected proportion, else 0."""


def one_sided(groups: GroupInput, expected: float, deviations: float = DEVIATIONS) -> OneSided:
    """How far a proportion lies above the expected one, and whether it reaches the tolerance limit.

    s = sqrt(p0 (1 - p0) / n); z = (x/n - p0) / s; upper = p0 + k s, both with the group's own n.

    Raises:
        InvalidQuestion: the expected proportion is not between 0 and 1, or the number of deviations is not a number from 0 up.

    Source: ``Analyze_OneSideProp`` of gsm.qtl 1.3.0; measures-and-statistics 4.1.
    """
    if not 0 < expected < 1:
        raise InvalidQuestion(f"{expected} is no proportion between 0 and 1", where="expected", todo="give one, for instance 0.03")
    if not (math.isfinite(deviations) and deviations >= 0):
        raise InvalidQuestion(f"{deviations} is no number of deviations", where="deviations", todo="give a number from 0 up, usually 3")
    spread = np.sqrt(expected * (1 - expected) / groups.denominator)
    upper = expected + deviations * spread
    metric = groups.metric
    flag = np.where(metric >= upper, 2.0, np.where(metric >= expected, 1.0, 0.0))
    return OneSided(groups, expected, deviations, fixed((metric - expected) / spread), fixed(upper), fixed(flag))
