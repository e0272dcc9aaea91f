"""What receipts say: days that differ, folders that name another study, two files of one report, files and sheets set apart."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from ncdm.contracts import KIND_BY_CODE
from ncdm.ingest.values import moment
from ncdm.store import notices
from ncdm.store.as_of import VisibleSheet, kind_day
from ncdm.store.finding import Finding, noticed
from ncdm.store.state import State, StoredFile
from ncdm.types import FileOutcome, KindCode, SheetOutcome, StudyId

_NAME_DATE = re.compile(r"(?<!\d)(\d{1,2})[ _-]?([A-Za-z]{3})[ _-]?(\d{4})(?!\d)")


def of_files(state: State) -> Iterator[Finding]:
    """Everything that receipts give reason to report at a snapshot."""
    for (study, kind), sheets in _by_report(state.sheets).items():
        numbers = {sheet.file_no for sheet in sheets}
        if len(numbers) > 1:
            names = ", ".join(sorted(state.by_number[number].receipt.name for number in numbers))
            yield noticed(notices.TWO_FILES, study, f"{KIND_BY_CODE[kind].title}: {names}; the rows of all are counted", kind=kind)
    yield from _older(state)
    yield from _in_two_studies(state)
    apart = {file.file_no for file in state.apart}
    for file in state.files:
        if (file.file_no in state.shown or file.file_no in apart) and file.receipt.study_id is not None:
            yield from _of_file(file, file.receipt.study_id)


def _older(state: State) -> Iterator[Finding]:
    """Reports that stand for an earlier day than the ones they replaced in this snapshot."""
    now, before = _by_report(state.sheets), _by_report(state.before)
    for (study, kind), sheets in now.items():
        was, _assumed = kind_day(before.get((study, kind), ()))
        day, assumed = kind_day(sheets)
        if was is not None and day is not None and not assumed and day < was:
            yield noticed(
                notices.OLDER, study, f"{KIND_BY_CODE[kind].title}: the one before stood for {was}, this one for {day}", kind=kind
            )


def _in_two_studies(state: State) -> Iterator[Finding]:
    """Files with rows whose very bytes were delivered for another study too; an empty report may well be equal."""
    shown = [state.by_number[number] for number in sorted(state.shown)]
    studies: dict[str, set[StudyId]] = {}
    for file in shown:
        if file.receipt.sha256 is not None and file.receipt.study_id is not None and any(sheet.accepted for sheet in file.receipt.sheets):
            studies.setdefault(file.receipt.sha256, set()).add(file.receipt.study_id)
    for file in shown:
        receipt = file.receipt
        others = studies.get(receipt.sha256 or "", set()) - {receipt.study_id}
        if others and receipt.study_id is not None:
            said = f"{receipt.name}: also in {', '.join(sorted(others))}"
            yield noticed(notices.TWO_STUDIES, receipt.study_id, said, kind=receipt.kinds[0], file_no=file.file_no)


def _by_report(sheets: Iterable[VisibleSheet]) -> dict[tuple[StudyId, KindCode], list[VisibleSheet]]:
    """The sheets of each report of each study."""
    found: dict[tuple[StudyId, KindCode], list[VisibleSheet]] = {}
    for sheet in sheets:
        found.setdefault((sheet.study_id, sheet.kind), []).append(sheet)
    return found


def _of_file(file: StoredFile, study: StudyId) -> Iterator[Finding]:
    """What the receipt of one file gives reason to report."""
    receipt = file.receipt
    kind = receipt.kinds[0] if receipt.kinds else None
    if receipt.named_study is not None:
        yield noticed(
            notices.OTHER_FOLDER, study, f"{receipt.name}: its folder or name says {receipt.named_study}", kind=kind, file_no=file.file_no
        )
    if receipt.outcome is FileOutcome.REFUSED:
        yield noticed(notices.REFUSED, study, f"{receipt.name}: {receipt.reason}", kind=kind, file_no=file.file_no)
    if receipt.outcome is FileOutcome.QUARANTINED:
        yield noticed(notices.QUARANTINED, study, f"{receipt.name}: {receipt.reason}", kind=kind, file_no=file.file_no)
    days = {sheet.as_of for sheet in receipt.sheets if sheet.as_of is not None}
    if len(days) > 1:
        said = ", ".join(f"{sheet.name} {sheet.as_of}" for sheet in receipt.sheets if sheet.as_of is not None)
        yield noticed(notices.SHEETS_DIFFER, study, said, kind=kind, file_no=file.file_no)
    named = _date_in(receipt.name)
    if named is not None and days and named not in days:
        yield noticed(notices.NAME_DIFFERS, study, f"{receipt.name}: rows imply {max(days)}", kind=kind, file_no=file.file_no)
    for sheet in receipt.sheets:
        if sheet.outcome is SheetOutcome.QUARANTINED and receipt.outcome is FileOutcome.LOADED:
            yield noticed(notices.SHEET_QUARANTINED, study, f"{sheet.name}: {sheet.reason}", kind=kind, file_no=file.file_no)
        if len(sheet.as_of_counts) > 1:
            counts = ", ".join(f"{day} ({count} rows)" for day, count in sorted(sheet.as_of_counts.items()))
            yield noticed(notices.TWO_DAYS, study, f"{sheet.name}: {counts}", kind=sheet.kind, table=sheet.table, file_no=file.file_no)


def _date_in(name: str) -> dt.date | None:
    """A date that a file's name carries; a hint only."""
    for found in _NAME_DATE.finditer(name):
        when = moment(f"{found[1]} {found[2]} {found[3]}")
        if when is not None:
            return when.date()
    return None
