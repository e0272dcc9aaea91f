"""Clean Patient Status: what each criterion says of each subject, and what that makes of the subject at a milestone.

Any fail is a fail; else any unknown is unknown; else it passes. Unknown never counts as clean (specification of measures, sections 1 and 2).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from ncdm.catalogue import declared
from ncdm.measures import criteria, milestones
from ncdm.measures.compute import KNOWN, Column, Measures, Reasons
from ncdm.measures.compute import NOT_APPLICABLE as NO_ROWS
from ncdm.measures.compute import UNKNOWN as NOT_KNOWN
from ncdm.measures.criterion import FAIL, NOT_APPLICABLE, PASS, UNKNOWN, Criterion, Levels
from ncdm.measures.grouped import Floats
from ncdm.measures.measure import Count
from ncdm.measures.milestone import Milestone
from ncdm.measures.owner import Responsible
from ncdm.measures.value import Level
from ncdm.measures.waiting import Waiting, waiting

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
    """How much is done at least, 0 to 1; not a number where it is unknown or does not apply."""
    most: Floats
    """How much may be done at most: more than ``score`` where something it depends on is not known."""
    urgency: Levels
    """Position in `criterion.URGENCIES`; of meaning where it fails."""


class Clean:
    """The criteria of one snapshot. Each is judged once and kept."""

    def __init__(self, measures: Measures, responsible: Responsible) -> None:
        self.measures = measures
        self.responsible = responsible
        self._judged: dict[str, Judged] = {}
        self._waiting: dict[str, Waiting] = {}

    def judged(self, code: str) -> Judged:
        """What a criterion says of every subject."""
        if code not in self._judged:
            self._judged[code] = _judge(self.measures, CRITERIA[code])
        return self._judged[code]

    def waiting(self, code: str) -> Waiting:
        """What stands in the way of a criterion, by subject, owner and age."""
        if code not in self._waiting:
            judged = self.judged(code)
            failing = np.where(judged.outcome == FAIL, judged.items, 0.0)
            self._waiting[code] = waiting(self.measures.ask, self.measures.universe, self.responsible, CRITERIA[code], failing)
        return self._waiting[code]

    def oldest(self, code: str) -> Floats:
        """Subject -> days of the oldest item that stands in the way of a criterion; not a number where none tells."""
        return self.waiting(code).oldest(len(self.measures.universe.subjects))

    def overall(self, gates: Sequence[str]) -> Levels:
        """Subject -> outcome of all of these criteria together; without any, nothing applies."""
        outcomes = self._outcomes(gates)
        fails, unknown, applies = (
            (outcomes == FAIL).any(axis=0),
            (outcomes == UNKNOWN).any(axis=0),
            (outcomes != NOT_APPLICABLE).any(axis=0),
        )
        return np.select([fails, unknown, applies], [FAIL, UNKNOWN, PASS], NOT_APPLICABLE).astype(np.int8)

    @cached_property
    def progress(self) -> tuple[Floats, Floats]:
        """Subject -> least and most progress in 0 to 100: apart where something that weighs is not known, not a number where nothing applies."""
        done = np.zeros(len(self.measures.universe.subjects))
        most, weight, open_weight = done.copy(), done.copy(), done.copy()
        for code, criterion in CRITERIA.items():
            judged = self.judged(code)
            known = (judged.outcome == PASS) | (judged.outcome == FAIL)
            done += np.where(known, criterion.weight * np.nan_to_num(judged.score), 0.0)
            most += np.where(known, criterion.weight * np.nan_to_num(judged.most), 0.0)
            weight += np.where(known, criterion.weight, 0.0)
            open_weight += np.where(judged.outcome == UNKNOWN, criterion.weight, 0.0)
        whole = weight + open_weight
        with np.errstate(invalid="ignore", divide="ignore"):
            low, high = 100 * done / whole, 100 * (most + open_weight) / whole
        return np.where(whole > 0, low, np.nan), np.where(whole > 0, high, np.nan)

    def one_step(self, gates: Sequence[str]) -> Mask:
        """The subjects whom exactly one of these criteria fails and none leaves unknown."""
        outcomes = self._outcomes(gates)
        one: Mask = ((outcomes == FAIL).sum(axis=0) == 1) & ~(outcomes == UNKNOWN).any(axis=0)
        return one

    def _outcomes(self, gates: Sequence[str]) -> Levels:
        """Criterion and subject -> outcome."""
        outcomes: Levels = np.array([self.judged(code).outcome for code in gates], dtype=np.int8)
        return outcomes.reshape(len(gates), len(self.measures.universe.subjects))


def _judge(measures: Measures, criterion: Criterion) -> Judged:
    """Ask the counts of one criterion and apply its rule."""
    items = [measures.column(count, Level.SUBJECT) for count in criterion.items]
    named = {one.code: measures.column(one, Level.SUBJECT) for one in (*criterion.items, *criterion.beside, *criterion.whole)}
    amounts = {code: column.value for code, column in named.items()}
    known_items: Floats = np.sum([np.nan_to_num(column.numerator) for column in items], axis=0)
    untold: Mask = np.any([column.reason != None for column in items], axis=0)  # noqa: E711 - element by element
    fails = known_items > 0
    unknown = ~fails & untold
    nothing = _nothing(measures, criterion) & ~fails & ~unknown
    outcome = np.select([fails, unknown, nothing], [FAIL, UNKNOWN, NOT_APPLICABLE], PASS).astype(np.int8)
    with np.errstate(invalid="ignore"):
        urgency = criterion.urgency(amounts)
    least, most = np.where(outcome == PASS, 1.0, np.nan), np.where(outcome == PASS, 1.0, np.nan)
    least[fails], most[fails] = _scores(criterion, named, fails)
    return Judged(outcome, _reasons(items, unknown, nothing), np.where(unknown, np.nan, known_items), least, most, urgency)


_MANY = 1e9
"""Stands for any number, where a count is not known or only from below."""


def _scores(criterion: Criterion, named: Mapping[str, Column], fails: Mask) -> tuple[Floats, Floats]:
    """Least and most score of those who fail, over everything that the amounts which are not known could be."""
    low = {code: np.nan_to_num(column.value[fails]) for code, column in named.items()}
    open_ = {code: (column.state[fails] != KNOWN) & (column.state[fails] != NO_ROWS) for code, column in named.items()}
    high = {code: np.where(open_[code], _MANY, amount) for code, amount in low.items()}
    unsettled = [code for code, mask in open_.items() if mask.any()]
    found = [
        np.clip(criterion.score({code: high[code] if code in chosen else amount for code, amount in low.items()}), 0.0, 1.0)
        for chosen in (
            {code for code, taken in zip(unsettled, corner, strict=True) if taken} for corner in product((0, 1), repeat=len(unsettled))
        )
    ]
    return np.min(found, axis=0), np.max(found, axis=0)


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
    joined: dict[tuple[object, ...], str] = {}
    at = np.flatnonzero(unknown)
    for number, told in zip(at.tolist(), zip(*(column.reason[at].tolist() for column in items), strict=True), strict=True):
        if told not in joined:
            joined[told] = "; ".join(dict.fromkeys(str(reason) for reason in told if reason is not None))
        found[number] = joined[told]
    found[nothing] = "there is nothing it could be about"
    return found
