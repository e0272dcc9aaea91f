"""One command measured from outside: wall clock, processor time and memory of it and of every process it starts."""

import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

MIB = 2**20
_EVERY = 0.01
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took."""

    wall: float
    """Seconds by the clock, from starting the process to its end."""
    cpu: float
    """Seconds of processor time, of it and all its children."""
    peak: float
    """The most memory that it and its living children held at once, in MiB (proportional set size, looked at every 10 ms); 0: not looked at."""


class NotMeasured(RuntimeError):
    """A command failed, so its figure means nothing."""


def measured(command: Sequence[str], environment: dict[str, str] | None = None, *, memory: bool = False) -> Cost:
    """Run a command to its end. Exit code 3, some file was refused, is an end too.

    To look at memory halts the processes looked at, so a run is either for the clock or for memory.
    """
    began = time.perf_counter()
    before = os.times()
    process = subprocess.Popen(  # noqa: S603 - our own commands
        command, env=os.environ | {"PYTHONPATH": str(ROOT / "src")} | (environment or {}), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    watch = _Watch(process.pid)
    if memory:
        watch.start()
    _, said = process.communicate()
    wall = time.perf_counter() - began
    after = os.times()
    if memory:
        watch.stop()
    if process.returncode not in {0, 3}:
        raise NotMeasured(f"{' '.join(command[:4])} ended with {process.returncode}: {said.decode(errors='replace')[-800:]}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(wall, cpu, watch.peak / MIB)


class _Watch(threading.Thread):
    """Looks at the memory of a process and its children again and again."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._done = threading.Event()
        self.peak = 0

    def run(self) -> None:
        """Look until told to stop."""
        while not self._done.wait(_EVERY):
            self.peak = max(self.peak, sum(_memory(pid) for pid in _family(self._pid)))

    def stop(self) -> None:
        """Look no more."""
        self._done.set()
        self.join()


def _family(pid: int) -> list[int]:
    found, unseen = [], [pid]
    while unseen:
        current = unseen.pop()
        found.append(current)
        for tasks in Path(f"/proc/{current}/task").glob("*/children"):
            try:
                unseen.extend(int(child) for child in tasks.read_text().split())
            except OSError:
                continue
    return found


def _memory(pid: int) -> int:
    """Pages shared between processes count once: the proportional set size."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def median(costs: Sequence[Cost]) -> Cost:
    """The median of the runs for the clock; of memory the highest, since a peak is a peak."""
    timed = [cost for cost in costs if not cost.peak]
    return Cost(
        statistics.median(cost.wall for cost in timed), statistics.median(cost.cpu for cost in timed), max(cost.peak for cost in costs)
    )


def python(code: str, *words: str) -> list[str]:
    """A fresh Python that runs the code."""
    return [sys.executable, "-c", code, *words]


def ours(*words: str) -> list[str]:
    """The command line in a fresh process."""
    return [sys.executable, "-m", "ncdm", *words]


def quiet() -> str:
    """How busy the machine was, because a busy one measures its neighbours."""
    return f"{os.cpu_count()} processors, load average {os.getloadavg()[0]:.1f}"
