"""What the pages are told: one frozen dataclass per answer, from which the API, its document and the UI's types derive.

Unknown is ``None`` and never 0. A field's note is what the reader of the API sees.
"""

from datetime import date, datetime
from enum import StrEnum

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from ncdm.types import FileOutcome, ReportState, Severity, SheetOutcome

TOLD = ConfigDict(use_attribute_docstrings=True, strict=True)
"""Nothing is coerced on the way out: a number that is no number is an error where it was made."""

Value = bool | int | float | date | datetime | str | None
"""One typed cell of a row; ``None`` is an empty cell."""


class LineOutcome(StrEnum):
    """What one line of a sheet became."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    BLANK = "blank"
    BANNER = "banner"
    HEADER = "header"
    TOTAL = "total"
    FOOTER = "footer"
    STRAY = "stray"
    HELD = "held"
    """Kept, but read by no contract: the line of a supporting or quarantined sheet."""


class ColumnMatch(StrEnum):
    """How a column of a sheet found its place in the contract."""

    EXACT = "exact"
    SYNONYM = "synonym"
    FUZZY = "fuzzy"
    CONTENT = "content"
    IGNORED = "ignored"


class LoadState(StrEnum):
    """How far a load has come."""

    WAITING = "waiting"
    READING = "reading"
    COMMITTING = "committing"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Answer:
    """Whatever leaves as JSON."""


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Health(Answer):
    """The server is up; says nothing about data."""

    status: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class SignedIn(Answer):
    """Who asks is signed in."""

    signed_in: bool
    version: str
    intended_use: str
    """To be shown on every page."""


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Problem(Answer):
    """What went wrong, where, and what to do about it."""

    code: str
    what: str
    where: str
    todo: str


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class ErrorDetail(Problem):
    """A problem with the number of the request that met it."""

    request_id: str


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class ErrorAnswer(Answer):
    """The one shape of every answer that is not the one asked for."""

    error: ErrorDetail


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Snapshot(Answer):
    """One committed state of the mesh."""

    snapshot: int
    """Counts from 1, in the order of commits."""
    as_of: date | None
    """The latest as-of date of the files in it; ``null`` when no file tells one."""
    committed_at: datetime
    files_loaded: int
    files_unchanged: int
    files_refused: int
    demo: bool
    """Holds generated data; to be said on every page."""


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Kind(Answer):
    """One report kind and its title, in the order to show them."""

    kind: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class ReportCell(Answer):
    """One report kind of one study."""

    kind: str
    state: ReportState
    rows: int | None
    """Accepted rows; ``null`` when the report is missing, quarantined or refused: unknown, never 0."""
    rejected: int
    as_of: date | None
    as_of_assumed: bool
    """The date was not in the file and follows from another file or the day it was written."""
    file_ids: tuple[str, ...]
    note: str | None
    """Why these rows may not be all, or not the newest there are; ``null`` when nothing says so."""


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class StudyLine(Answer):
    """One study at a glance."""

    study_id: str
    subjects: int | None
    """``null`` when nothing readable was delivered for the study: unknown, never 0."""
    sites: int | None
    countries: int | None
    lower_bound: bool
    """The subject sheet is missing, held or not whole: subjects, sites and countries are only those that some row names."""
    as_of: date | None
    demo: bool
    rows: int
    rejected: int
    refused: int
    """Files that were refused and that nothing good of their report came after."""
    quarantined: int
    """Files that were quarantined and still wait, and quarantined sheets of files that are shown."""
    findings: int
    reports: tuple[ReportCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class PortfolioTotals(Answer):
    """Sums over all studies."""

    studies: int
    subjects: int | None
    """At least so many when a study does not know its own; ``null`` when none does."""
    sites: int | None
    countries: int | None
    files: int
    rows: int
    rejected: int
    refused: int
    quarantined: int
    findings: int


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Portfolio(Answer):
    """All studies and their reports."""

    snapshot: Snapshot | None
    """``null`` before the first load."""
    kinds: tuple[Kind, ...]
    totals: PortfolioTotals
    studies: tuple[StudyLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class FileFacts(Answer):
    """What is known of one delivered file and of its lines.

    read = accepted + rejected + set_aside + quarantined_lines
    """

    file_id: str
    """The first 16 characters of its SHA-256."""
    sha256: str
    name: str
    """Masked: no identifier of a person is left in it."""
    study_id: str | None
    kind: str | None
    outcome: FileOutcome
    reason: str | None
    """Why it was refused or quarantined, or of which file it is a duplicate."""
    todo: str | None
    """What a person can do about it, when it was refused or quarantined."""
    size: int
    """Bytes."""
    as_of: date | None
    as_of_assumed: bool
    read: int
    """0 for a duplicate: its lines are those of the file that was taken."""
    accepted: int
    rejected: int
    set_aside: int
    quarantined_lines: int
    """Lines of supporting and quarantined sheets, which no contract read."""
    refused: int
    """What it adds to the count of what is refused: 1 while nothing good of its report came after it."""
    quarantined: int
    """What it adds to the count of what is quarantined: 1 for a quarantined file that waits, else its quarantined sheets."""
    first_snapshot: int | None
    current: bool
    """It is part of the snapshot that was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class FileLine(FileFacts):
    """One delivered file in a list."""

    sheets: int
    """How many sheets it has."""


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Check(Answer):
    """One check and how many exceptions it found."""

    code: str
    title: str
    severity: Severity
    count: int


class Counted(StrEnum):
    """How a headline figure comes from the rows it opens to."""

    ROWS = "rows"
    """It is their number."""
    SUM = "sum"
    """One column of them added up."""
    RULE = "rule"
    """A rule over them that is no plain sum."""


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class HeadlineSource(Answer):
    """The rows that one headline figure is made of."""

    table: str
    """As the list of tables names it."""
    contract: str | None
    """Only the rows of this sheet: ``filter=contract:...``; ``null`` for all rows of the table."""
    counted: Counted


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Study(StudyLine):
    """One study: its reports, its files, its headline sums and its checks."""

    files: tuple[FileLine, ...]
    totals: dict[str, dict[str, Value]]
    """Per report kind, the headline sums by name."""
    unread: dict[str, dict[str, int]]
    """Per report kind, the sums that are lower bounds, with the number of cells that hold no number."""
    titles: dict[str, str]
    """What each headline sum is called on a page."""
    sources: dict[str, dict[str, HeadlineSource]]
    """Per report kind, the rows that each headline sum opens to."""
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Finding(Answer):
    """One exception that a check found, with the rows it is about."""

    code: str
    title: str
    severity: Severity
    what: str
    kind: str | None
    table: str | None
    subject_id: str | None
    site_id: str | None
    refs: tuple[str, ...]
    """Each opens at ``/cells/{ref}``."""


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Site(Answer):
    """One site of a study, and the reports that name it."""

    site_id: str
    country: str | None
    subjects: int
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Subject(Answer):
    """One subject of a study, and the reports that name it."""

    subject_id: str
    site_id: str | None
    country: str | None
    subject_status: str | None
    status_source: str | None
    reports: tuple[str, ...]
    pseudo: bool
    """Not a subject of the trial: a placeholder or test entry that the reports carry."""


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Column(Answer):
    """One column of a table."""

    name: str
    title: str
    type: str
    unit: str | None
    cdisc: str | None


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Table(Answer):
    """One table of typed rows that a study has."""

    table: str
    kind: str
    title: str
    supporting: bool
    """Its rows repeat or describe what other sheets bring; they are in no count of the study."""
    rows: int
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Row(Answer):
    """One typed row and the line it came from."""

    ref: str
    """Opens at ``/cells/{ref}``."""
    cells: dict[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class SetAside(Answer):
    """Lines that are no data, by what they were recognised as."""

    blank: int
    banner: int
    header: int
    total: int
    footer: int
    stray: int


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class SheetColumn(Answer):
    """One column of a sheet, and the contract's column it became."""

    letter: str
    header: str
    column: str | None
    how: ColumnMatch


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class WantedColumn(Answer):
    """One column that a contract knows, and how it was spelt so far."""

    title: str
    spellings: tuple[str, ...]
    telling: bool
    """Without it the sheet is not recognised."""


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class SheetReceipt(Answer):
    """One sheet and what became of each of its lines.

    read = accepted + rejected + the sum of set_aside + held
    """

    sheet: int
    """1-based position in the workbook."""
    name: str
    """Masked: no identifier of a person is left in it."""
    visible: bool
    outcome: SheetOutcome
    kind: str | None
    table: str | None
    reason: str | None
    nearest: str | None
    """The contract that came closest, when the sheet is quarantined."""
    todo: str | None
    """What a person can do about it, when it is quarantined."""
    wanted: tuple[WantedColumn, ...]
    """The columns of that contract, to compare the header with."""
    as_of: date | None
    as_of_assumed: bool
    header_rows: tuple[int, ...]
    columns: tuple[SheetColumn, ...]
    missing_columns: tuple[str, ...]
    read: int
    accepted: int
    rejected: int
    set_aside: SetAside
    held: int
    """Lines kept unread by any contract: those of supporting and quarantined sheets."""
    scrubbed: int
    """Cells from which a residual identifier of a person was removed at the door."""


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class FileReceipt(FileFacts):
    """One file, sheet by sheet."""

    sheets: tuple[SheetReceipt, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Line(Answer):
    """One line of a sheet as it stands in the file, and what it became."""

    row: int
    """1-based, as a spreadsheet shows it."""
    outcome: LineOutcome
    reason: str | None
    ref: str
    cells: tuple[str | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class SourceCell(Answer):
    """One cell as it stands in the file."""

    text: str | None
    error: str | None
    """The error value, such as ``#N/A``, when the cell holds one."""


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class SourceLine(Answer):
    """One line around the cell that was asked for."""

    row: int
    outcome: LineOutcome
    reason: str | None
    cells: tuple[SourceCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Became(Answer):
    """The typed row that a line became."""

    table: str
    cells: dict[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Rejected(Answer):
    """Why a line was rejected, and the column at fault where there is one."""

    reason: str
    column: str | None


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class CellView(Answer):
    """The sheet around one cell, and what its line became."""

    file: FileLine
    sheet: SheetReceipt
    row: int
    column_letter: str | None
    """``null`` when a whole line was asked for."""
    letters: tuple[str, ...]
    lines: tuple[SourceLine, ...]
    became: Became | None
    rejected: Rejected | None


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class HeldSheet(Answer):
    """One quarantined sheet of a file of which other sheets were loaded."""

    sheet: int
    """1-based position in the workbook."""
    name: str
    reason: str | None
    todo: str | None


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class LoadedFile(FileLine):
    """One file of a load, and which of its sheets were left out."""

    held: tuple[HeldSheet, ...]
    """Its quarantined sheets, when other sheets of it are loaded."""


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class LoadStarted(Answer):
    """A load was taken on; follow it at ``/loads/{load_id}``."""

    load_id: str


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Load(Answer):
    """How far one load has come."""

    load_id: str
    state: LoadState
    files_done: int
    files_total: int
    current: str | None
    """The masked name of the file being read."""
    error: Problem | None
    files: tuple[LoadedFile, ...]
    ignored: tuple[str, ...]
    """The masked names of the files that are no spreadsheets; nothing of them was read."""
    snapshot: int | None
    """The snapshot in which the load became visible."""
