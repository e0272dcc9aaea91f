"""What is said of each group of a table, in gsm's order: one entry a group, with gsm's names."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ncdm.errors import RefusedInput
from ncdm.measures.statistics.accrual import Accrual
from ncdm.measures.statistics.calibrated import GroupState
from ncdm.measures.statistics.false_discovery import benjamini_hochberg
from ncdm.measures.statistics.flagging import Direction
from ncdm.measures.statistics.flags import FLAG_ORDER, FlagRule, flags_of
from ncdm.measures.statistics.grouping import Grouped, Key
from ncdm.measures.statistics.identity import ScoreColumn
from ncdm.measures.statistics.laws import CountKind
from ncdm.measures.statistics.reporting import ReportingState, reporting_probability
from ncdm.measures.statistics.reporting_visits import VisitCounts
from ncdm.measures.statistics.scoring import RULES, Method, flag_scores, score_groups

WHY = {
    GroupState.BELOW_ACCRUAL: "less data than the accrual limit asks for",
    GroupState.INSUFFICIENT_INFORMATION: "too few groups have enough data, so nobody knows what is usual",
    GroupState.NO_DENOMINATOR: "the denominator is 0",
}
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """One group of one study; ``None`` where a value does not exist, and ``reason`` says why."""

    study_id: str | None
    group_id: str
    group_level: str
    numerator: float | None
    denominator: float | None
    metric: float | None
    score: float | None
    flag: int | None
    expected: float | None
    ratio: float | None
    interval: tuple[float, float] | None
    p: float | None
    q: float | None
    overall_metric: float | None
    factor: float | None
    state: GroupState | ReportingState
    reason: str | None

    def with_gsm_names(self) -> dict[str, object]:
        """The entry as a mapping; what gsm has is named as gsm names it."""
        return {
            **({} if self.study_id is None else {"StudyID": self.study_id}),
            "GroupID": self.group_id,
            "GroupLevel": self.group_level,
            "Numerator": self.numerator,
            "Denominator": self.denominator,
            "Metric": self.metric,
            "Score": self.score,
            "Flag": self.flag,
            "OverallMetric": self.overall_metric,
            "Factor": self.factor,
            "expected": self.expected,
            "ratio": self.ratio,
            "interval": None if self.interval is None else list(self.interval),
            "p": self.p,
            "q": self.q,
            "state": self.state.value,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """How the groups of a table are to be scored and flagged."""

    method: Method = Method.CALIBRATED
    kind: CountKind = CountKind.RATE
    rule: FlagRule | None = None
    """Thresholds and flags; ``None`` for those of the method."""
    accrual: Accrual | None = None
    direction: Direction = Direction.BOTH
    column: ScoreColumn = ScoreColumn.METRIC


def scored_entries(grouped: Grouped, question: Question) -> tuple[Entry, ...]:
    """Score and flag the groups of a table, each study and each level by itself; the gravest flag first, in each of them.

    Sites are not compared with countries, which hold the same subjects again. q is over the groups of the study and level. In the order of gsm:
    flags 2, -2, 1, -1, 0, none, by rising score within a flag.

    Raises:
        RefusedInput: a numerator is above its denominator, or no whole number, where the method cannot have that.
        InvalidQuestion: as the method says.

    Source: measures-and-statistics 4.1, 4.2.
    """
    _refuse_impossible(grouped, question)
    found: list[Entry] = []
    for family in grouped.compared:
        places = np.array(family, dtype=np.intp)
        x, d = grouped.numerator[places], grouped.denominator[places]
        scores = score_groups(question.method, question.kind, x, d, accrual=question.accrual, column=question.column)
        q = benjamini_hochberg(scores.p)
        flags = flag_scores(scores, q, question.direction, question.rule)
        entries = [
            Entry(
                study_id=grouped.keys[place][0] or None,
                group_id=grouped.keys[place][2],
                group_level=grouped.keys[place][1] or "Site",
                numerator=_known(x[i]),
                denominator=_known(d[i]),
                metric=_known(scores.metric[i]),
                score=_known(scores.score[i]),
                flag=_flag(flags[i]),
                expected=_known(scores.expected[i]),
                ratio=_known(scores.ratio[i]),
                interval=_between(scores.ratio_low[i], scores.ratio_high[i]),
                p=_known(scores.p[i]),
                q=_known(q[i]),
                overall_metric=_known(scores.overall),
                factor=_known(scores.spread),
                state=scores.state[i],
                reason=_why(scores.state[i], scores.reason, grouped.untold[place]),
            )
            for i, place in enumerate(places.tolist())
        ]
        found.extend(_in_order(entries))
    return tuple(found)


def reported_entries(study_id: str | None, study: VisitCounts, rule: FlagRule | None = None) -> tuple[Entry, ...]:
    """The probability that each site of a study reports too little (Score below 0) or too much, in gsm's order.

    Numerator, Denominator, Metric: events, visits and events a visit; ratio: observed over expected; p = 1 - |Score|, and q the same after
    correction for the number of sites. Source: measures-and-statistics 4.3.
    """
    found = reporting_probability(study)
    flags = flags_of(found.prob, RULES[Method.REPORTING] if rule is None else rule)
    visits = np.where(found.visits > 0, found.visits, np.nan)
    total = float(found.visits.sum())
    alone = found.state is ReportingState.NO_PEERS
    entries = [
        Entry(
            study_id=study_id,
            group_id=str(site),
            group_level="Site",
            numerator=float(found.events[i]),
            denominator=float(found.visits[i]),
            metric=_known(found.events[i] / visits[i]),
            score=_known(found.prob[i]),
            flag=_flag(flags[i]),
            expected=_known(found.expected[i]),
            ratio=_known(found.events[i] / found.expected[i]) if found.expected[i] > 0 else None,
            interval=None,
            p=_known(1.0 - abs(found.prob[i])),
            q=_known(1.0 - abs(found.prob_corrected[i])),
            overall_metric=float(found.events.sum()) / total if total else None,
            factor=None,
            state=found.state,
            reason="the study has one site, and nothing to compare it with" if alone else None,
        )
        for i, site in enumerate(found.sites.tolist())
    ]
    return _in_order(entries)


def _refuse_impossible(grouped: Grouped, question: Question) -> None:
    if question.method not in {Method.CALIBRATED, Method.FISHER}:
        return
    x, d = grouped.numerator, grouped.denominator
    whole_below = question.method is Method.FISHER or question.kind is CountKind.BINARY
    for wrong, what in (
        (whole_below & (x > d) & (d > 0), "the numerator is above the denominator"),
        (x != np.floor(x), "the numerator is no whole number"),
        (whole_below & (d != np.floor(d)), "the denominator is no whole number"),
    ):
        # Unknown counts compare as different from themselves, and are no error.
        wrong_and_known = wrong & ~(np.isnan(x) | np.isnan(d))
        if np.any(wrong_and_known):
            raise RefusedInput(
                what,
                where=_named(grouped.keys[place] for place in np.flatnonzero(wrong_and_known)),
                todo=f"Correct the counts; the method {question.method} of kind {question.kind} counts whole things.",
            )


def _named(keys: Iterable[Key]) -> str:
    names = [" ".join(part for part in (study, group) if part) for study, _, group in keys]
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"group {', '.join(names[:_SHOWN])}{more}"


def _why(state: GroupState, reason: str | None, untold: int) -> str | None:
    if state is GroupState.UNKNOWN:
        return "1 line has no number" if untold == 1 else f"{untold} lines have no number"
    if state is GroupState.INSUFFICIENT_INFORMATION and reason is not None:
        return reason
    return WHY.get(state)


def _in_order(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    place = {flag: position for position, flag in enumerate(FLAG_ORDER)}

    def order(entry: Entry) -> tuple[float, float, str]:
        at = len(place) + 1 if entry.flag is None else place.get(entry.flag, -abs(entry.flag))
        return (at, math.inf if entry.score is None else entry.score, entry.group_id)

    return tuple(sorted(entries, key=order))


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _flag(value: float) -> int | None:
    return None if math.isnan(value) else int(value)


def _between(low: float, high: float) -> tuple[float, float] | None:
    return None if math.isnan(low) or math.isnan(high) else (float(low), float(high))
