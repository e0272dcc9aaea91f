"""The ledger: made by migrations, durable, closed to what it does not know."""

import re
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, inspect, text
from sqlalchemy.exc import IntegrityError, OperationalError
from tests.portfolios import fresh

from ncdm.errors import StoreDamaged
from ncdm.store import migrations
from ncdm.store.ledger import HEAD, open_ledger, writing
from ncdm.store.schema import LOAD, METADATA, VISIBLE


def _shape(engine: Engine) -> dict[str, object]:
    """Tables with columns, keys and indexes, as the database itself tells them."""
    seen = inspect(engine)
    return {
        table: {
            "columns": {column["name"]: (str(column["type"]), column["nullable"]) for column in seen.get_columns(table)},
            "key": seen.get_pk_constraint(table)["constrained_columns"],
            "foreign": sorted((tuple(key["constrained_columns"]), key["referred_table"]) for key in seen.get_foreign_keys(table)),
            "indexes": sorted((index["name"] or "", tuple(index["column_names"])) for index in seen.get_indexes(table)),
        }
        for table in seen.get_table_names()
        if table != "alembic_version"
    }


def _numbers() -> list[str]:
    folder = Path(migrations.__file__).parent / "versions"
    return sorted(re.fullmatch(r"v(\d{4})_[a-z_]+", path.stem)[1] for path in folder.glob("v*.py"))  # type: ignore[index]


def test_migrations_are_numbered_without_a_gap_and_head_is_the_newest() -> None:
    assert _numbers() == [f"{number:04d}" for number in range(1, len(_numbers()) + 1)]
    assert _numbers()[-1] == HEAD


def test_an_empty_ledger_becomes_the_declared_one(tmp_path: Path) -> None:
    made = open_ledger(tmp_path / "made.sqlite")
    declared = open_ledger(tmp_path / "declared.sqlite")
    with writing(declared) as connection:
        METADATA.drop_all(connection)
        METADATA.create_all(connection)
    assert _shape(made) == _shape(declared)
    assert set(_shape(made)) == set(METADATA.tables)
    for engine in (made, declared):
        engine.dispose()


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    for _ in range(2):
        engine = open_ledger(path)
        with engine.connect() as connection:
            assert connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [HEAD]
        engine.dispose()


def test_every_connection_is_durable_and_checks_keys(tmp_path: Path) -> None:
    engine = open_ledger(tmp_path / "ledger.sqlite")
    found = {}
    with engine.connect() as connection:
        for pragma in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "trusted_schema"):
            found[pragma] = connection.execute(text(f"PRAGMA {pragma}")).scalar()
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10000, "trusted_schema": 0}
    with pytest.raises(IntegrityError), writing(engine) as connection:
        connection.execute(insert(VISIBLE), {"load_id": 9, "file_no": 9, "sheet_no": 1, "as_of": None, "as_of_assumed": False})
    engine.dispose()


def test_an_error_takes_the_whole_transaction_back(tmp_path: Path) -> None:
    engine = open_ledger(tmp_path / "ledger.sqlite")

    def half_way() -> None:
        with writing(engine) as connection:
            connection.execute(text("CREATE TABLE half (n INTEGER)"))
            connection.execute(text("DROP TABLE absent"))

    with pytest.raises(OperationalError, match="no such table"):
        half_way()
    assert not inspect(engine).has_table("half")
    engine.dispose()


def test_a_second_writer_waits_for_the_first(tmp_path: Path) -> None:
    engine = open_ledger(tmp_path / "ledger.sqlite")
    order: list[str] = []
    begun = threading.Event()

    def first() -> None:
        with writing(engine) as connection:
            begun.set()
            time.sleep(0.3)
            connection.execute(text("CREATE TABLE one (n INTEGER)"))
            order.append("first")

    thread = threading.Thread(target=first)
    thread.start()
    begun.wait(5)
    with writing(engine):
        order.append("second")
    thread.join(5)
    assert order == ["first", "second"]
    engine.dispose()


def test_two_processes_that_meet_an_empty_folder_both_open_it(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from ncdm.store.ledger import open_ledger; open_ledger(Path(sys.argv[1])).dispose()"
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "ledger.sqlite")], stderr=subprocess.PIPE, text=True) for _ in range(4)
    ]
    assert [(process.communicate(timeout=60)[1], process.returncode) for process in running] == [("", 0)] * 4


@pytest.mark.parametrize("version", ["0099", "a1b2c3"])
def test_a_ledger_of_another_version_is_not_touched(version: str, tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    engine = open_ledger(path)
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})
    engine.dispose()
    with pytest.raises(StoreDamaged, match=version) as told:
        open_ledger(path)
    assert told.value.where == str(path)
    assert "newer" in told.value.todo
    plain = sqlite3.connect(path)
    assert plain.execute("SELECT version_num FROM alembic_version").fetchall() == [(version,)]
    plain.close()


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04 this is a workbook and no ledger" * 100, b"\0" * 8192, b"SQLite format 3\0" + b"\xff" * 8000],
    ids=["another file", "zeros", "only the head of one"],
)
def test_a_file_that_is_no_ledger_is_said_to_be_damaged(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(content)
    with pytest.raises(StoreDamaged, match="the ledger cannot be read") as told:
        open_ledger(path)
    assert told.value.where == str(path)
    assert "backup" in told.value.todo
    assert path.read_bytes() == content


def test_the_first_half_of_a_ledger_is_no_ledger(tmp_path: Path) -> None:
    path = fresh(tmp_path / "home") / "ledger.sqlite"
    path.write_bytes(path.read_bytes()[:6000])
    with pytest.raises(StoreDamaged):
        open_ledger(path)


def test_a_load_is_never_changed_by_a_second_of_its_number(tmp_path: Path) -> None:
    engine = open_ledger(fresh(tmp_path / "home") / "ledger.sqlite")
    with engine.connect() as connection:
        row = dict(connection.execute(LOAD.select()).mappings().one())
    with pytest.raises((IntegrityError, OperationalError)), writing(engine) as connection:
        connection.execute(insert(LOAD), row)
    engine.dispose()
