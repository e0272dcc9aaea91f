"""``kill -9`` at 60 random moments of a load: the old or the new state, nothing between, and the next run completes."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.faults.killing import Known, Warm, chance, holds, kill, kill_cold, known, strays, warm
from tests.portfolios import fresh, load, loaded

BATCHES, A_BATCH, COLD = 9, 6, 6


@pytest.fixture(scope="module")
def process() -> Iterator[Warm]:
    """One warm process for the module."""
    with warm() as running:
        yield running


@pytest.fixture(scope="module")
def whole(process: Warm, tmp_path_factory: pytest.TempPathFactory) -> Known:
    """The load when nobody kills it."""
    return known(process, tmp_path_factory.mktemp("whole"))


def test_a_load_that_ends_leaves_no_stray(tmp_path: Path) -> None:
    home = fresh(tmp_path / "home")
    (home / "staging" / "left").mkdir()
    (home / "raw" / ".incoming-left").write_bytes(b"half")
    (home / "facts" / "lab_issue" / "part-left.parquet").write_bytes(b"half")
    assert len(strays(home)) == 3
    load(home, loaded(1) / "staging")
    assert strays(home) == []


@pytest.mark.parametrize("batch", range(BATCHES))
def test_killed_at_a_random_moment(batch: int, process: Warm, whole: Known, tmp_path: Path) -> None:
    random = chance(f"moments {batch}")
    for number in range(A_BATCH):
        # One moment out of each part of the load, and a little beyond its end.
        at = (number + random.random()) / A_BATCH * whole.seconds * 1.1
        folder = tmp_path / str(number)
        folder.mkdir()

        def moment(_home: Path, over: object, at: float = at) -> None:
            assert callable(over)
            end = time.monotonic() + at
            while time.monotonic() < end and not over():
                time.sleep(0.001)

        holds(kill(process, folder, moment), whole)


@pytest.mark.parametrize("number", range(COLD))
def test_killed_as_a_person_starts_it(number: int, whole: Known, tmp_path: Path) -> None:
    start_up = 1.0
    at = start_up + (number + chance(f"cold {number}").random()) / COLD * whole.seconds
    holds(kill_cold(tmp_path, at), whole)
