"""Which sites or countries of a study differ from the others more than chance, by every key risk indicator at once.

The walk: numerators and denominators of each indicator with what is not known of them, scores within the study, q over all groups and indicators
of the study, flags, and then what the flags of one group add up to. Nothing compares groups of two studies.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from ncdm.errors import InvalidQuestion
from ncdm.measures.catalogue import KRIS
from ncdm.measures.compute import KNOWN, Measures, Reasons
from ncdm.measures.grouped import Floats
from ncdm.measures.kri import BOTH_RULE, Kri
from ncdm.measures.measure import Count
from ncdm.measures.statistics import (
    RULES,
    CountKind,
    Detectable,
    Direction,
    FlagRule,
    GroupState,
    Method,
    MetricFlag,
    RiskScore,
    Scores,
    benjamini_hochberg,
    cauchy_composite,
    detectable_ratios,
    expected_false_flags,
    flag_rule,
    flag_scores,
    risk_scores,
    score_groups,
)
from ncdm.measures.value import Group, Level
from ncdm.types import StudyId

LEVELS = (Level.SITE, Level.COUNTRY)
"""Where groups are compared."""
METHODS = (Method.CALIBRATED, Method.GSM_NORMAL, Method.GSM_POISSON, Method.FISHER)
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
    rules: dict[str, FlagRule] | None = None,
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
    if level not in LEVELS or method not in METHODS:
        raise InvalidQuestion(
            f"indicators cannot be had by {level} and {method}", todo="ask for site or country, and a method that compares"
        )
    here = np.flatnonzero(measures.universe.study_of(level) == measures.universe.studies.index(study))
    groups = tuple(measures.universe.groups(level)[place] for place in here.tolist())
    if method is Method.FISHER:
        kris = [kri for kri in kris if kri.kind is CountKind.BINARY]
    taken = [_taken(measures, kri, study, level, here, method, (rules or {}).get(kri.code)) for kri in kris]
    q = benjamini_hochberg(np.array([of_kri.scores.p for of_kri in taken])) if taken else np.empty((0, len(groups)))
    found = tuple(_flagged(of_kri, groups, q[place]) for place, of_kri in enumerate(taken))
    of_site = [signals for signals in found if signals.kri.weights]
    flags = np.array([signals.flag for signals in of_site]).reshape(len(of_site), len(groups))
    p = np.array([_risk_side(signals) for signals in of_site]).reshape(len(of_site), len(groups))
    return StudySignals(
        study,
        level,
        method,
        groups,
        found,
        np.count_nonzero(np.abs(flags) == RED, axis=0).astype(np.int64),
        np.count_nonzero(np.abs(flags) == AMBER, axis=0).astype(np.int64),
        _risk(of_site, groups, level),
        np.array([cauchy_composite(p[:, place]) for place in range(len(groups))], dtype=np.float64),
    )


def all_signals(measures: Measures, level: Level = Level.SITE, method: Method = Method.CALIBRATED) -> tuple[StudySignals, ...]:
    """The signals of every study of a snapshot, each study by itself."""
    return tuple(study_signals(measures, study, level, method) for study in measures.universe.studies)


@dataclass(frozen=True, slots=True)
class _Taken:
    """An indicator scored, before q."""

    kri: Kri
    rule: FlagRule | None
    scores: Scores
    reason: Reasons
    no_denominator: npt.NDArray[np.bool_]
    unplaced: tuple[float, float]


def _taken(
    measures: Measures, kri: Kri, study: StudyId, level: Level, here: npt.NDArray[np.intp], method: Method, rule: FlagRule | None
) -> _Taken:
    over, missing_over = _summed(measures, kri.over, level, here)
    under, missing_under = _summed(measures, kri.under, level, here)
    place = measures.universe.studies.index(study)
    unplaced = (_beyond(measures, kri.over, place, over), _beyond(measures, kri.under, place, under))
    # A denominator that a missing sheet holds is another thing than a cell that does not tell: nobody can have it.
    own = [count for count in kri.under if count not in kri.over]
    lost = not measures.delivers(study, [code for count in own or kri.under for code in count.needs])
    reason = missing_under.copy()
    empty = np.array([one is None for one in reason], dtype=np.bool_)
    reason[empty] = missing_over[empty]
    if kri.full and lacks_full(measures, kri, study):
        reason[:] = f"an extract of open items only: no {kri.full[0].title.lower()}"
    unknown = np.array([one is not None for one in reason], dtype=np.bool_)
    if kri.kind is CountKind.BINARY:
        contradictory = ~unknown & (over > under)
        reason[contradictory] = "more in the numerator than in the denominator: the reports contradict each other"
        unknown |= contradictory
    scores = score_groups(
        method,
        kri.kind,
        np.where(unknown, np.nan, over),
        np.where(unknown, np.nan, under),
        accrual=kri.accrual if rule is None or rule.accrual is None else rule.accrual,
    )
    return _Taken(kri, rule, scores, reason, np.full(here.size, lost), unplaced)


def lacks_full(measures: Measures, kri: Kri, study: StudyId) -> bool:
    """Whether a study's report lists open items only, so that no share can be had of it."""
    place = measures.universe.studies.index(study)
    full = sum(float(measures.column(count, Level.STUDY).numerator[place]) for count in kri.full)
    return full == 0 and sum(float(measures.column(count, Level.STUDY).numerator[place]) for count in kri.under) > 0


def _summed(measures: Measures, counts: Sequence[Count], level: Level, here: npt.NDArray[np.intp]) -> tuple[Floats, Reasons]:
    """The sum of counts for the groups of a study, and why it is not known where it is not."""
    total = np.zeros(here.size)
    reason: Reasons = np.full(here.size, None, dtype=np.object_)
    for count in counts:
        column = measures.column(count, level)
        total += column.numerator[here]
        told = np.array([one is None for one in reason], dtype=np.bool_)
        untold = column.state[here] != KNOWN
        reason[told & untold] = column.reason[here][told & untold]
    return total, reason


def _beyond(measures: Measures, counts: Sequence[Count], study: int, placed: Floats) -> float:
    """What a study has more than its groups together; 0 where the study is not known."""
    whole = sum(float(measures.column(count, Level.STUDY).numerator[study]) for count in counts)
    return 0.0 if math.isnan(whole) else max(0.0, whole - float(np.nansum(placed)))


def _flagged(taken: _Taken, groups: tuple[Group, ...], q: Floats) -> KriSignals:
    kri, scores = taken.kri, taken.scores
    flag = _flags(taken, q)
    fixed = np.full(len(groups), np.nan)
    if kri.fixed is not None:
        known = ~np.isnan(scores.metric)
        fixed[known] = [kri.fixed.grade(metric) for metric in scores.metric[known].tolist()]
    states, reasons = [], []
    for place, of_scores in enumerate(scores.state):
        state = _STATES[of_scores]
        if state is SignalState.UNKNOWN and taken.no_denominator[place]:
            state = SignalState.NO_DENOMINATOR
        states.append(state)
        reasons.append(taken.reason[place] or _why(state, scores, kri, place))
    return KriSignals(kri, groups, scores, q, flag, fixed, tuple(states), tuple(reasons), _expected_false(taken), taken.unplaced)


def _why(state: SignalState, scores: Scores, kri: Kri, place: int) -> str | None:
    if state is SignalState.OK:
        return None
    if state is SignalState.NO_DENOMINATOR:
        return f"no {' or '.join(count.title.lower() for count in kri.under)}"
    if state is SignalState.BELOW_ACCRUAL:
        return f"{scores.denominator[place]:g} of at least {kri.accrual.limit:g}"
    return scores.reason or "fewer than 5 groups have enough data, so nobody knows what is usual"


def _rule(taken: _Taken) -> FlagRule | None:
    """The thresholds on a method's scores: the indicator's own for z, those of the method else, on the sides that are a risk."""
    method, kri = taken.scores.method, taken.kri
    if taken.rule is not None:
        return taken.rule
    if method is Method.CALIBRATED:
        return None
    if method is Method.GSM_NORMAL:
        return kri.rule
    rule = RULES[method]
    if method is Method.FISHER or kri.direction is not Direction.HIGH:
        return rule
    return flag_rule([limit for limit in rule.thresholds if limit > 0])


def _flags(taken: _Taken, q: Floats) -> Floats:
    scores, direction = taken.scores, taken.kri.direction
    if scores.method is not Method.FISHER:
        return flag_scores(scores, q, direction, _rule(taken))
    # A p-value has no side; the group's metric against that of the others has.
    flags = flag_scores(scores, q, Direction.BOTH, _rule(taken))
    lower = scores.metric < scores.overall
    return np.where(lower, 0.0 * flags if direction is Direction.HIGH else -flags, flags)


def _expected_false(taken: _Taken) -> float:
    """Nominal number of false flags, at the lowest threshold of each side."""
    scores, direction = taken.scores, taken.kri.direction
    if scores.method is Method.FISHER:
        amber = max(RULES[Method.FISHER].thresholds)
        sides = 0.5 if direction is Direction.HIGH else 1.0
        return float(amber * sides * np.count_nonzero(~np.isnan(scores.score)))
    thresholds = rule.thresholds if (rule := _rule(taken)) is not None else BOTH_RULE.thresholds
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
