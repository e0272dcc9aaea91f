"""Deliveries that follow each other and came in one load: what is shown is what loading them one after the other would show.

Two weeks of a study in one folder hold the same subjects for two days; adding them up would count everything twice. A report
that comes in parts, by country perhaps, names different subjects in each (decision 0009 in docs/decisions).
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import PurePosixPath

from ncdm.contracts import SHEETS, Tab
from ncdm.ingest.file_name import day_named
from ncdm.store.as_of import VisibleSheet, kind_day, study_day
from ncdm.types import KindCode, StudyId

_TABS = frozenset(contract.code for _kind, contract in SHEETS if contract.tab is Tab.MANY)
_TABS_APART = 3
"""Days by which tabs of one report may differ: one in the reference files does by a day."""
_SHARED = 0.1
"""Parts of a report share hardly a subject, weeks of one share most: between them lies this share of the smaller."""

Subjects = Callable[[int, KindCode], frozenset[str]]
"""The subjects that the rows of a file's report name."""


@dataclass(frozen=True, slots=True)
class _Part:
    """What one file brings of one report."""

    file_no: int
    kind: KindCode
    folder: str
    day: dt.date
    """The day its rows imply, else the day of the study's files beside it."""
    derived: bool
    named: dt.date | None
    """The day that its name carries: a hint, which only orders files of one folder that have no day of their own."""
    tabs: bool
    """It brings nothing but sheets that may be one tab of several."""


def outdone(sheets: Iterable[VisibleSheet], names: Mapping[int, str], subjects: Subjects) -> frozenset[tuple[int, KindCode]]:
    """(file, report) of each file that a newer one of the same load replaces.

    A newer file replaces an older one of the same study and report when they share subjects, or when other files of the
    same two folders do.
    """
    by_study: dict[StudyId, list[VisibleSheet]] = {}
    for sheet in sheets:
        by_study.setdefault(sheet.study_id, []).append(sheet)
    found: set[tuple[int, KindCode]] = set()
    for of_study in by_study.values():
        pairs = _pairs(_parts(of_study, names))
        named = {part: subjects(part.file_no, part.kind) for part in {part for pair in pairs for part in pair}}
        sharing = {(older, newer) for older, newer in pairs if _share(named[older], named[newer])}
        following = {(older.folder, newer.folder) for older, newer in sharing if older.folder != newer.folder}
        found |= {
            (older.file_no, older.kind) for older, newer in pairs if (older, newer) in sharing or (older.folder, newer.folder) in following
        }
    return frozenset(found)


def _parts(sheets: list[VisibleSheet], names: Mapping[int, str]) -> list[_Part]:
    """The files of one study that stand for a day, each report of each."""
    folders = {number: PurePosixPath(name).parent.as_posix() for number, name in names.items()}
    beside: dict[str, list[VisibleSheet]] = {}
    of_file: dict[tuple[int, KindCode], list[VisibleSheet]] = {}
    for sheet in sheets:
        beside.setdefault(folders[sheet.file_no], []).append(sheet)
        of_file.setdefault((sheet.file_no, sheet.kind), []).append(sheet)
    days = {folder: study_day(of_folder) for folder, of_folder in beside.items()}
    found: list[_Part] = []
    for (file_no, kind), own in of_file.items():
        derived = kind_day([sheet for sheet in own if sheet.derived is not None])[0]
        day = derived or days[folders[file_no]]
        if day is not None:
            tabs = all(sheet.contract in _TABS for sheet in own)
            found.append(
                _Part(file_no, kind, folders[file_no], day, derived is not None, day_named(PurePosixPath(names[file_no]).name), tabs)
            )
    return found


def _pairs(parts: list[_Part]) -> list[tuple[_Part, _Part]]:
    """Older and newer part of each two that bring one report for different days."""
    ordered = sorted(parts, key=lambda part: (part.day, part.named or dt.date.min, part.file_no))
    return [(older, newer) for older, newer in combinations(ordered, 2) if older.kind == newer.kind and _before(older, newer)]


def _before(older: _Part, newer: _Part) -> bool:
    """Whether one stands for an earlier delivery; two tabs of a report may differ by a few days."""
    beside = older.folder == newer.folder
    if beside and not older.derived and not newer.derived:
        return older.named is not None and newer.named is not None and older.named < newer.named
    apart = _TABS_APART if beside and older.tabs and newer.tabs else 0
    return (newer.day - older.day).days > apart


def _share(older: frozenset[str], newer: frozenset[str]) -> bool:
    """Whether two files are about the same subjects."""
    least = min(len(older), len(newer))
    return least > 0 and len(older & newer) >= _SHARED * least
