"""All sheets of a workbook together: each contract is taken by one sheet, and neighbours settle what a sheet alone cannot.

The two action lists of a CPID workbook have the header of the cumulative sheet; the cumulative one is the longest.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ncdm.contracts import Tab
from ncdm.ingest.copies import prefer_telling_copies
from ncdm.ingest.data_lines import Told, told
from ncdm.ingest.identify import Fit, NoFit, candidates
from ncdm.ingest.lines import Lines, lines_of
from ncdm.ingest.receipt import TAKEN
from ncdm.sources import Sheet, Workbook


@dataclass(frozen=True, eq=False)
class Identified:
    """One sheet, its lines, and the contract it fits or why it fits none."""

    sheet: Sheet
    lines: Lines
    fit: Fit | NoFit

    @cached_property
    def told(self) -> Told:
        """What each line below the header is. Raises ``TypeError`` for a sheet that fits no contract."""
        if isinstance(self.fit, NoFit):
            raise TypeError(self.fit.reason)
        return told(self.lines, self.fit)


def _length(lines: Lines) -> int:
    """Lines that hold anything."""
    return int(np.count_nonzero(lines.filled))


def identify(workbook: Workbook) -> tuple[Identified, ...]:
    """Match every sheet of a workbook, in sheet order."""
    lines = {sheet.number: lines_of(sheet) for sheet in workbook.sheets}
    offers = {sheet.number: candidates(lines[sheet.number], sheet.name, workbook.name) for sheet in workbook.sheets}
    taken: dict[str, Sheet] = {}
    fits: dict[int, Fit | NoFit] = {}
    certain = [sheet for sheet in workbook.sheets if isinstance(offer := offers[sheet.number], list) and len(offer) == 1]
    unsure = [sheet for sheet in workbook.sheets if sheet not in certain]
    unsure.sort(key=lambda sheet: (-_length(lines[sheet.number]), sheet.number))
    for sheet in (*certain, *unsure):
        offer = offers[sheet.number]
        fit = offer if isinstance(offer, NoFit) else _settle(offer, sheet, taken)
        fits[sheet.number] = fit if isinstance(fit, NoFit) else prefer_telling_copies(fit, lines[sheet.number])
    return tuple(Identified(sheet, lines[sheet.number], fits[sheet.number]) for sheet in workbook.sheets)


def _settle(offer: list[Fit], sheet: Sheet, taken: dict[str, Sheet]) -> Fit | NoFit:
    """Take the one contract that is left for this sheet, or say which two it fits."""
    free = [fit for fit in offer if fit.sheet.tab is Tab.MANY or fit.sheet.code not in taken]
    if not free:
        other = taken[offer[0].sheet.code]
        return NoFit(f"{TAKEN}; sheet {other.number} was taken", offer[0].sheet.title)
    if len({fit.kind.code for fit in free}) > 1:
        titles = " and ".join(sorted(fit.sheet.title for fit in free))
        return NoFit(f"it fits two contracts: {titles}", free[0].sheet.title)
    taken[free[0].sheet.code] = sheet
    return free[0]
