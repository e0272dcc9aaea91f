"""One reading process as its owner sees it: started, given jobs, heard, and stopped."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections import deque
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

from ncdm.errors import SettingsError
from ncdm.sources.limits import Limits
from ncdm.sources.refusal import RefusalCode, Unfit
from ncdm.sources.wire import ANSWER, READY, Job, send_job, unnamed_file

_PACKAGE = Path(__file__).parent
_START = """
import sys
place, package, descriptor, limits, *sys.path = sys.argv[1:]
sys.modules["numpy"] = None
folder = type(sys)("ncdm.sources")
folder.__path__ = [package]
sys.path.insert(0, place)
import ncdm
sys.modules["ncdm.sources"] = folder
from ncdm.sources.child import main
main(descriptor, limits)
"""
"""Start without site packages' hooks, without numpy, which pyarrow would import for nothing, and without what the owner's side of this
package imports: of the time to the first answer, that is more than half. The environment, which may hold secrets, stays outside."""
_TAIL = 4_096
_DOCTOR = "Run `ncdm doctor`: it checks that the spreadsheet reader is installed."
_FAREWELL_SECONDS, _START_SECONDS = 5, 120


class Answer(NamedTuple):
    """What was heard from a reading process."""

    number: int
    start: int
    """Where the trailer starts in the file."""
    leaving: bool
    """The process ends after this answer."""
    file: int | None
    """Descriptor of the unnamed file; absent in the first answer, which only says that the process has started."""


class Process:
    """A running reading process and the jobs it has been given and not answered."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.jobs: deque[tuple[Job, int]] = deque()
        """Jobs given, oldest first, with the size of their file; the first is the one being read."""
        self.since = time.monotonic()
        """When the first job was begun, as far as can be known here."""
        self.ready = False
        self.socket, theirs = socket.socketpair()
        self._words = os.fdopen(unnamed_file(), "rb")
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own words
                [
                    sys.executable,
                    "-I",
                    "-S",
                    "-c",
                    _START,
                    str(_PACKAGE.parents[1]),
                    str(_PACKAGE),
                    str(theirs.fileno()),
                    json.dumps(asdict(limits)),
                    *filter(None, sys.path),
                ],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._words.fileno(),
                env={"ARROW_DEFAULT_MEMORY_POOL": "system", "MALLOC_ARENA_MAX": "1"},
            )

    @property
    def waiting_bytes(self) -> int:
        """Bytes of all files it has been given and not answered."""
        return sum(size for _, size in self.jobs)

    @property
    def gone(self) -> bool:
        """Whether it has ended."""
        return self._process.poll() is not None

    @property
    def pid(self) -> int:
        """Its number in the system."""
        return self._process.pid

    def give(self, job: Job, size: int) -> None:
        """Hand it a further file; that it may have ended meanwhile shows when it is heard."""
        if not self.jobs:
            self.since = time.monotonic()
        self.jobs.append((job, size))
        try:
            send_job(self.socket, job)
        except OSError:
            self.since = time.monotonic()

    def hear(self) -> "Answer | None":
        """The next answer; ``None`` when the process is gone."""
        try:
            head, files, _, _ = socket.recv_fds(self.socket, ANSWER.size, 1)
        except OSError:
            return None
        if len(head) < ANSWER.size:
            for file in files:
                os.close(file)
            return None
        number, start, leaving = ANSWER.unpack(head)
        self.since = time.monotonic()
        if number == READY:
            self.ready = True
        else:
            self.jobs.popleft()
        return Answer(number, start, leaving, files[0] if files else None)

    def overdue(self) -> bool:
        """Whether the file it reads has taken longer than the clock allows."""
        return bool(self.jobs) and time.monotonic() - self.since > (self._limits.wall_seconds if self.ready else _START_SECONDS)

    def end(self) -> int:
        """Stop it at once and leave nothing behind; answers how it ended."""
        self._process.kill()
        status = self._process.wait()
        self.socket.close()
        self._words.close()
        return status

    def epitaph(self, *, overdue: bool) -> Unfit:
        """Why it was lost at the file it was reading. A process that ended by itself before it was ready has another cause than a file."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(0 if overdue else _FAREWELL_SECONDS)
        words = self._last_words()
        status = self.end()
        if not self.ready and status > 0:
            raise SettingsError("The process that reads files does not start", where=words.strip().rpartition("\n")[2], todo=_DOCTOR)
        if overdue:
            return Unfit(RefusalCode.TIME, f"{self._limits.wall_seconds} seconds")
        if status == -signal.SIGXCPU:
            return Unfit(RefusalCode.CPU, f"{self._limits.cpu_for(self.jobs[0][1]) if self.jobs else 0} seconds")
        if "memory" in words or "MemoryError" in words:
            return Unfit(RefusalCode.MEMORY, f"at most {self._limits.memory_bytes:,} bytes")
        return Unfit(RefusalCode.CRASHED, signal.Signals(-status).name if status < 0 else f"exit {status}")

    def _last_words(self) -> str:
        """The end of what it printed when it died: the only trace of memory that could not be had."""
        self._words.seek(max(0, os.fstat(self._words.fileno()).st_size - _TAIL))
        return self._words.read().decode("utf-8", "replace")
