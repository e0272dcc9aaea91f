"""What became of every line of every sheet of a file, so that nothing is dropped silently.

Lines read = accepted + rejected + set aside (by class) + held (lines of a quarantined sheet).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from ncdm.ingest.identify import Header
from ncdm.types import FileOutcome, KindCode, LineClass, Sha256, SheetOutcome, StudyId, TableName

TAKEN = "a workbook brings one such sheet"
"""How the reason begins when another sheet of the workbook was taken already."""


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive lines that became the same thing; 1-based, both ends included."""

    became: LineClass
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class SheetReceipt:
    """One sheet: what it was recognised as, and what its lines became."""

    number: int
    name: str
    visible: bool
    outcome: SheetOutcome
    read: int
    kind: KindCode | None = None
    contract: str | None = None
    table: TableName | None = None
    reason: str | None = None
    nearest: str | None = None
    header_first: int | None = None
    header_last: int | None = None
    headers: tuple[Header, ...] = ()
    missing_columns: tuple[str, ...] = ()
    accepted: int = 0
    rejected: int = 0
    set_aside: Mapping[LineClass, int] = field(default_factory=dict)
    runs: tuple[Run, ...] = ()
    held: int = 0
    scrubbed: int = 0
    as_of: dt.date | None = None
    as_of_counts: Mapping[dt.date, int] = field(default_factory=dict)

    @property
    def misfit(self) -> bool:
        """Whether it is quarantined although it looks like a known report: something of it changed."""
        return self.outcome is SheetOutcome.QUARANTINED and self.nearest is not None

    @property
    def conserved(self) -> bool:
        """Whether every line read is accounted for."""
        return self.read == self.accepted + self.rejected + sum(self.set_aside.values()) + self.held

    @property
    def todo(self) -> str | None:
        """What a data manager can do about a sheet that is quarantined."""
        if self.outcome is not SheetOutcome.QUARANTINED:
            return None
        if (self.reason or "").startswith(TAKEN):
            return "Put the sheet into a workbook of its own, in the same folder, and load it again. If it is a copy, remove it."
        return what_to_do(self.nearest)


def what_to_do(nearest: str | None) -> str:
    """What a data manager can do about a header that no report kind knows."""
    first = (
        "Find the report that it should be in docs/reference/report-kinds.md and give its columns the names that stand there"
        if nearest is None
        else f"Compare its header with the columns of {nearest}, on the file's page or in docs/reference/report-kinds.md, and rename those that differ"
    )
    return f"{first}; then load the file again. Or ask the maintainers to add the spelling. If it is no report, leave it: its lines are kept, and in no count."


@dataclass(frozen=True, slots=True)
class FileReceipt:
    """One file of a delivery: its bytes, its study, what it brought."""

    name: str
    sha256: Sha256 | None
    size: int
    outcome: FileOutcome
    study_id: StudyId | None = None
    study_from: str | None = None
    named_study: StudyId | None = None
    """Another study that its folder or its own name gives: a finding."""
    kinds: tuple[KindCode, ...] = ()
    reason: str | None = None
    todo: str | None = None
    code: str | None = None
    notes: tuple[str, ...] = ()
    sheets: tuple[SheetReceipt, ...] = ()

    @property
    def left_out(self) -> tuple[SheetReceipt, ...]:
        """The quarantined sheets of a file of which others were loaded."""
        if self.outcome is not FileOutcome.LOADED:
            return ()
        return tuple(sheet for sheet in self.sheets if sheet.outcome is SheetOutcome.QUARANTINED)
