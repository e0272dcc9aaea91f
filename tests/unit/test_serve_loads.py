"""The queue forgets what is old, closes without hanging, and leaves no folder."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from ncdm.errors import NotFound
from ncdm.serve.answers import LoadState
from ncdm.serve.loads import KEPT, Loads
from ncdm.serve.ports import Mesh
from ncdm.serve.progress import Loaded, Progress
from ncdm.serve.refusals import Busy

WATCHDOG = 30.0


class OnlyLoads:
    """A mesh that can do nothing but take a folder, when it is let."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.entered = threading.Event()

    def ingest(self, _folder: Path, tell: Callable[[Progress], None]) -> Loaded:
        """Wait until let through."""
        self.entered.set()
        assert self.open.wait(WATCHDOG)
        tell(Progress(state=LoadState.COMMITTING, files_done=1, files_total=1, current=None))
        return Loaded(files=(), ignored=(), snapshot=1)


def folder(tmp_path: Path, name: str) -> Path:
    made = tmp_path / name
    made.mkdir()
    return made


def worker_ended(loads: Loads) -> bool:
    loads.close(WATCHDOG)
    return not any(thread.name == "loads" and thread.is_alive() for thread in threading.enumerate())


def test_closing_drops_what_waits_and_finishes_what_is_in_hand(tmp_path: Path) -> None:
    mesh = OnlyLoads()
    loads = Loads(cast("Mesh", mesh))
    first = loads.begin(folder(tmp_path, "first"), 1)
    assert mesh.entered.wait(WATCHDOG)
    second = loads.begin(folder(tmp_path, "second"), 1)
    loads.close(0.01)
    assert not (tmp_path / "second").exists()
    assert loads.find(second).state is LoadState.WAITING
    mesh.open.set()
    assert worker_ended(loads)
    assert loads.find(first).state is LoadState.DONE
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(Busy):
        loads.begin(folder(tmp_path, "third"), 1)


def test_closing_what_never_began_is_nothing() -> None:
    loads = Loads(cast("Mesh", OnlyLoads()))
    loads.close(WATCHDOG)
    with pytest.raises(Busy):
        loads.check_room()


def test_only_the_latest_finished_loads_are_remembered(tmp_path: Path) -> None:
    mesh = OnlyLoads()
    mesh.open.set()
    loads = Loads(cast("Mesh", mesh), most_waiting=KEPT + 10)
    ids = [loads.begin(folder(tmp_path, str(number)), 1) for number in range(KEPT + 5)]
    while loads.find(ids[-1]).state is not LoadState.DONE:
        threading.Event().wait(0.005)
    assert worker_ended(loads)
    for forgotten in ids[:5]:
        with pytest.raises(NotFound):
            loads.find(forgotten)
    assert {loads.find(load_id).state for load_id in ids[5:]} == {LoadState.DONE}
    assert list(tmp_path.iterdir()) == []
