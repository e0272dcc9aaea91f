"""Two loads at once, and reading while one runs: they follow each other, and nobody sees half of one."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from tests.portfolios import deliveries, fresh, load, loaded, shown

from ncdm.settings import Settings
from ncdm.store.home import Home, locked
from ncdm.store.mesh import Reading
from ncdm.wiring import wired

WAITING = "Another load is running on this data folder; waiting for it."


def _ingest(home: Path, delivery: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "ncdm", "ingest", str(delivery)],
        env=os.environ | {"NCDM_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_second_load_says_that_it_waits_and_then_goes_on(tmp_path: Path) -> None:
    home = fresh(tmp_path / "home")
    with locked(Home(home)):
        second = _ingest(home, deliveries()[1])
        assert second.stderr is not None
        said = ""
        while WAITING not in said:
            letter = second.stderr.read(1)
            assert letter, f"it ended instead of waiting: {said}"
            said += letter
        with pytest.raises(subprocess.TimeoutExpired):
            second.wait(0.5)
        assert shown(home)[0] == 1
    out, err = second.communicate(timeout=60)
    assert second.returncode == 0, err
    assert "Snapshot 2." in out
    assert shown(home)[1] == shown(loaded(2))[1]


@pytest.mark.parametrize("ahead", [0, 1], ids=["the older starts first", "the newer starts first"])
def test_two_loads_at_once_are_one_after_the_other(ahead: int, tmp_path: Path) -> None:
    home = tmp_path / "home"
    weeks = deliveries()[:2]
    running = [_ingest(home, weeks[ahead]), _ingest(home, weeks[1 - ahead])]
    ends = [process.communicate(timeout=120) for process in running]
    assert [process.returncode for process in running] == [0, 0], ends
    orders = []
    for first, second in ((0, 1), (1, 0)):
        serial = tmp_path / f"serial-{first}"
        load(serial, weeks[first])
        load(serial, weeks[second])
        orders.append((shown(serial, 1), shown(serial, 2)))
    assert (shown(home, 1), shown(home, 2)) in orders
    assert shown(home)[0] == 2


def test_the_same_load_twice_at_once_is_one_load(tmp_path: Path) -> None:
    home = tmp_path / "home"
    running = [_ingest(home, deliveries()[0]) for _ in range(3)]
    ends = [process.communicate(timeout=120) for process in running]
    assert [process.returncode for process in running] == [0, 0, 0], ends
    assert sorted("nothing changed" in out for out, _ in ends) == [False, True, True]
    assert shown(home) == shown(loaded(1))


def test_who_reads_while_a_load_runs_sees_the_old_or_the_new_state(tmp_path: Path) -> None:
    home = fresh(tmp_path / "home")
    wanted = {1: shown(loaded(1))[1]["missing_page"][0], 2: shown(loaded(2))[1]["missing_page"][0]}
    assert wanted[1] != wanted[2]
    seen: list[tuple[int, int]] = []
    done = threading.Event()

    def read() -> None:
        with wired(Settings(home, 0, 1)) as mesh:
            reading = Reading(mesh.home, mesh.engine)
            last = False
            while not last:
                last = done.is_set()
                state = reading.state()
                assert state.line is not None
                seen.append((state.line.snapshot, int(str(state.ask("SELECT count(*) AS n FROM missing_page")[0]["n"]))))
                time.sleep(0.002)

    reader = threading.Thread(target=read)
    reader.start()
    load(home, deliveries()[1])
    done.set()
    reader.join(30)
    assert set(seen) == {(1, wanted[1]), (2, wanted[2])}
    assert seen == sorted(seen)
