"""The headline figures of a report: what each is called, which rows it is made of, and its value."""

from dataclasses import dataclass, field

from ncdm.contracts import KINDS, Holds, Kind, Role, SheetContract
from ncdm.serve import answers as say
from ncdm.serve.listed import listed_as
from ncdm.store.state import State
from ncdm.store.totals import contract_totals, headlines
from ncdm.types import StudyId


def _rows_figure(kind: Kind, contract: SheetContract) -> str:
    """The name of the figure that counts the rows of one sheet."""
    return f"{contract.code}_rows" if len(kind.sheets) > 1 else "rows"


def _summed(contract: SheetContract) -> tuple[str, ...]:
    """The columns whose sum is a figure; days are not summed."""
    return tuple(column.name for column in contract.columns if column.holds is Holds.INTEGER and column.unit not in {"", "days"})


def _facts(kind: Kind) -> tuple[SheetContract, ...]:
    return tuple(contract for contract in kind.sheets if contract.role is not Role.SUPPORTING)


def figure_titles() -> dict[str, str]:
    """What each figure of `study_totals` is called; no two of one report alike."""
    titles = {"rows": "Rows"}
    for kind in KINDS:
        for contract in _facts(kind):
            if len(kind.sheets) > 1:
                titles[_rows_figure(kind, contract)] = f"{contract.title} (rows of the sheet)"
            titles.update((column.name, column.title) for column in contract.columns if column.name in _summed(contract))
        titles.update((headline.name, headline.title) for headline in kind.headlines)
    return titles


def figure_sources() -> dict[str, dict[str, say.HeadlineSource]]:
    """Kind -> figure of `study_totals` -> the rows that it is made of."""
    found: dict[str, dict[str, say.HeadlineSource]] = {}
    for kind in KINDS:
        sources = found[kind.code] = {}
        for contract in _facts(kind):
            table = listed_as(contract.table, kind.code) or contract.table
            counts = {_rows_figure(kind, contract): say.Counted.ROWS, **dict.fromkeys(_summed(contract), say.Counted.SUM)}
            sources.update((name, say.HeadlineSource(table=table, contract=contract.code, counted=how)) for name, how in counts.items())
        for headline in kind.headlines:
            contract = next(contract for contract in _facts(kind) if contract.table in headline.sql)
            table = listed_as(contract.table, kind.code) or contract.table
            sources[headline.name] = say.HeadlineSource(table=table, contract=None, counted=say.Counted.RULE)
    return found


@dataclass(frozen=True, slots=True)
class StudyFigures:
    """The headline figures of one study, by report kind."""

    values: dict[str, dict[str, say.Value]] = field(default_factory=dict)
    """Rows of each sheet, sums of counts, and figures that are no plain sum."""
    unread: dict[str, dict[str, int]] = field(default_factory=dict)
    """Sums that are lower bounds, with the number of cells that hold no number."""


def study_totals(state: State) -> dict[StudyId, StudyFigures]:
    """Study -> its figures."""
    found: dict[StudyId, StudyFigures] = {}
    figures = headlines(state)
    for study, kinds in contract_totals(state).items():
        for kind in KINDS:
            if kind.code not in kinds:
                continue
            values: dict[str, say.Value] = {}
            unread: dict[str, int] = {}
            for contract in _facts(kind):
                totals = kinds[kind.code].get(contract.code)
                if totals is None:
                    continue
                values[_rows_figure(kind, contract)] = totals.rows
                values |= {name: totals.sums[name] for name in _summed(contract) if name in totals.sums}
                unread |= {name: count for name, count in totals.unread.items() if name in _summed(contract)}
            values |= figures.get(study, {}).get(kind.code, {})
            of_study = found.setdefault(study, StudyFigures())
            of_study.values[kind.code] = values
            if unread:
                of_study.unread[kind.code] = unread
    return found


def known_sum(counts: list[int | None]) -> int | None:
    """The sum of those that are known; unknown when there are some and none is known."""
    known = [count for count in counts if count is not None]
    return sum(known) if known or not counts else None
