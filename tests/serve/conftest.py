"""A mesh of made-up studies in memory, and a browser in front of it.

The studies are fictional from end to end; their numbers are chosen so that a test can count them.
"""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar, cast

import pytest
from starlette.testclient import TestClient
from tests.serve.elsewhere import MeasuredElsewhere

from ncdm.errors import InvalidQuestion, NcdmError, NotFound
from ncdm.serve.answers import (
    Became,
    CellView,
    Check,
    Column,
    ColumnMatch,
    FileLine,
    FileReceipt,
    Finding,
    Kind,
    Line,
    LineOutcome,
    LoadedFile,
    LoadState,
    Portfolio,
    PortfolioTotals,
    ReportCell,
    Row,
    SetAside,
    SheetColumn,
    SheetReceipt,
    Site,
    Snapshot,
    SourceCell,
    SourceLine,
    Study,
    StudyLine,
    Subject,
    Table,
)
from ncdm.serve.app import create
from ncdm.serve.bodies import BodyLimits
from ncdm.serve.measured.port import Measured
from ncdm.serve.ports import Mesh
from ncdm.serve.progress import Loaded, Progress
from ncdm.serve.sessions import Sessions
from ncdm.serve.token import OneTimeToken
from ncdm.serve.upload import UploadLimits
from ncdm.serve.window import Filter, Slice, Sort, Window
from ncdm.types import CellRef, FileOutcome, ReportState, RowRef, Severity, SheetOutcome, StudyId, TableName

T = TypeVar("T")

ADDRESS = "http://127.0.0.1:8737"
OURS = {"X-NCDM": "1", "Origin": ADDRESS, "Sec-Fetch-Site": "same-origin"}
SECRET = "a-made-up-token-for-tests-only"  # noqa: S105 - no secret: it opens a mesh in memory
STUDY = "Fiction 1"
SHA = "f1c7" * 16
FILE_ID = SHA[:16]


def cut(items: tuple[T, ...], window: Window) -> Slice[T]:
    return Slice(items[window.offset : window.offset + window.limit], len(items))


class MadeUpMesh:
    """Answers from made-up facts; ``size`` is the length of every list at snapshot 1, and each snapshot adds one."""

    def __init__(self, folder: Path, *, snapshots: int = 2, size: int = 7) -> None:
        self.folder = folder
        self.committed = snapshots
        self.size = size
        self.stagings = 0
        self.received: dict[str, bytes] = {}
        self.asked: list[tuple[str, int]] = []
        self.loading: Callable[[Path, Callable[[Progress], None]], Loaded] = self.load_quietly
        self.break_with: Exception | None = None
        self.no_room: NcdmError | None = None
        self.measured = cast("Measured", MeasuredElsewhere(self._met, self._known))

    def snapshot(self, as_of: int | date | None) -> Snapshot | None:
        known = [self._snapshot(number) for number in range(1, self.committed + 1)]
        if as_of is None:
            return known[-1] if known else None
        if isinstance(as_of, date):
            known = [snapshot for snapshot in known if snapshot.as_of is not None and snapshot.as_of <= as_of]
        else:
            known = [snapshot for snapshot in known if snapshot.snapshot == as_of]
        if not known:
            raise NotFound("There is no such snapshot.", where=str(as_of))
        return known[-1]

    def snapshots(self, at: int, window: Window) -> Slice[Snapshot]:
        return cut(tuple(self._snapshot(number) for number in range(at, 0, -1)), window)

    def portfolio(self, at: int) -> Portfolio:
        self._met("portfolio", at)
        studies = (self._study_line(at),) if at else ()
        totals = PortfolioTotals(
            studies=len(studies), subjects=0, sites=0, countries=0, files=0, rows=0, rejected=0, refused=0, quarantined=0, findings=0
        )
        kinds = (Kind(kind="cpid", title="CPID EDC metrics"), Kind(kind="labs", title="Missing lab names and ranges"))
        return Portfolio(snapshot=self._snapshot(at) if at else None, kinds=kinds, totals=totals, studies=studies)

    def study(self, at: int, study_id: StudyId) -> Study:
        self._known(at, study_id)
        line = self._study_line(at)
        check = Check(code="CHK001", title="Every made-up site has a subject", severity=Severity.LOW, count=2)
        facts = {name: getattr(line, name) for name in StudyLine.__dataclass_fields__}
        return Study(
            **facts,
            files=(self._file_line(),),
            totals={"cpid": {"open queries": 3, "mean age": None}},
            unread={"cpid": {"open queries": 1}},
            titles={},
            sources={},
            checks=(check,),
        )

    def findings(self, at: int, study_id: StudyId, code: str | None, window: Window) -> Slice[Finding]:
        self._known(at, study_id)
        if code not in {None, "CHK001"}:
            raise InvalidQuestion("There is no such check.", where="code")
        return cut(tuple(self._finding(number) for number in range(self._size(at))), window)

    def sites(self, at: int, study_id: StudyId, q: str | None, window: Window) -> Slice[Site]:
        self._known(at, study_id)
        sites = tuple(
            Site(site_id=f"Site {number}", country=None if number % 3 else "Utopia", subjects=number, reports=("cpid",))
            for number in range(self._size(at))
        )
        return cut(tuple(site for site in sites if q is None or q.lower() in f"{site.site_id} {site.country}".lower()), window)

    def subjects(self, at: int, study_id: StudyId, q: str | None, window: Window) -> Slice[Subject]:
        self._known(at, study_id)
        subjects = tuple(
            Subject(
                subject_id=f"Subject {number}",
                site_id="Site 1",
                country=None,
                subject_status=None,
                status_source=None,
                reports=("cpid", "labs"),
                pseudo=number == 0,
            )
            for number in range(self._size(at))
        )
        return cut(tuple(subject for subject in subjects if q is None or q.lower() in subject.subject_id.lower()), window)

    def tables(self, at: int, study_id: StudyId) -> tuple[Table, ...]:
        self._known(at, study_id)
        column = Column(name="number", title="Number", type="integer", unit=None, cdisc=None)
        return (Table(table="query", kind="cpid", title="Queries", supporting=False, rows=self._size(at), columns=(column,)),)

    def rows(
        self, at: int, study_id: StudyId, table: TableName, sort: Sort | None, filters: tuple[Filter, ...], window: Window
    ) -> Slice[Row]:
        self._known(at, study_id)
        if table != "query":
            raise NotFound("There is no such table.", where=table)
        rows = tuple(Row(ref=f"{FILE_ID}:1:{number + 2}", cells=self._cells(number)) for number in range(self._size(at)))
        for asked in filters:
            self._column(asked.column)
            rows = tuple(row for row in rows if asked.value == ("" if row.cells[asked.column] is None else str(row.cells[asked.column])))
        if sort is not None:
            self._column(sort.column)
            rows = tuple(sorted(rows, key=lambda row: str(row.cells[sort.column]), reverse=sort.descending))
        return cut(rows, window)

    def files(self, at: int, study_id: StudyId | None, outcome: FileOutcome | None, window: Window) -> Slice[FileLine]:
        files = tuple(replace(self._file_line(), name=f"made up {number}.xlsx") for number in range(self._size(at)))
        kept = study_id in {None, STUDY} and outcome in {None, FileOutcome.LOADED}
        return cut(files if kept else (), window)

    def file(self, at: int, file_id: str) -> FileReceipt:
        self._known_file(at, file_id)
        line = self._file_line()
        facts = {name: getattr(line, name) for name in FileLine.__dataclass_fields__ if name != "sheets"}
        return FileReceipt(**facts, sheets=(self._sheet(),), findings=(self._finding(0),))

    def lines(self, at: int, file_id: str, sheet: int, outcome: LineOutcome | None, from_row: int, window: Window) -> Slice[Line]:
        self._known_file(at, file_id)
        if sheet != 1:
            raise NotFound("There is no such sheet.", where=str(sheet))
        lines = tuple(
            Line(row=number, outcome=LineOutcome.ACCEPTED, reason=None, ref=f"{FILE_ID}:1:{number}", cells=("made up", None))
            for number in range(from_row, self._size(at) + 2)
        )
        return cut(lines if outcome in {None, LineOutcome.ACCEPTED} else (), window)

    def cell(self, at: int, ref: RowRef | CellRef, around: int) -> CellView:
        line = ref.line if isinstance(ref, CellRef) else ref
        self._known_file(at, line.sha256[:16])
        source = SourceLine(
            row=line.row,
            outcome=LineOutcome.ACCEPTED,
            reason=None,
            cells=(SourceCell(text="made up", error=None), SourceCell(text=None, error="#N/A")),
        )
        return CellView(
            file=self._file_line(),
            sheet=self._sheet(),
            row=line.row,
            column_letter="B" if isinstance(ref, CellRef) else None,
            letters=("A", "B"),
            lines=(source,) * (1 + min(around, 2)),
            became=Became(table="query", cells=self._cells(1)),
            rejected=None,
        )

    def staging(self) -> Path:
        if self.no_room is not None:
            raise self.no_room
        self.stagings += 1
        folder = self.folder / f"staging-{self.stagings}"
        folder.mkdir()
        return folder

    def ingest(self, folder: Path, tell: Callable[[Progress], None]) -> Loaded:
        self.received = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        return self.loading(folder, tell)

    def load_quietly(self, _folder: Path, tell: Callable[[Progress], None]) -> Loaded:
        tell(Progress(state=LoadState.COMMITTING, files_done=len(self.received), files_total=len(self.received), current=None))
        self.committed += 1
        line = self._file_line()
        facts = {name: getattr(line, name) for name in FileLine.__dataclass_fields__}
        return Loaded(files=(LoadedFile(**facts, held=()),), ignored=("made up.pdf",), snapshot=self.committed)

    def left_in_staging(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())

    def _met(self, what: str, at: int) -> None:
        self.asked.append((what, at))
        if self.break_with is not None:
            raise self.break_with

    def _size(self, at: int) -> int:
        return self.size + at - 1 if at else 0

    def _known(self, at: int, study_id: str) -> None:
        if not at or study_id != STUDY:
            raise NotFound("There is no such study.", where=study_id, todo="See the portfolio for those there are.")

    def _known_file(self, at: int, file_id: str) -> None:
        if not at or file_id != FILE_ID:
            raise NotFound("There is no such file.", where=file_id)

    def _column(self, name: str) -> None:
        if name not in {"number", "half"}:
            raise InvalidQuestion("There is no such column.", where=name)

    def _cells(self, number: int) -> dict[str, bool | int | float | date | datetime | str | None]:
        return {"number": number, "half": number / 2, "on": date(2031, 1, 1), "open": True, "text": "made up", "nothing": None}

    def _snapshot(self, number: int) -> Snapshot:
        return Snapshot(
            snapshot=number,
            as_of=date(2031, 1, 1) + timedelta(days=number - 1),
            committed_at=datetime(2031, 2, 1, tzinfo=UTC) + timedelta(days=number),
            files_loaded=number,
            files_unchanged=0,
            files_refused=0,
            demo=True,
        )

    def _study_line(self, at: int) -> StudyLine:
        missing = ReportCell(
            kind="labs", state=ReportState.MISSING, rows=None, rejected=0, as_of=None, as_of_assumed=False, file_ids=(), note=None
        )
        return StudyLine(
            study_id=STUDY,
            subjects=self._size(at),
            sites=3,
            countries=1,
            lower_bound=False,
            as_of=date(2031, 1, 1) + timedelta(days=at - 1),
            demo=True,
            rows=self._size(at),
            rejected=0,
            refused=0,
            quarantined=0,
            findings=2,
            reports=(missing,),
        )

    def _file_line(self) -> FileLine:
        return FileLine(
            file_id=FILE_ID,
            sha256=SHA,
            name="made up.xlsx",
            study_id=STUDY,
            kind="cpid",
            outcome=FileOutcome.LOADED,
            reason=None,
            todo=None,
            size=10,
            as_of=None,
            as_of_assumed=True,
            sheets=1,
            read=3,
            accepted=2,
            rejected=0,
            set_aside=1,
            quarantined_lines=0,
            refused=0,
            quarantined=0,
            first_snapshot=1,
            current=True,
        )

    def _sheet(self) -> SheetReceipt:
        return SheetReceipt(
            sheet=1,
            name="Made up",
            visible=True,
            outcome=SheetOutcome.ACCEPTED,
            kind="cpid",
            table="query",
            reason=None,
            nearest=None,
            todo=None,
            wanted=(),
            as_of=None,
            as_of_assumed=False,
            header_rows=(1,),
            columns=(SheetColumn(letter="A", header="Number", column="number", how=ColumnMatch.EXACT),),
            missing_columns=(),
            read=3,
            accepted=2,
            rejected=0,
            set_aside=SetAside(blank=0, banner=0, header=1, total=0, footer=0, stray=0),
            held=0,
            scrubbed=0,
        )

    def _finding(self, number: int) -> Finding:
        return Finding(
            code="CHK001",
            title="Every made-up site has a subject",
            severity=Severity.LOW,
            what=f"Site {number} has none.",
            kind="cpid",
            table=None,
            subject_id=None,
            site_id=f"Site {number}",
            refs=(f"{FILE_ID}:1:2",),
        )


class Clock:
    """Time that moves when told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Turnstile:
    """Holds a load until it is let through."""

    def __init__(self, mesh: MadeUpMesh) -> None:
        self._mesh = mesh
        self.entered = threading.Semaphore(0)
        self._open = threading.Semaphore(0)

    def __call__(self, folder: Path, tell: Callable[[Progress], None]) -> Loaded:
        tell(Progress(state=LoadState.READING, files_done=0, files_total=1, current="made up.xlsx"))
        self.entered.release()
        assert self._open.acquire(timeout=30)
        return self._mesh.load_quietly(folder, tell)

    def let_through(self, loads: int = 1) -> None:
        self._open.release(loads)


@pytest.fixture
def mesh(tmp_path: Path) -> MadeUpMesh:
    folder = tmp_path / "staging"
    folder.mkdir()
    return MadeUpMesh(folder)


@pytest.fixture
def turnstile(mesh: MadeUpMesh) -> Iterator[Turnstile]:
    held = Turnstile(mesh)
    mesh.loading = held
    yield held
    held.let_through(1000)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def limits() -> UploadLimits:
    return UploadLimits(file_bytes=200_000, total_bytes=500_000, files=5)


@pytest.fixture
def static(tmp_path: Path) -> Path:
    folder = tmp_path / "static"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>made-up page</title>")
    (folder / "assets" / "page-AbCd1234.js").write_text("export default 'made up';" * 100)
    (folder / "icon.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (tmp_path / "outside.txt").write_text("not for the page")
    (folder / "lead-out.txt").symlink_to(tmp_path / "outside.txt")
    return folder


@pytest.fixture
def stranger(mesh: Mesh, static: Path, limits: UploadLimits, clock: Clock) -> Iterator[TestClient]:
    """A browser at our own page that has not signed in."""
    app = create(
        mesh,
        token=OneTimeToken(SECRET, clock=clock),
        static=static,
        sessions=Sessions(clock=clock),
        uploads=limits,
        bodies=BodyLimits(linger=0.2),
    )
    with TestClient(app, base_url=ADDRESS, headers=OURS, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def browser(stranger: TestClient) -> TestClient:
    """A browser at our own page, signed in."""
    stranger.post("/api/v1/session", json={"token": SECRET}).raise_for_status()
    return stranger
