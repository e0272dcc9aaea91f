"""What a load did not take, as ``ncdm ingest`` tells it: each file and sheet with why, and what to do."""

from collections.abc import Sequence

from ncdm.commands.console import OUT, printable
from ncdm.ingest.receipt import FileReceipt, SheetReceipt
from ncdm.store.apart import APART
from ncdm.store.notices import SHEET_QUARANTINED, SHEET_UNKNOWN, Notice
from ncdm.types import FileOutcome

TOLD = 5
"""Findings of one kind that are told at once."""
NAMED = 10
"""So many files that are no spreadsheets are named; JSON names all."""


def tell_left_out(files: Sequence[FileReceipt]) -> None:
    """Files that were set apart, duplicates, and the quarantined sheets of files that were loaded."""
    for file in files:
        if file.outcome in APART:
            _tell(f"{file.outcome}: {file.name}", file.reason, file.todo)
        elif file.outcome is FileOutcome.DUPLICATE:
            _tell(f"{file.outcome}: {file.name}", file.reason, None)
    for notice, misfit in ((SHEET_QUARANTINED, True), (SHEET_UNKNOWN, False)):
        _tell_sheets(notice, [(file, sheet) for file in files for sheet in file.left_out if sheet.misfit is misfit])


def not_read(names: Sequence[str]) -> str:
    """The files that are no spreadsheets, the first of them by name."""
    more = len(names) - NAMED
    named = ", ".join(printable(name) for name in names[:NAMED])
    return f"Not read, no spreadsheets: {named}" + (f" and {more:,} more" if more > 0 else "")


def _tell_sheets(notice: Notice, held: Sequence[tuple[FileReceipt, SheetReceipt]]) -> None:
    """Sheets that were quarantined for one reason, each with what is wrong and what to do."""
    if not held:
        return
    OUT.print(f"\n[bold]{notice.title}[/bold] ({notice.code}). {notice.why}", soft_wrap=True)
    for file, sheet in held[:TOLD]:
        _tell(f"{sheet.outcome}: sheet {sheet.number} {sheet.name} of {file.name}", sheet.reason, sheet.todo)
    if len(held) > TOLD:
        OUT.print(f"\nand {len(held) - TOLD} more: ncdm findings --code {notice.code}")


def _tell(what: str, why: str | None, todo: str | None) -> None:
    OUT.print(f"\n{printable(what)}\n  why: {printable(why or '')}", soft_wrap=True)
    if todo is not None:
        OUT.print(f"  what to do: {printable(todo)}", soft_wrap=True)
