"""``ncdm receipts``, ``rows`` and ``cell``: from a figure down to the cell it came from."""

from dataclasses import asdict
from typing import Annotated

import typer

from ncdm.commands.asking import nothing_loaded, state_at, study_of
from ncdm.commands.console import OUT, AsOf, Json, StudyArgument, as_json, as_table, errors_told, moment_of, opened, printable, tell_demo
from ncdm.contracts import KIND_BY_CODE
from ncdm.errors import InvalidQuestion
from ncdm.serve.answers import FileLine, SheetReceipt, Value
from ncdm.serve.listed import LISTED
from ncdm.serve.over_store import MeshOverStore
from ncdm.serve.window import Window
from ncdm.store.report import reports
from ncdm.types import CellRef, FileOutcome, KindCode, TableName, parse_ref
from ncdm.wiring import Wiring

_FILE_COLUMNS = ("file", "study", "report", "name", "outcome", "read", "accepted", "rejected", "set aside", "held", "shown")
_SHEET_COLUMNS = ("sheet", "name", "outcome", "table or nearest", "as of", "read", "accepted", "rejected", "set aside", "held")


def _file_cells(line: FileLine) -> tuple[object, ...]:
    counts: tuple[int | None, ...] = (line.read, line.accepted, line.rejected, line.set_aside, line.quarantined_lines)
    if line.outcome is FileOutcome.REFUSED:  # nothing of it was read: what it holds is unknown
        counts = (None,) * len(counts)
    return (line.file_id, line.study_id, line.kind, line.name.rsplit("/", 1)[-1], line.outcome, *counts, line.current)


def _sheet_cells(sheet: SheetReceipt) -> tuple[object, ...]:
    counts = (sheet.read, sheet.accepted, sheet.rejected, sum(asdict(sheet.set_aside).values()), sheet.held)
    return (sheet.sheet, sheet.name, sheet.outcome, sheet.table or sheet.nearest, sheet.as_of, *counts)


def receipts(
    file: Annotated[str | None, typer.Argument(help="A file's id; all files by default.")] = None, as_of: AsOf = None, json: Json = False
) -> None:
    """What every line of every file became: read = accepted + rejected + set aside + held."""
    with errors_told(), opened() as wiring:
        mesh = MeshOverStore(wiring)
        at = _at(wiring, mesh, as_of)
        if file is None:
            found = mesh.files(at, None, None, Window(0, 1_000_000)).items
            if json:
                as_json(list(found))
                return
            as_table(
                "Receipts",
                _FILE_COLUMNS,
                [_file_cells(line) for line in found],
                numbers=_FILE_COLUMNS[5:10],
                empty="No file was delivered.",
            )
            for line in found:
                if line.outcome is FileOutcome.DUPLICATE:
                    OUT.print(f"duplicate: {printable(line.name)} has {printable(line.reason or '')}", soft_wrap=True)
            return
        receipt = mesh.file(at, file)
        if json:
            as_json(receipt)
            return
        OUT.print(
            f"[bold]{printable(receipt.name)}[/bold]\n{receipt.outcome}{': ' + printable(receipt.reason) if receipt.reason else ''}  sha256 {receipt.sha256}"
        )
        if receipt.todo:
            OUT.print(f"  what to do: {printable(receipt.todo)}", soft_wrap=True)
        as_table(
            "Sheets",
            _SHEET_COLUMNS,
            [_sheet_cells(sheet) for sheet in receipt.sheets],
            numbers=("sheet", *_SHEET_COLUMNS[5:]),
            empty="No sheet of it was read.",
        )
        for sheet in receipt.sheets:
            if sheet.reason:
                OUT.print(f"sheet {sheet.sheet}: {printable(sheet.reason)}")
            if sheet.todo:
                OUT.print(f"  what to do: {printable(sheet.todo)}", soft_wrap=True)


def rows(
    study: StudyArgument,
    kind: Annotated[str, typer.Argument(help="A report (labs) or one of its tables (lab_issue).")],
    limit: Annotated[int, typer.Option(min=1, max=1_000_000, help="Rows.")] = 50,
    offset: Annotated[int, typer.Option(min=0, help="Rows to pass over.")] = 0,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """The typed rows of a report, each with the reference of its line."""
    with errors_told(), opened() as wiring, state_at(as_of) as state:
        mesh = MeshOverStore(wiring)
        at = 0 if state.line is None else state.line.snapshot
        name = study_of(state, study)
        found = mesh.rows(at, name, _table(kind), None, (), Window(offset, limit))
        report = reports(state)[name][LISTED[_table(kind)].kind]
        known = report.rows is not None
        shown: list[dict[str, Value]] = [{"ref": row.ref, **row.cells} for row in found.items]
        if json:
            as_json({"study": name, "table": _table(kind), "state": report.state, "total": found.total if known else None, "rows": shown})
            return
        if not known:
            OUT.print(f"{name}: {KIND_BY_CODE[report.kind].title} is {report.state}, so its rows are unknown.")
            return
        names = [column for column in (shown[0] if shown else {}) if not column.endswith("_text")]
        title = f"{name}: {_table(kind)}, {len(shown):,} of {found.total:,} rows"
        as_table(title, names, [["" if row[column] is None else row[column] for column in names] for row in shown], empty=f"{title}.")


def _at(wiring: Wiring, mesh: MeshOverStore, as_of: str | None) -> int:
    """The number of the snapshot that ``--as-of`` names. Raises `NotFound` when nothing is loaded."""
    line = mesh.snapshot(moment_of(as_of))
    if line is None:
        raise nothing_loaded(wiring)
    tell_demo(demo=line.demo)
    return line.snapshot


def _table(kind: str) -> TableName:
    """The table that a report's code or a table's name means."""
    if kind in LISTED:
        return TableName(kind)
    if kind in KIND_BY_CODE:
        return KIND_BY_CODE[KindCode(kind)].sheets[0].table
    raise InvalidQuestion(f"there is no report or table {kind}", todo=f"Reports: {', '.join(KIND_BY_CODE)}. Tables: {', '.join(LISTED)}.")


def cell(
    ref: Annotated[str, typer.Argument(help="A row (3f2a9c0d11aa22bb:1:17) or cell (3f2a9c0d11aa22bb:1:F17).")],
    around: Annotated[int, typer.Option(min=0, max=500, help="Lines to show before and after.")] = 3,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """Open a reference: the sheet around the cell, and the row that its line became."""
    with errors_told(), opened() as wiring:
        place = parse_ref(ref)
        if place is None:
            raise InvalidQuestion(
                f"{ref!r} is no reference", todo="A reference is FILE:SHEET:ROW or FILE:SHEET:CELL, as ncdm rows prints it."
            )
        mesh = MeshOverStore(wiring)
        view = mesh.cell(_at(wiring, mesh, as_of), place, around)
        if json:
            as_json(view)
            return
        OUT.print(f"[bold]{printable(view.file.name)}[/bold]  sheet {view.sheet.sheet} {printable(view.sheet.name)}  line {view.row}")
        used = [
            number for number in range(len(view.letters)) if any(line.cells[number].text or line.cells[number].error for line in view.lines)
        ]
        table = [
            (
                ">" if line.row == view.row else "",
                line.row,
                line.outcome,
                *((line.cells[number].text or line.cells[number].error or "") for number in used),
            )
            for line in view.lines
        ]
        as_table("Cells", ("", "line", "became", *(view.letters[number] for number in used)), table, numbers=("line",))
        if isinstance(place, CellRef):
            here = next(line for line in view.lines if line.row == view.row).cells[place.column - 1]
            OUT.print(f"\n{view.column_letter}{view.row}: {printable(here.text or here.error or '(empty)')}")
        if view.became is not None:
            as_table(
                f"Row of {view.became.table}",
                ("column", "value"),
                [(name, "" if value is None else value) for name, value in view.became.cells.items()],
            )
        if view.rejected is not None:
            OUT.print(f"rejected: {printable(view.rejected.reason)}")
