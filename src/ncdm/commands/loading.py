"""``ncdm ingest``."""

import gc
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from ncdm.commands.console import BAR, ERR, OUT, REFUSED, USAGE, as_json, as_table, errors_told, opened, printable
from ncdm.commands.left_out import TOLD, not_read, tell_left_out
from ncdm.ingest.receipt import FileReceipt
from ncdm.pipeline import ingest as walk
from ncdm.store.apart import APART
from ncdm.store.arrival import Progress as Walked
from ncdm.store.arrival import Stage
from ncdm.store.file_findings import of_files
from ncdm.store.finding import Finding
from ncdm.store.load import Committed
from ncdm.store.notices import NOTICES, SHEET_QUARANTINED
from ncdm.store.notices import QUARANTINED as QUARANTINED_FILE
from ncdm.store.notices import REFUSED as REFUSED_FILE
from ncdm.store.shown import Shown, latest
from ncdm.types import FileOutcome, Severity


def ingest(
    folder: Annotated[Path, typer.Argument(help="A folder of studies, one study's folder, a zipped folder, or a single file.")],
    json: Annotated[bool, typer.Option("--json", help="Print the receipts as JSON.")] = False,
) -> None:
    """Load a folder of exports. Files whose bytes are known are not read again.

    Ends with 2 when there is no spreadsheet in it, with 3 when a file or a sheet that looks like a report was refused or quarantined.
    """
    gc.disable()  # a load makes many small objects and no cycles worth looking for, and this process ends with it
    with errors_told(), opened(new=True) as mesh, Progress(*BAR, console=ERR, transient=True) as bar:
        task = bar.add_task("reading", total=None)

        def tell(walked: Walked) -> None:
            bar.update(
                task, description="committing" if walked.stage is Stage.COMMITTING else "reading", completed=walked.done, total=walked.total
            )

        committed = walk(mesh, folder, tell, waiting=lambda: ERR.print("Another load is running on this data folder; waiting for it."))
        grave = _grave(latest(mesh.engine), committed) if committed.changed else ()
    if json:
        as_json(_summary(committed, grave))
    else:
        _tell(committed, grave)
    gc.freeze()  # nor does the end of the process look for them
    if not committed.files:
        raise typer.Exit(USAGE)
    if any(file.outcome in APART or any(sheet.misfit for sheet in file.sheets) for file in committed.files):
        raise typer.Exit(REFUSED)


def _grave(shown: Shown, committed: Committed) -> tuple[Finding, ...]:
    """What whoever loads must know at once about the studies they loaded; refused files are told by themselves."""
    studies = {file.study_id for file in committed.files}
    told = {REFUSED_FILE.code, QUARANTINED_FILE.code}
    return tuple(
        finding
        for finding in of_files(shown)
        if finding.severity is Severity.HIGH and finding.study_id in studies and finding.code not in told
    )


_WHY = {notice.code: notice.why for notice in NOTICES}


def _by_code(found: Sequence[Finding]) -> dict[str, list[Finding]]:
    """Findings by their code, in the order they came."""
    grouped: dict[str, list[Finding]] = {}
    for finding in found:
        grouped.setdefault(finding.code, []).append(finding)
    return grouped


def _counts(file: FileReceipt) -> tuple[int, int, int, int, int]:
    return (
        sum(sheet.read for sheet in file.sheets),
        sum(sheet.accepted for sheet in file.sheets),
        sum(sheet.rejected for sheet in file.sheets),
        sum(sum(sheet.set_aside.values()) for sheet in file.sheets),
        sum(sheet.held for sheet in file.sheets),
    )


def _summary(committed: Committed, grave: Sequence[Finding]) -> object:
    return {
        "snapshot": committed.snapshot,
        "changed": committed.changed,
        "ignored": committed.ignored,
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
        "findings": [{"study": finding.study_id, "code": finding.code, "title": finding.title, "what": finding.what} for finding in grave],
    }


def _tell(committed: Committed, grave: Sequence[Finding]) -> None:
    read = [file for file in committed.files if file.outcome in {FileOutcome.LOADED, FileOutcome.QUARANTINED}]
    if read:
        rows = [(file.study_id, " ".join(file.kinds), file.name.rsplit("/", 1)[-1], file.outcome, *_counts(file)) for file in read]
        columns = ("study", "report", "file", "outcome", "read", "accepted", "rejected", "set aside", "held")
        as_table("Files read", columns, rows, numbers=columns[4:])
    tell_left_out(committed.files)
    _tell_grave(grave)
    if committed.ignored:
        OUT.print("\n" + not_read(committed.ignored), soft_wrap=True)
    counts = Counter(file.outcome for file in committed.files)
    OUT.print("\n" + (", ".join(f"{count} {outcome}" for outcome, count in counts.items()) or "no spreadsheet in it"))
    if not counts:
        OUT.print(
            "  what to do: Name the folder that the exports lie in. Workbooks (.xlsx, .xls, .xlsb, .ods) and delimited text (.csv, .tsv) are read.",
            soft_wrap=True,
        )
    if committed.snapshot is None:
        OUT.print("Nothing is loaded.")
    else:
        OUT.print(f"Snapshot {committed.snapshot}" + ("" if committed.changed else ": nothing changed") + ".")


def _tell_grave(grave: Sequence[Finding]) -> None:
    """What must be known at once; quarantined sheets are told by themselves, with what to do."""
    for code, found in _by_code(grave).items():
        if code == SHEET_QUARANTINED.code:
            continue
        OUT.print(f"\n[bold]{found[0].title}[/bold] ({code}). {_WHY[code]}")
        for finding in found[:TOLD]:
            OUT.print(f"  {finding.study_id}: {printable(finding.what)}")
        if len(found) > TOLD:
            OUT.print(f"  and {len(found) - TOLD} more: ncdm findings --code {code}")
