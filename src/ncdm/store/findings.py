"""Findings: every exception to what contracts and checks promise, with the rows it is about. Listed, never repaired."""

import datetime as dt
import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from ncdm.catalogue import declared
from ncdm.contracts import KIND_BY_CODE, SHEETS
from ncdm.ingest.values import Remark, moment
from ncdm.store import checks
from ncdm.store.as_of import VisibleSheet, kind_day
from ncdm.store.check import Check
from ncdm.store.state import State, StoredFile
from ncdm.types import FileOutcome, KindCode, Severity, SheetOutcome, StudyId

CHECKS: tuple[Check, ...] = declared(checks, Check)


@dataclass(frozen=True, slots=True)
class Finding:
    """One exception."""

    code: str
    title: str
    severity: Severity
    study_id: StudyId
    what: str
    kind: str | None = None
    table: str | None = None
    subject_id: str | None = None
    site_id: str | None = None
    refs: tuple[str, ...] = ()
    file_no: int | None = None


REMARKS: Mapping[Remark, tuple[str, Severity]] = {
    Remark.UNPARSED_DATE: ("A cell is no date", Severity.MEDIUM),
    Remark.UNPARSED_NUMBER: ("A cell is no whole number", Severity.MEDIUM),
    Remark.IMPLAUSIBLE_DATE: ("A date lies before the year 2000", Severity.LOW),
    Remark.NEGATIVE_NUMBER: ("A count is negative", Severity.MEDIUM),
    Remark.REASON_CODE: ("A cell says why it has no value", Severity.LOW),
    Remark.ERROR_CELL: ("A cell holds a spreadsheet error", Severity.LOW),
    Remark.CORRUPTED_ID: ("A discrepancy id is no number", Severity.LOW),
    Remark.UNKNOWN_CATEGORY: ("A value is outside the vocabulary", Severity.MEDIUM),
    Remark.RESPELT_CATEGORY: ("A value of the vocabulary is misspelt", Severity.LOW),
    Remark.UNKNOWN_COUNTRY: ("A country is unknown to ISO 3166", Severity.MEDIUM),
    Remark.UNLABELLED_SUBJECT: ("A label names no subject", Severity.LOW),
    Remark.UNLABELLED_SITE: ("A label names no site", Severity.LOW),
    Remark.ABSENT_KEY: ("A subject or site cell holds a dash", Severity.LOW),
    Remark.SCRUBBED: ("An identifier-like number was masked", Severity.LOW),
}
"""What each remark is called as a finding."""

_NAME_DATE = re.compile(r"(?<!\d)(\d{1,2})[ _-]?([A-Za-z]{3})[ _-]?(\d{4})(?!\d)")
_FOUND: "WeakKeyDictionary[State, tuple[Finding, ...]]" = WeakKeyDictionary()
_LOCK = threading.Lock()


def findings(state: State) -> tuple[Finding, ...]:
    """All findings of a snapshot, by study, most severe first. Computed once for a state."""
    with _LOCK:
        found = _FOUND.get(state)
        if found is None:
            order = list(Severity)
            found = _FOUND[state] = tuple(
                sorted(_all(state), key=lambda finding: (_study_number(finding.study_id), order.index(finding.severity), finding.code))
            )
    return found


def _study_number(study: str) -> tuple[int, str]:
    digits = re.search(r"\d+", study)
    return (int(digits[0]) if digits else 0, study)


def _all(state: State) -> Iterator[Finding]:
    yield from _from_files(state)
    yield from _from_invariants(state)
    yield from _from_checks(state)
    yield from _from_remarks(state)
    yield from _from_rejections(state)


def _from_invariants(state: State) -> Iterator[Finding]:
    """Rows that break what their contract promises about one row."""
    for kind, contract in SHEETS:
        for invariant in contract.invariants:
            told = {column.name: column.title for column in contract.columns if re.search(rf"\b{column.name}\b", invariant.holds)}
            names = {column.name for column in contract.columns}
            chosen = ", ".join(
                ['"subject_id"', '"site_id"' if "site_id" in names else "NULL AS site_id", *(f'"{name}" AS "told_{name}"' for name in told)]
            )
            rows = state.ask(
                f'SELECT study_id, row_ref, {chosen} FROM "{contract.table}" WHERE kind = ? AND contract = ? AND NOT coalesce({invariant.holds}, true)',  # noqa: S608 - declared
                (kind.code, contract.code),
            )
            for row in rows:
                yield Finding(
                    invariant.code,
                    invariant.title,
                    invariant.severity,
                    StudyId(str(row["study_id"])),
                    ", ".join(
                        f"{title}: {'nothing' if row[f'told_{name}'] is None else row[f'told_{name}']}" for name, title in told.items()
                    ),
                    kind.code,
                    contract.table,
                    _text(row["subject_id"]),
                    _text(row["site_id"]),
                    (str(row["row_ref"]),),
                )


def _from_checks(state: State) -> Iterator[Finding]:
    """What sheets and reports say against each other, in the studies that have the reports."""
    reports: dict[str, set[KindCode]] = {}
    for sheet in state.sheets:
        reports.setdefault(sheet.study_id, set()).add(sheet.kind)
    for check in CHECKS:
        for row in state.ask(check.sql):
            study = str(row["study_id"])
            if set(check.needs) <= reports.get(study, set()):
                refs = row["refs"]
                yield Finding(
                    check.code,
                    check.title,
                    check.severity,
                    StudyId(study),
                    str(row["what"]),
                    _text(row["kind"]),
                    _text(row["table_name"]),
                    _text(row["subject_id"]),
                    _text(row["site_id"]),
                    tuple(str(ref) for ref in refs) if isinstance(refs, list) else (),
                )


def _from_remarks(state: State) -> Iterator[Finding]:
    """What was noticed about cells, one finding a sheet and column."""
    rows = state.ask(
        "SELECT study_id, kind, target, remark, column_name, source_sheet, file_no, count(*) AS n, list(row_ref ORDER BY source_row) AS refs FROM remark GROUP BY ALL ORDER BY ALL"
    )
    for row in rows:
        title, severity = REMARKS[Remark(str(row["remark"]))]
        refs = row["refs"]
        count = int(str(row["n"]))
        yield Finding(
            f"CELL-{str(row['remark']).upper().replace('_', '-')}",
            title,
            severity,
            StudyId(str(row["study_id"])),
            f"{count} {'cell' if count == 1 else 'cells'} of {row['column_name']} on sheet {row['source_sheet']}",
            _text(row["kind"]),
            _text(row["target"]),
            refs=tuple(str(ref) for ref in refs) if isinstance(refs, list) else (),
            file_no=int(str(row["file_no"])),
        )


def _from_rejections(state: State) -> Iterator[Finding]:
    """Lines that look like data and were not accepted."""
    for row in state.ask(
        "SELECT study_id, kind, target, reason, detail, file_no, count(*) AS n, list(row_ref ORDER BY source_row) AS refs FROM rejection GROUP BY ALL ORDER BY ALL"
    ):
        refs = row["refs"]
        yield Finding(
            "LINE-REJECTED",
            "A line was rejected",
            Severity.HIGH,
            StudyId(str(row["study_id"])),
            f"{row['n']} lines: {row['detail']}",
            _text(row["kind"]),
            _text(row["target"]),
            refs=tuple(str(ref) for ref in refs) if isinstance(refs, list) else (),
            file_no=int(str(row["file_no"])),
        )


def _from_files(state: State) -> Iterator[Finding]:
    """What receipts say: days that differ, folders that name another study, two files of one report, sheets set apart."""
    for (study, kind), sheets in _by_report(state.sheets).items():
        numbers = {sheet.file_no for sheet in sheets}
        if len(numbers) > 1:
            names = ", ".join(sorted(state.by_number[number].receipt.name for number in numbers))
            yield Finding(
                "FILES-1",
                "Two files bring one report",
                Severity.HIGH,
                study,
                f"{KIND_BY_CODE[kind].title}: {names}; the rows of all are counted",
                kind,
            )
    yield from _older(state)
    apart = {file.file_no for file in state.set_apart()}
    for file in state.files:
        if file.file_no in state.shown or file.file_no in apart:
            yield from _from_file(file)


def _older(state: State) -> Iterator[Finding]:
    """Reports that stand for an earlier day than the ones they replaced in this snapshot."""
    now, before = _by_report(state.sheets), _by_report(state.before)
    for (study, kind), sheets in now.items():
        was, _assumed = kind_day(before.get((study, kind), ()))
        day, assumed = kind_day(sheets)
        if was is not None and day is not None and not assumed and day < was:
            what = f"{KIND_BY_CODE[kind].title}: the one before stood for {was}, this one for {day}"
            yield Finding("TIME-5", "A report is older than the one it replaced", Severity.HIGH, study, what, kind)


def _by_report(sheets: Iterable[VisibleSheet]) -> dict[tuple[StudyId, KindCode], list[VisibleSheet]]:
    """The sheets of each report of each study."""
    found: dict[tuple[StudyId, KindCode], list[VisibleSheet]] = {}
    for sheet in sheets:
        found.setdefault((sheet.study_id, sheet.kind), []).append(sheet)
    return found


def _from_file(file: StoredFile) -> Iterator[Finding]:
    receipt = file.receipt
    study = receipt.study_id
    if study is None:
        return
    kind = receipt.kinds[0] if receipt.kinds else None
    if receipt.folder_study is not None and receipt.folder_study != study:
        yield Finding(
            "STUDY-1",
            "A file lies in the folder of another study",
            Severity.HIGH,
            study,
            f"{receipt.name}: the folder says {receipt.folder_study}",
            kind,
            file_no=file.file_no,
        )
    if receipt.outcome in {FileOutcome.REFUSED, FileOutcome.QUARANTINED}:
        yield Finding(
            f"FILE-{receipt.outcome.upper()}",
            f"A file was {receipt.outcome}",
            Severity.HIGH,
            study,
            f"{receipt.name}: {receipt.reason}",
            kind,
            file_no=file.file_no,
        )
    days = {sheet.as_of for sheet in receipt.sheets if sheet.as_of is not None}
    if len(days) > 1:
        said = ", ".join(f"{sheet.name} {sheet.as_of}" for sheet in receipt.sheets if sheet.as_of is not None)
        yield Finding("TIME-3", "Sheets of one file stand for different days", Severity.LOW, study, said, kind, file_no=file.file_no)
    named = _date_in(receipt.name)
    if named is not None and days and named not in days:
        yield Finding(
            "TIME-4",
            "The date in a file's name is not the day its rows imply",
            Severity.LOW,
            study,
            f"{receipt.name}: rows imply {max(days)}",
            kind,
            file_no=file.file_no,
        )
    for sheet in receipt.sheets:
        if sheet.outcome is SheetOutcome.QUARANTINED and receipt.outcome is FileOutcome.LOADED:
            yield Finding(
                "SHEET-QUARANTINED",
                "A sheet fits no contract",
                Severity.MEDIUM,
                study,
                f"{sheet.name}: {sheet.reason}",
                kind,
                file_no=file.file_no,
            )
        if len(sheet.as_of_counts) > 1:
            counts = ", ".join(f"{day} ({count} rows)" for day, count in sorted(sheet.as_of_counts.items()))
            yield Finding(
                "TIME-1",
                "Rows of one sheet imply different days",
                Severity.MEDIUM,
                study,
                f"{sheet.name}: {counts}",
                sheet.kind,
                sheet.table,
                file_no=file.file_no,
            )


def _date_in(name: str) -> dt.date | None:
    """A date that a file's name carries; a hint only."""
    for found in _NAME_DATE.finditer(name):
        when = moment(f"{found[1]} {found[2]} {found[3]}")
        if when is not None:
            return when.date()
    return None


def _text(value: object) -> str | None:
    return None if value is None else str(value)
