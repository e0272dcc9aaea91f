"""One report kind of one study at a snapshot: present, empty (a true zero), or unknown because it is missing, quarantined or refused."""

import datetime as dt
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from ncdm.contracts import KINDS
from ncdm.ingest.file_kind import kind_by_name
from ncdm.store.as_of import VisibleSheet, kind_day
from ncdm.store.shown import Shown, StoredFile
from ncdm.types import KindCode, ReportState, SheetOutcome, StudyId, by_number


@dataclass(frozen=True, slots=True)
class Report:
    """One cell of the portfolio."""

    kind: KindCode
    state: ReportState
    rows: int | None
    """Rows accepted from its fact sheets; ``None`` when unknown."""
    rejected: int
    as_of: dt.date | None
    as_of_assumed: bool
    files: tuple[StoredFile, ...]
    """The files it comes from; for a quarantined or refused report the files set apart."""
    note: str | None = None
    """Why the rows may not be all or not the newest: a sheet is quarantined, a later file waits, or the latest delivery of the study did not bring the report."""


_REPORTS: "WeakKeyDictionary[Shown, Mapping[StudyId, Mapping[KindCode, Report]]]" = WeakKeyDictionary()
_LOCK = threading.Lock()


def reports(state: Shown) -> Mapping[StudyId, Mapping[KindCode, Report]]:
    """Study -> kind -> report, studies by number, every kind of each."""
    with _LOCK:
        found = _REPORTS.get(state)
        if found is None:
            found = _REPORTS[state] = _compute(state)
    return found


def _compute(state: Shown) -> dict[StudyId, dict[KindCode, Report]]:
    apart = state.apart
    studies = {sheet.study_id for sheet in state.sheets} | {file.receipt.study_id for file in apart if file.receipt.study_id is not None}
    shown: dict[tuple[StudyId, KindCode], list[VisibleSheet]] = {}
    for sheet in state.sheets:
        shown.setdefault((sheet.study_id, sheet.kind), []).append(sheet)
    found: dict[StudyId, dict[KindCode, Report]] = {}
    for study in sorted(studies, key=by_number):
        found[study] = {}
        for kind in KINDS:
            sheets = shown.get((study, kind.code), [])
            waiting = tuple(file for file in apart if file.receipt.study_id == study and kind_by_name(file.receipt.name) == kind.code)
            found[study][kind.code] = (
                _present(state, kind.code, sheets, _note(state, study, sheets, waiting)) if sheets else _absent(kind.code, waiting)
            )
    return found


def _note(state: Shown, study: StudyId, sheets: list[VisibleSheet], waiting: tuple[StoredFile, ...]) -> str | None:
    """Why a report that is shown may not be whole or not the newest."""
    held = [
        sheet.name
        for number in sorted({sheet.file_no for sheet in sheets})
        for sheet in state.by_number[number].receipt.sheets
        if sheet.misfit
    ]
    if held:
        return f"not whole: {', '.join(held)} {'is' if len(held) == 1 else 'are'} quarantined"
    if waiting:
        return f"older: the newest file was {waiting[-1].receipt.outcome}"
    came = any(state.by_number[number].receipt.study_id == study for number in state.delivered)
    if came and not any(sheet.file_no in state.delivered for sheet in sheets):
        return "not in the latest delivery of the study"
    return None


def _present(state: Shown, kind: KindCode, sheets: list[VisibleSheet], note: str | None) -> Report:
    rows = rejected = 0
    for shown in sheets:
        sheet = state.receipt_of(shown)
        rejected += sheet.rejected
        rows += sheet.accepted if sheet.outcome is SheetOutcome.ACCEPTED else 0
    day, assumed = kind_day(sheets)
    files = tuple(state.by_number[number] for number in sorted({sheet.file_no for sheet in sheets}))
    return Report(kind, ReportState.PRESENT if rows or rejected else ReportState.EMPTY, rows, rejected, day, assumed, files, note)


def _absent(kind: KindCode, waiting: tuple[StoredFile, ...]) -> Report:
    """A report of which nothing is shown: its newest file was set apart, or none came."""
    state = ReportState(waiting[-1].receipt.outcome) if waiting else ReportState.MISSING
    return Report(kind, state, None, 0, None, as_of_assumed=False, files=waiting)
