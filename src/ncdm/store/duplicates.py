"""Files whose bytes stand twice in one delivery: taken once, and still told, each with the file that it is a copy of."""

from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from ncdm.ingest.receipt import FileReceipt
from ncdm.store import schema as db
from ncdm.types import FileOutcome


@dataclass(frozen=True, slots=True)
class Duplicate:
    """One copy, as its latest delivery brought it."""

    file_no: int
    load_id: int
    name: str
    first: str
    """The name under which the same bytes were taken in that delivery."""


def as_duplicate(receipt: FileReceipt, name: str, first: str) -> FileReceipt:
    """The receipt of a copy: it says whose copy it is, and has no line of its own, so that none is counted twice."""
    reason = f"the same bytes as {first}, taken once"
    return replace(receipt, name=name, outcome=FileOutcome.DUPLICATE, reason=reason, todo=None, code=None, sheets=())


def duplicates(connection: Connection, snapshot: int | None) -> tuple[Duplicate, ...]:
    """The copies that the deliveries up to a snapshot brought, each name once."""
    twice = (
        select(db.DELIVERY.c.load_id, db.DELIVERY.c.file_no)
        .where(db.DELIVERY.c.load_id <= (snapshot or 0), db.DELIVERY.c.outcome == str(FileOutcome.DUPLICATE))
        .distinct()
        .subquery()
    )
    delivered = connection.execute(
        select(db.DELIVERY)
        .join(twice, (twice.c.load_id == db.DELIVERY.c.load_id) & (twice.c.file_no == db.DELIVERY.c.file_no))
        .order_by(db.DELIVERY.c.load_id, db.DELIVERY.c.position)
    ).mappings()
    first: dict[tuple[int, int], str] = {}
    found: dict[tuple[int, str], Duplicate] = {}
    for row in delivered:
        original = first.setdefault((row["load_id"], row["file_no"]), row["name"])
        if row["outcome"] == FileOutcome.DUPLICATE:
            found[row["file_no"], row["name"]] = Duplicate(row["file_no"], row["load_id"], row["name"], original)
    return tuple(found.values())
