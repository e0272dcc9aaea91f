"""``ncdm ingest``."""

import gc
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from ncdm.commands.console import BAR, ERR, OUT, REFUSED, as_json, as_table, errors_told, opened, printable
from ncdm.ingest.receipt import FileReceipt
from ncdm.pipeline import ingest as walk
from ncdm.store.arrival import Progress as Walked
from ncdm.store.arrival import Stage
from ncdm.store.load import Committed
from ncdm.types import FileOutcome


def ingest(
    folder: Annotated[Path, typer.Argument(help="A folder of studies, one study's folder, a zipped folder, or a single file.")],
    json: Annotated[bool, typer.Option("--json", help="Print the receipts as JSON.")] = False,
) -> None:
    """Load a folder of exports. Files whose bytes are known are not read again. Ends with 3 when a file was refused or quarantined."""
    gc.disable()  # a load makes many small objects and no cycles worth looking for, and this process ends with it
    with errors_told(), opened() as mesh, Progress(*BAR, console=ERR, transient=True) as bar:
        task = bar.add_task("reading", total=None)

        def tell(walked: Walked) -> None:
            bar.update(
                task, description="committing" if walked.stage is Stage.COMMITTING else "reading", completed=walked.done, total=walked.total
            )

        committed = walk(mesh, folder, tell, waiting=lambda: ERR.print("Another load is running on this data folder; waiting for it."))
    if json:
        as_json(_summary(committed))
    else:
        _tell(committed)
    gc.freeze()  # nor does the end of the process look for them
    if any(file.outcome in {FileOutcome.REFUSED, FileOutcome.QUARANTINED} for file in committed.files):
        raise typer.Exit(REFUSED)


def _counts(file: FileReceipt) -> tuple[int, int, int, int, int]:
    return (
        sum(sheet.read for sheet in file.sheets),
        sum(sheet.accepted for sheet in file.sheets),
        sum(sheet.rejected for sheet in file.sheets),
        sum(sum(sheet.set_aside.values()) for sheet in file.sheets),
        sum(sheet.held for sheet in file.sheets),
    )


def _summary(committed: Committed) -> object:
    return {
        "snapshot": committed.snapshot,
        "changed": committed.changed,
        "files": [
            {
                "file": file.name,
                "sha256": file.sha256,
                "study": file.study_id,
                "study_told_by": file.study_from,
                "kinds": file.kinds,
                "outcome": file.outcome,
                "reason": file.reason,
                **dict(zip(("read", "accepted", "rejected", "set_aside", "held"), _counts(file), strict=True)),
            }
            for file in committed.files
        ],
    }


def _tell(committed: Committed) -> None:
    read = [file for file in committed.files if file.outcome in {FileOutcome.LOADED, FileOutcome.QUARANTINED}]
    if read:
        rows = [(file.study_id, " ".join(file.kinds), file.name.rsplit("/", 1)[-1], file.outcome, *_counts(file)) for file in read]
        columns = ("study", "report", "file", "outcome", "read", "accepted", "rejected", "set aside", "held")
        as_table("Files read", columns, rows, numbers=columns[4:])
    for file in committed.files:
        if file.outcome in {FileOutcome.REFUSED, FileOutcome.QUARANTINED}:
            OUT.print(
                f"\n{file.outcome}: {printable(file.name)}\n  why: {printable(file.reason or '')}\n  what to do: {printable(file.todo or '')}"
            )
    counts = Counter(file.outcome for file in committed.files)
    OUT.print("\n" + (", ".join(f"{count} {outcome}" for outcome, count in counts.items()) or "no spreadsheet in it"))
    if committed.snapshot is None:
        OUT.print("Nothing is loaded.")
    else:
        OUT.print(f"Snapshot {committed.snapshot}" + ("" if committed.changed else ": nothing changed") + ".")
