"""The snapshots of one study that can be compared: those whose reports stand for different days."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from ncdm.measures.at import measures
from ncdm.measures.compute import Measures
from ncdm.store.as_of import VisibleSheet, study_day
from ncdm.store.mesh import Reading
from ncdm.store.state import State
from ncdm.types import StudyId

NO_EARLIER = "no earlier snapshot"
SAME_DAY = "no snapshot of another day: the reports of all stand for {day}"


@dataclass(frozen=True, eq=False)
class Moment:
    """One study at one snapshot."""

    snapshot: int
    study: StudyId
    state: State

    @property
    def sheets(self) -> tuple[VisibleSheet, ...]:
        """The sheets of the study that the snapshot shows."""
        return tuple(sheet for sheet in self.state.sheets if sheet.study_id == self.study)

    @property
    def measures(self) -> Measures:
        """The measures of the snapshot."""
        return measures(self.state)

    def day(self, contracts: Collection[str] = ()) -> dt.date | None:
        """The earliest day of these sheets, as old as their oldest part; that of the study when none is asked for or there."""
        days = [sheet.as_of for sheet in self.sheets if sheet.contract in contracts and sheet.as_of is not None]
        return min(days) if days else study_day(self.sheets)

    def has(self, contracts: Iterable[str]) -> bool:
        """Whether the study has all these sheets."""
        shown = {sheet.contract for sheet in self.sheets}
        return all(contract in shown for contract in contracts)


def moments(reading: Reading, study: StudyId, *, until: int | None = None, last: int | None = None) -> tuple[Moment, ...]:
    """The study at each snapshot that shows it, oldest first.

    until: number of the latest snapshot to look at (default: all); last: only so many of the latest. A delivery that was loaded earlier and is of a
    later day than the latest is not its past, and left out.
    """
    numbers = [line.snapshot for line in reading.snapshots() if until is None or line.snapshot <= until]
    found: list[Moment] = []
    for number in reversed(numbers):
        if last is not None and len(found) == last:
            break
        moment = Moment(number, study, reading.state(number))
        if moment.sheets and not _after(moment, found):
            found.append(moment)
    return tuple(reversed(found))


def _after(moment: Moment, found: Sequence[Moment]) -> bool:
    """Whether a moment is of a later day than the one that is shown, the first that was found."""
    shown, day = found[0].day() if found else None, moment.day()
    return shown is not None and day is not None and day > shown


def of_different_days(found: Iterable[Moment], contracts: Collection[str] = ()) -> tuple[tuple[Moment, dt.date], ...]:
    """The moments with the day of these sheets, days rising; of several of one day the latest snapshot stands.

    A moment without these sheets, or without a day, is left out.
    """
    by_day: dict[dt.date, Moment] = {}
    for moment in sorted(found, key=lambda moment: moment.snapshot):
        day = moment.day(contracts)
        if day is not None and moment.has(contracts):
            by_day[day] = moment
    return tuple((by_day[day], day) for day in sorted(by_day))


def why_not_two(found: Iterable[Moment], contracts: Collection[str], title: str) -> str:
    """Why a study cannot be compared with its past by these sheets."""
    every = tuple(found)
    having = [moment for moment in every if moment.has(contracts)]
    if not having:
        return f"no sheet {title}"
    if len(having) < 2:  # noqa: PLR2004 - a comparison takes two
        return NO_EARLIER if len(every) == 1 else f"no earlier snapshot has a sheet {title}"
    day = having[-1].day(contracts)
    return "no day is known of the sheet" if day is None else SAME_DAY.format(day=f"{day:%d %b %Y}")
