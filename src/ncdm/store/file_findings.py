"""What receipts say: days that differ, folders that name another study, two files of one report, files and sheets set apart."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from ncdm.contracts import KIND_BY_CODE, SHEETS, Tab
from ncdm.ingest.file_name import day_named
from ncdm.ingest.identify import How
from ncdm.ingest.receipt import SheetReceipt
from ncdm.store import notices
from ncdm.store.as_of import VisibleSheet, kind_day
from ncdm.store.finding import Finding, noticed
from ncdm.store.shown import Shown, StoredFile
from ncdm.types import FileOutcome, KindCode, StudyId

_TABS = 2
"""The missing pages report has two tabs."""


def of_files(state: Shown) -> Iterator[Finding]:
    """Everything that receipts give reason to report at a snapshot."""
    yield from _in_parts(state)
    yield from _outdone(state)
    yield from _older(state)
    yield from _in_two_studies(state)
    apart = {file.file_no for file in state.apart}
    for file in state.files:
        if (file.file_no in state.shown or file.file_no in apart) and file.receipt.study_id is not None:
            yield from _of_file(file, file.receipt.study_id)


def _in_parts(state: Shown) -> Iterator[Finding]:
    """Reports of which several files bring the same sheet; tabs that are united may well be files of their own."""
    for (study, kind), sheets in _by_report(state.sheets).items():
        files: dict[str, set[int]] = {}
        for sheet in sheets:
            files.setdefault(sheet.contract, set()).add(sheet.file_no)
        united = {contract.code for contract in KIND_BY_CODE[kind].sheets if contract.tab is Tab.MANY}
        numbers = set().union(*(found for contract, found in files.items() if len(found) > (_TABS if contract in united else 1)))
        if numbers:
            names = ", ".join(sorted(state.by_number[number].receipt.name for number in numbers))
            yield noticed(notices.TWO_FILES, study, f"{KIND_BY_CODE[kind].title}: {names}; the rows of all are counted", kind=kind)


def _outdone(state: Shown) -> Iterator[Finding]:
    """Files of the latest delivery that newer ones beside them replace."""
    left: dict[StudyId, list[PurePosixPath]] = {}
    for number in sorted(state.delivered - state.shown):
        receipt = state.by_number[number].receipt
        if receipt.study_id is not None and receipt.outcome is FileOutcome.LOADED:
            left.setdefault(receipt.study_id, []).append(PurePosixPath(receipt.name))
    for study, names in left.items():
        folders = Counter(name.parent for name in names)
        told = [f"{count} files of {folder}" for folder, count in sorted(folders.items()) if count > 1]
        told += [str(name) for name in sorted(names) if folders[name.parent] == 1]
        yield noticed(notices.OUTDONE, study, f"not shown, because newer ones came with them: {', '.join(told)}")


def _older(state: Shown) -> Iterator[Finding]:
    """Reports that stand for an earlier day than the ones they replaced in this snapshot."""
    now, before = _by_report(state.sheets), _by_report(state.before)
    for (study, kind), sheets in now.items():
        was, _assumed = kind_day(before.get((study, kind), ()))
        day, assumed = kind_day(sheets)
        if was is not None and day is not None and not assumed and day < was:
            yield noticed(
                notices.OLDER, study, f"{KIND_BY_CODE[kind].title}: the one before stood for {was}, this one for {day}", kind=kind
            )


def _in_two_studies(state: Shown) -> Iterator[Finding]:
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
    named = day_named(receipt.name)
    if named is not None and days and named not in days:
        yield noticed(notices.NAME_DIFFERS, study, f"{receipt.name}: rows imply {max(days)}", kind=kind, file_no=file.file_no)
    for sheet in receipt.left_out:
        notice = notices.SHEET_QUARANTINED if sheet.misfit else notices.SHEET_UNKNOWN
        nearest = f" ({sheet.nearest})" if sheet.misfit else ""
        yield noticed(notice, study, f"{sheet.name}: {sheet.reason}{nearest}", kind=kind, file_no=file.file_no)
    for sheet in receipt.sheets:
        unknown = [header.text for header in sheet.headers if header.how is How.IGNORED]
        if unknown and sheet.missing_columns:
            said = f"{sheet.name}: lacks {', '.join(_titles(sheet))}; does not know {', '.join(map(repr, unknown))}"
            yield noticed(notices.COLUMNS, study, said, kind=sheet.kind, table=sheet.table, file_no=file.file_no)
        if len(sheet.as_of_counts) > 1:
            counts = ", ".join(f"{day} ({count} rows)" for day, count in sorted(sheet.as_of_counts.items()))
            yield noticed(notices.TWO_DAYS, study, f"{sheet.name}: {counts}", kind=sheet.kind, table=sheet.table, file_no=file.file_no)


def _titles(sheet: SheetReceipt) -> list[str]:
    """What the columns are called that a sheet lacks."""
    titles = {column.name: column.title for _kind, contract in SHEETS if contract.code == sheet.contract for column in contract.columns}
    return [titles.get(name, name) for name in sheet.missing_columns]
