"""``kill -9`` at 40 chosen moments: when the load has just begun to keep, to append, or to commit."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.faults.killing import Known, Warm, chance, holds, kill, known, warm

REPEATS = 5


@pytest.fixture(scope="module")
def process() -> Iterator[Warm]:
    """One warm process for the module."""
    with warm() as running:
        yield running


@pytest.fixture(scope="module")
def whole(process: Warm, tmp_path_factory: pytest.TempPathFactory) -> Known:
    """The load when nobody kills it."""
    return known(process, tmp_path_factory.mktemp("whole"))


def _count(home: Path, pattern: str) -> int:
    return sum(1 for _ in home.glob(pattern))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


EVENTS: dict[str, Callable[[Path], int]] = {
    "the first source is kept": lambda home: _count(home, "raw/*/*"),
    "half of the sources are kept": lambda home: _count(home, "raw/*/*") // 8,
    "work in progress appears": lambda home: _count(home, "staging/*"),
    "the first rows are written": lambda home: _count(home, "facts/*/*.parquet"),
    "some tables are written": lambda home: _count(home, "facts/*/*.parquet") // 6,
    "the first table has a new version": lambda home: _count(home, "facts/*/_delta_log/*.json"),
    "most tables have a new version": lambda home: _count(home, "facts/*/_delta_log/*.json") // 14,
    "the ledger is written": lambda home: _size(home / "ledger.sqlite-wal"),
}
"""Moment -> a figure of the data folder that changes at it."""


@pytest.mark.parametrize("name", EVENTS)
def test_killed_when(name: str, process: Warm, whole: Known, tmp_path: Path) -> None:
    random, figure = chance(name), EVENTS[name]
    for number in range(REPEATS):
        folder = tmp_path / str(number)
        folder.mkdir()
        wait = random.choice([0.0, 0.0, 0.0005, 0.002, 0.01])

        def moment(home: Path, over: Callable[[], bool], wait: float = wait) -> None:
            before = figure(home)
            while figure(home) == before and not over():
                time.sleep(0.0002)
            time.sleep(wait)

        holds(kill(process, folder, moment), whole)
