"""The port of the pages over the real store: its answers agree with each other, lists come in parts, and every reference opens."""

import datetime as dt
import json
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from tests.portfolios import deliveries, fresh, loaded

from ncdm.contracts import KINDS
from ncdm.errors import InvalidQuestion, NotFound
from ncdm.serve import answers as say
from ncdm.serve.over_store import MeshOverStore
from ncdm.serve.window import Filter, Slice, Sort, Window
from ncdm.settings import Settings
from ncdm.types import CellRef, FileOutcome, ReportState, RowRef, StudyId, TableName, parse_ref
from ncdm.wiring import wired

AT = 2
ALL = Window(0, 1_000_000)


@pytest.fixture(scope="module")
def mesh() -> Iterator[MeshOverStore]:
    """Two weeks of the portfolio."""
    with wired(Settings(loaded(AT), 0, 1)) as wiring:
        yield MeshOverStore(wiring)


@pytest.fixture(scope="module")
def studies(mesh: MeshOverStore) -> list[StudyId]:
    """The studies of the portfolio."""
    return [StudyId(line.study_id) for line in mesh.portfolio(AT).studies]


def _ref(text: str) -> RowRef | CellRef:
    found = parse_ref(text)
    assert found is not None
    return found


# -- answers agree


def test_the_portfolio_is_the_sum_of_its_studies(mesh: MeshOverStore) -> None:
    portfolio = mesh.portfolio(AT)
    for name in ("subjects", "sites", "rows", "rejected", "refused", "quarantined", "findings"):
        assert getattr(portfolio.totals, name) == sum(getattr(study, name) for study in portfolio.studies), name
    assert portfolio.totals.studies == len(portfolio.studies) == 4
    assert [kind.kind for kind in portfolio.kinds] == [kind.code for kind in KINDS]
    assert portfolio.snapshot == mesh.snapshot(None) == mesh.snapshot(AT)


def test_the_portfolio_tells_what_the_generator_meant(mesh: MeshOverStore) -> None:
    truth = json.loads((deliveries()[AT - 1] / "truth.json").read_text())["studies"]
    for line in mesh.portfolio(AT).studies:
        wanted = truth[line.study_id]
        assert (line.subjects, line.sites, line.countries) == (wanted["subjects_union"], wanted["sites_union"], wanted["countries_union"])
        assert {cell.kind for cell in line.reports if cell.state is ReportState.MISSING} == set(wanted["reports_missing"])
        assert line.lower_bound == ("cpid" in wanted["reports_missing"])
        assert line.demo


def test_unknown_is_not_zero(mesh: MeshOverStore) -> None:
    for line in mesh.portfolio(AT).studies:
        for cell in line.reports:
            assert (cell.rows is None) == (cell.state in {ReportState.MISSING, ReportState.QUARANTINED, ReportState.REFUSED})
            assert (cell.rows == 0 and cell.rejected == 0) == (cell.state is ReportState.EMPTY)
            assert bool(cell.file_ids) == (cell.state is not ReportState.MISSING)


def test_a_study_says_the_same_as_its_line_and_its_parts(mesh: MeshOverStore) -> None:
    for line in mesh.portfolio(AT).studies:
        study = mesh.study(AT, StudyId(line.study_id))
        for name in (
            "study_id",
            "subjects",
            "sites",
            "countries",
            "lower_bound",
            "as_of",
            "demo",
            "rows",
            "rejected",
            "findings",
            "reports",
        ):
            assert getattr(study, name) == getattr(line, name), name
        assert sum(check.count for check in study.checks) == study.findings == mesh.findings(AT, StudyId(line.study_id), None, ALL).total
        for check in study.checks:
            assert mesh.findings(AT, StudyId(line.study_id), check.code, ALL).total == check.count
        assert mesh.sites(AT, StudyId(line.study_id), None, ALL).total == study.sites
        subjects = mesh.subjects(AT, StudyId(line.study_id), None, ALL).items
        assert sum(not subject.pseudo for subject in subjects) == study.subjects
        assert sum(site.subjects for site in mesh.sites(AT, StudyId(line.study_id), None, ALL).items) == sum(
            not subject.pseudo and subject.site_id is not None for subject in subjects
        )
        shown = {file.file_id for file in study.files if file.current}
        assert shown == {file_id for cell in line.reports for file_id in cell.file_ids}


def test_the_rows_of_a_report_are_those_of_its_tables(mesh: MeshOverStore, studies: list[StudyId]) -> None:
    for study in studies:
        counted: dict[str, int] = {}
        for table in mesh.tables(AT, study):
            assert mesh.rows(AT, study, TableName(table.table), None, (), Window(0, 1)).total == table.rows
            if not table.supporting:
                counted[table.kind] = counted.get(table.kind, 0) + table.rows
        reports = {cell.kind: cell.rows for cell in mesh.study(AT, study).reports if cell.rows is not None}
        assert {kind: counted.get(kind, 0) for kind in reports} == reports


def test_every_line_of_every_file_is_accounted_for(mesh: MeshOverStore) -> None:
    files = mesh.files(AT, None, None, ALL).items
    assert files
    for line in files:
        assert line.read == line.accepted + line.rejected + line.set_aside + line.quarantined_lines
        file = mesh.file(AT, line.file_id)
        assert (file.sha256, file.name, file.outcome, len(file.sheets)) == (line.sha256, line.name, line.outcome, line.sheets)
        for name in ("read", "accepted", "rejected"):
            assert getattr(file, name) == sum(getattr(sheet, name) for sheet in file.sheets) == getattr(line, name)
        for sheet in file.sheets:
            assert sheet.read == sheet.accepted + sheet.rejected + _aside(sheet) + sheet.held


def _aside(sheet: say.SheetReceipt) -> int:
    found = sheet.set_aside
    return found.blank + found.banner + found.header + found.total + found.footer + found.stray


def test_the_lines_of_a_sheet_are_its_receipt(mesh: MeshOverStore) -> None:
    chosen = random.Random(7).sample(mesh.files(AT, None, None, ALL).items, 6)
    for line in chosen:
        for sheet in mesh.file(AT, line.file_id).sheets:
            found = mesh.lines(AT, line.file_id, sheet.sheet, None, 1, ALL)
            assert [entry.row for entry in found.items] == list(range(1, sheet.read + 1))
            assert found.total == sheet.read
            counts = {"accepted": sheet.accepted, "rejected": sheet.rejected, "held": sheet.held}
            for outcome in say.LineOutcome:
                wanted = counts[outcome] if outcome in counts else getattr(sheet.set_aside, outcome)
                part = mesh.lines(AT, line.file_id, sheet.sheet, outcome, 1, ALL)
                assert part.total == len(part.items) == wanted, (line.name, sheet.sheet, outcome)
                assert part.items == tuple(entry for entry in found.items if entry.outcome is outcome)
            assert mesh.lines(AT, line.file_id, sheet.sheet, None, sheet.read, ALL).total == min(1, sheet.read)
            assert mesh.lines(AT, line.file_id, sheet.sheet, None, sheet.read + 1, ALL).total == 0


# -- references open


def test_every_row_opens_to_the_line_that_it_says(mesh: MeshOverStore, studies: list[StudyId]) -> None:
    chance = random.Random(11)
    for study in studies:
        for table in mesh.tables(AT, study):
            rows = mesh.rows(AT, study, TableName(table.table), None, (), ALL).items
            for row in chance.sample(rows, min(2, len(rows))):
                view = mesh.cell(AT, _ref(row.ref), 2)
                assert view.became is not None
                assert view.rejected is None
                told = {name: value for name, value in view.became.cells.items() if name in row.cells}
                assert told == {name: row.cells[name] for name in told}
                assert set(view.became.cells) - set(told) <= {"source_study"}
                assert view.file.study_id == study
                assert [line.outcome for line in view.lines if line.row == view.row] == [say.LineOutcome.ACCEPTED]
                assert row.ref == f"{view.file.file_id}:{view.sheet.sheet}:{view.row}"


def test_every_finding_opens_each_of_its_rows(mesh: MeshOverStore, studies: list[StudyId]) -> None:
    chance = random.Random(13)
    seen: dict[str, int] = {}
    for study in studies:
        for finding in mesh.findings(AT, study, None, ALL).items:
            if finding.refs and seen.setdefault(finding.code, 0) < 4:
                seen[finding.code] += 1
                for ref in chance.sample(finding.refs, min(2, len(finding.refs))):
                    view = mesh.cell(AT, _ref(ref), 0)
                    assert view.file.study_id == study
                    assert view.file.current
                    assert 1 <= view.row <= view.sheet.read
                    outcome = next(line.outcome for line in view.lines if line.row == view.row)
                    assert (view.became is not None) == (outcome is say.LineOutcome.ACCEPTED)
                    assert (view.rejected is not None) == (outcome is say.LineOutcome.REJECTED)
    assert len(seen) >= 5


def test_the_sheet_around_a_cell_has_its_header_and_its_neighbours(mesh: MeshOverStore, studies: list[StudyId]) -> None:
    row = mesh.rows(AT, studies[0], TableName("lab_issue"), None, (), Window(5, 1)).items[0]
    line = _ref(row.ref)
    assert isinstance(line, RowRef)
    for around in (0, 1, 20):
        view = mesh.cell(AT, line.cell(2), around)
        last = min(view.sheet.read, line.row + around)
        assert [entry.row for entry in view.lines] == sorted({*view.sheet.header_rows, *range(max(1, line.row - around), last + 1)})
        assert view.column_letter == "B"
        assert {len(entry.cells) for entry in view.lines} == {len(view.letters)}


@pytest.mark.parametrize("change", ["file", "sheet", "row", "column"])
def test_a_reference_beyond_the_file_is_not_found(change: str, mesh: MeshOverStore, studies: list[StudyId]) -> None:
    ref = mesh.rows(AT, studies[0], TableName("lab_issue"), None, (), Window(0, 1)).items[0].ref
    file, sheet, row = ref.split(":")
    asked = {
        "file": f"{'0' * 16}:{sheet}:{row}",
        "sheet": f"{file}:77:{row}",
        "row": f"{file}:{sheet}:999999",
        "column": f"{file}:{sheet}:ZZ{row}",
    }
    with pytest.raises(NotFound):
        mesh.cell(AT, _ref(asked[change]), 1)


# -- lists


def _joined(ask: Callable[[Window], Slice[object]], step: int) -> tuple[object, ...]:
    whole = ask(ALL)
    parts: list[object] = []
    for offset in range(0, whole.total + step, step):
        part = ask(Window(offset, step))
        assert part.total == whole.total == len(whole.items)
        assert len(part.items) == max(0, min(step, whole.total - offset))
        parts.extend(part.items)
    return tuple(parts)


def test_parts_of_a_list_are_the_list(mesh: MeshOverStore, studies: list[StudyId]) -> None:
    study = studies[-1]
    lists: dict[str, Callable[[Window], Slice[object]]] = {
        "files": lambda window: mesh.files(AT, None, None, window),
        "snapshots": lambda window: mesh.snapshots(AT, window),
        "findings": lambda window: mesh.findings(AT, study, None, window),
        "sites": lambda window: mesh.sites(AT, study, None, window),
        "subjects": lambda window: mesh.subjects(AT, study, None, window),
        "rows": lambda window: mesh.rows(AT, study, TableName("lab_issue"), None, (), window),
        "sorted rows": lambda window: mesh.rows(AT, study, TableName("sae_review"), Sort("review_status", descending=True), (), window),
    }
    for name, ask in lists.items():
        assert _joined(ask, 7) == ask(ALL).items, name


@pytest.mark.parametrize("descending", [False, True])
def test_rows_are_sorted_with_the_unknown_last_and_ties_in_the_order_of_the_source(
    descending: bool,  # noqa: FBT001
    mesh: MeshOverStore,
    studies: list[StudyId],
) -> None:
    for study in studies:
        for table in mesh.tables(AT, study):
            plain = mesh.rows(AT, study, TableName(table.table), None, (), ALL).items
            for column in [column.name for column in table.columns][:6]:
                found = mesh.rows(AT, study, TableName(table.table), Sort(column, descending), (), ALL).items
                known = [row for row in plain if row.cells[column] is not None]
                wanted = sorted(known, key=lambda row: row.cells[column], reverse=descending)  # type: ignore[arg-type, return-value]
                if descending:
                    by_value: dict[object, list[say.Row]] = {}
                    for row in known:
                        by_value.setdefault(row.cells[column], []).append(row)
                    wanted = [row for value in sorted(by_value, reverse=True) for row in by_value[value]]  # type: ignore[type-var]
                assert list(found) == wanted + [row for row in plain if row.cells[column] is None], (table.table, column)


def test_filters_keep_what_equals_and_what_is_absent(mesh: MeshOverStore, studies: list[StudyId]) -> None:
    for study in studies:
        for table in mesh.tables(AT, study):
            name = TableName(table.table)
            rows = mesh.rows(AT, study, name, None, (), ALL).items
            for column in [column.name for column in table.columns]:
                values = {row.cells[column] for row in rows}
                for value in sorted(values, key=str)[:2]:
                    text = "" if value is None else str(value)
                    if isinstance(value, dt.datetime) and value.microsecond:
                        text = text.rstrip("0")
                    found = mesh.rows(AT, study, name, None, (Filter(column, text),), ALL)
                    assert list(found.items) == [row for row in rows if row.cells[column] == value], (table.table, column, text)


def test_two_filters_both_hold(mesh: MeshOverStore, studies: list[StudyId]) -> None:
    rows = mesh.rows(AT, studies[0], TableName("lab_issue"), None, (), ALL).items
    site, subject = rows[0].cells["site_id"], rows[0].cells["subject_id"]
    found = mesh.rows(AT, studies[0], TableName("lab_issue"), None, (Filter("site_id", str(site)), Filter("subject_id", str(subject))), ALL)
    assert list(found.items) == [row for row in rows if (row.cells["site_id"], row.cells["subject_id"]) == (site, subject)]


@pytest.mark.parametrize("nasty", ["'; DROP TABLE lab_issue; --", '"', "%", "' OR '1'='1"])
def test_words_of_a_question_are_never_obeyed(nasty: str, mesh: MeshOverStore, studies: list[StudyId]) -> None:
    labs = TableName("lab_issue")
    before = mesh.rows(AT, studies[0], labs, None, (), ALL)
    assert mesh.rows(AT, studies[0], labs, None, (Filter("site_id", nasty),), ALL).total == 0
    asked: tuple[Callable[[], object], ...] = (
        lambda: mesh.rows(AT, studies[0], labs, Sort(nasty, descending=False), (), ALL),
        lambda: mesh.rows(AT, studies[0], labs, None, (Filter(nasty, "x"),), ALL),
        lambda: mesh.rows(AT, studies[0], TableName(nasty), None, (), ALL),
    )
    for ask in asked:
        with pytest.raises(InvalidQuestion):
            ask()
    assert mesh.subjects(AT, studies[0], nasty, ALL).total == 0
    assert mesh.rows(AT, studies[0], labs, None, (), ALL) == before


def test_a_search_finds_parts_of_words_in_any_case(mesh: MeshOverStore, studies: list[StudyId]) -> None:
    subjects = mesh.subjects(AT, studies[0], None, ALL).items
    wanted = subjects[0]
    assert wanted in mesh.subjects(AT, studies[0], wanted.subject_id.upper(), ALL).items
    assert wanted.site_id is not None
    assert mesh.subjects(AT, studies[0], wanted.site_id.lower(), ALL).items == tuple(
        subject for subject in subjects if wanted.site_id.lower() in f"{subject.site_id} {subject.subject_id}".lower()
    )
    assert mesh.sites(AT, studies[0], "no such site", ALL) == Slice((), 0)


def test_files_are_kept_by_study_and_outcome(mesh: MeshOverStore, studies: list[StudyId]) -> None:
    every = mesh.files(AT, None, None, ALL).items
    assert {file.first_snapshot for file in every} == {1, 2}
    for study in studies:
        assert mesh.files(AT, study, None, ALL).items == tuple(file for file in every if file.study_id == study)
    for outcome in FileOutcome:
        assert mesh.files(AT, None, outcome, ALL).items == tuple(file for file in every if file.outcome is outcome)


def test_names_are_masked(mesh: MeshOverStore) -> None:
    delivered = [path.name for delivery in deliveries() for path in delivery.rglob("*.xlsx")]
    assert any("USERID" in name for name in delivered), "the portfolio carries the quirk"
    names = [file.name for file in mesh.files(AT, None, None, ALL).items]
    assert [name for name in names if "USERID" in name] == []
    assert any("[id]" in name for name in names)


# -- moments


def test_each_snapshot_answers_for_itself(mesh: MeshOverStore) -> None:
    with wired(Settings(loaded(1), 0, 1)) as wiring:
        alone = MeshOverStore(wiring)
        then, now = alone.portfolio(1), mesh.portfolio(1)
        assert then.totals == now.totals
        assert then.studies == now.studies
        assert alone.files(1, None, None, ALL) == mesh.files(1, None, None, ALL)
    assert mesh.portfolio(1).totals != mesh.portfolio(2).totals
    assert [line.snapshot for line in mesh.snapshots(1, ALL).items] == [1]
    assert [line.snapshot for line in mesh.snapshots(2, ALL).items] == [2, 1]


@pytest.mark.parametrize("at", [3, 99])
def test_a_snapshot_that_is_not_there_is_not_found(at: int, mesh: MeshOverStore) -> None:
    for ask in (lambda: mesh.portfolio(at), lambda: mesh.files(at, None, None, ALL), lambda: mesh.snapshot(at)):
        with pytest.raises(NotFound):
            ask()


def test_before_the_first_load_lists_are_empty_and_single_things_are_not_found(tmp_path: Path) -> None:
    with wired(Settings(tmp_path / "home", 0, 1)) as wiring:
        mesh = MeshOverStore(wiring)
        _nothing(mesh)


def _nothing(mesh: MeshOverStore) -> None:
    portfolio = mesh.portfolio(0)
    assert (portfolio.snapshot, portfolio.studies, portfolio.totals.files) == (None, (), 0)
    assert mesh.files(0, None, None, ALL) == Slice((), 0)
    assert mesh.snapshots(0, ALL) == Slice((), 0)
    for ask in (
        lambda: mesh.study(0, StudyId("Study 1")),
        lambda: mesh.rows(0, StudyId("Study 1"), TableName("lab_issue"), None, (), ALL),
        lambda: mesh.file(0, "0" * 16),
        lambda: mesh.cell(0, _ref(f"{'0' * 16}:1:1"), 1),
    ):
        with pytest.raises(NotFound):
            ask()


# -- loads


def test_an_upload_is_loaded_and_told_file_by_file(tmp_path: Path) -> None:
    home = fresh(tmp_path / "home")
    with wired(Settings(home, 0, 1)) as wiring:
        mesh = MeshOverStore(wiring)
        folder = mesh.staging()
        assert folder.is_dir()
        assert folder.is_relative_to(home)
        assert list(folder.iterdir()) == []
        assert mesh.staging() != folder
        told: list[tuple[str, int, int]] = []
        done = mesh.ingest(deliveries()[1], lambda walked: told.append((walked.state, walked.files_done, walked.files_total)))
        assert done.snapshot == 2
        assert len(done.files) == len(list(deliveries()[1].rglob("*.xlsx")))
        assert {file.outcome for file in done.files} == {FileOutcome.LOADED, FileOutcome.UNCHANGED}
        assert [state for state, _, _ in told][-1] == say.LoadState.COMMITTING
        assert [count for state, count, _ in told if state == say.LoadState.READING] == sorted(
            count for state, count, _ in told if state == say.LoadState.READING
        )
        assert {total for state, _, total in told if state == say.LoadState.READING} == {len(done.files)}
        assert mesh.snapshot(None) == mesh.snapshot(2)


ISSUES = b"Project Name,Subject,Total Open issue Count per subject\nStudy 7,Subject 1,2\n"


def test_an_upload_tells_each_outcome_and_what_it_left_out(tmp_path: Path) -> None:
    source = next(path for path in sorted(deliveries()[0].rglob("*EDRR*.xlsx")))
    home = fresh(tmp_path / "home")
    sent = tmp_path / "sent"
    (sent / source.parent.name).mkdir(parents=True)
    shutil.copy(source, sent / source.parent.name)
    book = openpyxl.load_workbook(source)
    book.create_sheet("Budget").append(["Colour", "Taste"])
    book.save(sent / source.parent.name / "EDRR with a sheet more.xlsx")
    book.close()
    for name, content in (
        ("Study 7/EDRR.csv", ISSUES),
        ("Study 7/EDRR again.csv", ISSUES),
        ("Study 7/notes.csv", b"colour,taste\nred,sweet\n"),
        ("Study 7/SAE.xlsx", b"PK\x03\x04 no"),
        ("Study 7/plan.docx", b"x"),
        (".DS_Store", b"x"),
    ):
        (sent / name).parent.mkdir(exist_ok=True)
        (sent / name).write_bytes(content)
    with wired(Settings(home, 0, 1)) as wiring:
        mesh = MeshOverStore(wiring)
        done = mesh.ingest(sent, lambda _walked: None)
        assert done.ignored == ("Study 7/plan.docx",)
        by_name = {file.name.rsplit("/", 1)[-1]: file for file in done.files}
        assert {name: str(file.outcome) for name, file in by_name.items()} == {
            source.name: "unchanged",
            "EDRR with a sheet more.xlsx": "loaded",
            "EDRR again.csv": "loaded",
            "EDRR.csv": "duplicate",
            "notes.csv": "quarantined",
            "SAE.xlsx": "refused",
        }
        copy = by_name["EDRR.csv"]
        assert (copy.reason, copy.read, copy.sheets, copy.current) == ("the same bytes as Study 7/EDRR again.csv, taken once", 0, 0, False)
        assert [(sheet.sheet, sheet.name) for sheet in by_name["EDRR with a sheet more.xlsx"].held] == [(2, "Budget")]
        assert "docs/reference/report-kinds.md" in str(by_name["EDRR with a sheet more.xlsx"].held[0].todo)
        assert [name for name, file in by_name.items() if file.held] == ["EDRR with a sheet more.xlsx"]
        assert {name for name, file in by_name.items() if file.todo} == {"notes.csv", "SAE.xlsx"}
        seven = mesh.study(2, StudyId("Study 7"))
        assert (seven.refused, seven.quarantined) == (1, 1)
        assert {cell.kind: str(cell.state) for cell in seven.reports if cell.state is not ReportState.MISSING} == {
            "edrr": "present",
            "sae": "refused",
        }
        totals = mesh.portfolio(2).totals
        assert (totals.refused, totals.quarantined) == (1, 2), "a file and a sheet"
        listed = mesh.files(2, StudyId("Study 7"), FileOutcome.DUPLICATE, ALL).items
        assert [(file.name, file.first_snapshot) for file in listed] == [("Study 7/EDRR.csv", 2)]
        assert mesh.files(1, None, FileOutcome.DUPLICATE, ALL).total == 0
        sheet = mesh.file(2, by_name["EDRR with a sheet more.xlsx"].file_id).sheets[1]
        assert (sheet.outcome, sheet.wanted) == ("quarantined", ())


def test_a_quarantined_sheet_brings_the_columns_of_the_nearest_contract(tmp_path: Path) -> None:
    (tmp_path / "Study 7").mkdir()
    (tmp_path / "Study 7" / "issues.csv").write_bytes(ISSUES.replace(b"Total Open issue Count per subject", b"Trouble"))
    with wired(Settings(tmp_path / "home", 0, 1)) as wiring:
        mesh = MeshOverStore(wiring)
        done = mesh.ingest(tmp_path / "Study 7", lambda _walked: None)
        sheet = mesh.file(1, done.files[0].file_id).sheets[0]
        assert sheet.nearest == "Open third-party reconciliation issues"
        assert sheet.todo is not None
        assert sheet.todo.startswith("Compare its header with the columns of Open third-party reconciliation issues, on the file's page")
        assert "Total Open issue Count per subject" in {
            spelling for column in sheet.wanted if column.telling for spelling in column.spellings
        }
