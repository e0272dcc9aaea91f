"""Many files, read by a few processes, given back in order: what is wrong with one costs that one."""

import mmap
import os
import select
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

import pyarrow as pa

from ncdm.sources.limits import LIMITS, Limits
from ncdm.sources.names import displayable
from ncdm.sources.process import Process
from ncdm.sources.refusal import RefusalCode, Refused, Unfit, refused
from ncdm.sources.wire import READY, Job, SheetEntry, read_trailer
from ncdm.sources.workbook import CellError, Sheet, Workbook
from ncdm.types import Sha256

_AHEAD = 12
"""Files per process that may be given out and not yet taken by the caller: the processes go on while the caller works."""
_AHEAD_BYTES = 16 << 20
"""... as long as they are small together; a large file is read alone."""
_PATIENCE_MILLISECONDS = 500
"""How often the clock is looked at while nothing is heard."""


class Reader:
    """Owns the reading processes. Use it as a context manager, from one thread at a time.

    They are started by the first file to read, or by ``start`` as soon as it is known that there will be one: a load that finds nothing new
    starts none.
    """

    def __init__(self, workers: int = 2, limits: Limits = LIMITS) -> None:
        self._limits = limits
        self._workers = workers
        self._processes: list[Process] = []
        self._last = READY
        self._items: dict[int, _Item] = {}
        self._again: set[int] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def pids(self) -> tuple[int, ...]:
        """The numbers of the reading processes in the system."""
        return tuple(process.pid for process in self._processes)

    def start(self) -> None:
        """Start the processes, unless they run: they get ready while the caller does something else."""
        while len(self._processes) < self._workers:
            self._processes.append(Process(self._limits))

    def close(self) -> None:
        """Stop every process."""
        for process in self._processes:
            process.end()
        self._processes.clear()

    def read(self, items: Iterable[tuple[str, Path, Sha256]]) -> Generator[Workbook | Refused, None, None]:
        """Read each ``(name, path, sha256)`` and give the results in the order of the items, a bounded number ahead."""
        source = iter(items)
        given: deque[_Item] = deque()
        results: dict[int, Workbook | Refused] = {}
        upcoming = self._next(source)
        if upcoming:
            self.start()
        try:
            while upcoming or given:
                while upcoming and self._has_room(given, upcoming):
                    given.append(upcoming)
                    self._give(upcoming)
                    upcoming = self._next(source)
                while given[0].number not in results:
                    self._hear(results)
                yield results.pop(given.popleft().number)
        finally:
            for process in [process for process in self._processes if process.jobs]:
                process.jobs.clear()
                self._replace(process)

    def _next(self, source: Iterator[tuple[str, Path, Sha256]]) -> "_Item | None":
        found = next(source, None)
        if found is None:
            return None
        self._last += 1
        name, path, sha256 = found
        try:
            size = path.stat().st_size
        except OSError:
            size = 0
        return _Item(self._last, name, path, sha256, size)

    def _has_room(self, given: "deque[_Item]", item: "_Item") -> bool:
        ahead = sum(other.size for other in given) + item.size
        return not given or (len(given) < _AHEAD * len(self._processes) and ahead <= _AHEAD_BYTES)

    def _give(self, item: "_Item") -> None:
        """To the process that has least to do. One that was lost while it had nothing to do costs no file."""
        for idle in [process for process in self._processes if not process.jobs and process.ready and process.gone]:
            self._replace(idle)
        self._items[item.number] = item
        process = min(self._processes, key=lambda process: (process.waiting_bytes, len(process.jobs)))
        process.give(Job(item.number, os.fsencode(item.path), item.name, item.sha256), item.size)

    def _hear(self, results: dict[int, Workbook | Refused]) -> None:
        """Wait for the next answer, death or overdue file of any process."""
        poll = select.poll()
        for process in self._processes:
            poll.register(process.socket, select.POLLIN)
        ready = {handle for handle, _ in poll.poll(_PATIENCE_MILLISECONDS)}
        for process in list(self._processes):
            if process.socket.fileno() in ready:
                answer = process.hear()
                if answer is None:
                    self._bury(process, overdue=False, results=results)
                elif answer.file is not None:
                    item = self._items.pop(answer.number)
                    results[item.number] = _result(item, answer.file, answer.start)
                    if answer.leaving:
                        self._replace(process)
            elif process.overdue():
                self._bury(process, overdue=True, results=results)

    def _bury(self, process: Process, *, overdue: bool, results: dict[int, Workbook | Refused]) -> None:
        """A process was lost: the file it was reading is tried once more, then refused; the ones it had not begun go to its replacement.

        A process may be killed from outside; a file that costs two is to blame.
        """
        unfit = process.epitaph(overdue=overdue)
        if process.jobs and unfit.code is RefusalCode.CRASHED and process.jobs[0][0].number not in self._again:
            self._again.add(process.jobs[0][0].number)
        elif process.jobs:
            job, _ = process.jobs.popleft()
            item = self._items.pop(job.number)
            results[job.number] = refused(item.name, item.size, item.sha256, unfit)
        self._replace(process)

    def _replace(self, process: Process) -> None:
        process.end()
        fresh = Process(self._limits)
        self._processes[self._processes.index(process)] = fresh
        for job, size in process.jobs:
            fresh.give(job, size)


class _Item(NamedTuple):
    number: int
    name: str
    path: Path
    sha256: Sha256
    size: int


def _result(item: _Item, handle: int, start: int) -> Workbook | Refused:
    """The answer as a workbook whose cells stay where the reading process wrote them."""
    try:
        with open(handle, "rb", buffering=0) as file:
            shared = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        trailer = read_trailer(shared[start:])
        if trailer.refused:
            code, detail = trailer.refused
            return refused(item.name, item.size, item.sha256, Unfit(RefusalCode(code), detail))
        content = pa.py_buffer(shared)
        sheets = tuple(_sheet(number, entry, content) for number, entry in enumerate(trailer.sheets, start=1))
    except (ValueError, TypeError, pa.ArrowException) as fault:
        return refused(item.name, item.size, item.sha256, Unfit(RefusalCode.CRASHED, f"its answer makes no sense ({type(fault).__name__})"))
    return Workbook(item.name, item.sha256, item.size, sheets, tuple(trailer.notes))


def _sheet(number: int, entry: SheetEntry, content: pa.Buffer) -> Sheet:
    with pa.ipc.open_stream(content.slice(entry.start, entry.end - entry.start)) as stream:
        cells = stream.read_all()
    errors = tuple(CellError(row, column, code) for row, column, code in entry.errors)
    return Sheet(number, displayable(entry.name), entry.visible, cells, errors)
