"""What stands between a subject and clean: each row, who must act, since when, and what is next."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import ibis.expr.types as ir

from ncdm.measures.clean import CRITERIA, Clean
from ncdm.measures.criterion import FAIL, URGENCIES, Criterion, Urgency
from ncdm.measures.value import Group, Level
from ncdm.types import StudyId


class OwnerSource(StrEnum):
    """What says who must act."""

    WORKBOOK = "workbook"
    """The line below the header of the subject sheet."""
    REPORT = "report"
    """The row itself."""
    DEFAULT = "default"
    """Neither: the product's own."""


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


@dataclass(frozen=True, slots=True)
class Load:
    """How many items of one criterion wait for one owner in one band of age, and for how many subjects."""

    criterion: str
    owner: str
    owner_source: OwnerSource
    age: str
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
        sorted(found, key=lambda one: (-order.index(one.urgency), -1 if one.days is None else -one.days, one.criterion, one.row_ref))
    )


def _of_subject(clean: Clean, criterion: Criterion, group: Group, urgency: Urgency) -> Iterator[Blocker]:
    rows = criterion.blockers()
    rows = rows.filter((rows.study_id == group.study_id) & (rows.subject_id == group.subject_id)).order_by("row_ref")
    for row in clean.measures.ask(rows).to_pylist():
        owner, source = owner_of(clean, criterion, StudyId(str(row["study_id"])), row["owner_column"], row["owner_text"])
        days = None if row["days"] is None else int(row["days"])
        yield Blocker(
            criterion.code, str(row["row_ref"]), str(row["state"]), owner, source, days, urgency, _next(criterion, str(row["state"]))
        )


def _counted(clean: Clean, criterion: Criterion, group: Group, urgency: Urgency) -> Iterator[Blocker]:
    for count in criterion.items:
        for row_ref, _amount in clean.measures.rows(count, group):
            yield Blocker(
                criterion.code, row_ref, "counted", criterion.owner, OwnerSource.DEFAULT, None, urgency, _next(criterion, "counted")
            )


def _next(criterion: Criterion, state: str) -> str:
    return criterion.next_action.get(state, criterion.next_action[""])


def owner_of(clean: Clean, criterion: Criterion, study: StudyId, column: str | None, text: str | None) -> tuple[str, OwnerSource]:
    """Who must act, and what says so: the workbook, else the row, else the product's default."""
    said = None if column is None else clean.responsible.get(study, {}).get(column)
    if said is not None:
        return said, OwnerSource.WORKBOOK
    return (text, OwnerSource.REPORT) if text is not None else (criterion.owner, OwnerSource.DEFAULT)


_BANDS = ((30, "up to 30 days"), (60, "31 to 60 days"), (90, "61 to 90 days"))
_OLDER, _UNKNOWN = "over 90 days", "age unknown"


def band(days: float | None) -> str:
    """The band of an age in days."""
    if days is None:
        return _UNKNOWN
    return next((name for limit, name in _BANDS if days <= limit), _OLDER)


def loads(clean: Clean, gates: Sequence[str]) -> Mapping[StudyId, tuple[Load, ...]]:
    """Study -> what waits for whom, criterion by criterion, most items first."""
    found: dict[StudyId, list[Load]] = {}
    for code in gates:
        items: Counter[tuple[StudyId, str, OwnerSource, str]] = Counter()
        subjects: dict[tuple[StudyId, str, OwnerSource, str], set[str]] = {}
        for row in clean.measures.ask(_grouped(CRITERIA[code].blockers())).to_pylist():
            study = StudyId(str(row["study_id"]))
            key = (study, *owner_of(clean, CRITERIA[code], study, row["owner_column"], row["owner_text"]), band(row["days"]))
            items[key] += int(row["n"])
            subjects.setdefault(key, set()).add(str(row["subject_id"]))
        for (study, owner, source, age), count in items.items():
            found.setdefault(study, []).append(Load(code, owner, source, age, count, len(subjects[study, owner, source, age])))
    return {study: tuple(sorted(rows, key=lambda one: (-one.items, one.criterion, one.owner, one.age))) for study, rows in found.items()}


def _grouped(rows: ir.Table) -> ir.Table:
    return rows.group_by("study_id", "subject_id", "owner_column", "owner_text", "days").agg(n=rows.count())
