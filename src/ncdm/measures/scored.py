"""The indicators of a study scored, before q and flags: everything that another threshold, or another accrual limit, is tried on.

Numerators and denominators of each indicator with what is not known of them, and scores within the study. Nothing compares groups of two studies.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from ncdm.errors import InvalidQuestion
from ncdm.measures.catalogue import KRIS
from ncdm.measures.compute import KNOWN, Measures, Reasons
from ncdm.measures.grouped import Floats
from ncdm.measures.kri import Kri
from ncdm.measures.measure import Count, inside
from ncdm.measures.statistics import Accrual, CountKind, Method, Scores, score_groups
from ncdm.measures.value import Group, Level
from ncdm.types import StudyId

LEVELS = (Level.SITE, Level.COUNTRY)
"""Where groups are compared."""
METHODS = (Method.CALIBRATED, Method.GSM_NORMAL, Method.GSM_POISSON, Method.FISHER)


@dataclass(frozen=True, slots=True, eq=False)
class KriScores:
    """One indicator scored over the groups of one study; arrays in the order of the groups."""

    kri: Kri
    scores: Scores
    reason: Reasons
    """Why its counts are not known; ``None`` where they are."""
    no_denominator: npt.NDArray[np.bool_]
    """Where no report has the denominator."""
    unplaced: tuple[float, float]
    """What the study has in numerator and denominator and no group holds."""


@dataclass(frozen=True, slots=True, eq=False)
class StudyScores:
    """All indicators of one study, scored."""

    study_id: StudyId
    level: Level
    method: Method
    groups: tuple[Group, ...]
    kris: tuple[KriScores, ...]


def study_scores(
    measures: Measures, study: StudyId, level: Level = Level.SITE, method: Method = Method.CALIBRATED, *, kris: Sequence[Kri] = KRIS
) -> StudyScores:
    """Count and score the indicators of one study in a snapshot; see `ncdm.measures.signals.study_signals`.

    Raises:
        InvalidQuestion: a level or method that compares no groups.
    """
    if level not in LEVELS or method not in METHODS:
        raise InvalidQuestion(
            f"indicators cannot be had by {level} and {method}", todo="ask for site or country, and a method that compares"
        )
    here = np.flatnonzero(measures.universe.study_of(level) == measures.universe.studies.index(study))
    groups = tuple(measures.universe.groups(level)[place] for place in here.tolist())
    if method is Method.FISHER:
        kris = [kri for kri in kris if kri.kind is CountKind.BINARY]
    return StudyScores(study, level, method, groups, tuple(_scored(measures, kri, study, level, here, method) for kri in kris))


def with_accrual(stored: KriScores, accrual: Accrual) -> KriScores:
    """The same counts under another accrual limit: who is asked, and what is usual, are found anew; nothing is counted again."""
    if accrual == stored.kri.accrual:
        return stored
    scores = stored.scores
    return replace(stored, scores=score_groups(scores.method, scores.kind, scores.numerator, scores.denominator, accrual=accrual))


def _scored(measures: Measures, kri: Kri, study: StudyId, level: Level, here: npt.NDArray[np.intp], method: Method) -> KriScores:
    """One indicator counted and scored."""
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
        reason[:] = f"an extract of open items only: no {inside(kri.full[0].title)}"
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
        accrual=kri.accrual,
    )
    return KriScores(kri, scores, reason, np.full(here.size, lost), unplaced)


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
