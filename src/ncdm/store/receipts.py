"""File and sheet receipts as rows of the ledger, and back."""

import datetime as dt
import hashlib
from collections.abc import Mapping

from sqlalchemy import RowMapping

from ncdm.ingest.identify import Header, How
from ncdm.ingest.receipt import FileReceipt, Run, SheetReceipt
from ncdm.ingest.version import rules
from ncdm.types import SHORT_SHA, FileOutcome, KindCode, LineClass, Sha256, SheetOutcome, StudyId, TableName


def file_id(receipt: FileReceipt) -> str:
    """What a file is called in references: the start of its hash, or of its name's hash where its bytes were never read."""
    if receipt.sha256 is not None:
        return receipt.sha256[:SHORT_SHA]
    return hashlib.sha256(f"{receipt.name}\0{receipt.size}\0{receipt.code}".encode()).hexdigest()[:SHORT_SHA]


def file_row(receipt: FileReceipt, file_no: int, load_id: int, content_study: StudyId | None, *, demo: bool) -> dict[str, object]:
    """A file's receipt for the ``file`` table."""
    return {
        "file_no": file_no,
        "file_id": file_id(receipt),
        "sha256": receipt.sha256,
        "load_id": load_id,
        "name": receipt.name,
        "size": receipt.size,
        "study_id": receipt.study_id,
        "study_from": receipt.study_from,
        "named_study": receipt.named_study,
        "content_study": content_study,
        "kinds": list(receipt.kinds),
        "outcome": str(receipt.outcome),
        "code": receipt.code,
        "reason": receipt.reason,
        "todo": receipt.todo,
        "notes": list(receipt.notes),
        "demo": demo,
        "contracts": rules(),
    }


def file_receipt(row: RowMapping, sheets: tuple[SheetReceipt, ...] = ()) -> FileReceipt:
    """The receipt back from its row."""
    return FileReceipt(
        name=row["name"],
        sha256=None if row["sha256"] is None else Sha256(row["sha256"]),
        size=row["size"],
        outcome=FileOutcome(row["outcome"]),
        study_id=None if row["study_id"] is None else StudyId(row["study_id"]),
        study_from=row["study_from"],
        named_study=None if row["named_study"] is None else StudyId(row["named_study"]),
        kinds=tuple(KindCode(kind) for kind in row["kinds"]),
        reason=row["reason"],
        todo=row["todo"],
        code=row["code"],
        notes=tuple(row["notes"]),
        sheets=sheets,
    )


def sheet_row(receipt: SheetReceipt, file_no: int) -> dict[str, object]:
    """A sheet's receipt for the ``sheet`` table."""
    return {
        "file_no": file_no,
        "number": receipt.number,
        "name": receipt.name,
        "visible": receipt.visible,
        "outcome": str(receipt.outcome),
        "kind": receipt.kind,
        "contract": receipt.contract,
        "table_name": receipt.table,
        "reason": receipt.reason,
        "nearest": receipt.nearest,
        "header_first": receipt.header_first,
        "header_last": receipt.header_last,
        "headers": [[header.place, header.text, header.column, str(header.how), header.described] for header in receipt.headers],
        "missing_columns": list(receipt.missing_columns),
        "read": receipt.read,
        "accepted": receipt.accepted,
        "rejected": receipt.rejected,
        "held": receipt.held,
        "scrubbed": receipt.scrubbed,
        "set_aside": {str(name): count for name, count in receipt.set_aside.items()},
        "runs": [[str(run.became), run.first, run.last] for run in receipt.runs],
        "as_of": receipt.as_of,
        "as_of_counts": {day.isoformat(): count for day, count in receipt.as_of_counts.items()},
    }


def sheet_receipt(row: RowMapping) -> SheetReceipt:
    """The receipt back from its row."""
    set_aside: Mapping[str, int] = row["set_aside"]
    as_of_counts: Mapping[str, int] = row["as_of_counts"]
    return SheetReceipt(
        number=row["number"],
        name=row["name"],
        visible=row["visible"],
        outcome=SheetOutcome(row["outcome"]),
        kind=None if row["kind"] is None else KindCode(row["kind"]),
        contract=row["contract"],
        table=None if row["table_name"] is None else TableName(row["table_name"]),
        reason=row["reason"],
        nearest=row["nearest"],
        header_first=row["header_first"],
        header_last=row["header_last"],
        headers=tuple(Header(place, text, column, How(how), *described) for place, text, column, how, *described in row["headers"]),
        missing_columns=tuple(row["missing_columns"]),
        read=row["read"],
        accepted=row["accepted"],
        rejected=row["rejected"],
        held=row["held"],
        scrubbed=row["scrubbed"],
        set_aside={LineClass(name): count for name, count in set_aside.items()},
        runs=tuple(Run(LineClass(became), first, last) for became, first, last in row["runs"]),
        as_of=row["as_of"],
        as_of_counts={dt.date.fromisoformat(day): count for day, count in as_of_counts.items()},
    )
