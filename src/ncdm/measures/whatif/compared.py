"""What a change makes of a study: before and after side by side, and only what differs named."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ncdm.measures.blockers import Load
from ncdm.measures.clean import Mask
from ncdm.measures.quality.quality import QualityValue
from ncdm.measures.signals import KriSignals
from ncdm.measures.value import Group, Level
from ncdm.measures.whatif.outcome import Outcome


@dataclass(frozen=True, slots=True)
class FlagMoved:
    """A group whose flag by one indicator is another; ``None`` is no flag at all, not even 0."""

    group: Group
    place: int
    """Its position among the groups."""
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Work:
    """Items in the way of the gates that wait for one owner."""

    owner: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class IndexMoved:
    """The index of one group before and after."""

    before: QualityValue
    after: QualityValue


@dataclass(frozen=True, eq=False)
class Compared:
    """One study before and after."""

    before: Outcome
    after: Outcome

    @cached_property
    def kris(self) -> tuple[tuple[KriSignals, KriSignals], ...]:
        """Every indicator before and after."""
        return tuple(zip(self.before.signals.kris, self.after.signals.kris, strict=True))

    @property
    def newly_flagged(self) -> tuple[Group, ...]:
        """Groups without any flag before, by indicators that are a risk of the site."""
        return self._crossed(was=False)

    @property
    def cleared(self) -> tuple[Group, ...]:
        """Groups that had a flag, are still asked by every indicator that flagged them, and have none after."""
        return self._crossed(was=True, but=self._silent)

    @property
    def silenced(self) -> tuple[Group, ...]:
        """Groups that had a flag and none after only because they have too little data to be asked: that is silence, and not clear."""
        return self._crossed(was=True, but=~self._silent)

    def _crossed(self, *, was: bool, but: Mask | None = None) -> tuple[Group, ...]:
        before, after = (one.signals.red + one.signals.amber > 0 for one in (self.before, self.after))
        there = (before != after) & (before == was)
        if but is not None:
            there &= ~but
        return tuple(self.before.signals.groups[place] for place in np.flatnonzero(there).tolist())

    @cached_property
    def _silent(self) -> Mask:
        """Group -> whether an indicator that flagged it has no score of it after."""
        found: Mask = np.zeros(len(self.before.signals.groups), dtype=np.bool_)
        for before, after in self.kris:
            if before.kri.weights:
                found |= (np.abs(np.nan_to_num(before.flag)) > 0) & np.isnan(after.flag)
        return found

    @property
    def becomes_clean(self) -> tuple[Group, ...]:
        """Subjects who are clean only after."""
        return self._subjects(self.after.clean & ~self.before.clean)

    @property
    def no_longer_clean(self) -> tuple[Group, ...]:
        """Subjects who were clean only before."""
        return self._subjects(self.before.clean & ~self.after.clean)

    def _subjects(self, who: Mask) -> tuple[Group, ...]:
        groups = self.before.kept.clean.measures.universe.groups(Level.SUBJECT)
        return tuple(groups[number] for number in np.flatnonzero(who).tolist())

    @cached_property
    def work(self) -> tuple[Work, ...]:
        """Owners and what waits for them, most of it first."""
        before, after = _by_owner(self.before.loads), _by_owner(self.after.loads)
        rows = [Work(owner, before.get(owner, 0), after.get(owner, 0)) for owner in {**before, **after}]
        return tuple(sorted(rows, key=lambda one: (-max(one.before, one.after), one.owner)))

    @cached_property
    def sites(self) -> tuple[IndexMoved, ...]:
        """The index of every site."""
        return tuple(IndexMoved(*pair) for pair in zip(self.before.sites.values(), self.after.sites.values(), strict=True))


def moved(before: KriSignals, after: KriSignals) -> tuple[FlagMoved, ...]:
    """The groups whose flag by an indicator is another."""
    pairs = zip(before.groups, before.flag.tolist(), after.flag.tolist(), strict=True)
    rows = (FlagMoved(group, place, _flag(was), _flag(becomes)) for place, (group, was, becomes) in enumerate(pairs))
    return tuple(row for row in rows if row.before != row.after)


def _flag(value: float) -> int | None:
    return None if np.isnan(value) else int(value)


def _by_owner(rows: Sequence[Load]) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows:
        found[row.owner] = found.get(row.owner, 0) + row.items
    return found
