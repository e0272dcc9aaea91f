"""What stands between a subject and clean: each row, who must act, since when, and what is next."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from ncdm.measures.clean import CRITERIA, Clean, Mask
from ncdm.measures.criterion import FAIL, URGENCIES, Criterion, Urgency
from ncdm.measures.owner import OwnerSource, owner_of
from ncdm.measures.value import Group, Level
from ncdm.measures.waiting import COUNTED
from ncdm.types import StudyId


@dataclass(frozen=True, slots=True)
class Blocker:
    """One row that keeps one subject from being clean."""

    criterion: str
    row_ref: str
    state: str
    owner: str
    owner_source: OwnerSource
    days: int | None
    """Its age at the day of its report; ``None``: age unknown."""
    urgency: Urgency
    next_action: str


class Age(StrEnum):
    """How long something waits, in bands."""

    MONTH = "up to 30 days"
    TWO_MONTHS = "31 to 60 days"
    THREE_MONTHS = "61 to 90 days"
    OLDER = "over 90 days"
    UNKNOWN = "age unknown"


@dataclass(frozen=True, slots=True)
class Load:
    """How many items of one criterion wait for one owner in one band of age, and for how many subjects."""

    criterion: str
    owner: str
    owner_source: OwnerSource
    age: Age
    items: int
    subjects: int


def blockers(clean: Clean, group: Group) -> tuple[Blocker, ...]:
    """Everything that stands in the way of one subject, most urgent and oldest first.

    Where a detail sheet does not list what the subject sheet counts, the cell of the subject sheet is the row.
    """
    universe = clean.measures.universe
    number = universe.groups(Level.SUBJECT).index(group)
    found: list[Blocker] = []
    for code, criterion in CRITERIA.items():
        judged = clean.judged(code)
        if judged.outcome[number] == FAIL:
            urgency = URGENCIES[judged.urgency[number]]
            rows = list(_of_subject(clean, criterion, group, urgency))
            found += rows or list(_counted(clean, criterion, group, urgency))
    order = list(Urgency)
    return tuple(
        sorted(found, key=lambda one: (-order.index(one.urgency), 1 if one.days is None else -one.days, one.criterion, one.row_ref))
    )


def _of_subject(clean: Clean, criterion: Criterion, group: Group, urgency: Urgency) -> Iterator[Blocker]:
    rows = criterion.blockers()
    rows = rows.filter((rows.study_id == group.study_id) & (rows.subject_id == group.subject_id)).order_by("row_ref")
    for row in clean.measures.ask(rows).to_pylist():
        said = (row["owner_column"], row["owner_text"], row["owner_default"])
        owner, source = owner_of(clean.responsible, criterion, StudyId(str(row["study_id"])), *said)
        days = None if row["days"] is None else int(row["days"])
        yield Blocker(
            criterion.code, str(row["row_ref"]), str(row["state"]), owner, source, days, urgency, next_action(criterion, str(row["state"]))
        )


def _counted(clean: Clean, criterion: Criterion, group: Group, urgency: Urgency) -> Iterator[Blocker]:
    owner, source = owner_of(clean.responsible, criterion, StudyId(str(group.study_id)))
    for count in criterion.items:
        for row_ref, _amount in clean.measures.rows(count, group):
            yield Blocker(criterion.code, row_ref, COUNTED, owner, source, None, urgency, next_action(criterion, COUNTED))


def next_action(criterion: Criterion, state: str) -> str:
    """What to do about a blocker in a state."""
    return criterion.next_action.get(state, criterion.next_action[""])


_UP_TO = ((30, Age.MONTH), (60, Age.TWO_MONTHS), (90, Age.THREE_MONTHS))


def band(days: float | None) -> Age:
    """The band of an age in days."""
    if days is None:
        return Age.UNKNOWN
    return next((age for limit, age in _UP_TO if days <= limit), Age.OLDER)


def loads(clean: Clean, gates: Sequence[str], members: Mask | None = None) -> Mapping[StudyId, tuple[Load, ...]]:
    """Study -> what waits for whom, criterion by criterion, most items first; of all subjects, or of these."""
    universe = clean.measures.universe
    study_of = universe.study_of(Level.SUBJECT)
    found: dict[StudyId, list[Load]] = {}
    for code in gates:
        told = clean.waiting(code)
        inside = np.ones(len(told.subject), dtype=np.bool_) if members is None else members[told.subject]
        items: Counter[tuple[int, int, Age]] = Counter()
        subjects: dict[tuple[int, int, Age], set[int]] = {}
        columns = (told.subject[inside], study_of[told.subject[inside]], told.owner[inside], told.days[inside], told.items[inside])
        for subject, study, owner, days, count in zip(*(column.tolist() for column in columns), strict=True):
            key = (study, owner, band(None if math.isnan(days) else days))
            items[key] += int(count)
            subjects.setdefault(key, set()).add(subject)
        for key, count in items.items():
            load = Load(code, *told.owners[key[1]], key[2], count, len(subjects[key]))
            found.setdefault(universe.studies[key[0]], []).append(load)
    return {study: tuple(sorted(rows, key=lambda one: (-one.items, one.criterion, one.owner, one.age))) for study, rows in found.items()}
