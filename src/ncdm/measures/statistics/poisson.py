"""Scores and bounds by the Poisson model: signed deviance residuals."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.special import lambertw

from ncdm.errors import InvalidQuestion
from ncdm.measures.statistics.bounds import Bounds, grid, no_bounds, with_centre
from ncdm.measures.statistics.groups import FloatArray, GroupInput, fixed
from ncdm.measures.statistics.normal import NO_GROUP
from ncdm.measures.statistics.tilt import tilt

NO_EVENT = "no group has an event, so no expected count exists to bound"
_NEAR = 0.1
"""Within this share of the expected count the residual's terms cancel, and a series is used."""
_AT_BRANCH = 1e-5
"""Below this distance the argument of Lambert's W has lost digits, and a series is used."""
SEPARATED = "only the largest or only the smallest denominator has events, so the slope has no finite estimate"


class Slope(StrEnum):
    """How the expected count grows with the denominator."""

    ONE = "one"
    """In proportion."""
    ESTIMATED = "estimated"
    """By a power of it, fitted to the groups: log mu = a + b log D."""


@dataclass(frozen=True, slots=True, eq=False)
class PoissonScores:
    """A signed deviance residual for each group, in the order of the groups."""

    groups: GroupInput
    intercept: float
    """a of log mu = a + b log D; minus infinity when no group has an event."""
    slope: float
    """b; 1 when not estimated, and when all denominators are equal and no slope can be told."""
    predicted: FloatArray
    """Expected count of each group."""
    score: FloatArray
    reason: str | None = None
    """What could not be fitted; ``None`` when all was."""


def _shares(groups: GroupInput, slope: float) -> tuple[FloatArray, float]:
    """Share of each group in the sum of D^slope, and the logarithm of that sum, without overflow."""
    exponents = slope * np.log(groups.denominator)
    largest = float(exponents.max())
    powers = np.exp(exponents - largest)
    total = math.fsum(powers)
    return powers / total, largest + math.log(total)


def _fit(groups: GroupInput, slope: Slope) -> tuple[float, float, FloatArray]:
    """Intercept, slope and expected counts by maximum likelihood."""
    events = groups.total_numerator
    if slope is Slope.ONE or events == 0 or np.ptp(groups.denominator) == 0:
        rate = groups.overall_metric
        return (math.log(rate) if rate else -math.inf), 1.0, groups.denominator * rate
    logs = np.log(groups.denominator)
    with_events = logs[groups.numerator > 0]
    for end, power in ((logs.max(), math.inf), (logs.min(), -math.inf)):
        if (with_events == end).all():
            # The limit of the likelihood: the events stay where they are, evenly, and nothing is expected elsewhere.
            there = logs == end
            return math.nan, power, np.where(there, events / np.count_nonzero(there), 0.0)
    wanted = math.fsum(groups.numerator * logs) / events
    # Sorted, so that the order of groups changes no digit.
    power = tilt(np.sort(logs - wanted), np.zeros(len(groups)))
    shares, log_total = _shares(groups, power)
    return math.log(events) - log_total, power, events * shares


def _deviance(count: FloatArray, expected: FloatArray) -> FloatArray:
    """Twice y ln(y/mu) - (y - mu), with y ln y = 0 at 0.

    Near y = mu the terms cancel; there the series in d = y/mu - 1, sum of (-d)^k / (k (k - 1)) from k = 2, keeps every digit.
    """
    positive = expected > 0
    apart = np.divide(count - expected, expected, out=np.zeros_like(expected), where=positive)
    ratio = np.divide(count, expected, out=np.ones_like(expected), where=positive & (count > 0))
    whole = count * np.log(ratio) - (count - expected)
    near = np.clip(apart, -_NEAR, _NEAR)
    series = sum((-near) ** k / (k * (k - 1)) for k in range(2, 20))
    return 2 * np.maximum(0.0, np.where(np.abs(apart) < _NEAR, expected * series, whole))


def poisson_scores(groups: GroupInput, slope: Slope = Slope.ONE) -> PoissonScores:
    """How far each group's count lies from the expected one, as a signed deviance residual.

    mu_i = D_i sum N / sum D, or exp(a + b log D_i) with both fitted by maximum likelihood; score = sign(y - mu) sqrt(2 (y ln(y/mu) -
    (y - mu))). The usual limits are 5 (amber) and 7 (red) on both sides. Every score is 0 when no group has an event.

    Raises:
        InvalidQuestion: a numerator is below zero.

    Source: ``Analyze_Poisson`` of gsm.core 1.1.3; measures-and-statistics 4.1.
    """
    if (groups.numerator < 0).any():
        raise InvalidQuestion("a count is below zero", where="numerator", todo="give counts from zero up")
    if not len(groups):
        return PoissonScores(groups, math.nan, math.nan, fixed([]), fixed([]), NO_GROUP)
    intercept, power, predicted = _fit(groups, slope)
    score = np.sign(groups.numerator - predicted) * np.sqrt(_deviance(groups.numerator, predicted))
    return PoissonScores(groups, intercept, power, fixed(predicted), fixed(score), SEPARATED if math.isinf(power) else None)


def _log_ratio(distance: FloatArray, *, upper: bool) -> FloatArray:
    """Logarithm of u, where u ln u - u + 1 = distance: the count is u times the expected one. NaN where there is none.

    With w = log u - 1 this is w exp(w) = (distance - 1)/e, which is what Lambert's W solves. Close to 0 that argument loses the digits of the
    distance, and W's own series at its branch point takes over.
    """
    branch = lambertw((distance - 1) / math.e, 0 if upper else -1)
    whole = np.where(upper | (distance < 1), 1 + branch.real, np.where(distance == 1, -np.inf, np.nan))
    p = np.sqrt(2 * np.minimum(distance, _AT_BRANCH)) * (1 if upper else -1)
    series = p * (1 + p * (-1 / 3 + p * (11 / 72 + p * (-43 / 540 + p * (769 / 17280 - p * 221 / 8505)))))
    return np.where(distance < _AT_BRANCH, series, whole)


def poisson_bounds(
    groups: GroupInput, thresholds: Sequence[float] = (-5, 5), step: float | None = None, slope: Slope = Slope.ONE
) -> Bounds:
    """The count at which a group of a given denominator would have exactly the threshold as its score.

    log D runs from the smallest minus a step to the largest plus a step; a step is a 250th of the range, or .05 when all are equal. With
    e = t^2 - 2 mu the upper count is e / (2 W0(e / (2 exp(1) mu))), the lower one the same with W-1, and the line of 0 is mu. Where even
    a count of 0 does not reach a lower threshold the line is unbounded and its points are left out. No line exists without an event.

    Raises:
        InvalidQuestion: a numerator is below zero.

    Source: ``Analyze_Poisson_PredictBounds`` of gsm.core 1.1.3; measures-and-statistics 4.1.
    """
    scores = poisson_scores(groups, slope)
    if scores.reason is not None:
        return no_bounds(scores.reason)
    if groups.total_numerator == 0:
        return no_bounds(NO_EVENT)
    log_denominators = grid(np.log(groups.denominator), step, 0.05)
    expected = np.exp(scores.intercept + scores.slope * log_denominators)
    lines = with_centre(thresholds)
    counts = [expected * np.exp(_log_ratio(line**2 / (2 * expected), upper=line > 0)) if line else expected for line in lines]
    numerator = np.concatenate(counts)
    drawn = ~np.isnan(numerator)
    threshold = np.repeat(np.array(lines), log_denominators.size)
    denominator = np.tile(np.exp(log_denominators), len(lines))
    return Bounds(fixed(threshold[drawn]), fixed(denominator[drawn]), fixed(numerator[drawn]))
