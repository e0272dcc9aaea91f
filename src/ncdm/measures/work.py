"""The work that makes subjects clean, brought together: by what is to be done, and by who must do it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from ncdm.measures.blockers import next_action
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
    """One row of a kind of work."""

    row_ref: str
    subject_id: str
    days: int | None


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


def waiting_rows(clean: Clean, study: StudyId, code: str, action: str, owner: str) -> tuple[WaitingRow, ...]:
    """The rows of one action, oldest first. What no row lists stands as the cell that counts it."""
    criterion, judged = CRITERIA[code], clean.judged(code)
    groups = clean.measures.universe.groups(Level.SUBJECT)
    failing = {
        str(groups[number].subject_id): number
        for number in np.flatnonzero(judged.outcome == FAIL).tolist()
        if groups[number].study_id == study
    }
    rows = criterion.blockers()
    listed: set[str] = set()
    found: list[WaitingRow] = []
    for row in clean.measures.ask(rows.filter(rows.study_id == study).order_by("row_ref")).to_pylist():
        subject = str(row["subject_id"])
        if subject not in failing:
            continue
        listed.add(subject)
        who, _source = owner_of(clean.responsible, criterion, study, row["owner_column"], row["owner_text"], row["owner_default"])
        if (who, next_action(criterion, str(row["state"]))) == (owner, action):
            found.append(WaitingRow(str(row["row_ref"]), subject, None if row["days"] is None else int(row["days"])))
    who, _source = owner_of(clean.responsible, criterion, study)
    if (who, next_action(criterion, COUNTED)) == (owner, action):
        for subject in sorted(failing.keys() - listed):
            refs = {ref for count in criterion.items for ref, _amount in clean.measures.rows(count, groups[failing[subject]])}
            found += [WaitingRow(ref, subject, None) for ref in sorted(refs)]
    return tuple(sorted(found, key=lambda one: (-1 if one.days is None else -one.days, one.row_ref)))


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
