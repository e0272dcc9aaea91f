"""Saved versions of what a study is measured by: appended with a number of the study's own, never changed, read as they were written."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, func, insert, select

from ncdm import __version__
from ncdm.errors import NotFound
from ncdm.store import schema as db
from ncdm.store.ledger import Ledger, writing
from ncdm.types import StudyId


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What somebody wants to keep."""

    study_id: StudyId
    author: str
    reason: str
    milestone: str
    """At which it was looked at."""
    shape: int
    """Of ``change``."""
    change: Mapping[str, object]
    config_hash: str
    snapshot: int
    """In which it was looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version(Draft):
    """What was kept."""

    number: int
    """1, 2, ... of its study."""
    saved_at: dt.datetime
    software: str


def save_version(ledger: Ledger, draft: Draft) -> Version:
    """Append a version; it is there for everybody when this returns. Two at once get one number after the other."""
    with writing(ledger) as connection:
        latest = connection.execute(select(func.max(db.VERSION.c.number)).where(db.VERSION.c.study_id == draft.study_id)).scalar()
        number = int(latest or 0) + 1
        connection.execute(
            insert(db.VERSION),
            {
                "study_id": draft.study_id,
                "number": number,
                "saved_at": dt.datetime.now(dt.UTC).replace(tzinfo=None),
                "author": draft.author,
                "reason": draft.reason,
                "milestone": draft.milestone,
                "shape": draft.shape,
                "change": dict(draft.change),
                "config_hash": draft.config_hash,
                "load_id": draft.snapshot,
                "software": __version__,
            },
        )
        return _found(connection, draft.study_id, number)


def versions(ledger: Ledger, study: StudyId) -> tuple[Version, ...]:
    """All versions of a study, newest first."""
    wanted = select(db.VERSION).where(db.VERSION.c.study_id == study).order_by(db.VERSION.c.number.desc())
    with ledger.connect() as connection:
        return tuple(_version(row) for row in connection.execute(wanted).mappings())


def version(ledger: Ledger, study: StudyId, number: int) -> Version:
    """One version of a study. Raises `NotFound`."""
    with ledger.connect() as connection:
        return _found(connection, study, number)


def _found(connection: Connection, study: StudyId, number: int) -> Version:
    wanted = select(db.VERSION).where((db.VERSION.c.study_id == study) & (db.VERSION.c.number == number))
    row = connection.execute(wanted).mappings().first()
    if row is None:
        raise NotFound(f"{study} has no saved version {number}", todo="See the list of its versions.")
    return _version(row)


def _version(row: RowMapping) -> Version:
    return Version(
        study_id=StudyId(row["study_id"]),
        number=row["number"],
        saved_at=row["saved_at"].replace(tzinfo=dt.UTC),
        author=row["author"],
        reason=row["reason"],
        milestone=row["milestone"],
        shape=row["shape"],
        change=row["change"],
        config_hash=row["config_hash"],
        snapshot=row["load_id"],
        software=row["software"],
    )
