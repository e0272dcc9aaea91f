"""Deliveries of made files into a data folder, and states of files made in memory."""

import datetime as dt
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import xlsxwriter

from ncdm.ingest.file import conform_file
from ncdm.ingest.file_study import Attributed, StudyFrom
from ncdm.ingest.workbook import identify
from ncdm.settings import Settings
from ncdm.store.finding import Finding
from ncdm.store.findings import findings
from ncdm.store.home import locked
from ncdm.store.load import Load
from ncdm.store.mesh import Reading
from ncdm.store.state import State
from ncdm.types import FileOutcome, KindCode, StudyId
from ncdm.wiring import wired
from tests.building import LABS, Given, sheet, workbook
from tests.portfolios import load

TRACKER, LAB, CPID, PAGES, EDRR = (KindCode(code) for code in ("visit_tracker", "labs", "cpid", "missing_pages", "edrr"))
SEVEN, EIGHT = StudyId("Study 7"), StudyId("Study 8")
FIRST, SECOND = dt.date(2025, 11, 14), dt.date(2025, 11, 21)
Lines = list[list[Given]]
Open = Callable[[Path], State]


def findings_of(state: State, code: str) -> list[Finding]:
    """The findings of one code."""
    return [finding for finding in findings(state) if finding.code == code]


# -- deliveries of files


def tracker_lines(day: dt.date) -> Lines:
    """A report whose rows imply a day of their own."""
    projected = (day - dt.timedelta(days=10)).strftime("%d %b %Y").upper()
    header: list[Given] = ["Country", "Site", "Subject", "Visit", "Projected Date", "# Days Outstanding"]
    lines: list[list[Given]] = [["JPN", "Site 1", f"Subject {number}", "Week 9", projected, 10] for number in (1, 2)]
    return [header, *lines]


def lab_lines(*subjects: int) -> Lines:
    """A report without a day of its own."""
    line: list[Given] = ["Week 1", "Form 1", "CHEMISTRY", "01 SEP 2025", "ALT", "Alanine", "Missing Lab name"]
    rows: Lines = [["JPN", "Site 1", f"Subject {number}", *line] for number in subjects]
    return [list(LABS.split("|")), *rows]


def write(path: Path, lines: Lines) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path) as book:
        tab = book.add_worksheet("Sheet1")
        for number, line in enumerate(lines):
            tab.write_row(number, 0, line)
    return path


class Weeks:
    """Deliveries into one data folder, each a folder of files by their names."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0
        self.home = folder / "home"

    def bring(self, files: Mapping[str, Lines | Path | bytes]) -> list[FileOutcome]:
        """Load files by name, made of lines, copied, or of these bytes; what became of each, by name."""
        self._count += 1
        delivery = self._folder / f"week {self._count}"
        for name, content in files.items():
            path = delivery / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, bytes):
                path.write_bytes(content)
            elif isinstance(content, Path):
                shutil.copy2(content, path)
            else:
                write(path, content)
        return [file.outcome for file in sorted(load(self.home, delivery).files, key=lambda file: file.name)]

    def again(self) -> bool:
        """Load the last delivery once more; whether anything changed."""
        return load(self.home, self._folder / f"week {self._count}").changed


TRACKER_FILE, LAB_FILE = "Study 7 files/Visit tracker.xlsx", "Study 7 files/Missing Lab names.xlsx"
OTHER_TRACKER = "Study 8 files/Visit tracker.xlsx"


Books = Mapping[str, Mapping[str, Lines]]


@contextmanager
def stored(home: Path, books: Books, study: StudyId = SEVEN) -> Iterator[State]:
    """The state of one study of these files, each a name and its sheets."""
    with wired(Settings(home, 0, 1)) as mesh:
        with locked(mesh.home):
            filing = Load(mesh.home, mesh.engine, "made")
            for name, sheets in books.items():
                read = workbook(*(sheet(lines, tab) for tab, lines in sheets.items()), name=f"{name}.xlsx")
                filing.add(conform_file(read, identify(read), Attributed(study, StudyFrom.FOLDER, None)), study, demo=False)
            filing.commit()
        state = Reading(mesh.home, mesh.engine).state()
        try:
            yield state
        finally:
            state.close()


Kept = Callable[[Books], State]
