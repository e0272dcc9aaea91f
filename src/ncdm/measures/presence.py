"""Which sheets a study has: what a report would say that is not there is unknown, never zero."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ncdm.contracts import SHEETS
from ncdm.store.as_of import VisibleSheet
from ncdm.store.report import Report
from ncdm.types import KindCode, ReportState, StudyId

_KIND = {contract.code: kind for kind, contract in SHEETS}
_CONTRACT = {contract.code: contract for _kind, contract in SHEETS}
_TITLED = {
    title: [contract.code for contract in _CONTRACT.values() if contract.title == title]
    for title in {one.title for one in _CONTRACT.values()}
}


@dataclass(frozen=True, slots=True)
class Presence:
    """What one study delivered, as far as measures ask."""

    sheets: frozenset[str]
    """Contracts of the sheets that the snapshot shows."""
    quarantined: frozenset[KindCode]
    rejected: Mapping[KindCode, int]
    as_of: Mapping[KindCode, dt.date | None]
    held: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Contract that some sheet is shown for -> further sheets of the same files that resemble it most and are quarantined."""
    refused: frozenset[KindCode] = frozenset()
    """Kinds whose only file was refused."""

    def in_part(self, needs: Iterable[str]) -> tuple[str, ...]:
        """Why what is there of these sheets is not all: a lower bound, and no zero."""
        return tuple(
            dict.fromkeys(f"the sheet {name} is quarantined" for code in needs if code in self.sheets for name in self.held.get(code, ()))
        )

    def missing(self, needs: Iterable[str]) -> tuple[str, ...]:
        """Why each sheet that is needed and not there is unknown."""
        return tuple(dict.fromkeys(self._why(code) for code in needs if code not in self.sheets))

    def _why(self, code: str) -> str:
        kind, contract = _KIND[code], _CONTRACT[code]
        if kind.code in self.quarantined:
            return f"the report {kind.title} is quarantined"
        if kind.code in self.refused:
            return f"the report {kind.title} was refused"
        return f"no report {kind.title}" if len(kind.sheets) == 1 or kind.code not in self.rejected else f"no sheet {contract.title}"

    def rejections(self, needs: Iterable[str]) -> int:
        """Lines that were rejected in the reports of these sheets."""
        return sum(self.rejected.get(kind, 0) for kind in {_KIND[code].code for code in needs})

    def day(self, needs: Iterable[str]) -> dt.date | None:
        """The earliest day that the reports of these sheets stand for: a number is as old as its oldest part."""
        days = [day for kind in {_KIND[code].code for code in needs} if (day := self.as_of.get(kind)) is not None]
        return min(days, default=None)


def presence(sheets: Iterable[VisibleSheet], reports: Mapping[StudyId, Mapping[KindCode, Report]]) -> dict[StudyId, Presence]:
    """Study -> what it delivered."""
    shown: dict[StudyId, set[str]] = {}
    for sheet in sheets:
        shown.setdefault(sheet.study_id, set()).add(sheet.contract)
    return {
        study: Presence(
            frozenset(shown.get(study, ())),
            frozenset(kind for kind, report in of_study.items() if report.state is ReportState.QUARANTINED),
            {kind: report.rejected for kind, report in of_study.items() if report.state in {ReportState.PRESENT, ReportState.EMPTY}},
            {kind: report.as_of for kind, report in of_study.items()},
            _held(of_study.values()),
            frozenset(kind for kind, report in of_study.items() if report.state is ReportState.REFUSED),
        )
        for study, of_study in reports.items()
    }


def _held(of_study: Iterable[Report]) -> dict[str, tuple[str, ...]]:
    """Contract -> quarantined sheets that come nearest to it, in the files of the reports that are shown."""
    found: dict[str, list[str]] = {}
    for report in of_study:
        if report.state in {ReportState.PRESENT, ReportState.EMPTY}:
            for file in report.files:
                for sheet in file.receipt.sheets:
                    for code in _TITLED.get(sheet.nearest or "", ()) if sheet.misfit else ():
                        found.setdefault(code, []).append(sheet.name)
    return {code: tuple(dict.fromkeys(names)) for code, names in found.items()}
