"""What the store holds, told in the answers of the API."""

import datetime as dt
from collections.abc import Mapping
from typing import TypedDict

from ncdm.contracts import SHEETS, Holds, tables
from ncdm.ingest.receipt import FileReceipt, SheetReceipt
from ncdm.ingest.tables import schema
from ncdm.serve import answers as say
from ncdm.serve.listed import listed_as
from ncdm.store.finding import Finding
from ncdm.store.report import Report, reports
from ncdm.store.shown import StoredFile
from ncdm.store.snapshot import SnapshotLine
from ncdm.store.state import State
from ncdm.types import FileOutcome, KindCode, LineClass, StudyId, TableName, column_letters

_HOW = {"exact": say.ColumnMatch.EXACT, "fuzzy": say.ColumnMatch.FUZZY, "anonymised": say.ColumnMatch.CONTENT}
LINEAGE = frozenset(
    {
        "study_id",
        "kind",
        "contract",
        "source_file",
        "source_sha256",
        "source_sheet",
        "sheet_no",
        "source_row",
        "load_id",
        "ingested_at",
        "file_no",
        "row_ref",
    }
)
_TYPES = {
    Holds.INTEGER: "integer",
    Holds.IDENTIFIER: "integer",
    Holds.DATE: "date",
    Holds.TIMESTAMP: "timestamp",
    Holds.CATEGORY: "category",
}


def snapshot(line: SnapshotLine) -> say.Snapshot:
    """One committed state."""
    return say.Snapshot(
        snapshot=line.snapshot,
        as_of=line.as_of,
        committed_at=line.committed_at.replace(tzinfo=dt.UTC),
        files_loaded=line.files_loaded,
        files_unchanged=line.files_unchanged,
        files_refused=line.files_refused,
        demo=line.demo,
    )


def report_cell(report: Report) -> say.ReportCell:
    """One report of one study."""
    return say.ReportCell(
        kind=report.kind,
        state=report.state,
        rows=report.rows,
        rejected=report.rejected,
        as_of=report.as_of,
        as_of_assumed=report.as_of_assumed,
        file_ids=tuple(file.file_id for file in report.files),
        note=report.note,
    )


def finding_of(finding: Finding) -> say.Finding:
    """One exception."""
    return say.Finding(
        code=finding.code,
        title=finding.title,
        severity=finding.severity,
        what=finding.what,
        kind=finding.kind,
        table=listed_as(finding.table, finding.kind),
        subject_id=finding.subject_id,
        site_id=finding.site_id,
        refs=finding.refs,
    )


class FileFactsFields(TypedDict):
    """The fields of `answers.FileFacts`."""

    file_id: str
    sha256: str
    name: str
    study_id: str | None
    kind: str | None
    outcome: FileOutcome
    reason: str | None
    todo: str | None
    size: int
    as_of: dt.date | None
    as_of_assumed: bool
    read: int
    accepted: int
    rejected: int
    set_aside: int
    quarantined_lines: int
    refused: int
    quarantined: int
    first_snapshot: int | None
    current: bool


def refused(state: State, file: StoredFile) -> int:
    """What a file adds to the count of what is refused: itself while it waits."""
    return int(file.receipt.outcome is FileOutcome.REFUSED and file in state.apart)


def quarantined(state: State, file: StoredFile) -> int:
    """What a file adds to the count of what is quarantined: itself while it waits, else its quarantined sheets."""
    if file.receipt.outcome is FileOutcome.QUARANTINED:
        return int(file in state.apart)
    return len(file.receipt.left_out) if file.file_no in state.shown else 0


def file_facts(state: State, file: StoredFile) -> FileFactsFields:
    """What every answer about a file says."""
    receipt: FileReceipt = file.receipt
    report = reports(state).get(receipt.study_id or StudyId(""), {}).get(receipt.kinds[0] if receipt.kinds else KindCode(""))
    shown = file.file_no in state.shown and receipt.outcome is not FileOutcome.DUPLICATE
    derived = [sheet.as_of for sheet in receipt.sheets if sheet.as_of is not None]
    day, assumed = (report.as_of, report.as_of_assumed) if report is not None and shown else (max(derived, default=None), False)
    return {
        "file_id": file.file_id,
        "sha256": receipt.sha256 or "",
        "name": receipt.name,
        "study_id": receipt.study_id,
        "kind": receipt.kinds[0] if receipt.kinds else None,
        "outcome": receipt.outcome,
        "reason": receipt.reason,
        "todo": receipt.todo,
        "size": receipt.size,
        "as_of": day,
        "as_of_assumed": assumed,
        "read": sum(sheet.read for sheet in receipt.sheets),
        "accepted": sum(sheet.accepted for sheet in receipt.sheets),
        "rejected": sum(sheet.rejected for sheet in receipt.sheets),
        "set_aside": sum(sum(sheet.set_aside.values()) for sheet in receipt.sheets),
        "quarantined_lines": sum(sheet.held for sheet in receipt.sheets),
        "refused": refused(state, file),
        "quarantined": quarantined(state, file),
        "first_snapshot": file.load_id,
        "current": shown,
    }


def sheet_of(sheet: SheetReceipt, day: tuple[dt.date | None, bool]) -> say.SheetReceipt:
    """One sheet, with the day it stands for in the snapshot that was asked for."""
    aside: Mapping[LineClass, int] = sheet.set_aside
    return say.SheetReceipt(
        sheet=sheet.number,
        name=sheet.name,
        visible=sheet.visible,
        outcome=sheet.outcome,
        kind=sheet.kind,
        table=listed_as(sheet.table, sheet.kind),
        reason=sheet.reason,
        nearest=sheet.nearest,
        todo=sheet.todo,
        wanted=wanted(sheet.nearest),
        as_of=day[0],
        as_of_assumed=day[1],
        header_rows=tuple(range(sheet.header_first, sheet.header_last + 1)) if sheet.header_first and sheet.header_last else (),
        columns=tuple(
            say.SheetColumn(
                letter=column_letters(header.place + 1),
                header=header.text,
                column=header.column if str(header.how) in _HOW else None,
                how=_HOW.get(str(header.how), say.ColumnMatch.IGNORED),
            )
            for header in sheet.headers
        ),
        missing_columns=sheet.missing_columns,
        read=sheet.read,
        accepted=sheet.accepted,
        rejected=sheet.rejected,
        set_aside=say.SetAside(**{str(name): aside.get(name, 0) for name in LineClass}),
        held=sheet.held,
        scrubbed=sheet.scrubbed,
    )


def wanted(nearest: str | None) -> tuple[say.WantedColumn, ...]:
    """The columns of the contract with this title; none when there is no such contract."""
    contract = next((contract for _kind, contract in SHEETS if contract.title == nearest), None)
    if contract is None:
        return ()
    return tuple(
        say.WantedColumn(title=column.title, spellings=column.synonyms, telling=column.name in contract.signature)
        for column in contract.columns
    )


def columns(table: TableName) -> tuple[say.Column, ...]:
    """The columns of a table with what their contracts say of them."""
    declared = {column.name: column for _kind, contract in tables()[table] for column in contract.columns}
    derived = {entry.name: entry for column in declared.values() for entry in column.derived}
    found = []
    for name in schema(table).names:
        if name in LINEAGE or name == "source_study":
            continue
        column = declared.get(name)
        if column is not None:
            found.append(
                say.Column(
                    name=name,
                    title=column.title,
                    type=_TYPES.get(column.holds, "text"),
                    unit=column.unit or None,
                    cdisc=column.cdisc or None,
                )
            )
        elif name in derived:
            found.append(say.Column(name=name, title=derived[name].title, type="category", unit=None, cdisc=None))
        elif name.endswith("_text") and name.removesuffix("_text") in declared:
            found.append(
                say.Column(
                    name=name, title=f"{declared[name.removesuffix('_text')].title}, as in the cell", type="text", unit=None, cdisc=None
                )
            )
        else:
            found.append(say.Column(name=name, title=name.replace("_", " ").capitalize(), type="category", unit=None, cdisc=None))
    return tuple(found)


def columns_of(receipt: SheetReceipt) -> frozenset[str]:
    """The columns that a sheet of this contract fills, and its day."""
    contract = next(contract for _kind, contract in SHEETS if contract.code == receipt.contract)
    names = {*contract.constants}
    for column in contract.columns:
        names |= {column.name, *(entry.name for entry in column.derived)}
        if column.keeps_text:
            names.add(f"{column.name}_text")
    return frozenset(names)


def value_of(value: object) -> say.Value:
    """A value of a row as JSON can hold it."""
    return value if isinstance(value, bool | int | float | dt.date | dt.datetime | str) or value is None else str(value)
