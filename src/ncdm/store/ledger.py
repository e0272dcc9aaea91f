"""The SQL ledger: opened with full durability, upgraded by numbered migrations, written in immediate transactions."""

import errno
import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import ConnectionPoolEntry

from ncdm.errors import Conflict, NcdmError, StorageFull, StoreDamaged
from ncdm.store.schema import METADATA

Ledger = Engine
"""The open ledger, as the stages above the store know it."""

HEAD = "0002"
"""The newest migration; a test compares it with the folder."""


def _on_connect(connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
    """Every connection: write-ahead log, no acknowledged write lost in a power cut (trust.md 1, facts 3 and 4)."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000", "trusted_schema=OFF"):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    """A writer takes the lock at its first step: a read that turns into a write fails at once, whatever the timeout."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("immediate") else "BEGIN")


_LEAST_ROOM = 64 * 2**10
"""With less free than the index of the write-ahead log takes, the disk is full, whatever the database calls it."""


def _in_words(path: Path, context: ExceptionContext) -> NcdmError | None:
    """What went wrong beneath the database, so that people can act on it; ``None`` for what is wrong with a statement."""
    code = getattr(context.original_exception, "sqlite_errorcode", None)
    kind = None if code is None else code & 0xFF
    reach = {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}
    if kind == sqlite3.SQLITE_FULL or (kind in reach and shutil.disk_usage(path.parent).free < _LEAST_ROOM):
        return StorageFull(
            "the disk is full; nothing of this load is visible, everything before it is",
            where=str(path.parent),
            todo="Free space and try again.",
        )
    if kind in reach:
        what = "cannot be written" if not os.access(path.parent, os.W_OK) else f"cannot be used: {context.original_exception}"
        return StoreDamaged(
            f"the data folder {what}", where=str(path.parent), todo="Check its rights and how its disk is mounted, or set NCDM_HOME."
        )
    if kind in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return Conflict("another process holds the ledger", where=str(path), todo="Try again in a moment.")
    if kind in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        return StoreDamaged(
            "the ledger cannot be read",
            where=str(path),
            todo="Restore the data folder from its backup; the raw files can also be loaded again into a new one.",
        )
    return None


def open_ledger(path: Path) -> Engine:
    """The ledger at ``path``, made or upgraded where needed. Raises `StoreDamaged` when it is no database or newer than us."""
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"check_same_thread": False, "timeout": 10})
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    event.listen(engine, "handle_error", partial(_in_words, path))
    try:
        with _alone(path):
            version = _version(engine)
            if version is None:
                _make(engine)
            elif version != HEAD:
                _upgrade(engine, version, path)
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One process at a time opens the ledger: changing it to write-ahead logging, and upgrading it, cannot wait for others."""
    try:
        descriptor = os.open(path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise StorageFull("the disk is full", where=str(path.parent), todo="Free space and try again.") from error
        raise StoreDamaged(
            f"the data folder cannot be written: {error.strerror}",
            where=str(path.parent),
            todo="Check its rights and how its disk is mounted, or set NCDM_HOME.",
        ) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        path.touch(mode=0o600)
        yield
    finally:
        os.close(descriptor)


def _version(engine: Engine) -> str | None:
    """The migration the ledger is at; ``None`` for an empty one."""
    with engine.connect() as connection:
        known = connection.execute(text("SELECT name FROM sqlite_master WHERE name = 'alembic_version'")).first()
        if known is None:
            return None
        row = connection.execute(text("SELECT version_num FROM alembic_version")).first()
        return None if row is None else str(row[0])


def _make(engine: Engine) -> None:
    """A new ledger, as the migrations would make it; a test compares both."""
    with writing(engine) as connection:
        METADATA.create_all(connection)
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
        connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})


def _upgrade(engine: Engine, version: str | None, path: Path) -> None:
    """Run the migrations that are missing, all in one transaction."""
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise StoreDamaged(
                f"the ledger is at version {version}, which this version does not know",
                where=str(path),
                todo="Use the version of ncdm that wrote it, or a newer one.",
            ) from error


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A write transaction that takes its lock at once and commits at the end; any error takes all of it back."""
    with engine.connect() as connection:
        connection.execution_options(immediate=True)
        with connection.begin():
            yield connection
