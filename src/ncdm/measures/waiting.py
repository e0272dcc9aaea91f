"""What waits for whom, criterion by criterion: the rows that stand in the way, brought together by subject, owner, state and age."""

from dataclasses import dataclass
from functools import cache

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from ncdm.measures.contribution import Rows
from ncdm.measures.criterion import Criterion
from ncdm.measures.grouped import Ask, Floats
from ncdm.measures.owner import OwnerSource, Responsible, owner_of
from ncdm.measures.tables import spine_table
from ncdm.measures.universe import Numbers, Universe

_OWNER = ("owner_column", "owner_text", "owner_default")
COUNTED = "counted"
"""The state of what a subject sheet counts and no row lists."""


@dataclass(frozen=True, eq=False)
class Waiting:
    """Arrays of one length: a subject, an owner, a state, an age, and how many items."""

    subject: Numbers
    """Its number in the universe."""
    owner: Numbers
    """Position in ``owners``."""
    state: Numbers
    """Position in ``states``: what is next depends on it."""
    days: Floats
    """Not a number where the age is unknown."""
    items: Floats
    owners: tuple[tuple[str, OwnerSource], ...]
    states: tuple[str, ...]

    def oldest(self, subjects: int) -> Floats:
        """Subject -> days of its oldest item; not a number where none tells."""
        found = np.full(subjects, -np.inf)
        told = ~np.isnan(self.days)
        np.maximum.at(found, self.subject[told], self.days[told])
        return np.where(np.isinf(found), np.nan, found)

    def main_owner(self, subjects: int) -> Numbers:
        """Subject -> owner of most of its items, of equals the first by name; -1 where nothing waits."""
        found = np.full(subjects, -1, dtype=np.int64)
        if len(self.subject) == 0:
            return found
        pairs, at = np.unique(self.subject * len(self.owners) + self.owner, return_inverse=True)
        subject, owner = np.divmod(pairs, len(self.owners))
        order = np.lexsort((-owner, np.bincount(at, weights=self.items), subject))
        found[subject[order]] = owner[order]
        return found


@cache
def _grouped(blockers: Rows) -> ir.Table:
    rows = blockers()
    placed = rows.inner_join(spine_table("spine_subject"), ["study_id", "subject_id"])
    return placed.group_by("subject_no", *_OWNER, "state", "days").agg(n=placed.count().cast("int64"))


def waiting(ask: Ask, universe: Universe, responsible: Responsible, criterion: Criterion, failing: Floats) -> Waiting:
    """What stands in the way at one criterion.

    failing: subject -> items that its criterion counts, 0 where it does not fail: of others nothing waits, whatever a detail sheet lists. What is
    counted and listed by no row waits for the owner of the criterion, at an unknown age.
    """
    found = ask(_grouped(criterion.blockers))
    found = found.filter(pa.array(failing[found["subject_no"].to_numpy()] > 0))
    subject: Numbers = found["subject_no"].combine_chunks().cast(pa.int64()).to_numpy(zero_copy_only=False)
    days: Floats = found["days"].combine_chunks().cast(pa.float64()).to_numpy(zero_copy_only=False)
    items: Floats = found["n"].combine_chunks().cast(pa.float64()).to_numpy(zero_copy_only=False)
    unlisted = np.setdiff1d(np.flatnonzero(failing > 0), subject)
    said_states = [state or "" for state in found["state"].to_pylist()] + [COUNTED] * len(unlisted)
    states = tuple(sorted(set(said_states)))
    named: list[tuple[str | None, ...]] = list(zip(*(found[name].to_pylist() for name in _OWNER), strict=True))
    named += [(None,) * len(_OWNER)] * len(unlisted)
    studies = (universe.subjects[number][0] for number in (*subject.tolist(), *unlisted.tolist()))
    asked = [(study, *said) for study, said in zip(studies, named, strict=True)]
    known = {each: owner_of(responsible, criterion, *each) for each in set(asked)}
    owners = tuple(sorted(set(known.values())))
    place = {owner: number for number, owner in enumerate(owners)}
    return Waiting(
        np.concatenate([subject, unlisted]).astype(np.int64),
        np.array([place[known[each]] for each in asked], dtype=np.int64),
        np.array([states.index(state) for state in said_states], dtype=np.int64),
        np.concatenate([days, np.full(len(unlisted), np.nan)]),
        np.concatenate([items, failing[unlisted]]),
        owners,
        states,
    )
