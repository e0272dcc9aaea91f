"""Files that were refused or quarantined and still wait: nothing good of their study and report came since."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, func, select

from ncdm.ingest.file_kind import kind_by_name
from ncdm.store import schema as db
from ncdm.store.as_of import VisibleSheet
from ncdm.types import FileOutcome

APART = (FileOutcome.REFUSED, FileOutcome.QUARANTINED)
"""What becomes of a file of which nothing is taken."""


def last_deliveries(connection: Connection, snapshot: int | None) -> dict[int, int]:
    """File -> the latest load up to a snapshot that delivered it."""
    statement = select(db.DELIVERY.c.file_no, func.max(db.DELIVERY.c.load_id)).where(db.DELIVERY.c.load_id <= (snapshot or 0))
    return {int(row[0]): int(row[1]) for row in connection.execute(statement.group_by(db.DELIVERY.c.file_no))}


def set_apart(connection: Connection, sheets: Iterable[VisibleSheet], delivered: Mapping[int, int]) -> frozenset[int]:
    """The files that wait, given the sheets that are shown and the load that last delivered each file.

    A file whose name tells no report waits only until the next load: nothing could replace it.
    """
    good: dict[tuple[str | None, str | None], int] = {}
    for sheet in sheets:
        key = (sheet.study_id, sheet.kind)
        good[key] = max(good.get(key, 0), delivered.get(sheet.file_no, 0))
    latest = max(delivered.values(), default=0)
    rows = connection.execute(select(db.FILE.c.file_no, db.FILE.c.study_id, db.FILE.c.name).where(db.FILE.c.outcome.in_(APART)))
    return frozenset(
        file_no
        for file_no, study, name in rows
        if file_no in delivered and delivered[file_no] >= (latest if (kind := kind_by_name(name)) is None else good.get((study, kind), 0))
    )
