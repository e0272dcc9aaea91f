"""Loading the same bytes again changes nothing, and two loads at the same time equal one after the other, in either order."""

import hashlib
import sqlite3
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ncdm import demo
from ncdm.ingest.tables import all_tables, schema
from ncdm.pipeline import ingest
from ncdm.settings import Settings
from ncdm.store.mesh import Reading
from ncdm.store.state import State
from ncdm.store.totals import Number, contract_totals, headlines
from ncdm.types import FileOutcome
from ncdm.wiring import wired

PER_LOAD = {"load_id", "ingested_at", "file_no", "row_ref"}
Shown = tuple[Counter[tuple[object, ...]], object, dict[object, dict[object, dict[str, Number]]]]


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> demo.Written:
    """Two studies in two weekly deliveries, which replace each other."""
    return demo.write(tmp_path_factory.mktemp("weeks") / "demo", studies=2, subjects=10, seed=9, weeks=2)


def load(home: Path, delivery: Path) -> bool:
    """Load a delivery, waiting for any other load; whether it changed anything."""
    with wired(Settings(home, 0, 1)) as mesh:
        return ingest(mesh, delivery, lambda _progress: None, waiting=lambda: None).changed


def rows(state: State) -> Counter[tuple[object, ...]]:
    """Every row shown, with its source and its day, and without the load that brought it."""
    found: Counter[tuple[object, ...]] = Counter()
    for table in all_tables():
        names = [name for name in schema(table).names if name not in PER_LOAD]
        for row in state.ask(f'SELECT {", ".join(names)}, report_as_of, as_of_assumed FROM "{table}"'):
            found[table, *(str(value) for value in row.values())] += 1
    return found


def shown(home: Path) -> Shown:
    """What the latest state of a data folder shows."""
    with wired(Settings(home, 0, 1)) as mesh:
        state = Reading(mesh.home, mesh.engine).state()
        return rows(state), contract_totals(state), headlines(state)  # type: ignore[return-value]


def ledger(home: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of the ledger."""
    with sqlite3.connect(home / "ledger.sqlite") as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        found = {name: list(database.execute(f'SELECT * FROM "{name}"')) for name in names}
    database.close()
    return found


def disk(home: Path) -> dict[str, str]:
    """Every file of a data folder but the ledger, whose rows are compared instead, by its hash."""
    files = [path for path in home.rglob("*") if path.is_file() and not path.name.startswith("ledger.sqlite")]
    return {path.relative_to(home).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def serial(weeks: demo.Written, tmp_path_factory: pytest.TempPathFactory) -> list[Shown]:
    """What the two serial orders of the two weeks show."""
    found = []
    for order in (weeks.deliveries, weeks.deliveries[::-1]):
        home = tmp_path_factory.mktemp("serial") / "home"
        for delivery in order:
            load(home, delivery)
        found.append(shown(home))
    assert found[0] != found[1], "the two orders must differ, or the comparison below shows nothing"
    return found


def test_the_same_bytes_again_change_no_row_no_file_and_no_snapshot(weeks: demo.Written, tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert load(home, weeks.deliveries[0])
    before = (ledger(home), disk(home), shown(home))
    assert not load(home, weeks.deliveries[0])
    assert (ledger(home), disk(home), shown(home)) == before


def test_one_changed_file_costs_one_file(weeks: demo.Written, tmp_path: Path) -> None:
    """Of a second delivery that differs in one file only that one is read."""
    home, delivery = tmp_path / "home", tmp_path / "delivery"
    first, second = (sorted(path.rglob("*.xlsx")) for path in weeks.deliveries)
    folders = [path.relative_to(weeks.deliveries[0]) for path in first]
    for path, place in zip(first, folders, strict=True):
        (delivery / place).parent.mkdir(parents=True, exist_ok=True)
        (delivery / place).write_bytes(path.read_bytes())
    load(home, delivery)
    changed = next(place for place, (old, new) in enumerate(zip(first, second, strict=True)) if old.read_bytes() != new.read_bytes())
    (delivery / folders[changed]).write_bytes(second[changed].read_bytes())
    with wired(Settings(home, 0, 1)) as mesh:
        outcomes = Counter(receipt.outcome for receipt in ingest(mesh, delivery, lambda _progress: None).files)
    assert outcomes == {FileOutcome.LOADED: 1, FileOutcome.UNCHANGED: len(first) - 1}


@settings(deadline=None, max_examples=3)
@given(order=st.lists(st.sampled_from([0, 1]), min_size=1, max_size=4))
def test_only_the_last_delivery_of_each_week_counts(
    weeks: demo.Written, serial: list[Shown], tmp_path_factory: pytest.TempPathFactory, order: list[int]
) -> None:
    home = tmp_path_factory.mktemp("replay") / "home"
    for week in [*order, 1 - order[-1], order[-1]]:
        load(home, weeks.deliveries[week])
    assert shown(home) == serial[1 - order[-1]]


def test_two_loads_at_the_same_time_in_threads_equal_a_serial_order(weeks: demo.Written, serial: list[Shown], tmp_path: Path) -> None:
    for attempt in range(3):
        home = tmp_path / f"home-{attempt}"
        start = Barrier(2)

        def together(delivery: Path, home: Path = home, start: Barrier = start) -> bool:
            start.wait()
            return load(home, delivery)

        with ThreadPoolExecutor(2) as pool:
            assert list(pool.map(together, weeks.deliveries)) == [True, True]
        assert shown(home) in serial
        with wired(Settings(home, 0, 1)) as mesh:
            assert [line.snapshot for line in Reading(mesh.home, mesh.engine).snapshots()] == [1, 2]


def test_the_data_folder_may_have_any_usual_name(weeks: demo.Written, serial: list[Shown], tmp_path: Path) -> None:
    name = "the subject's donn\u00e9es, 50 # of 100"
    for delivery in weeks.deliveries:
        load(tmp_path / name, delivery)
    assert shown(tmp_path / name) == serial[0]


def test_two_processes_at_the_same_time_equal_a_serial_order(weeks: demo.Written, serial: list[Shown], tmp_path: Path) -> None:
    home = tmp_path / "home"
    code = (
        "import sys; from pathlib import Path; from ncdm.pipeline import ingest; from ncdm.settings import Settings; from ncdm.wiring import wired\n"
        "with wired(Settings(Path(sys.argv[1]), 0, 1)) as mesh: ingest(mesh, Path(sys.argv[2]), lambda _: None, waiting=lambda: None)"
    )
    path = {"PYTHONPATH": ":".join(entry for entry in sys.path if entry)}
    running = [subprocess.Popen([sys.executable, "-c", code, str(home), str(delivery)], env=path) for delivery in weeks.deliveries]
    assert [process.wait(timeout=120) for process in running] == [0, 0]
    assert shown(home) in serial
