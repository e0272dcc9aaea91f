"""A small invented portfolio in three weekly deliveries, written once, and data folders that hold it."""

import atexit
import datetime as dt
import shutil
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from ncdm import demo
from ncdm.ingest.tables import all_tables
from ncdm.pipeline import ingest
from ncdm.settings import Settings
from ncdm.store.arrival import Progress
from ncdm.store.load import Committed
from ncdm.store.mesh import Reading
from ncdm.store.state import State
from ncdm.wiring import wired

STUDIES, SUBJECTS, SEED = 4, 12, 5

Fingerprint = Mapping[str, tuple[int, int]]
"""Table -> number of rows, and a digest of them that does not depend on their order, on when they were loaded, or on their file's name."""


@cache
def shelf() -> Path:
    """A folder of this process, removed at its end."""
    folder = Path(tempfile.mkdtemp(prefix="ncdm-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def deliveries() -> tuple[Path, Path, Path]:
    """The folders of three weeks. Nobody writes into them."""
    one, two, three = demo.write(shelf() / "weeks", studies=STUDIES, subjects=SUBJECTS, seed=SEED, weeks=3).deliveries
    return one, two, three


def quiet(_progress: Progress) -> None:
    """Nobody waits."""


def load(home: Path, delivery: Path, *, readers: int = 1) -> Committed:
    """Load a delivery into a data folder."""
    with wired(Settings(home, 0, readers)) as mesh:
        return ingest(mesh, delivery, quiet)


@cache
def _loaded(weeks: int) -> Path:
    home = shelf() / f"home-{weeks}"
    if weeks > 1:
        shutil.copytree(_loaded(weeks - 1), home)
    load(home, deliveries()[weeks - 1])
    return home


def loaded(weeks: int = 1) -> Path:
    """A data folder in which the first weeks are loaded. Nobody writes into it: see `fresh`."""
    return _loaded(weeks)


def fresh(to: Path, weeks: int = 1) -> Path:
    """A copy of such a data folder, to be done with as one likes."""
    shutil.copytree(loaded(weeks), to)
    return to


def fingerprint(state: State) -> Fingerprint:
    """What a state shows, row by row."""
    found: dict[str, tuple[int, int]] = {}
    for table in all_tables():
        row = state.ask(
            f'SELECT count(*) AS n, coalesce(sum(hash(r)), 0)::VARCHAR AS digest FROM (SELECT * EXCLUDE (ingested_at, load_id, file_no, source_file) FROM "{table}") r'
        )[0]
        found[table] = (int(str(row["n"])), int(str(row["digest"])))
    return found


def shown(home: Path, as_of: int | dt.date | None = None) -> tuple[int | None, Fingerprint]:
    """The snapshot that this moment means, and what it shows."""
    with wired(Settings(home, 0, 1)) as mesh:
        state = Reading(mesh.home, mesh.engine).state(as_of)
        try:
            return (None if state.line is None else state.line.snapshot), fingerprint(state)
        finally:
            state.close()
