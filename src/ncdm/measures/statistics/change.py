"""What changed between snapshots: numbers and flags of one group and metric."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from ncdm.errors import InvalidQuestion

Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One metric of one group in one snapshot; NaN where a number does not exist."""

    study_id: str
    group_level: str
    group_id: str
    metric_id: str
    snapshot: date
    numerator: float
    denominator: float
    metric: float
    score: float
    flag: float

    @property
    def key(self) -> Key:
        """What stays the same over snapshots."""
        return (self.study_id, self.group_level, self.group_id, self.metric_id)


@dataclass(frozen=True, slots=True)
class Delta:
    """A number now and in the snapshot before; NaN where there was none."""

    value: float
    previous: float

    @property
    def change(self) -> float:
        """Now minus before."""
        return self.value - self.previous

    @property
    def percent_change(self) -> float:
        """Change as a percentage of the value before; infinite from 0, NaN from 0 to 0."""
        if self.previous == 0:
            return math.copysign(math.inf, self.change) if abs(self.change) > 0 else math.nan
        return self.change / self.previous * 100


@dataclass(frozen=True, slots=True)
class Change:
    """A row beside the row of the same group and metric one snapshot before."""

    row: ResultRow
    previous: ResultRow | None
    """``None`` in the first snapshot that has the group and metric."""

    def _delta(self, number: Callable[[ResultRow], float]) -> Delta:
        return Delta(number(self.row), math.nan if self.previous is None else number(self.previous))

    @property
    def numerator(self) -> Delta:
        """The numerator, now and before."""
        return self._delta(lambda row: row.numerator)

    @property
    def denominator(self) -> Delta:
        """The denominator, now and before."""
        return self._delta(lambda row: row.denominator)

    @property
    def metric(self) -> Delta:
        """The metric, now and before."""
        return self._delta(lambda row: row.metric)

    @property
    def score(self) -> Delta:
        """The score, now and before."""
        return self._delta(lambda row: row.score)

    @property
    def flag(self) -> Delta:
        """The flag, now and before."""
        return self._delta(lambda row: row.flag)

    @property
    def flag_changed(self) -> bool:
        """Whether the flag is another one than before. From no flag to 0 is no change: nothing became worse or better."""
        now, before = self.flag.value, self.flag.previous
        if math.isnan(before):
            return not math.isnan(now) and now != 0
        return now != before


def changes(rows: Iterable[ResultRow]) -> tuple[Change, ...]:
    """Puts each row beside the latest earlier row of the same study, level, group and metric.

    Rows come out by study, level, group, metric and snapshot, in whatever order they were given.

    Raises:
        InvalidQuestion: a group and metric stand twice in one snapshot.

    Source: ``CalculateChange`` of gsm.reporting 1.1.2; measures-and-statistics 4.1.
    """
    found: list[Change] = []
    for row in sorted(rows, key=lambda row: (row.key, row.snapshot)):
        last = found[-1].row if found and found[-1].row.key == row.key else None
        if last is not None and last.snapshot == row.snapshot:
            raise InvalidQuestion(f"{row.metric_id} of {row.group_id} stands twice in {row.snapshot}", todo="give each snapshot once")
        found.append(Change(row, last))
    return tuple(found)


def flag_changes(rows: Iterable[ResultRow], snapshot: date | None = None) -> tuple[Change, ...]:
    """The changed flags of one snapshot (default: the latest), the gravest first.

    Left out are equal flags and flags that went from none to 0; a flag that was lost is listed. Order: absolute flag now, then before,
    both from high to low with unknown last, then study, level, group and metric.

    Source: ``Report_FlagChange`` of gsm.kri 1.5.1; measures-and-statistics 4.1.
    """
    found = changes(rows)
    when = snapshot or max((change.row.snapshot for change in found), default=None)
    changed = [change for change in found if change.row.snapshot == when and change.flag_changed]

    def gravity(flag: float) -> float:
        return 1.0 if math.isnan(flag) else -abs(flag)

    return tuple(sorted(changed, key=lambda change: (gravity(change.flag.value), gravity(change.flag.previous))))
