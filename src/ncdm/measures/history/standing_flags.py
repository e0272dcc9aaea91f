"""Flags over snapshots: what is new, what is gone, and how long the others have stood."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from ncdm.errors import InvalidQuestion
from ncdm.measures.statistics.flag_history import flag_history, flags_in_words


class FlagChange(StrEnum):
    """What became of a flag since the snapshot before."""

    NEWLY_FLAGGED = "newly flagged"
    """There was a score and no flag before."""
    FLAGGED_AT_FIRST_SCORE = "flagged at its first score"
    """Before, nobody could say: it may have stood unseen."""
    WORSE = "worse"
    """Amber turned red."""
    EASED = "eased"
    """Red turned amber."""
    TURNED = "turned"
    """High turned low or low turned high: another flag, and new."""
    STANDING = "standing"
    CLEARED = "cleared"
    NO_LONGER_SCORED = "no longer scored"
    """It was flagged and now nobody can say: not cleared."""
    NONE = "none"


_NEW = {FlagChange.NEWLY_FLAGGED, FlagChange.FLAGGED_AT_FIRST_SCORE, FlagChange.TURNED}


@dataclass(frozen=True, slots=True, order=True)
class FlagKey:
    """One group by one indicator."""

    study_id: str
    group: str
    kri: str


@dataclass(frozen=True, slots=True)
class StandingFlag:
    """One flag with its past."""

    key: FlagKey
    flag: int | None
    before: int | None
    """In the snapshot before; ``None`` without a score, or without an earlier snapshot."""
    history: str
    """Over all snapshots, as people write it: ``0,0,1,2``."""
    change: FlagChange
    consecutive: int
    """Snapshots running, the last included, with a flag on this side; 0 without a flag now."""
    days: int
    """Days since the first of them."""
    breaches: int
    """How often a flag was raised anew; above 1 it is a repeat breach."""

    @property
    def new(self) -> bool:
        """Whether nobody was told of it at the snapshot before."""
        return self.change in _NEW


def standing_flags(history: Mapping[FlagKey, Sequence[int | None]], days: Sequence[dt.date]) -> tuple[StandingFlag, ...]:
    """Tell each flag's past, newly flagged first, then by how bad it is and how long it stands.

    history: for each group and indicator a flag of -2 .. 2 for each day, ``None`` without a score (also where the group was not there).
    days: as-of days of the snapshots, rising. Raises `InvalidQuestion` when the lengths differ. Source: measures-and-statistics 4.2(8), 8.
    """
    if any(len(flags) != len(days) for flags in history.values()):
        raise InvalidQuestion("flags and days do not belong together", todo="give one flag or none for each as-of day")
    if not history or not days:
        return ()
    keys = sorted(history)
    flags = np.array([[np.nan if flag is None else float(flag) for flag in history[key]] for key in keys])
    past = flag_history(flags, np.array([float(day.toordinal()) for day in days]))
    found = [
        StandingFlag(
            key,
            history[key][-1],
            history[key][-2] if len(days) > 1 else None,
            flags_in_words(flags[row]),
            _change(history[key][-1], history[key][-2] if len(days) > 1 else None),
            int(np.nan_to_num(past.consecutive[row, -1])),
            int(np.nan_to_num(past.duration[row, -1])),
            int(np.sum(past.consecutive[row] == 1.0)),
        )
        for row, key in enumerate(keys)
    ]
    return tuple(sorted(found, key=lambda one: (not one.new, -abs(one.flag or 0), -one.days, one.key)))


def _change(now: int | None, before: int | None) -> FlagChange:
    if not now:
        gone = FlagChange.CLEARED if now == 0 else FlagChange.NO_LONGER_SCORED
        return gone if before else FlagChange.NONE
    if not before:
        return FlagChange.NEWLY_FLAGGED if before == 0 else FlagChange.FLAGGED_AT_FIRST_SCORE
    if now * before < 0:
        return FlagChange.TURNED
    if abs(now) == abs(before):
        return FlagChange.STANDING
    return FlagChange.WORSE if abs(now) > abs(before) else FlagChange.EASED
