"""One workbook, conformed: its receipt and the rows of all its sheets."""

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from ncdm.ingest.anonymised import complete, proofs
from ncdm.ingest.conform import Conformed, conform
from ncdm.ingest.file_name import masked
from ncdm.ingest.file_study import Attributed
from ncdm.ingest.identify import Fit
from ncdm.ingest.receipt import FileReceipt, what_to_do
from ncdm.ingest.workbook import Identified
from ncdm.sources import Refused, Workbook
from ncdm.types import FileOutcome, SheetOutcome, TableName


@dataclass(frozen=True, slots=True)
class ConformedFile:
    """One file, ready to be stored."""

    receipt: FileReceipt
    sheets: tuple[Conformed, ...]

    @property
    def rows(self) -> tuple[tuple[Conformed, TableName, pa.Table], ...]:
        """Every part to store: the sheet it is of, the table, the rows."""
        return tuple((sheet, table, rows) for sheet in self.sheets for table, rows in sheet.rows.items())


def _labels(identified: tuple[Identified, ...]) -> Mapping[str, Mapping[str, str]]:
    """Column -> anonymised label -> value, as far as any sheet of the workbook proves it."""
    proved: dict[str, dict[str, str]] = {}
    texts: dict[str, set[str]] = {}
    columns = {}
    for sheet in identified:
        if not isinstance(sheet.fit, Fit):
            continue
        places = sheet.fit.places()
        for column in sheet.fit.sheet.columns:
            if column.labels_vocabulary and column.name in places:
                seen = sheet.lines.columns[places[column.name]].distinct
                columns[column.name] = column
                texts.setdefault(column.name, set()).update(seen)
                for label, value in proofs(sheet.fit, sheet.sheet.name, column, seen).items():
                    proved.setdefault(column.name, {}).setdefault(label, value)
    return {name: complete(proved.get(name, {}), column, texts[name]) for name, column in columns.items()}


def conform_file(workbook: Workbook, identified: tuple[Identified, ...], study: Attributed) -> ConformedFile:
    """All sheets of a workbook as rows of one study; without a study the file is quarantined."""
    name = masked(workbook.name)
    if study.study_id is None:
        reason = "no cell, folder or file name says which study this is"
        receipt = FileReceipt(
            name=name,
            sha256=workbook.sha256,
            size=workbook.size,
            outcome=FileOutcome.QUARANTINED,
            reason=reason,
            todo="Name its study in a column Study ID, or put it into a folder whose name holds the words Study and a number, such as 'Study 7', and load it again.",
            notes=workbook.notes,
        )
        return ConformedFile(receipt, ())
    labels = _labels(identified)
    sheets = tuple(conform(sheet, study.study_id, labels) for sheet in identified)
    kinds = tuple(dict.fromkeys(sheet.receipt.kind for sheet in sheets if sheet.receipt.kind is not None))
    held = [sheet.receipt for sheet in sheets if sheet.receipt.outcome is SheetOutcome.QUARANTINED]
    receipt = FileReceipt(
        name=name,
        sha256=workbook.sha256,
        size=workbook.size,
        outcome=FileOutcome.LOADED if kinds else FileOutcome.QUARANTINED,
        study_id=study.study_id,
        study_from=study.told_by,
        named_study=study.named_other,
        kinds=kinds,
        reason=None if kinds else "; ".join(f"sheet {sheet.number}: {sheet.reason}" for sheet in held) or "the file has no sheet",
        todo=None if kinds else what_to_do(next((sheet.nearest for sheet in held if sheet.nearest is not None), None)),
        notes=workbook.notes,
        sheets=tuple(sheet.receipt for sheet in sheets),
    )
    return ConformedFile(receipt, sheets)


def refused_file(refused: Refused, study: Attributed) -> ConformedFile:
    """The receipt of a file that could not be taken."""
    receipt = FileReceipt(
        name=masked(refused.name),
        sha256=refused.sha256,
        size=refused.size,
        outcome=FileOutcome.REFUSED,
        study_id=study.study_id,
        study_from=study.told_by,
        named_study=study.named_other,
        reason=refused.reason,
        todo=refused.todo,
        code=str(refused.code),
    )
    return ConformedFile(receipt, ())
