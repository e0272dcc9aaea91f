"""Snapshots: which state a number or a day means, what replaces what, and that the past stays as it was."""

import datetime as dt
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from sqlalchemy import select
from tests.portfolios import deliveries, fingerprint, fresh, load, loaded, quiet, shown

from ncdm.errors import Conflict, NotFound
from ncdm.ingest.tables import LINEAGE, all_tables
from ncdm.pipeline import ingest
from ncdm.settings import Settings
from ncdm.store import schema as db
from ncdm.store.home import Home, locked
from ncdm.store.mesh import Reading
from ncdm.store.receipts import file_id
from ncdm.store.report import reports
from ncdm.store.snapshot import SnapshotLine, resolve
from ncdm.store.spine import spines
from ncdm.store.state import State
from ncdm.types import FileOutcome, KindCode, ReportState, StudyId
from ncdm.wiring import wired

SAE, LABS, CPID = KindCode("sae"), KindCode("labs"), KindCode("cpid")


def _state(home: Path, as_of: int | dt.date | None = None) -> State:
    with wired(Settings(home, 0, 1)) as mesh:
        return Reading(mesh.home, mesh.engine).state(as_of)


def _truth(week: int) -> Mapping[str, Mapping[str, object]]:
    found: Mapping[str, Mapping[str, object]] = json.loads((deliveries()[week - 1] / "truth.json").read_text())["studies"]
    return found


def _file(delivery: Path, words: str) -> Path:
    return next(path for path in sorted(delivery.rglob("*.xlsx")) if words in path.name)


def _part(to: Path, *files: Path) -> Path:
    """A delivery of some files of another, in the same folders."""
    for file in files:
        (to / file.parent.name).mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, to / file.parent.name / file.name)
    return to


# -- which state


def _line(number: int, day: str | None) -> SnapshotLine:
    when = None if day is None else dt.date.fromisoformat(day)
    return SnapshotLine(number, when, dt.datetime(2025, 11, number, tzinfo=dt.UTC), "nest", 1, 0, 0, demo=False)


LINES = (_line(1, "2025-11-03"), _line(2, "2025-11-17"), _line(3, "2025-11-10"), _line(4, None), _line(5, "2025-11-17"))
"""Loads that came out of order: the third is older than the second, and the fourth has no day."""


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (None, 5),
        (1, 1),
        (4, 4),
        (dt.date(2025, 11, 3), 1),
        (dt.date(2025, 11, 9), 1),
        (dt.date(2025, 11, 10), 3),
        (dt.date(2025, 11, 16), 3),
        (dt.date(2025, 11, 17), 5),
        (dt.date(2031, 1, 1), 5),
    ],
)
def test_a_number_a_day_or_nothing_names_a_state(asked: int | dt.date | None, found: int) -> None:
    line = resolve(LINES, asked)
    assert line is not None
    assert line.snapshot == found


@pytest.mark.parametrize("asked", [0, 6, -1, dt.date(2025, 11, 2)])
def test_before_the_first_and_beyond_the_last_there_is_none(asked: int | dt.date) -> None:
    with pytest.raises(NotFound, match=str(asked)) as told:
        resolve(LINES, asked)
    assert "2025-11-03" in told.value.todo


def test_nothing_loaded_is_no_error_unless_a_moment_is_asked_for() -> None:
    assert resolve((), None) is None
    with pytest.raises(NotFound) as told:
        resolve((), dt.date(2025, 1, 1))
    assert "ncdm ingest" in told.value.todo


def test_a_day_reads_the_delivery_of_that_week() -> None:
    home = loaded(3)
    with wired(Settings(home, 0, 1)) as mesh:
        days = [line.as_of for line in Reading(mesh.home, mesh.engine).snapshots()]
    assert None not in days
    assert days == sorted(set(days), key=str), "every week has a day of its own"
    for number, day in enumerate(days, 1):
        assert day is not None
        assert shown(home, day)[0] == number
        assert shown(home, day + dt.timedelta(days=1))[0] == number


# -- the past


def test_every_past_snapshot_reads_what_it_showed_when_it_was_new() -> None:
    for week in (1, 2, 3):
        when_new = shown(loaded(week))
        assert when_new[0] == week
        for later in range(week, 4):
            assert shown(loaded(later), week) == when_new


@pytest.mark.parametrize("week", [1, 2, 3])
def test_every_past_snapshot_has_the_subjects_and_sites_of_its_week(week: int) -> None:
    state = _state(loaded(3), week)
    found = {study: (sum(not s.pseudo for s in spine.subjects), len(spine.sites)) for study, spine in spines(state).items()}
    assert found == {study: (truth["subjects_union"], truth["sites_union"]) for study, truth in _truth(week).items()}


def test_weeks_that_come_out_of_order_are_found_by_their_day(tmp_path: Path) -> None:
    home = tmp_path / "home"
    one, two, _ = deliveries()
    load(home, two)
    load(home, one)
    first, second = shown(loaded(1))[1], shown(loaded(2))[1]
    assert shown(home, 1)[1] == second
    assert shown(home, 2)[1] == first
    lines = _lines(home)
    assert lines[1].as_of is not None
    assert lines[0].as_of is not None
    assert lines[1].as_of < lines[0].as_of
    assert shown(home, lines[1].as_of)[0] == 2
    assert shown(home, lines[0].as_of)[0] == 1
    assert shown(home)[0] == 2


def _lines(home: Path) -> tuple[SnapshotLine, ...]:
    with wired(Settings(home, 0, 1)) as mesh:
        return Reading(mesh.home, mesh.engine).snapshots()


# -- what replaces what


def test_the_same_delivery_again_changes_nothing_and_writes_nothing(tmp_path: Path) -> None:
    home = fresh(tmp_path / "home")
    before = sorted((path.relative_to(home), path.stat().st_mtime_ns) for path in (home / "facts").rglob("*") if path.is_file())
    again = load(home, deliveries()[0])
    assert (again.snapshot, again.changed) == (1, False)
    assert {file.outcome for file in again.files} == {FileOutcome.UNCHANGED}
    assert before == sorted((path.relative_to(home), path.stat().st_mtime_ns) for path in (home / "facts").rglob("*") if path.is_file())
    assert len(_lines(home)) == 1


def test_one_new_file_replaces_its_report_of_its_study_and_nothing_else(tmp_path: Path) -> None:
    home = fresh(tmp_path / "home")
    one, two, _ = deliveries()
    changed = next(
        path for path in sorted(two.rglob("*.xlsx")) if "eSAE" in path.name and path.read_bytes() != _twin(path, one).read_bytes()
    )
    brought = load(home, _part(tmp_path / "part", changed))
    assert [file.outcome for file in brought.files] == [FileOutcome.LOADED]
    study = brought.files[0].study_id
    assert study is not None
    old, new, second = _state(home, 1), _state(home, 2), _state(loaded(2))
    for name, kinds in reports(new).items():
        for kind, report in kinds.items():
            wanted = reports(second if (name, kind) == (study, SAE) else old)[name][kind]
            assert (report.state, report.rows, report.rejected) == (wanted.state, wanted.rows, wanted.rejected), (name, kind)
    ask = "SELECT row_ref FROM sae_review WHERE study_id = ? ORDER BY ALL"
    assert new.ask(ask, [study]) == second.ask(ask, [study]) != old.ask(ask, [study])


def _twin(path: Path, delivery: Path) -> Path:
    """The file of the same study and report in another week."""
    words = path.name.split("_")[0]
    return next(other for other in delivery.rglob("*.xlsx") if other.parent.name == path.parent.name and other.name.split("_")[0] == words)


def test_an_old_file_delivered_again_becomes_current_again(tmp_path: Path) -> None:
    home = fresh(tmp_path / "home", weeks=2)
    back = load(home, deliveries()[0])
    assert (back.snapshot, back.changed) == (3, True)
    assert {file.outcome for file in back.files} == {FileOutcome.UNCHANGED}, "known bytes are not read again"
    assert shown(home)[1] == shown(loaded(1))[1]


def test_bytes_keep_the_name_under_which_they_were_first_read(tmp_path: Path) -> None:
    labs = _file(deliveries()[0], "Lab_Name")
    home = tmp_path / "home"
    first = load(home, _part(tmp_path / "part", labs))
    renamed = tmp_path / "renamed" / labs.parent.name / "another name.xlsx"
    renamed.parent.mkdir(parents=True)
    shutil.copy2(labs, renamed)
    second = load(home, tmp_path / "renamed")
    assert [(file.outcome, file.name.rsplit("/", 1)[-1]) for file in second.files] == [(FileOutcome.UNCHANGED, "another name.xlsx")]
    assert not second.changed
    assert _state(home).ask("SELECT DISTINCT source_file FROM lab_issue") == [{"source_file": first.files[0].name}]


def test_bytes_that_stand_twice_in_a_delivery_are_loaded_once(tmp_path: Path) -> None:
    labs = _file(deliveries()[0], "Lab_Name")
    folder = _part(tmp_path / "part", labs)
    shutil.copy2(labs, folder / labs.parent.name / "a copy.xlsx")
    home = tmp_path / "home"
    both = load(home, folder)
    assert sorted(file.outcome for file in both.files) == [FileOutcome.DUPLICATE, FileOutcome.LOADED]
    alone = tmp_path / "alone"
    load(alone, _part(tmp_path / "one", labs))
    assert _rows(home, "lab_issue") == _rows(alone, "lab_issue") > 0
    again = load(home, folder)
    assert not again.changed
    assert sorted(file.outcome for file in again.files) == [FileOutcome.DUPLICATE, FileOutcome.UNCHANGED]


def _rows(home: Path, table: str, study: str | None = None) -> int:
    where, bound = ("", []) if study is None else (" WHERE study_id = ?", [study])
    return int(str(_state(home).ask(f'SELECT count(*) AS n FROM "{table}"{where}', bound)[0]["n"]))


def test_the_same_bytes_in_the_folders_of_two_studies_are_a_report_of_each(tmp_path: Path) -> None:
    """A file with a header and no row names no study; the folder does."""
    import openpyxl

    book = openpyxl.load_workbook(_file(deliveries()[0], "Compiled_EDRR"))
    for sheet in book:
        sheet.delete_rows(2, sheet.max_row)
    empty = tmp_path / "empty.xlsx"
    book.save(empty)
    book.close()
    for study in ("Study 7", "Study 8"):
        (tmp_path / "part" / f"{study}_files").mkdir(parents=True)
        shutil.copy2(empty, tmp_path / "part" / f"{study}_files" / f"{study}_Compiled_EDRR.xlsx")
    home = tmp_path / "home"
    first = load(home, tmp_path / "part")
    assert {(file.study_id, file.outcome) for file in first.files} == {("Study 7", FileOutcome.LOADED), ("Study 8", FileOutcome.LOADED)}
    found = reports(_state(home))
    for study in ("Study 7", "Study 8"):
        report = found[StudyId(study)][KindCode("edrr")]
        assert (report.state, report.rows) == (ReportState.EMPTY, 0), "a true zero"
        assert found[StudyId(study)][LABS].state == ReportState.MISSING
        assert found[StudyId(study)][LABS].rows is None
    assert not load(home, tmp_path / "part").changed


def test_a_quarantined_file_does_not_replace_a_good_one(tmp_path: Path) -> None:
    import openpyxl

    home = fresh(tmp_path / "home")
    good = _file(deliveries()[0], "eSAE")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Colour", "Weight", "Price"])
    sheet.append(["red", 3, 4])
    folder = _part(tmp_path / "part", good)
    book.save(folder / good.parent.name / good.name)
    book.close()
    brought = load(home, folder)
    assert [file.outcome for file in brought.files] == [FileOutcome.QUARANTINED]
    assert brought.files[0].reason
    assert brought.files[0].todo
    state = _state(home)
    study = brought.files[0].study_id
    assert study is not None
    assert reports(state)[study][SAE].state == ReportState.PRESENT
    assert fingerprint(state) == shown(loaded(1))[1]
    assert [file.file_id for file in state.apart] == [file_id(brought.files[0])]


def test_a_refused_file_is_recorded_once_with_its_reason(tmp_path: Path) -> None:
    home = fresh(tmp_path / "home")
    good = _file(deliveries()[0], "eSAE")
    folder = tmp_path / "part" / good.parent.name
    folder.mkdir(parents=True)
    (folder / "eSAE_broken.xlsx").write_bytes(good.read_bytes()[:2000])
    first = load(home, tmp_path / "part")
    assert [file.outcome for file in first.files] == [FileOutcome.REFUSED]
    assert first.files[0].reason
    assert first.files[0].todo
    again = load(home, tmp_path / "part")
    assert [(file.outcome, file.reason) for file in again.files] == [(FileOutcome.REFUSED, first.files[0].reason)]
    assert not again.changed
    state = _state(home)
    assert [file.receipt.reason for file in state.files if file.receipt.outcome is FileOutcome.REFUSED] == [first.files[0].reason]
    assert fingerprint(state) == shown(loaded(1))[1]


# -- lineage


@pytest.mark.parametrize("table", all_tables())
def test_every_row_says_where_it_comes_from(table: str) -> None:
    state = _state(loaded(2))
    names = [field.name for field in LINEAGE]
    absent = " OR ".join(f"{name} IS NULL" for name in names)
    assert state.ask(f'SELECT * FROM "{table}" WHERE {absent} LIMIT 3') == []
    by_hash = {file.receipt.sha256: file for file in state.files}
    for row in state.ask(f'SELECT DISTINCT source_sha256, source_file, study_id, load_id, sheet_no, source_sheet FROM "{table}"'):
        file = by_hash[str(row["source_sha256"])]  # type: ignore[index]
        sheet = next(sheet for sheet in file.receipt.sheets if sheet.number == row["sheet_no"])
        assert (row["source_file"], row["study_id"], row["load_id"]) == (file.receipt.name, file.receipt.study_id, file.load_id)
        assert row["source_sheet"] == sheet.name


def test_what_receipts_count_is_what_the_tables_hold() -> None:
    state = _state(loaded(2))
    for number in state.shown:
        file = state.by_number[number]
        for sheet in file.receipt.sheets:
            assert sheet.conserved
            if sheet.table is not None:
                where = "source_sha256 = ? AND sheet_no = ?"
                bound = (file.receipt.sha256, sheet.number)
                assert state.ask(f'SELECT count(*) AS n FROM "{sheet.table}" WHERE {where}', bound) == [{"n": sheet.accepted}]
                assert state.ask(f"SELECT count(*) AS n FROM rejection WHERE {where}", bound) == [{"n": sheet.rejected}]


def test_the_ledger_keeps_every_file_of_every_delivery() -> None:
    with wired(Settings(loaded(3), 0, 1)) as mesh, mesh.engine.connect() as connection:
        for week in (1, 2, 3):
            kept = connection.execute(select(db.DELIVERY.c.file_no).where(db.DELIVERY.c.load_id == week)).all()
            assert len(kept) == len(list(deliveries()[week - 1].rglob("*.xlsx")))


# -- two at once


def test_a_load_is_refused_while_another_runs_unless_it_may_wait(tmp_path: Path) -> None:
    home = fresh(tmp_path / "home")
    with wired(Settings(home, 0, 1)) as mesh:
        with locked(Home(home)), pytest.raises(Conflict) as told:
            ingest(mesh, deliveries()[1], quiet)
        assert "Wait" in told.value.todo
        assert ingest(mesh, deliveries()[1], quiet).snapshot == 2
