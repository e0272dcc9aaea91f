"""Scores and bounds by the normal approximation, with one over-dispersion factor for all groups."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ncdm.errors import InvalidQuestion
from ncdm.measures.statistics.bounds import Bounds, grid, no_bounds, with_centre
from ncdm.measures.statistics.groups import FloatArray, GroupInput, fixed
from ncdm.measures.statistics.laws import CountKind

NO_GROUP = "no group has a denominator above zero"
ABOVE_ONE = "the overall proportion is above 1, so a proportion's variance does not exist"
_ROUNDING = 4 * np.finfo(np.float64).eps


Kind = CountKind
"""What the numerator is to the denominator: events over an exposure, or a part over its whole."""


@dataclass(frozen=True, slots=True, eq=False)
class NormalScores:
    """A z score for each group, in the order of the groups."""

    groups: GroupInput
    kind: Kind
    overall_metric: float
    """mu, the sum of numerators over the sum of denominators."""
    factor: float
    """phi, the mean of the squared scores before correction, over all groups."""
    score: FloatArray
    reason: str | None = None
    """Why the scores are NaN; ``None`` when they are not."""


def _unit_variance(overall: float, kind: Kind) -> float:
    return overall if kind is Kind.RATE else overall * (1 - overall)


def _impossible(groups: GroupInput, kind: Kind) -> str | None:
    if not len(groups):
        return NO_GROUP
    if groups.total_numerator < 0:
        raise InvalidQuestion("the numerators add up to less than zero", where="numerator", todo="give counts or amounts from zero up")
    return ABOVE_ONE if kind is Kind.BINARY and groups.overall_metric > 1 else None


def _uncorrected(groups: GroupInput, overall: float, variance: float) -> FloatArray:
    distance = groups.metric - overall
    # Equal rates of fractional denominators differ in their last digits. That is no distance, and must not be divided by itself.
    distance[np.abs(distance) <= _ROUNDING * overall] = 0.0
    return distance / np.sqrt(variance / groups.denominator)


def normal_scores(groups: GroupInput, kind: Kind) -> NormalScores:
    """How many corrected standard errors each group's metric lies from the overall metric.

    mu = sum N / sum D; z0 = (N/D - mu) / sqrt(v/D) with v = mu for a rate and mu (1 - mu) for a proportion; phi = mean of z0^2 over all
    groups, those below an accrual limit included and without a floor; score = z0 / sqrt(phi). Every score is 0 when mu is 0, when a
    proportion is 1, or when phi is 0. A proportion may have N > D in single groups; when mu itself is above 1 the scores are NaN.

    Raises:
        InvalidQuestion: the numerators add up to less than zero.

    Source: ``Analyze_NormalApprox`` of gsm.core 1.1.3 after Spiegelhalter 2005; measures-and-statistics 4.1.
    """
    overall = groups.overall_metric
    reason = _impossible(groups, kind)
    if reason is not None:
        return NormalScores(groups, kind, overall, math.nan, fixed(np.full(len(groups), math.nan)), reason)
    variance = _unit_variance(overall, kind)
    if variance == 0:
        return NormalScores(groups, kind, overall, 0.0, fixed(np.zeros(len(groups))))
    uncorrected = _uncorrected(groups, overall, variance)
    factor = math.fsum(uncorrected**2) / len(groups)
    return NormalScores(groups, kind, overall, factor, fixed(uncorrected / math.sqrt(factor) if factor else np.zeros(len(groups))))


def normal_bounds(groups: GroupInput, kind: Kind, thresholds: Sequence[float] = (-3, -2, 2, 3), step: float | None = None) -> Bounds:
    """The metric at which a group of a given denominator would have exactly the threshold as its score.

    Denominators run from the smallest minus a step to the largest plus a step, only those above 0; a step is a 250th of the range, or 1
    when all are equal. Metric = mu + t sqrt(phi v / D) for each threshold t and for 0; points with a numerator below 0 are left out, and
    a proportion's line may pass 1. No line exists when mu is 0, or is 1 or more for a proportion.

    Source: ``Analyze_NormalApprox_PredictBounds`` of gsm.core 1.1.3; measures-and-statistics 4.1.
    """
    scores = normal_scores(groups, kind)
    if scores.reason is not None:
        return no_bounds(scores.reason)
    variance = _unit_variance(scores.overall_metric, kind)
    if variance == 0:
        return no_bounds("every group would be expected at the overall metric, without variance")
    denominators = grid(groups.denominator, step, 1.0)
    denominators = denominators[denominators > 0]
    lines = with_centre(thresholds)
    threshold = np.repeat(np.array(lines), denominators.size)
    denominator = np.tile(denominators, len(lines))
    numerator = (scores.overall_metric + threshold * np.sqrt(scores.factor * variance / denominator)) * denominator
    drawn = numerator >= 0
    return Bounds(fixed(threshold[drawn]), fixed(denominator[drawn]), fixed(numerator[drawn]))
