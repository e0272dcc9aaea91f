"""The one port through which the pages read the mesh, and hand it files.

Rules that hold for every method:

- Calls are blocking and come from several threads at once; each must be safe to call so.
- ``at`` is the number of a committed snapshot, as ``snapshot()`` gave it; 0 stands for a mesh before its first load, where lists are empty
  and single things are not found. An answer depends on ``at`` and the other arguments alone, so that its ETag recognises it.
- What does not exist at ``at`` raises ``NotFound``; an argument without meaning (an unknown table, column or outcome) ``InvalidQuestion``.
- Lists have one fixed, total order for the same arguments. ``Window`` says which part is wanted; ``Slice.total`` counts the whole list.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Protocol

from ncdm.serve.answers import (
    CellView,
    FileLine,
    FileReceipt,
    Finding,
    Line,
    LineOutcome,
    Portfolio,
    Row,
    Site,
    Snapshot,
    Study,
    Subject,
    Table,
)
from ncdm.serve.measured.port import Measured
from ncdm.serve.progress import Loaded, Progress
from ncdm.serve.window import Filter, Slice, Sort, Window
from ncdm.types import CellRef, FileOutcome, RowRef, StudyId, TableName


class Mesh(Protocol):
    """What is loaded, at any committed state of it."""

    @property
    def measured(self) -> Measured:
        """What is measured of it."""
        ...

    def snapshot(self, as_of: int | date | None) -> Snapshot | None:
        """The snapshot with this number, the last one whose as-of date is not after this day, or the latest.

        ``None`` only when the latest is asked for and nothing was loaded yet; else ``NotFound``.
        """
        ...

    def snapshots(self, at: int, window: Window) -> Slice[Snapshot]:
        """The snapshots up to and with ``at``, newest first."""
        ...

    def portfolio(self, at: int) -> Portfolio:
        """All studies in the order of their numbers, each with all kinds in the order of the kinds."""
        ...

    def study(self, at: int, study_id: StudyId) -> Study:
        """One study with its files, headline sums and checks."""
        ...

    def findings(self, at: int, study_id: StudyId, code: str | None, window: Window) -> Slice[Finding]:
        """The findings of a study, all or those of one check."""
        ...

    def sites(self, at: int, study_id: StudyId, q: str | None, window: Window) -> Slice[Site]:
        """The sites of a study; ``q`` keeps those whose id or country contains it, in any case."""
        ...

    def subjects(self, at: int, study_id: StudyId, q: str | None, window: Window) -> Slice[Subject]:
        """The subjects of a study; ``q`` keeps those whose id, site, country or status contains it, in any case."""
        ...

    def tables(self, at: int, study_id: StudyId) -> tuple[Table, ...]:
        """The tables of a study that hold rows or rejections."""
        ...

    def rows(
        self, at: int, study_id: StudyId, table: TableName, sort: Sort | None, filters: tuple[Filter, ...], window: Window
    ) -> Slice[Row]:
        """The rows of one table of a study that pass every filter; without ``sort`` in the order of their references."""
        ...

    def files(self, at: int, study_id: StudyId | None, outcome: FileOutcome | None, window: Window) -> Slice[FileLine]:
        """The files delivered up to and with ``at``, also those refused or quarantined, and each duplicate under its own name."""
        ...

    def file(self, at: int, file_id: str) -> FileReceipt:
        """One file by the first 16 characters of its SHA-256, sheet by sheet."""
        ...

    def lines(self, at: int, file_id: str, sheet: int, outcome: LineOutcome | None, from_row: int, window: Window) -> Slice[Line]:
        """The lines of one sheet from line ``from_row`` on, all or those with one outcome, in the order of the sheet."""
        ...

    def cell(self, at: int, ref: RowRef | CellRef, around: int) -> CellView:
        """The sheet around one cell or line: at most ``around`` lines before and after, and the header lines always."""
        ...

    def staging(self) -> Path:
        """A new, empty folder of our own on the disk of the store, to receive an upload.

        What a stopped server left in such folders may be removed at the next start. Raises ``StorageFull`` when there is no room.
        """
        ...

    def ingest(self, folder: Path, tell: Callable[[Progress], None]) -> Loaded:
        """Load one received folder and return when it is committed.

        The web layer calls this for one folder at a time, and removes the folder afterwards.
        Raises an ``NcdmError`` when the load as a whole failed; a refused file is no failure but a line of ``Loaded.files``.
        """
        ...
