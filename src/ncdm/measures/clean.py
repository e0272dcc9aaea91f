"""Clean Patient Status: what each criterion says of each subject, and what that makes of the subject at a milestone.

Any fail is a fail; else any unknown is unknown; else it passes. Unknown never counts as clean (specification of measures, sections 1 and 2).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from ncdm.catalogue import declared
from ncdm.measures import criteria, milestones
from ncdm.measures.compute import UNKNOWN as NOT_KNOWN
from ncdm.measures.compute import Column, Measures, Reasons
from ncdm.measures.criterion import FAIL, NOT_APPLICABLE, PASS, UNKNOWN, Criterion, Levels
from ncdm.measures.grouped import Floats
from ncdm.measures.measure import Count
from ncdm.measures.milestone import Milestone
from ncdm.measures.oldest import oldest
from ncdm.measures.value import Level
from ncdm.types import StudyId

_ORDER = ("V", "P", "Q", "C", "R", "S", "E", "SIG", "NC", "LAB", "PD")
CRITERIA: Mapping[str, Criterion] = MappingProxyType(
    {criterion.code: criterion for criterion in sorted(declared(criteria, Criterion), key=lambda one: _ORDER.index(one.code))}
)
"""Every criterion by its code, in the order of the specification."""
MILESTONES: Mapping[str, Milestone] = MappingProxyType({milestone.code: milestone for milestone in declared(milestones, Milestone)})
SUBMITTED = ("V", "P")
"""What clean-on-submitted leaves out: data that did not come cannot be unclean."""

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Judged:
    """One criterion for every subject, in the order of the subjects of the snapshot."""

    outcome: Levels
    """Position in `criterion.OUTCOMES`."""
    reason: Reasons
    """Why it is unknown or does not apply."""
    items: Floats
    """How many items stand in the way; not a number where it is unknown."""
    score: Floats
    """How much is done, 0 to 1; not a number where it is unknown or does not apply."""
    urgency: Levels
    """Position in `criterion.URGENCIES`; of meaning where it fails."""


class Clean:
    """The criteria of one snapshot. Each is judged once and kept."""

    def __init__(self, measures: Measures, responsible: Mapping[StudyId, Mapping[str, str]]) -> None:
        self.measures = measures
        self.responsible = responsible
        """Study -> column of the subject sheet -> who its workbook says is responsible for it."""
        self._judged: dict[str, Judged] = {}
        self._oldest: dict[str, Floats] = {}

    def judged(self, code: str) -> Judged:
        """What a criterion says of every subject."""
        if code not in self._judged:
            self._judged[code] = _judge(self.measures, CRITERIA[code])
        return self._judged[code]

    def oldest(self, code: str) -> Floats:
        """Subject -> days of the oldest item that stands in the way of a criterion; not a number where none tells."""
        if code not in self._oldest:
            self._oldest[code] = oldest(self.measures.ask, self.measures.universe, CRITERIA[code].blockers)
        return self._oldest[code]

    def overall(self, gates: Sequence[str]) -> Levels:
        """Subject -> outcome of all of these criteria together."""
        outcomes = np.array([self.judged(code).outcome for code in gates])
        fails, unknown, applies = (
            (outcomes == FAIL).any(axis=0),
            (outcomes == UNKNOWN).any(axis=0),
            (outcomes != NOT_APPLICABLE).any(axis=0),
        )
        return np.select([fails, unknown, applies], [FAIL, UNKNOWN, PASS], NOT_APPLICABLE).astype(np.int8)

    @cached_property
    def progress(self) -> tuple[Floats, Floats]:
        """Subject -> least and most progress in 0 to 100: apart where the weight of some criterion is unknown, not a number where none applies."""
        done = np.zeros(len(self.measures.universe.subjects))
        weight, open_weight = done.copy(), done.copy()
        for code, criterion in CRITERIA.items():
            judged = self.judged(code)
            known = (judged.outcome == PASS) | (judged.outcome == FAIL)
            done += np.where(known, criterion.weight * np.nan_to_num(judged.score), 0.0)
            weight += np.where(known, criterion.weight, 0.0)
            open_weight += np.where(judged.outcome == UNKNOWN, criterion.weight, 0.0)
        whole = weight + open_weight
        with np.errstate(invalid="ignore", divide="ignore"):
            low, high = 100 * done / whole, 100 * (done + open_weight) / whole
        return np.where(whole > 0, low, np.nan), np.where(whole > 0, high, np.nan)

    def one_step(self, gates: Sequence[str]) -> Mask:
        """The subjects whom exactly one of these criteria fails and none leaves unknown."""
        outcomes = np.array([self.judged(code).outcome for code in gates])
        one: Mask = ((outcomes == FAIL).sum(axis=0) == 1) & ~(outcomes == UNKNOWN).any(axis=0)
        return one


def _judge(measures: Measures, criterion: Criterion) -> Judged:
    """Ask the counts of one criterion and apply its rule."""
    items = [measures.column(count, Level.SUBJECT) for count in criterion.items]
    beside = [measures.column(one, Level.SUBJECT) for one in (*criterion.items, *criterion.beside, *criterion.whole)]
    named = (*criterion.items, *criterion.beside, *criterion.whole)
    amounts = {one.code: column.value for one, column in zip(named, beside, strict=True)}
    known_items: Floats = np.sum([np.nan_to_num(column.numerator) for column in items], axis=0)
    untold: Mask = np.any([column.reason != None for column in items], axis=0)  # noqa: E711 - element by element
    fails = known_items > 0
    unknown = ~fails & untold
    nothing = _nothing(measures, criterion) & ~fails & ~unknown
    outcome = np.select([fails, unknown, nothing], [FAIL, UNKNOWN, NOT_APPLICABLE], PASS).astype(np.int8)
    told = (outcome == PASS) | (outcome == FAIL)
    with np.errstate(invalid="ignore"):
        score = np.where(outcome == PASS, 1.0, np.maximum(criterion.score(amounts), 0.0))
        urgency = criterion.urgency(amounts)
    return Judged(
        outcome,
        _reasons(items, unknown, nothing),
        np.where(unknown, np.nan, known_items),
        np.where(told, np.nan_to_num(score), np.nan),
        urgency,
    )


def _nothing(measures: Measures, criterion: Criterion) -> Mask:
    """The subjects for whom there is nothing that the criterion could be about."""
    if not criterion.whole:
        return np.zeros(len(measures.universe.subjects), dtype=np.bool_)
    columns = [measures.column(count, Level.SUBJECT) for count in criterion.whole]
    nothing: Mask = np.all([(column.state != NOT_KNOWN) & (column.numerator == 0) for column in columns], axis=0)
    if criterion.full:
        nothing &= _full(measures, criterion.full)[measures.universe.study_of(Level.SUBJECT)]
    return nothing


def _full(measures: Measures, counts: Sequence[Count]) -> Mask:
    """Study -> whether its extract holds what only a full one has."""
    found: Mask = np.any([measures.column(count, Level.STUDY).numerator > 0 for count in counts], axis=0)
    return found


def _reasons(items: Sequence[Column], unknown: Mask, nothing: Mask) -> Reasons:
    """Subject -> why a criterion is unknown, or that it does not apply."""
    found: Reasons = np.full(len(unknown), None, dtype=np.object_)
    for number in np.flatnonzero(unknown):
        told = [column.reason[number] for column in items if column.reason[number] is not None]
        found[number] = "; ".join(dict.fromkeys(str(reason) for reason in told))
    found[nothing] = "there is nothing it could be about"
    return found
