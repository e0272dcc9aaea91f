"""Snapshots: which state is meant, and which sheets and table versions it shows."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, select

from ncdm.errors import NotFound
from ncdm.store import schema as db
from ncdm.store.as_of import VisibleSheet
from ncdm.types import KindCode, StudyId, TableName


@dataclass(frozen=True, slots=True)
class SnapshotLine:
    """One committed state."""

    snapshot: int
    as_of: dt.date | None
    committed_at: dt.datetime
    source: str
    files_loaded: int
    files_unchanged: int
    files_refused: int
    demo: bool


def snapshots(connection: Connection) -> tuple[SnapshotLine, ...]:
    """All committed states, oldest first. A state that shows demo data says so."""
    demo = set(
        connection.execute(
            select(db.VISIBLE.c.load_id).join(db.FILE, db.FILE.c.file_no == db.VISIBLE.c.file_no).where(db.FILE.c.demo).distinct()
        ).scalars()
    )
    return tuple(
        SnapshotLine(
            row["load_id"],
            row["as_of"],
            row["committed_at"],
            row["source"],
            row["files_loaded"],
            row["files_unchanged"],
            row["files_refused"],
            row["load_id"] in demo,
        )
        for row in connection.execute(select(db.LOAD).order_by(db.LOAD.c.load_id)).mappings()
    )


def resolve(lines: tuple[SnapshotLine, ...], as_of: int | dt.date | None) -> SnapshotLine | None:
    """The state with this number, or the newest data not after this day, or the latest.

    ``None`` only when the latest is wanted and nothing was loaded. Raises `NotFound` for a number or day before all states.
    """
    if as_of is None:
        return lines[-1] if lines else None
    if isinstance(as_of, int):
        found = [line for line in lines if line.snapshot == as_of]
    else:
        found = sorted(
            (line for line in lines if line.as_of is not None and line.as_of <= as_of),
            key=lambda line: (line.as_of or dt.date.min, line.snapshot),
        )
    if not found:
        first = next((line.as_of for line in lines if line.as_of is not None), None)
        raise NotFound(
            f"there is no snapshot {as_of}",
            todo=f"The first data are as of {first}." if first else "Load a folder first: ncdm ingest FOLDER.",
        )
    return found[-1]


def table_versions(connection: Connection, snapshot: int | None) -> dict[TableName, int]:
    """The Delta version of each table that a snapshot reads."""
    rows = connection.execute(
        select(db.TABLE_VERSION.c.table_name, db.TABLE_VERSION.c.version).where(db.TABLE_VERSION.c.load_id == snapshot)
    )
    return {TableName(name): version for name, version in rows}


def visible_sheets(connection: Connection, snapshot: int | None) -> tuple[VisibleSheet, ...]:
    """The sheets that a snapshot shows, by file and sheet."""
    statement = (
        select(db.VISIBLE, db.FILE.c.study_id, db.SHEET.c.kind, db.SHEET.c.contract, db.SHEET.c.as_of.label("derived"))
        .join(db.FILE, db.FILE.c.file_no == db.VISIBLE.c.file_no)
        .join(db.SHEET, (db.SHEET.c.file_no == db.VISIBLE.c.file_no) & (db.SHEET.c.number == db.VISIBLE.c.sheet_no))
        .where(db.VISIBLE.c.load_id == snapshot)
        .order_by(db.VISIBLE.c.file_no, db.VISIBLE.c.sheet_no)
    )
    return tuple(
        VisibleSheet(
            row["file_no"],
            row["sheet_no"],
            StudyId(row["study_id"]),
            KindCode(row["kind"]),
            row["contract"],
            row["derived"],
            row["as_of"],
            row["as_of_assumed"],
        )
        for row in connection.execute(statement).mappings()
    )
