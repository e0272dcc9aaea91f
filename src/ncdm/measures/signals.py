"""Which sites or countries of a study differ from the others more than chance, by every key risk indicator at once.

The walk: the indicators scored within the study (`ncdm.measures.scored`), q over all groups and indicators of the study, flags, and then what the
flags of one group add up to. Nothing compares groups of two studies.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from ncdm.errors import InvalidQuestion
from ncdm.measures.catalogue import KRIS
from ncdm.measures.compute import Measures
from ncdm.measures.grouped import Floats
from ncdm.measures.kri import BOTH_RULE, Kri
from ncdm.measures.limits import Limits
from ncdm.measures.measure import inside
from ncdm.measures.scored import KriScores, StudyScores, study_scores, with_accrual
from ncdm.measures.statistics import (
    RULES,
    Accrual,
    Detectable,
    Direction,
    FlagRule,
    GroupState,
    Method,
    MetricFlag,
    RiskScore,
    Scores,
    benjamini_hochberg,
    calibrated_flags,
    cauchy_composite,
    detectable_ratios,
    expected_false_flags,
    flag_rule,
    flag_scores,
    risk_scores,
)
from ncdm.measures.value import Group, Level
from ncdm.types import StudyId

Rule = FlagRule | Limits
"""What a person may set of an indicator: gsm's thresholds with their flags, or amber and red on the sides that are a risk."""
RED, AMBER = 2.0, 1.0
_HARMLESS = 0.99


class SignalState(StrEnum):
    """What can be said of one group by one indicator."""

    OK = "ok"
    BELOW_ACCRUAL = "below_accrual"
    """It has too little data to be asked."""
    INSUFFICIENT_INFORMATION = "insufficient_information"
    """Too few groups have enough data, so nobody knows what is usual."""
    NO_DENOMINATOR = "no_denominator"
    """The denominator is 0, or no report has it."""
    UNKNOWN = "unknown"


_STATES = {
    GroupState.SCORED: SignalState.OK,
    GroupState.BELOW_ACCRUAL: SignalState.BELOW_ACCRUAL,
    GroupState.INSUFFICIENT_INFORMATION: SignalState.INSUFFICIENT_INFORMATION,
    GroupState.NO_DENOMINATOR: SignalState.NO_DENOMINATOR,
    GroupState.UNKNOWN: SignalState.UNKNOWN,
}


@dataclass(frozen=True, slots=True, eq=False)
class KriSignals:
    """One indicator over the groups of one study; arrays in the order of ``groups``, NaN where a value does not exist."""

    kri: Kri
    groups: tuple[Group, ...]
    scores: Scores
    """N, D, metric, expected, score, p, shrunken ratio with its 90 % interval, and the law they come from."""
    q: Floats
    """Over all groups and indicators of the study."""
    flag: Floats
    """-2 .. 2."""
    fixed: Floats
    """0, 1, 2 by the fixed limits; NaN where there are none or no metric."""
    state: tuple[SignalState, ...]
    reason: tuple[str | None, ...]
    """Why there is no score; ``None`` where there is one."""
    expected_false: float
    """Flags that chance alone would raise, amber and red together, if every group were healthy."""
    unplaced: tuple[float, float]
    """What the study has in numerator and denominator and no group holds: rows that name no site, neither themselves nor through the subject."""

    def detectable(self) -> Detectable:
        """How far each group would have to depart to be noticed; computed when asked, since it takes longer than all the rest."""
        return detectable_ratios(self.kri.kind, self.scores.law, self.scores.numerator, self.scores.denominator)

    @property
    def red(self) -> int:
        """How many groups are flagged red."""
        return int(np.count_nonzero(np.abs(self.flag) == RED))

    @property
    def amber(self) -> int:
        """How many groups are flagged amber."""
        return int(np.count_nonzero(np.abs(self.flag) == AMBER))


@dataclass(frozen=True, slots=True, eq=False)
class StudySignals:
    """All indicators over the groups of one study."""

    study_id: StudyId
    level: Level
    method: Method
    groups: tuple[Group, ...]
    kris: tuple[KriSignals, ...]
    red: npt.NDArray[np.int64]
    """Red flags of each group, of indicators that are a risk of the site."""
    amber: npt.NDArray[np.int64]
    risk: tuple[RiskScore | None, ...]
    """The site risk score of each group; ``None`` where no indicator of it has a flag, not even 0."""
    composite: Floats
    """One p of each group from all its indicators that are a risk of the site, by the Cauchy combination; NaN without any.

    Of an indicator whose high side alone is a risk, the p of that side: a group that does better than all others is no signal. No p counts as
    more than .99, since the combination would let a single p of 1, which small counts have, hide any other.
    """

    @property
    def flagged(self) -> int:
        """How many groups have a flag of an indicator that is a risk of the site."""
        return int(np.count_nonzero(self.red + self.amber))

    @property
    def expected_false(self) -> float:
        """Flags that chance alone would raise over all indicators, if every group were healthy."""
        return sum(found.expected_false for found in self.kris)


def study_signals(
    measures: Measures,
    study: StudyId,
    level: Level = Level.SITE,
    method: Method = Method.CALIBRATED,
    *,
    kris: Sequence[Kri] = KRIS,
    rules: Mapping[str, Rule] | None = None,
) -> StudySignals:
    """The signals of one study in a snapshot.

    level: site or country; method: calibrated, or one of gsm's. kris: the family over which q is corrected; give all of them unless another
    family is meant. rules: code of an indicator -> thresholds (and accrual) instead of its own, for what-if.

    A group is known by an indicator only if all its counts are: a lower bound is none. Where the sheet of the denominator is missing, the
    state is no_denominator. More in the numerator than in the denominator of a share is a contradiction of the reports: unknown, and said so.
    Fisher's test is of shares: with it the rates are left out.

    Raises:
        InvalidQuestion: a level or method that compares no groups.

    Source: measures-and-statistics 4. Family of q: sites x indicators of the study, so that loading another study changes no flag of this one.
    """
    return flagged(study_scores(measures, study, level, method, kris=kris), rules)


def flagged(stored: StudyScores, rules: Mapping[str, Rule] | None = None) -> StudySignals:
    """The signals that stored scores give: q, flags and their sums, perhaps by other rules. Nothing is counted again.

    rules: code of an indicator -> thresholds (and accrual) instead of its own. Raises `InvalidQuestion` for thresholds on a method that has none.
    """
    given, groups, level = rules or {}, stored.groups, stored.level
    taken = [_ruled(of_kri, given.get(of_kri.kri.code)) for of_kri in stored.kris]
    q = benjamini_hochberg(np.array([of_kri.stored.scores.p for of_kri in taken])) if taken else np.empty((0, len(groups)))
    found = tuple(_flagged(of_kri, groups, q[place]) for place, of_kri in enumerate(taken))
    of_site = [signals for signals in found if signals.kri.weights]
    flags = np.array([signals.flag for signals in of_site]).reshape(len(of_site), len(groups))
    p = np.array([_risk_side(signals) for signals in of_site]).reshape(len(of_site), len(groups))
    return StudySignals(
        stored.study_id,
        level,
        stored.method,
        groups,
        found,
        np.count_nonzero(np.abs(flags) == RED, axis=0).astype(np.int64),
        np.count_nonzero(np.abs(flags) == AMBER, axis=0).astype(np.int64),
        _risk(of_site, groups, level),
        np.array([cauchy_composite(p[:, place]) for place in range(len(groups))], dtype=np.float64),
    )


@dataclass(frozen=True, slots=True)
class _Ruled:
    """An indicator scored, and the rule that flags it."""

    stored: KriScores
    rule: Rule | None
    accrual: Accrual


def _ruled(stored: KriScores, rule: Rule | None) -> _Ruled:
    if isinstance(rule, Limits) and stored.scores.method is Method.FISHER:
        raise InvalidQuestion("a p-value is not flagged from a size of its score on", where=stored.kri.code, todo="Use another method.")
    accrual = stored.kri.accrual if rule is None or rule.accrual is None else rule.accrual
    return _Ruled(with_accrual(stored, accrual), rule, accrual)


def _flagged(ruled: _Ruled, groups: tuple[Group, ...], q: Floats) -> KriSignals:
    stored, kri, scores = ruled.stored, ruled.stored.kri, ruled.stored.scores
    fixed = np.full(len(groups), np.nan)
    if kri.fixed is not None:
        known = ~np.isnan(scores.metric)
        fixed[known] = [kri.fixed.grade(metric) for metric in scores.metric[known].tolist()]
    states, reasons = [], []
    for place, of_scores in enumerate(scores.state):
        state = _STATES[of_scores]
        if state is SignalState.UNKNOWN and stored.no_denominator[place]:
            state = SignalState.NO_DENOMINATOR
        states.append(state)
        reasons.append(stored.reason[place] or _why(state, ruled, place))
    return KriSignals(
        kri, groups, scores, q, _flags(ruled, q), fixed, tuple(states), tuple(reasons), _expected_false(ruled), stored.unplaced
    )


def _why(state: SignalState, ruled: _Ruled, place: int) -> str | None:
    scores = ruled.stored.scores
    if state is SignalState.OK:
        return None
    if state is SignalState.NO_DENOMINATOR:
        return f"no {' or '.join(inside(count.title) for count in ruled.stored.kri.under)}"
    if state is SignalState.BELOW_ACCRUAL:
        return f"{scores.denominator[place]:g} of at least {ruled.accrual.limit:g}"
    return scores.reason or "fewer than 5 groups have enough data, so nobody knows what is usual"


def _rule(ruled: _Ruled) -> FlagRule | None:
    """The thresholds on a method's scores: the indicator's own for z, those of the method else, on the sides that are a risk."""
    method, kri = ruled.stored.scores.method, ruled.stored.kri
    if ruled.rule is not None:
        return ruled.rule.rule(kri.direction) if isinstance(ruled.rule, Limits) else ruled.rule
    if method is Method.CALIBRATED:
        return None
    if method is Method.GSM_NORMAL:
        return kri.rule
    rule = RULES[method]
    if method is Method.FISHER or kri.direction is not Direction.HIGH:
        return rule
    return flag_rule([limit for limit in rule.thresholds if limit > 0])


def _flags(ruled: _Ruled, q: Floats) -> Floats:
    scores, direction = ruled.stored.scores, ruled.stored.kri.direction
    if scores.method is Method.CALIBRATED and isinstance(ruled.rule, Limits):
        return calibrated_flags(scores.score, q, direction, amber=ruled.rule.amber, red=ruled.rule.red)
    if scores.method is not Method.FISHER:
        return flag_scores(scores, q, direction, _rule(ruled))
    # A p-value has no side; the group's metric against that of the others has.
    flags = flag_scores(scores, q, Direction.BOTH, _rule(ruled))
    lower = scores.metric < scores.overall
    return np.where(lower, 0.0 * flags if direction is Direction.HIGH else -flags, flags)


def _expected_false(ruled: _Ruled) -> float:
    """Nominal number of false flags, at the lowest threshold of each side."""
    scores, direction = ruled.stored.scores, ruled.stored.kri.direction
    if scores.method is Method.FISHER:
        amber = max(RULES[Method.FISHER].thresholds)
        sides = 0.5 if direction is Direction.HIGH else 1.0
        return float(amber * sides * np.count_nonzero(~np.isnan(scores.score)))
    thresholds = rule.thresholds if (rule := _rule(ruled)) is not None else BOTH_RULE.thresholds
    high = min((limit for limit in thresholds if limit > 0), default=np.inf)
    low = max((limit for limit in thresholds if limit < 0), default=-np.inf)
    total = 0.0
    if direction is not Direction.LOW:
        total += expected_false_flags(scores.score, Direction.HIGH, limit=high)
    if direction is not Direction.HIGH:
        total += expected_false_flags(scores.score, Direction.LOW, limit=-low)
    return total


def _risk_side(signals: KriSignals) -> Floats:
    """The p of the side that is a risk, at most .99."""
    p = signals.scores.p
    if signals.kri.direction is Direction.HIGH:
        lower = signals.scores.metric < signals.scores.overall
        if signals.scores.method is not Method.FISHER:
            lower = signals.scores.score < 0
        p = np.where(lower, 1.0 - p / 2.0, p / 2.0)
    return np.minimum(p, _HARMLESS)


def _risk(found: Sequence[KriSignals], groups: tuple[Group, ...], level: Level) -> tuple[RiskScore | None, ...]:
    rows = [
        MetricFlag(level, group.label, signals.kri.code, flag)
        for signals in found
        for group, flag in zip(groups, signals.flag.tolist(), strict=True)
        if not math.isnan(flag)
    ]
    scores = {score.group_id: score for score in risk_scores(rows, {signals.kri.code: signals.kri.weights for signals in found})}
    return tuple(scores.get(group.label) for group in groups)
