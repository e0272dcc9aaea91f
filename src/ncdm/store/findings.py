"""Findings: every exception to what contracts and checks promise, with the rows it is about. Listed, never repaired."""

import re
import threading
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from ncdm.catalogue import declared
from ncdm.contracts import SHEETS
from ncdm.ingest.values import Remark
from ncdm.store import checks
from ncdm.store.check import Check
from ncdm.store.file_findings import of_files
from ncdm.store.finding import Finding, noticed
from ncdm.store.notices import NOTICES, REJECTED, REMARKS, Notice
from ncdm.store.state import Record, State, text_of
from ncdm.types import KindCode, Severity, StudyId, by_number

CHECKS: tuple[Check, ...] = declared(checks, Check)
CODES: tuple[str, ...] = tuple(
    sorted(
        {
            *(check.code for check in CHECKS),
            *(invariant.code for _kind, contract in SHEETS for invariant in contract.invariants),
            *(notice.code for notice in (*NOTICES, *REMARKS.values())),
        }
    )
)
"""The code of everything that may be found."""

_FOUND: "WeakKeyDictionary[State, tuple[Finding, ...]]" = WeakKeyDictionary()
_LOCK = threading.Lock()


def findings(state: State) -> tuple[Finding, ...]:
    """All findings of a snapshot, by study, most severe first. Computed once for a state."""
    with _LOCK:
        found = _FOUND.get(state)
        if found is None:
            found = _FOUND[state] = tuple(sorted(_all(state), key=_place))
    return found


def _place(finding: Finding) -> tuple[object, ...]:
    """Where a finding stands in the list; what it says and its rows decide between equals, so that the list is the same each time it is made."""
    return by_number(finding.study_id), tuple(Severity).index(finding.severity), finding.code, finding.what, finding.refs


def _all(state: State) -> Iterator[Finding]:
    yield from of_files(state)
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
                    text_of(row["subject_id"]),
                    text_of(row["site_id"]),
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
                yield Finding(
                    check.code,
                    check.title,
                    check.severity,
                    StudyId(study),
                    str(row["what"]),
                    text_of(row["kind"]),
                    text_of(row["table_name"]),
                    text_of(row["subject_id"]),
                    text_of(row["site_id"]),
                    _refs(row["refs"]),
                )


def _from_remarks(state: State) -> Iterator[Finding]:
    """What was noticed about cells, one finding a sheet and column."""
    rows = state.ask(
        "SELECT study_id, kind, target, remark, column_name, source_sheet, file_no, count(*) AS n, list(row_ref ORDER BY source_row) AS refs FROM remark GROUP BY ALL ORDER BY ALL"
    )
    for row in rows:
        cells = "1 cell" if row["n"] == 1 else f"{row['n']} cells"
        yield _noticed(REMARKS[Remark(str(row["remark"]))], row, f"{cells} of {row['column_name']} on sheet {row['source_sheet']}")


def _from_rejections(state: State) -> Iterator[Finding]:
    """Lines that look like data and were not accepted."""
    rows = state.ask(
        "SELECT study_id, kind, target, reason, detail, file_no, count(*) AS n, list(row_ref ORDER BY source_row) AS refs FROM rejection GROUP BY ALL ORDER BY ALL"
    )
    for row in rows:
        lines = "1 line" if row["n"] == 1 else f"{row['n']} lines"
        yield _noticed(REJECTED, row, f"{lines}: {row['detail']}")


def _noticed(notice: Notice, row: Record, what: str) -> Finding:
    """The finding of a query over remarks or rejections."""
    return noticed(
        notice,
        StudyId(str(row["study_id"])),
        what,
        kind=text_of(row["kind"]),
        table=text_of(row["target"]),
        refs=_refs(row["refs"]),
        file_no=int(str(row["file_no"])),
    )


def _refs(value: object) -> tuple[str, ...]:
    return tuple(str(ref) for ref in value) if isinstance(value, list) else ()
