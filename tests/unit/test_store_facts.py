"""The tables on disk: readable by others, taken back exactly after a stopped load, and looked after by the doctor."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from deltalake import DeltaTable
from tests.faults.killing import strays
from tests.portfolios import deliveries, fingerprint, fresh, load, loaded, shown

from ncdm.errors import StoreDamaged
from ncdm.ingest.tables import all_tables, schema
from ncdm.settings import Settings
from ncdm.store import facts
from ncdm.store.doctor import Examined, examine
from ncdm.store.facts import Facts, take_back
from ncdm.store.home import Home
from ncdm.store.mesh import Reading
from ncdm.store.snapshot import table_versions
from ncdm.types import TableName
from ncdm.wiring import wired

LABS = TableName("lab_issue")


def _versions(home: Path, snapshot: int) -> dict[TableName, int]:
    with wired(Settings(home, 0, 1)) as mesh, mesh.engine.connect() as connection:
        return table_versions(connection, snapshot)


def _examined(home: Path, *, full: bool = False) -> dict[str, Examined]:
    with wired(Settings(home, 0, 1)) as mesh:
        return {check.what: check for check in examine(mesh.home, mesh.engine, full=full)}


def _wrong(home: Path, *, full: bool = False) -> set[str]:
    return {what for what, check in _examined(home, full=full).items() if not check.good} - {"disk"}


# -- others read them too


def test_another_reader_of_delta_tables_finds_the_same_rows() -> None:
    home = loaded(2)
    with wired(Settings(home, 0, 1)) as mesh:
        state = Reading(mesh.home, mesh.engine).state()
    for table, version in _versions(home, 2).items():
        rows = DeltaTable(home / "facts" / table, version=version).to_pyarrow_table()
        ours = int(str(state.ask(f'SELECT count(*) AS n FROM "every_{table}"')[0]["n"]))
        assert rows.num_rows == ours
        assert rows.column_names == schema(table).names
        assert [str(field.type) for field in rows.schema] == [str(field.type) for field in schema(table)]


def test_a_plain_engine_reads_the_files_without_us() -> None:
    home = loaded(1)
    uris = DeltaTable(home / "facts" / LABS).file_uris()
    found = duckdb.connect().execute("SELECT count(*), count(DISTINCT study_id), min(source_row) FROM read_parquet(?)", [uris]).fetchone()
    with wired(Settings(home, 0, 1)) as mesh:
        state = Reading(mesh.home, mesh.engine).state()
    wanted = state.ask("SELECT count(*) AS n, count(DISTINCT study_id) AS s, min(source_row) AS r FROM lab_issue")[0]
    assert found == tuple(wanted.values())


def test_an_old_version_of_a_table_is_still_there_for_others() -> None:
    home = loaded(3)
    for week in (1, 2, 3):
        versions = _versions(home, week)
        assert versions == _versions(loaded(week), week)
        for table, version in versions.items():
            assert facts.files(Home(home), table, version)


# -- taken back


def _append(home: Path, table: TableName = LABS, rows: int = 3) -> None:
    """What a load writes before it is stopped."""
    writer = Facts(Home(home))
    writer.append(table, pa.table({"study_id": ["Study 1"] * rows, "source_row": pa.array(range(rows), pa.int32())}))
    writer.finish()


def _half_a_file(home: Path) -> None:
    (home / "facts" / LABS / "part-half.parquet").write_bytes(b"PAR1 half")


def _two_appends(home: Path) -> None:
    _append(home)
    _append(home)


def _a_new_table(home: Path) -> None:
    shutil.rmtree(home / "facts" / "rejection", ignore_errors=True)
    assert "rejection" not in _versions(home, 1)
    _append(home, TableName("rejection"))


def _a_folder_without_a_log(home: Path) -> None:
    (home / "facts" / "rejection").mkdir(exist_ok=True)
    (home / "facts" / "rejection" / "part-half.parquet").write_bytes(b"PAR1 half")


def _a_torn_log(home: Path) -> None:
    """A power cut may leave the name of a log entry without its content."""
    _append(home)
    log = home / "facts" / LABS / "_delta_log"
    newest = max(log.glob("*.json"))
    newest.write_bytes(newest.read_bytes()[:40])


def _an_empty_log(home: Path) -> None:
    _append(home)
    max((home / "facts" / LABS / "_delta_log").glob("*.json")).write_bytes(b"")


STOPPED: tuple[Callable[[Path], None], ...] = (
    _append,
    _half_a_file,
    _two_appends,
    _a_new_table,
    _a_folder_without_a_log,
    _a_torn_log,
    _an_empty_log,
)


@pytest.mark.parametrize("stop", STOPPED)
def test_what_a_stopped_load_left_is_taken_back_exactly(stop: Callable[[Path], None], tmp_path: Path) -> None:
    home = fresh(tmp_path / "home")
    wanted = shown(loaded(1))[1]
    stop(home)
    assert shown(home)[1] == wanted, "it is not seen even before"
    assert _wrong(home, full=True) == set()
    take_back(Home(home), _versions(home, 1))
    assert shown(home)[1] == wanted
    for table, version in _versions(home, 1).items():
        newest = DeltaTable(home / "facts" / table).version()
        assert facts.files(Home(home), table, newest) == facts.files(Home(home), table, version)
    assert strays(home) == []
    take_back(Home(home), _versions(home, 1))
    assert load(home, deliveries()[1]).snapshot == 2
    assert shown(home)[1] == shown(loaded(2))[1]
    assert shown(home, 1)[1] == wanted


def test_what_a_load_relies_on_is_durable_before_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also the log entries of the load that was stopped: a hole in the log would take all later versions with it."""
    home = fresh(tmp_path / "home")
    before = _versions(home, 1)
    _append(home)
    durable: set[Path] = set()
    sync = facts._sync

    def noted(place: Path) -> None:
        sync(place)
        durable.add(place)

    monkeypatch.setattr(facts, "_sync", noted)
    load(home, deliveries()[1])
    after = _versions(home, 2)
    changed = [table for table in after if after[table] != before.get(table)]
    assert LABS in changed
    for table in changed:
        folder = home / "facts" / table
        first = before.get(table, -1) + 1
        assert {folder / "_delta_log" / f"{number:020d}.json" for number in range(first, after[table] + 1)} <= durable
        old = set(facts.files(Home(home), table, before[table])) if table in before else set()
        assert {*facts.files(Home(home), table, after[table])} - old <= durable
        assert {folder, folder / "_delta_log", folder.parent} <= durable


def test_taking_back_twice_writes_once(tmp_path: Path) -> None:
    home = fresh(tmp_path / "home")
    _append(home)
    versions = _versions(home, 1)
    assert take_back(Home(home), versions) == (LABS,)
    assert take_back(Home(home), versions) == ()


def test_rows_of_one_table_may_come_in_many_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "WAITING_BYTES", 200_000)
    home = tmp_path / "home"
    load(home, deliveries()[0])
    assert len(DeltaTable(home / "facts" / LABS).file_uris()) > 1
    assert shown(home)[1] == shown(loaded(1))[1]
    assert strays(home) == []


# -- damage is named


def _no_table(home: Path) -> None:
    shutil.rmtree(home / "facts" / LABS)


def _no_log(home: Path) -> None:
    shutil.rmtree(home / "facts" / LABS / "_delta_log")


def _older_log(home: Path) -> None:
    max((home / "facts" / LABS / "_delta_log").glob("*.json")).unlink()


@pytest.mark.parametrize("damage", [_no_table, _no_log, _older_log])
def test_a_table_that_lost_what_the_ledger_names_stops_the_next_load(damage: Callable[[Path], None], tmp_path: Path) -> None:
    home = fresh(tmp_path / "home")
    damage(home)
    with pytest.raises(StoreDamaged, match="lab_issue") as told:
        load(home, deliveries()[1])
    assert told.value.where.endswith("lab_issue")
    assert "backup" in told.value.todo
    assert "tables" in _wrong(home)


# -- the doctor


def test_a_whole_data_folder_is_well() -> None:
    found = _examined(loaded(3), full=True)
    assert {what for what, check in found.items() if not check.good} <= {"disk"}
    assert found["snapshots"].detail == "3"
    assert set(found) == {
        *("ncdm", "python", "libraries", "disk", "ledger", "ledger version", "snapshots", "conservation"),
        *("tables", "source files", "source bytes"),
    }


def _lose_a_parquet_file(home: Path) -> None:
    facts.files(Home(home), LABS, _versions(home, 1)[LABS])[0].unlink()


def _lose_a_source(home: Path) -> None:
    next(path for path in sorted((home / "raw").rglob("*")) if path.is_file()).unlink()


def _change_a_source(home: Path) -> None:
    path = next(path for path in sorted((home / "raw").rglob("*")) if path.is_file())
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.chmod(0o600)
    path.write_bytes(content)


def _lose_lines(home: Path) -> None:
    with sqlite3.connect(home / "ledger.sqlite") as connection:
        connection.execute("UPDATE sheet SET read = read - 1000 WHERE accepted > 0")
    connection.close()


def _cut_an_index(home: Path) -> None:
    with sqlite3.connect(home / "ledger.sqlite") as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("DELETE FROM sqlite_master WHERE name = 'ix_file_sha256'")
    connection.close()


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        (_lose_a_parquet_file, "tables"),
        (_lose_a_source, "source files"),
        (_change_a_source, "source bytes"),
        (_lose_lines, "conservation"),
        (_cut_an_index, "ledger"),
    ],
)
def test_the_doctor_names_what_is_wrong_and_nothing_else(damage: Callable[[Path], None], named: str, tmp_path: Path) -> None:
    home = fresh(tmp_path / "home")
    damage(home)
    assert _wrong(home, full=True) == {named}


def test_lost_lines_of_any_number_are_seen(tmp_path: Path) -> None:
    """One line that nothing accounts for is as wrong as a thousand."""
    home = fresh(tmp_path / "home")
    with sqlite3.connect(home / "ledger.sqlite") as connection:
        connection.execute("UPDATE sheet SET read = read + 1 WHERE rowid = 1")
    connection.close()
    assert _wrong(home) == {"conservation"}


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_flipped_bytes_of_the_ledger_are_seen_and_said_in_words(share: float, tmp_path: Path) -> None:
    """Whole pages of noise: the doctor or the opening says so, and no command ends in a traceback."""
    home = fresh(tmp_path / "home")
    path = home / "ledger.sqlite"
    content = bytearray(path.read_bytes())
    page = int(len(content) / 4096 * share) * 4096
    content[page : page + 4096] = bytes(255 - byte for byte in content[page : page + 4096])
    path.write_bytes(content)
    told = subprocess.run(
        [sys.executable, "-m", "ncdm", "doctor"],
        env=os.environ | {"NCDM_HOME": str(home)},
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert told.returncode in {1, 3}, told.stdout + told.stderr
    assert "Traceback" not in told.stderr
    assert "WRONG" in told.stdout or "NCDM610" in told.stderr


def test_the_doctor_sees_every_snapshot_not_only_the_latest(tmp_path: Path) -> None:
    """A file that only an older version names is part of the past, and the past is promised."""
    home = fresh(tmp_path / "home", weeks=2)
    log = home / "facts" / LABS / "_delta_log"
    oldest = sorted(log.glob("*.json"))[1]
    named = facts.files(Home(home), LABS, int(oldest.stem))
    assert set(named) <= set(facts.files(Home(home), LABS, _versions(home, 2)[LABS])), "append-only: the latest names them all"
    named[0].unlink()
    assert _wrong(home) == {"tables"}


@pytest.mark.parametrize("table", all_tables())
def test_every_table_can_be_asked_before_the_first_load(table: str, tmp_path: Path) -> None:
    with wired(Settings(tmp_path / "home", 0, 1)) as mesh:
        state = Reading(mesh.home, mesh.engine).state()
        assert state.ask(f'SELECT * FROM "{table}"') == []
        assert set(fingerprint(state).values()) == {(0, 0)}
        state.close()
