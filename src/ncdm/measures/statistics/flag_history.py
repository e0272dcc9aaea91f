"""How long a flag has stood: what can be said over snapshots of a stock, which has no increments."""

from dataclasses import dataclass

import numpy as np

from ncdm.errors import InvalidQuestion
from ncdm.measures.statistics.laws import Floats


@dataclass(frozen=True, slots=True)
class FlagHistory:
    """One row a group, one column a snapshot."""

    consecutive: Floats
    """Snapshots in a row, this one included, flagged on this side; 0 without a flag, NaN where the flag is unknown."""
    duration: Floats
    """Days since the first of them; 0 at the first and without a flag, NaN where the flag is unknown."""


def flag_history(flags: Floats, day: Floats) -> FlagHistory:
    """Count for each flag in how many snapshots running it has stood, and for how many days.

    flags: (groups, snapshots), -2 .. 2, NaN = no score; day: as-of day of each snapshot, rising. Amber and red of one side are one run; an
    unknown flag ends it, since nobody can say that it went on. Source: measures-and-statistics 4.2(8).
    """
    if flags.ndim != 2 or day.shape != flags.shape[1:] or np.any(np.diff(day) < 0.0):  # noqa: PLR2004 - groups and snapshots
        raise InvalidQuestion(
            "flags and days do not belong together",
            where=f"{flags.shape} and {day.shape}",
            todo="give one column of flags for each as-of day, days rising",
        )
    side = np.sign(flags)
    consecutive, duration = np.empty_like(flags), np.empty_like(flags)
    count, since, before = np.zeros(flags.shape[0]), np.zeros(flags.shape[0]), np.zeros(flags.shape[0])
    for column in range(flags.shape[1]):
        now = side[:, column]
        flagged = np.abs(now) > 0.0
        goes_on = flagged & (now == before)
        count = np.where(flagged, np.where(goes_on, count, 0.0) + 1.0, 0.0)
        since = np.where(goes_on, since, day[column])
        unknown = np.isnan(now)
        consecutive[:, column] = np.where(unknown, np.nan, count)
        duration[:, column] = np.where(unknown, np.nan, np.where(flagged, day[column] - since, 0.0))
        before = now
    return FlagHistory(consecutive, duration)


def flags_in_words(flags: Floats) -> str:
    """One group's flags over snapshots as people write them: ``0,0,0,1,2``, with ``NA`` where there was no score. flags: 1-D."""
    return ",".join("NA" if np.isnan(flag) else str(int(flag)) for flag in flags)
