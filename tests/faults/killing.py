"""An ingest in a child process that can be killed at any moment, and what must hold afterwards.

Starting a Python that has everything imported takes longer than the load of a small delivery. So one warm process, which has imported all
and run nothing, forks a child for each load; the child runs ``ncdm ingest`` as the command line does. A few children start cold, to keep
the shortcut honest.
"""

import os
import random
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from deltalake import DeltaTable
from tests.portfolios import Fingerprint, deliveries, fresh, load, loaded, shown

from ncdm.settings import Settings
from ncdm.store.doctor import examine
from ncdm.wiring import wired

SEED = 20_250_101
_PATIENCE = 60.0
_WARM = """
import os, sys
import alembic.command, deltalake, duckdb
from ncdm import __main__, pipeline
from ncdm.commands import loading
for line in sys.stdin:
    home, folder, out = line.rstrip("\\n").split("\\t")
    child = os.fork()
    if child == 0:
        os.environ["NCDM_HOME"] = home
        os.environ["NCDM_READERS"] = "2"
        told = os.open(out, os.O_WRONLY | os.O_CREAT, 0o600)
        os.dup2(told, 1)
        os.dup2(told, 2)
        sys.argv[:] = ["ncdm", "ingest", folder]
        try:
            __main__.main()
        except SystemExit as end:
            sys.stdout.flush()
            os._exit(int(end.code or 0))
        except BaseException as fault:
            os.write(2, repr(fault).encode())
            os._exit(99)
        os._exit(98)
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Warm:
    """The warm process: one child at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen([sys.executable, "-c", _WARM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)

    def start(self, home: Path, folder: Path, out: Path) -> int:
        """Begin a load; the number of its process."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{home}\t{folder}\t{out}\n".encode())
        return self._number()

    def ended(self) -> int:
        """Wait for the child; how it ended."""
        return self._number()

    def over(self) -> bool:
        """Whether the child has ended and not been waited for."""
        assert self._process.stdout is not None
        return bool(select.select([self._process.stdout], [], [], 0)[0])

    def close(self) -> None:
        """Let it go."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(_PATIENCE)
        self._process.stdout.close()

    def _number(self) -> int:
        assert self._process.stdout is not None
        assert select.select([self._process.stdout], [], [], _PATIENCE)[0], "the child neither started nor ended in time"
        return int(self._process.stdout.readline())


@contextmanager
def warm() -> Iterator[Warm]:
    """A warm process for the tests of a module."""
    process = Warm()
    try:
        yield process
    finally:
        process.close()


@dataclass(frozen=True, slots=True)
class Known:
    """What the data folder shows before and after the load, and how long it takes."""

    old: Fingerprint
    new: Fingerprint
    seconds: float


def known(warm: Warm, folder: Path) -> Known:
    """Run the load once to its end."""
    home = fresh(folder / "whole")
    began = time.monotonic()
    warm.start(home, deliveries()[1], folder / "whole.txt")
    assert warm.ended() == 0, (folder / "whole.txt").read_text()
    seconds = time.monotonic() - began
    before, after = shown(loaded(1)), shown(home)
    assert (before[0], after[0]) == (1, 2)
    assert before[1] != after[1]
    return Known(before[1], after[1], seconds)


@dataclass(frozen=True, slots=True)
class Killed:
    """One load that was killed, or had just ended."""

    home: Path
    acknowledged: bool
    """It had said so, or ended with 0."""


def kill(warm: Warm, folder: Path, moment: Callable[[Path, Callable[[], bool]], None]) -> Killed:
    """Start the second week's load on a folder that holds the first, and kill it when ``moment`` returns."""
    home, out = fresh(folder / "home"), folder / "said.txt"
    pid = warm.start(home, deliveries()[1], out)
    moment(home, warm.over)
    if not warm.over():
        os.kill(pid, signal.SIGKILL)
    status = warm.ended()
    assert status in {0, -signal.SIGKILL}, out.read_text()
    said = out.read_text() if out.exists() else ""
    return Killed(home, acknowledged=status == 0 or "Snapshot 2." in said)


def kill_cold(folder: Path, seconds: float) -> Killed:
    """The same with the command itself, as a person starts it."""
    home, out = fresh(folder / "home"), folder / "said.txt"
    with out.open("wb") as told:
        process = subprocess.Popen(
            [sys.executable, "-m", "ncdm", "ingest", str(deliveries()[1])],
            env=os.environ | {"NCDM_HOME": str(home), "NCDM_READERS": "2"},
            stdout=told,
            stderr=told,
        )
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
        status = process.wait(_PATIENCE)
    assert status in {0, -signal.SIGKILL}, out.read_text()
    return Killed(home, acknowledged=status == 0 or "Snapshot 2." in out.read_text())


def holds(killed: Killed, wanted: Known) -> int:
    """Check everything that is promised after a kill; the snapshot that the kill left."""
    _no_reader_left(killed.home)
    snapshot, found = shown(killed.home)
    assert snapshot in {1, 2}
    assert found == (wanted.new if snapshot == 2 else wanted.old), "neither the old nor the new state"
    assert snapshot == 2 or not killed.acknowledged, "it was acknowledged and is lost"
    assert shown(killed.home, 1)[1] == wanted.old
    _sound(killed.home)
    again = load(killed.home, deliveries()[1])
    assert again.snapshot == 2
    assert again.changed == (snapshot == 1)
    assert shown(killed.home)[1] == wanted.new
    assert shown(killed.home, 1)[1] == wanted.old
    _sound(killed.home)
    assert strays(killed.home) == []
    shutil.rmtree(killed.home)
    return snapshot


def strays(home: Path) -> list[str]:
    """What no committed load knows of: unnamed table files, half-kept sources, staging."""
    found = [str(path.relative_to(home)) for path in (home / "staging").iterdir()]
    found += [str(path.relative_to(home)) for path in (home / "raw").rglob("*") if path.is_file() and path.name[:2] != path.parent.name]
    for folder in (home / "facts").iterdir():
        named = {uri.rsplit("/", 1)[-1] for uri in DeltaTable(folder).file_uris()}
        found += [str(path.relative_to(home)) for path in folder.iterdir() if path.is_file() and path.name not in named]
        found += [str(path.relative_to(home)) for path in (folder / "_delta_log").iterdir() if not path.stem.isdigit()]
    return found


def _sound(home: Path) -> None:
    with wired(Settings(home, 0, 1)) as mesh:
        assert [check for check in examine(mesh.home, mesh.engine, full=True) if not check.good and check.what != "disk"] == []


def _no_reader_left(home: Path) -> None:
    """The reading processes of a load that died end by themselves."""
    deadline = time.monotonic() + 20
    while (left := _of(home)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert left == []


def _of(home: Path) -> list[int]:
    """Processes that were started for this data folder."""
    mark = f"NCDM_HOME={home}\0".encode()
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if mark in (entry / "environ").read_bytes():
                    found.append(int(entry.name))
            except OSError:
                continue
    return found


def chance(name: str) -> random.Random:
    """Random numbers that are the same in every run."""
    return random.Random(f"{SEED} {name}")
