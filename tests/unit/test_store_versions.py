"""Saved versions: appended, whole, never changed, also when two save at once or the process is killed."""

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, delete, inspect, text, update
from sqlalchemy.exc import IntegrityError
from tests.portfolios import fresh

from ncdm.errors import InvalidQuestion, NotFound
from ncdm.measures.whatif.change import Change, limits
from ncdm.measures.whatif.versions import opened, save, saved
from ncdm.measures.whatif.written import config_hash
from ncdm.store import migrations
from ncdm.store.ledger import HEAD, open_ledger, writing
from ncdm.store.schema import VERSION
from ncdm.types import StudyId

ONE, OTHER = StudyId("Study 1"), StudyId("Study 2")
STRICTER = Change(limits={"op01": limits("op01", 2.5, 3.5)}, gates={"own": ("V", "Q")}, weights={"safety": 0.5}, targets={"ITT": 0.9})
SAID = ("A. Author", "Too many\nfalse flags")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Engine]:
    engine = open_ledger(fresh(tmp_path / "home") / "ledger.sqlite")
    yield engine
    engine.dispose()


def test_a_version_is_kept_with_everything_that_was_said(ledger: Engine) -> None:
    found = save(ledger, ONE, STRICTER, "own", SAID, 1)
    again = opened(ledger, ONE, 1)
    assert again == found
    assert again.change == STRICTER
    version = again.version
    assert (version.author, version.reason, version.milestone, version.snapshot) == (*SAID, "own", 1)
    assert version.config_hash == config_hash(STRICTER)
    assert version.saved_at.utcoffset() is not None


def test_each_study_counts_its_own_and_lists_the_newest_first(ledger: Engine) -> None:
    for study in (ONE, ONE, OTHER, ONE):
        save(ledger, study, STRICTER, "database_lock", SAID, 1)
    assert [one.version.number for one in saved(ledger, ONE)] == [3, 2, 1]
    assert [one.version.number for one in saved(ledger, OTHER)] == [1]
    assert saved(ledger, StudyId("Study 9")) == ()
    with pytest.raises(NotFound, match="no saved version 4"):
        opened(ledger, ONE, 4)


@pytest.mark.parametrize(
    ("author", "reason", "said"),
    [
        ("", "Why", "the author is not said"),
        (" \n", "Why", "the author is not said"),
        ("A", "  ", "the reason is not said"),
        ("A" * 101, "Why", "longer than 100"),
        ("A", "W" * 1001, "longer than 1000"),
        ("A\0", "Why", "no text"),
        ("A", "Why \ud800", "no text"),
    ],
)
def test_without_author_and_reason_nothing_is_kept(author: str, reason: str, said: str, ledger: Engine) -> None:
    with pytest.raises(InvalidQuestion, match=said):
        save(ledger, ONE, STRICTER, "database_lock", (author, reason), 1)
    assert saved(ledger, ONE) == ()


def test_what_changes_nothing_is_no_version(ledger: Engine) -> None:
    with pytest.raises(InvalidQuestion, match="nothing differs"):
        save(ledger, ONE, Change(limits={"op01": limits("op01", 2, 3)}), "database_lock", SAID, 1)
    with pytest.raises(InvalidQuestion, match="no milestone"):
        save(ledger, ONE, STRICTER, "someday", SAID, 1)


def test_the_database_refuses_to_change_or_remove_one(ledger: Engine) -> None:
    found = save(ledger, ONE, STRICTER, "own", SAID, 1)
    for statement in (update(VERSION).values(reason="Another"), delete(VERSION)):
        with pytest.raises(IntegrityError, match="never changed"), writing(ledger) as connection:
            connection.execute(statement)
    assert saved(ledger, ONE) == (found,)


def test_two_who_save_at_once_both_have_a_version_of_their_own(ledger: Engine) -> None:
    gate, got = threading.Barrier(4), list[int]()

    def saves(name: str) -> None:
        gate.wait(10)
        got.extend(save(ledger, ONE, STRICTER, "own", (name, "At once"), 1).version.number for _ in range(5))

    threads = [threading.Thread(target=saves, args=(f"Author {number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(got) == list(range(1, 21))
    assert sorted(one.version.number for one in saved(ledger, ONE)) == list(range(1, 21))
    assert {one.version.author for one in saved(ledger, ONE)} == {f"Author {number}" for number in range(4)}


SAVES = """
import sys
from pathlib import Path
from ncdm.measures.whatif.change import Change
from ncdm.measures.whatif.versions import save
from ncdm.store.ledger import open_ledger
from ncdm.types import StudyId
ledger = open_ledger(Path(sys.argv[1]))
number = 0
while True:
    number += 1
    found = save(ledger, StudyId("Study 1"), Change(caps={"deviations": 5.0 + number}), "own", ("A", "Why " * 200), 1)
    print(found.version.number, flush=True)
"""


@pytest.mark.parametrize("acknowledged", [1, 7, 20])
def test_killed_while_saving_only_whole_versions_are_left(acknowledged: int, tmp_path: Path) -> None:
    path = fresh(tmp_path / "home") / "ledger.sqlite"
    with subprocess.Popen([sys.executable, "-c", SAVES, str(path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for _ in range(acknowledged):
            last = int(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
    ledger = open_ledger(path)
    found = saved(ledger, ONE)
    assert [one.version.number for one in found] == list(range(len(found), 0, -1))
    assert len(found) >= last
    for one in found:
        assert one.change == Change(caps={"deviations": 5.0 + one.version.number})
        assert one.version.config_hash == config_hash(one.change)
    assert save(ledger, ONE, STRICTER, "own", SAID, 1).version.number == len(found) + 1
    ledger.dispose()


def test_the_oldest_ledger_becomes_the_newest_and_keeps_what_it_has(tmp_path: Path) -> None:
    """From before there were versions: the upgrade gives the same table and triggers as a new ledger has."""
    path, new = tmp_path / "old.sqlite", tmp_path / "new.sqlite"
    engine = open_ledger(path)
    with writing(engine) as connection:
        for table in inspect(connection).get_table_names():
            connection.execute(text(f"DROP TABLE {table}"))
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(
            text("INSERT INTO load VALUES (1, '2025-11-14 00:00:00', 'week 1', 0, '2025-11-14', 1, 0, 0, :software)"), {"software": "first"}
        )
    engine.dispose()
    upgraded, made = open_ledger(path), open_ledger(new)
    told = []
    for one in (upgraded, made):
        with one.connect() as connection:
            assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == HEAD
            rows = connection.execute(
                text("SELECT name, sql FROM sqlite_master WHERE tbl_name = 'version' AND type = 'trigger' ORDER BY name")
            )
            told.append((json.dumps([dict(row) for row in rows.mappings()]), inspect(connection).get_unique_constraints("version")))
    assert told[0] == told[1]
    assert "never changed" in told[0][0]
    with upgraded.connect() as connection:
        assert connection.execute(text("SELECT source FROM load")).scalars().all() == ["week 1"]
    assert save(upgraded, ONE, STRICTER, "own", SAID, 1).version.number == 1
    for one in (upgraded, made):
        one.dispose()
