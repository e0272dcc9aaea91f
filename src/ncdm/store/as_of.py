"""The day each visible sheet stands for: its own, or assumed from its study (data-contracts section 4)."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ncdm.types import KindCode, StudyId

_CPID = KindCode("cpid")
_SIGNATURES = "pi_signature"


@dataclass(frozen=True, slots=True)
class VisibleSheet:
    """One sheet that a snapshot shows."""

    file_no: int
    sheet_no: int
    study_id: StudyId
    kind: KindCode
    contract: str
    derived: dt.date | None
    """The day its own rows imply."""
    as_of: dt.date | None = None
    assumed: bool = False
    """The day is another report's: no row of this sheet implies any."""


def study_day(sheets: Iterable[VisibleSheet]) -> dt.date | None:
    """The day of a study: that of its CPID signatures, else of its CPID, else the latest of any report."""
    found = list(sheets)
    for chosen in (
        [sheet.derived for sheet in found if sheet.contract == _SIGNATURES],
        [sheet.derived for sheet in found if sheet.kind == _CPID],
        [sheet.derived for sheet in found],
    ):
        days = [day for day in chosen if day is not None]
        if days:
            return max(days)
    return None


def effective(sheets: Iterable[VisibleSheet]) -> tuple[VisibleSheet, ...]:
    """The same sheets, each with its day, ordered by file and sheet.

    A sheet without a day of its own assumes its study's when it is delivered, and keeps it: a later delivery of other reports makes it no younger.
    """
    found = sorted(sheets, key=lambda sheet: (sheet.file_no, sheet.sheet_no))
    by_study: dict[StudyId, list[VisibleSheet]] = {}
    for sheet in found:
        by_study.setdefault(sheet.study_id, []).append(sheet)
    days = {study: study_day(of_study) for study, of_study in by_study.items()}
    return tuple(_dated(sheet, days[sheet.study_id]) for sheet in found)


def _dated(sheet: VisibleSheet, day: dt.date | None) -> VisibleSheet:
    """One sheet with its own day, the one it assumed before, or its study's."""
    if sheet.derived is not None:
        return replace(sheet, as_of=sheet.derived, assumed=False)
    assumed = sheet.as_of if sheet.as_of is not None else day
    return replace(sheet, as_of=assumed, assumed=assumed is not None)


def kind_day(sheets: Iterable[VisibleSheet]) -> tuple[dt.date | None, bool]:
    """The day of one report of a study, and whether it is assumed: the day most of its dated sheets have."""
    found = list(sheets)
    signatures = [sheet.derived for sheet in found if sheet.contract == _SIGNATURES and sheet.derived is not None]
    derived = Counter(sheet.derived for sheet in found if sheet.derived is not None)
    if signatures:
        return max(signatures), False
    if derived:
        return max(derived, key=lambda day: (derived[day], day)), False
    days = [sheet.as_of for sheet in found if sheet.as_of is not None]
    return (max(days), True) if days else (None, False)
