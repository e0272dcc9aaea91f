"""The result tables of gsm as text that gsm reads and writes: Results, Bounds and Groups. Columns are found by name; others are passed over."""

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass

from ncdm.errors import RefusedInput
from ncdm.measures.statistics.bounds import Bounds
from ncdm.measures.statistics.change import ResultRow
from ncdm.measures.statistics.delimited import Delimited, read_delimited, write_delimited

RESULTS = ("GroupID", "GroupLevel", "Numerator", "Denominator", "Metric", "Score", "Flag", "MetricID", "SnapshotDate", "StudyID")
BOUNDS = ("Threshold", "Denominator", "LogDenominator", "Numerator", "Metric", "MetricID", "StudyID", "SnapshotDate")
GROUPS = ("GroupID", "GroupLevel", "Param", "Value", "StudyID")


@dataclass(frozen=True, slots=True)
class BoundsRow:
    """A point of a limit line of one metric in one study and snapshot."""

    study_id: str
    metric_id: str
    snapshot: dt.date
    threshold: float
    denominator: float
    numerator: float


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One attribute of one group, such as its status or its number of subjects."""

    study_id: str
    group_level: str
    group_id: str
    param: str
    value: str | None


def read_results(lines: Iterable[str], name: str = "Results") -> tuple[ResultRow, ...]:
    """Read the Results table; NA is NaN.

    Raises:
        InvalidQuestion: a column is missing.
        RefusedInput: a cell is no number or no day, or a key is empty.

    Source: the data model of gsm.reporting 1.1.2; measures-and-statistics 4.1.
    """
    table = read_delimited(lines, name)
    numbers = [table.numbers(column) for column in ("Numerator", "Denominator", "Metric", "Score", "Flag")]
    keys = [_named(table, column) for column in ("StudyID", "GroupLevel", "GroupID", "MetricID")]
    days = _days(table)
    return tuple(
        ResultRow(study, level, group, metric, day, *figures)
        for study, level, group, metric, day, *figures in zip(*keys, days, *numbers, strict=True)
    )


def write_results(rows: Iterable[ResultRow]) -> str:
    """The Results table as text; what does not exist is NA."""
    return write_delimited(
        RESULTS,
        (
            (
                row.group_id,
                row.group_level,
                row.numerator,
                row.denominator,
                row.metric,
                row.score,
                row.flag,
                row.metric_id,
                row.snapshot.isoformat(),
                row.study_id,
            )
            for row in rows
        ),
    )


def bounds_rows(bounds: Bounds, study_id: str, metric_id: str, snapshot: dt.date) -> tuple[BoundsRow, ...]:
    """The points of limit lines as rows of the Bounds table."""
    points = zip(bounds.threshold.tolist(), bounds.denominator.tolist(), bounds.numerator.tolist(), strict=True)
    return tuple(BoundsRow(study_id, metric_id, snapshot, *point) for point in points)


def read_bounds(lines: Iterable[str], name: str = "Bounds") -> tuple[BoundsRow, ...]:
    """Read the Bounds table; Metric and LogDenominator follow from the others and are not read. Errors as `read_results`."""
    table = read_delimited(lines, name)
    points = [table.numbers(column) for column in ("Threshold", "Denominator", "Numerator")]
    keys = [_named(table, column) for column in ("StudyID", "MetricID")]
    return tuple(BoundsRow(study, metric, day, *point) for study, metric, day, *point in zip(*keys, _days(table), *points, strict=True))


def write_bounds(rows: Iterable[BoundsRow]) -> str:
    """The Bounds table as text."""
    return write_delimited(
        BOUNDS,
        (
            (
                row.threshold,
                row.denominator,
                math.log(row.denominator),
                row.numerator,
                row.numerator / row.denominator,
                row.metric_id,
                row.study_id,
                row.snapshot.isoformat(),
            )
            for row in rows
        ),
    )


def read_groups(lines: Iterable[str], name: str = "Groups") -> tuple[GroupRow, ...]:
    """Read the Groups table, one line an attribute of a group. Errors as `read_results`."""
    table = read_delimited(lines, name)
    keys = [_named(table, column) for column in ("StudyID", "GroupLevel", "GroupID", "Param")]
    return tuple(
        GroupRow(study, level, group, param, value) for study, level, group, param, value in zip(*keys, table.text("Value"), strict=True)
    )


def write_groups(rows: Iterable[GroupRow]) -> str:
    """The Groups table as text."""
    return write_delimited(GROUPS, ((row.group_id, row.group_level, row.param, row.value, row.study_id) for row in rows))


def _named(table: Delimited, column: str) -> tuple[str, ...]:
    found = []
    for cell, line in zip(table.text(column), table.lines, strict=True):
        if cell is None:
            raise RefusedInput("a name is missing", where=f"{table.name}, line {line}, column {column}", todo="Name it in every line.")
        found.append(cell)
    return tuple(found)


def _days(table: Delimited) -> tuple[dt.date, ...]:
    found = []
    for cell, line in zip(_named(table, "SnapshotDate"), table.lines, strict=True):
        try:
            found.append(dt.date.fromisoformat(cell))
        except ValueError:
            where = f"{table.name}, line {line}, column SnapshotDate"
            raise RefusedInput(f"{cell!r} is no day", where=where, todo="Write it as 2025-11-14.") from None
    return tuple(found)
