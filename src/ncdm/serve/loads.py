"""Loads from the page: one is done at a time, the others wait their turn."""

import logging
import secrets
import shutil
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Condition, Thread

from ncdm.errors import NcdmError, NotFound
from ncdm.serve.answers import Load, LoadState, Problem
from ncdm.serve.ports import Mesh
from ncdm.serve.progress import Progress
from ncdm.serve.refusals import Busy

_LOG = logging.getLogger("ncdm.serve")

MOST_WAITING = 16
KEPT = 200
"""Finished loads that can still be asked about; the receipts of all are in the mesh."""


@dataclass(frozen=True, slots=True)
class _Turn:
    load_id: str
    folder: Path


class Loads:
    """The queue and its one worker, which comes with the first load and goes with the server.

    The worker is a daemon: a server that is told to stop does not wait for a load, since the mesh survives being stopped at any moment.
    """

    def __init__(self, mesh: Mesh, *, most_waiting: int = MOST_WAITING) -> None:
        self._mesh = mesh
        self._most_waiting = most_waiting
        self._changed = Condition()
        self._waiting: deque[_Turn] = deque()
        self._known: dict[str, Load] = {}
        self._worker: Thread | None = None
        self._closed = False

    def begin(self, folder: Path, files_total: int) -> str:
        """Take on a received folder, which is removed after its load."""
        with self._changed:
            self._check_room()
            load_id = secrets.token_hex(8)
            self._known[load_id] = Load(
                load_id=load_id,
                state=LoadState.WAITING,
                files_done=0,
                files_total=files_total,
                current=None,
                error=None,
                files=(),
                ignored=(),
                snapshot=None,
            )
            self._waiting.append(_Turn(load_id, folder))
            if self._worker is None:
                self._worker = Thread(target=self._work, name="loads", daemon=True)
                self._worker.start()
            self._changed.notify_all()
            return load_id

    def check_room(self) -> None:
        """Refuse an upload early when it could not be taken on."""
        with self._changed:
            self._check_room()

    def find(self, load_id: str) -> Load:
        """How far a load has come."""
        with self._changed:
            load = self._known.get(load_id)
        if load is None:
            raise NotFound("There is no such load.", where=load_id, todo="Loads of an earlier start are listed under files.")
        return load

    def close(self, patience: float) -> None:
        """Drop what waits, and give the load in hand a moment to commit."""
        with self._changed:
            self._closed = True
            dropped = list(self._waiting)
            self._waiting.clear()
            self._changed.notify_all()
            worker = self._worker
        for turn in dropped:
            shutil.rmtree(turn.folder, ignore_errors=True)
        if worker is not None:
            worker.join(patience)

    def _check_room(self) -> None:
        if self._closed or len(self._waiting) >= self._most_waiting:
            raise Busy("Too many loads are waiting.", where="loads", todo="Wait until one of them is done, then send the files again.")

    def _work(self) -> None:
        while True:
            with self._changed:
                while not self._waiting:
                    if self._closed:
                        return
                    self._changed.wait()
                turn = self._waiting.popleft()
            self._do(turn)
            shutil.rmtree(turn.folder, ignore_errors=True)

    def _do(self, turn: _Turn) -> None:
        def tell(progress: Progress) -> None:
            self._change(
                turn.load_id,
                lambda load: replace(
                    load,
                    state=progress.state,
                    files_done=progress.files_done,
                    files_total=progress.files_total,
                    current=progress.current,
                ),
            )

        self._change(turn.load_id, lambda load: replace(load, state=LoadState.READING))
        try:
            loaded = self._mesh.ingest(turn.folder, tell)
        except NcdmError as error:
            self._fail(turn, Problem(code=error.code, what=error.what, where=error.where, todo=error.todo))
        except Exception as error:  # noqa: BLE001 - the edge of a run: it becomes a failed load, and the queue goes on
            _LOG.error("load %s met an unexpected %s", turn.load_id, type(error).__name__)
            what = "Something unexpected happened; what was loaded before is intact."
            self._fail(turn, Problem(code=NcdmError.code, what=what, where=turn.load_id, todo="Find the load in the log and report it."))
        else:
            self._change(
                turn.load_id,
                lambda load: replace(
                    load,
                    state=LoadState.DONE,
                    files_done=load.files_total,
                    current=None,
                    files=loaded.files,
                    ignored=loaded.ignored,
                    snapshot=loaded.snapshot,
                ),
            )

    def _fail(self, turn: _Turn, problem: Problem) -> None:
        self._change(turn.load_id, lambda load: replace(load, state=LoadState.FAILED, current=None, error=problem))

    def _change(self, load_id: str, change: Callable[[Load], Load]) -> None:
        with self._changed:
            self._known[load_id] = change(self._known[load_id])
            self._forget_oldest()

    def _forget_oldest(self) -> None:
        finished = [load.load_id for load in self._known.values() if load.state in {LoadState.DONE, LoadState.FAILED}]
        for load_id in finished[: max(0, len(finished) - KEPT)]:
            del self._known[load_id]
