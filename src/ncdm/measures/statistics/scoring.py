"""Every method behind one question: numerators and denominators in, a score, a p and a state for each group out.

The methods keep their own modules; here they get one shape, so that a command, a page and a what-if treat them alike. Flags are another step,
because q, and with it red, needs the scores of all KRIs of a snapshot.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy import special

from ncdm.errors import InvalidQuestion
from ncdm.measures.statistics.accrual import Accrual
from ncdm.measures.statistics.calibrated import Calibrated, GroupState, calibrate, states_of
from ncdm.measures.statistics.fisher import fisher_scores
from ncdm.measures.statistics.flagging import FALSE_DISCOVERIES, Direction, calibrated_flags
from ncdm.measures.statistics.flags import FISHER_RULE, NORMAL_RULE, POISSON_RULE, FlagRule, flags_of
from ncdm.measures.statistics.groups import GroupInput, fixed
from ncdm.measures.statistics.identity import ScoreColumn, identity_scores
from ncdm.measures.statistics.laws import Bools, CountKind, Floats, Law, RateLaw
from ncdm.measures.statistics.normal import normal_scores
from ncdm.measures.statistics.poisson import poisson_scores


class Method(StrEnum):
    """How groups are scored."""

    CALIBRATED = "calibrated"
    GSM_NORMAL = "gsm-normal"
    GSM_POISSON = "gsm-poisson"
    FISHER = "fisher"
    IDENTITY = "identity"
    REPORTING = "reporting"
    """Of counts by visit: `reporting_probability`."""


RULES = {
    Method.GSM_NORMAL: NORMAL_RULE,
    Method.GSM_POISSON: POISSON_RULE,
    Method.FISHER: FISHER_RULE,
    Method.IDENTITY: NORMAL_RULE,
    Method.REPORTING: FlagRule((-0.99, -0.95, 0.95, 0.99), (-2, -1, 0, 1, 2)),
}
"""The thresholds of a method where nobody says others; the calibrated mode has its own (`calibrated_flags`)."""
RED = 2.0


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """One KRI scored; arrays with one element a group, in the order given. NaN where a value does not exist, and ``state`` says why."""

    method: Method
    kind: CountKind
    numerator: Floats
    denominator: Floats
    metric: Floats
    """Numerator over denominator."""
    expected: Floats
    """The count that the level of all groups gives."""
    score: Floats
    """z, deviance residual, p-value or the metric itself, as the method has it; withdrawn below accrual."""
    score_before_accrual: Floats
    """The same before it is withdrawn. Of the calibrated mode it is the score."""
    p: Floats
    """Two-sided; NaN where a method has none."""
    ratio: Floats
    """Ratio to the level of all groups, shrunken by the calibrated law, with its 90 % interval; for ranking, whatever the method."""
    ratio_low: Floats
    ratio_high: Floats
    state: tuple[GroupState, ...]
    overall: float
    """The level of all groups: the law's, or sum over sum."""
    spread: float
    """tau2 or rho of the calibrated law, phi of the normal approximation; NaN where a method has none."""
    law: Law | None
    """What most groups follow, if there are enough of them and their counts are whole."""
    reason: str | None = None
    """Why no group has a score; ``None`` when some has."""


def score_groups(
    method: Method,
    kind: CountKind,
    numerator: Floats,
    denominator: Floats,
    *,
    accrual: Accrual | None = None,
    column: ScoreColumn = ScoreColumn.METRIC,
) -> Scores:
    """Score each group against all groups, by any method.

    numerator, denominator: 1-D, one element a group, NaN = unknown. Unknown groups and those with a denominator of 0 take no part, as in gsm;
    they stay in the result with their state. column: what the identity method takes as the score.

    Raises:
        InvalidQuestion: a denominator is negative, a value infinite, the method reporting, or as the method says.

    Source: measures-and-statistics 4.1, 4.2.
    """
    if method is Method.REPORTING:
        raise InvalidQuestion("the reporting probability needs counts by visit", where="method", todo="use reporting_probability")
    numerator, denominator = np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64)
    if np.any(np.isinf(numerator) | np.isinf(denominator) | (denominator < 0)):
        raise InvalidQuestion("a denominator is negative, or a value infinite", todo="correct the counts")
    known = ~(np.isnan(numerator) | np.isnan(denominator))
    asked = known & (np.where(known, denominator, 0.0) > 0)
    groups = GroupInput(tuple(map(str, np.flatnonzero(asked))), numerator[asked], denominator[asked])
    enough = np.ones(len(groups), np.bool_) if accrual is None else accrual.reached(groups)
    accrued = np.zeros(known.shape, dtype=np.bool_)
    accrued[asked] = enough
    beside = _calibrated(kind, numerator, denominator, accrued, strict=method is Method.CALIBRATED)
    empty = np.full(known.shape, np.nan)
    law = None if beside is None else beside.law
    if method is Method.CALIBRATED and beside is not None:
        score, p, state, reason = beside.z, beside.p, beside.state, None
        overall, spread = (np.nan, np.nan) if law is None else (law.rate, law.tau2) if isinstance(law, RateLaw) else (law.share, law.rho)
        before, expected = score, beside.expected
    else:
        found = _METHODS[method](groups, kind, column)
        before, p, expected = empty.copy(), empty.copy(), empty.copy()
        before[asked], p[asked] = found.score, found.p
        score, p = np.where(accrued, before, np.nan), np.where(accrued, p, np.nan)
        overall, spread, reason = groups.overall_metric, found.spread, found.reason
        expected[asked] = groups.denominator * overall
        state = states_of(known, asked, accrued, fitted=reason is None)
    return Scores(
        method=method,
        kind=kind,
        numerator=numerator,
        denominator=denominator,
        metric=np.divide(numerator, denominator, out=empty.copy(), where=asked),
        expected=expected,
        score=score,
        score_before_accrual=before,
        p=p,
        ratio=empty if beside is None else beside.ratio,
        ratio_low=empty if beside is None else beside.ratio_low,
        ratio_high=empty if beside is None else beside.ratio_high,
        state=state,
        overall=overall,
        spread=spread,
        law=law,
        reason=reason,
    )


def flag_scores(scores: Scores, q: Floats, direction: Direction = Direction.BOTH, rule: FlagRule | None = None) -> Floats:
    """The flag of each group; NaN where there is no score.

    q: from `benjamini_hochberg` over all KRIs of the snapshot. Without a rule the calibrated mode flags as it does (`calibrated_flags`), the
    others by their `RULES`. With a rule, gsm's flags of the scores; in the calibrated mode a red flag that does not survive the number of
    questions asked (q > .05) is amber. Flags on the harmless side of the direction are 0. Source: measures-and-statistics 4.1, 4.2(5).
    """
    if scores.method is Method.CALIBRATED and rule is None:
        return calibrated_flags(scores.score, q, direction)
    flags = np.array(flags_of(scores.score, RULES[scores.method] if rule is None else rule))
    if scores.method is Method.CALIBRATED:
        flags = np.where((np.abs(flags) >= RED) & ~(q <= FALSE_DISCOVERIES), np.sign(flags), flags)
    harmless = {Direction.HIGH: flags < 0, Direction.LOW: flags > 0, Direction.BOTH: np.zeros(flags.shape, np.bool_)}[direction]
    return np.where(harmless, 0.0, flags)


@dataclass(frozen=True, slots=True)
class _Found:
    score: Floats
    p: Floats
    spread: float
    reason: str | None


def _two_sided(z: Floats) -> Floats:
    return np.asarray(2.0 * special.ndtr(-np.abs(z)), dtype=np.float64)


def _normal(groups: GroupInput, kind: CountKind, _column: ScoreColumn) -> _Found:
    found = normal_scores(groups, kind)
    return _Found(found.score, _two_sided(found.score), found.factor, found.reason)


def _poisson(groups: GroupInput, _kind: CountKind, _column: ScoreColumn) -> _Found:
    found = poisson_scores(groups)
    return _Found(found.score, _two_sided(found.score), np.nan, found.reason if not len(groups) else None)


def _fisher(groups: GroupInput, _kind: CountKind, _column: ScoreColumn) -> _Found:
    found = fisher_scores(groups)
    return _Found(found.score, found.score, np.nan, found.reason)


def _identity(groups: GroupInput, _kind: CountKind, column: ScoreColumn) -> _Found:
    found = identity_scores(groups, column)
    return _Found(found.score, fixed(np.full(len(groups), np.nan)), np.nan, None)


_METHODS: dict[Method, Callable[[GroupInput, CountKind, ScoreColumn], _Found]] = {
    Method.GSM_NORMAL: _normal,
    Method.GSM_POISSON: _poisson,
    Method.FISHER: _fisher,
    Method.IDENTITY: _identity,
}


def _calibrated(kind: CountKind, numerator: Floats, denominator: Floats, accrued: Bools, *, strict: bool) -> Calibrated | None:
    """The calibrated mode; beside another method none where the counts are such that no chance law describes them."""
    try:
        return calibrate(kind, numerator, denominator, accrued=accrued, with_detectable=False)
    except InvalidQuestion:
        if strict:
            raise
        return None
