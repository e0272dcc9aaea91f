"""The work that makes subjects clean, brought together: by what is to be done, and by who must do it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from ncdm.measures.blockers import Age, band, next_action
from ncdm.measures.clean import CRITERIA, Clean, Mask
from ncdm.measures.criterion import FAIL, URGENCIES, Urgency
from ncdm.measures.owner import OwnerSource, owner_of
from ncdm.measures.value import Level
from ncdm.measures.waiting import COUNTED
from ncdm.types import StudyId


@dataclass(frozen=True, slots=True)
class Amount:
    """How much of one kind of work there is."""

    items: int
    undated: int
    """Items whose age is unknown."""
    oldest: int | None
    subjects: int
    sites: int
    urgency: Urgency
    """The highest of its items."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do, at one criterion, for one owner."""

    criterion: str
    next_action: str
    owner: str
    owner_source: OwnerSource
    amount: Amount


@dataclass(frozen=True, slots=True)
class OwnerWork:
    """Everything that one owner is to do."""

    owner: str
    amount: Amount
    criteria: tuple[tuple[str, int], ...]
    """Criterion and its items, most items first."""


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """One row of the work, and how many items it stands for: more than one where a cell counts what no row lists."""

    criterion: str
    row_ref: str
    subject_id: str
    site_id: str | None
    days: int | None
    items: int
    next_action: str
    owner: str
    owner_source: OwnerSource
    urgency: Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which part of the work is asked for; what is not said does not narrow it."""

    action: str | None = None
    owner: str | None = None
    owner_source: OwnerSource | None = None
    age: Age | None = None
    urgency: Urgency | None = None

    def takes(self, row: WaitingRow) -> bool:
        """Whether a row belongs to it."""
        return (
            self.action in {None, row.next_action}
            and self.owner in {None, row.owner}
            and self.owner_source in {None, row.owner_source}
            and self.age in {None, band(row.days)}
            and self.urgency in {None, row.urgency}
        )


@dataclass(slots=True)
class _Gathered:
    """Items of one kind while they are counted."""

    items: int = 0
    undated: int = 0
    oldest: int | None = None
    urgency: int = 0
    subjects: set[int] = field(default_factory=set)
    criteria: Counter[str] = field(default_factory=Counter)

    def add(self, one: "_Item") -> None:
        """Count one more."""
        self.items += one.items
        self.urgency = max(self.urgency, one.urgency)
        self.subjects.add(one.subject)
        self.criteria[one.criterion] += one.items
        if one.days is None:
            self.undated += one.items
        else:
            self.oldest = one.days if self.oldest is None else max(self.oldest, one.days)


@dataclass(frozen=True, slots=True)
class _Item:
    criterion: str
    action: str
    owner: str
    owner_source: OwnerSource
    subject: int
    days: int | None
    items: int
    urgency: int


def actions(clean: Clean, gates: Sequence[str], members: Mask) -> tuple[Action, ...]:
    """What is to be done for these subjects to pass these criteria, most urgent and most items first."""
    found: dict[tuple[str, str, str, OwnerSource], _Gathered] = {}
    for one in _items(clean, gates, members):
        found.setdefault((one.criterion, one.action, one.owner, one.owner_source), _Gathered()).add(one)
    order = sorted(found.items(), key=lambda each: (-each[1].urgency, -each[1].items, each[0]))
    return tuple(Action(*key, _amount(clean, of)) for key, of in order)


def owners(clean: Clean, gates: Sequence[str], members: Mask) -> tuple[OwnerWork, ...]:
    """Who is to do how much, most items first."""
    found: dict[str, _Gathered] = {}
    for one in _items(clean, gates, members):
        found.setdefault(one.owner, _Gathered()).add(one)
    order = sorted(found.items(), key=lambda each: (-each[1].items, each[0]))
    return tuple(OwnerWork(owner, _amount(clean, of), tuple(of.criteria.most_common())) for owner, of in order)


def waiting_rows(clean: Clean, study: StudyId, criteria: Sequence[str]) -> tuple[WaitingRow, ...]:
    """Every row of the work of a study at these criteria, oldest first, as many items as are counted. What no row lists stands as the cell that counts it."""
    found = [row for code in criteria for row in _rows(clean, study, code)]
    return tuple(sorted(found, key=lambda one: (1 if one.days is None else -one.days, one.criterion, one.row_ref, one.subject_id)))


def _rows(clean: Clean, study: StudyId, code: str) -> Iterator[WaitingRow]:
    criterion, judged = CRITERIA[code], clean.judged(code)
    groups = clean.measures.universe.groups(Level.SUBJECT)
    failing = {
        str(groups[number].subject_id): number
        for number in np.flatnonzero(judged.outcome == FAIL).tolist()
        if groups[number].study_id == study
    }

    def row(subject: str, ref: str, days: int | None, items: int, state: str, owner: tuple[str, OwnerSource]) -> WaitingRow:
        number = failing[subject]
        site, urgency = groups[number].site_id, URGENCIES[judged.urgency[number]]
        return WaitingRow(code, ref, subject, site, days, items, next_action(criterion, state), *owner, urgency)

    rows = criterion.blockers()
    listed: set[str] = set()
    for one in clean.measures.ask(rows.filter(rows.study_id == study)).to_pylist():
        subject = str(one["subject_id"])
        if subject in failing:
            listed.add(subject)
            owner = owner_of(clean.responsible, criterion, study, one["owner_column"], one["owner_text"], one["owner_default"])
            yield row(subject, str(one["row_ref"]), None if one["days"] is None else int(one["days"]), 1, str(one["state"]), owner)
    owner = owner_of(clean.responsible, criterion, study)
    for subject in sorted(failing.keys() - listed):
        counted: Counter[str] = Counter()
        for count in criterion.items:
            for ref, amount in clean.measures.rows(count, groups[failing[subject]]):
                counted[ref] += int(amount or 0)
        for ref, items in counted.items():
            yield row(subject, ref, None, items, COUNTED, owner)


def _amount(clean: Clean, of: _Gathered) -> Amount:
    groups = clean.measures.universe.groups(Level.SUBJECT)
    sites = {groups[number].site_id for number in of.subjects} - {None}
    return Amount(of.items, of.undated, of.oldest, len(of.subjects), len(sites), URGENCIES[of.urgency])


def _items(clean: Clean, gates: Sequence[str], members: Mask) -> Iterator[_Item]:
    for code in gates:
        told, urgency = clean.waiting(code), clean.judged(code).urgency
        doing = [next_action(CRITERIA[code], state) for state in told.states]
        inside = members[told.subject]
        columns = (column[inside].tolist() for column in (told.subject, told.owner, told.state, told.days, told.items))
        for subject, owner, state, days, items in zip(*columns, strict=True):
            who, source = told.owners[owner]
            yield _Item(code, doing[state], who, source, subject, None if np.isnan(days) else int(days), int(items), int(urgency[subject]))
