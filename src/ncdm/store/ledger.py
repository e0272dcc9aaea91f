"""The SQL ledger: opened with full durability, upgraded by numbered migrations, written in immediate transactions."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import ConnectionPoolEntry

from ncdm.errors import StoreDamaged

Ledger = Engine
"""The open ledger, as the stages above the store know it."""

HEAD = "0001"
"""The newest migration; a test compares it with the folder."""


def _on_connect(connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
    """Every connection: write-ahead log, no acknowledged write lost in a power cut (trust.md 1, facts 3 and 4)."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000", "trusted_schema=OFF"):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    """A writer takes the lock at its first step: a read that turns into a write fails at once, whatever the timeout."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("immediate") else "BEGIN")


def open_ledger(path: Path) -> Engine:
    """The ledger at ``path``, made or upgraded where needed. Raises `StoreDamaged` when it is no database or newer than us."""
    engine = create_engine(f"sqlite:///{path}", connect_args={"check_same_thread": False, "timeout": 10})
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    try:
        version = _version(engine)
    except DatabaseError as error:
        engine.dispose()
        raise StoreDamaged(
            "the ledger cannot be read",
            where=str(path),
            todo="Restore the data folder from its backup; the raw files can also be loaded again into a new one.",
        ) from error
    if version != HEAD:
        _upgrade(engine, version, path)
    return engine


def _version(engine: Engine) -> str | None:
    """The migration the ledger is at; ``None`` for an empty one."""
    with engine.connect() as connection:
        known = connection.execute(text("SELECT name FROM sqlite_master WHERE name = 'alembic_version'")).first()
        if known is None:
            return None
        row = connection.execute(text("SELECT version_num FROM alembic_version")).first()
        return None if row is None else str(row[0])


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
