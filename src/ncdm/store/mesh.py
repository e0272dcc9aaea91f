"""The store as something to read: the snapshots there are, and any of them as a state."""

import datetime as dt
import threading
from collections import OrderedDict

from sqlalchemy import Engine, func, select

from ncdm.store import schema as db
from ncdm.store.home import Home
from ncdm.store.snapshot import SnapshotLine, resolve, snapshots
from ncdm.store.state import State

KEPT = 16
"""States kept open: those of a comparison over snapshots, and the few others that people look at meanwhile."""


class Reading:
    """Reads the committed snapshots of a data folder. Safe to use from several threads."""

    def __init__(self, home: Home, engine: Engine) -> None:
        self.home = home
        self._engine = engine
        self._states: OrderedDict[int, State] = OrderedDict()
        self._lines: tuple[SnapshotLine, ...] = ()
        self._empty = State(home, engine, None)
        self._lock = threading.Lock()

    @property
    def ledger(self) -> Engine:
        """The open ledger, for what is kept beside the snapshots."""
        return self._engine

    def snapshots(self) -> tuple[SnapshotLine, ...]:
        """All committed states, oldest first."""
        with self._engine.connect() as connection:
            count = connection.execute(select(func.count()).select_from(db.LOAD)).scalar()
            if count != len(self._lines):
                self._lines = snapshots(connection)
        return self._lines

    def empty(self) -> State:
        """The mesh before its first load."""
        return self._empty

    def state(self, as_of: int | dt.date | None = None) -> State:
        """The state with this number, or the newest data not after this day, or the latest. Raises `NotFound`."""
        line = resolve(self.snapshots(), as_of)
        number = 0 if line is None else line.snapshot
        with self._lock:
            found = self._states.get(number)
            if found is None:
                found = self._states[number] = State(self.home, self._engine, line)
                while len(self._states) > KEPT:
                    self._states.popitem(last=False)
            self._states.move_to_end(number)
        return found
