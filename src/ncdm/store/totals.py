"""Plain totals of what a snapshot holds, derived from the contracts: rows, labels, sums and counts by value."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ncdm.contracts import KINDS, Holds, Kind, SheetContract
from ncdm.ingest.tables import schema
from ncdm.store.state import State
from ncdm.types import KindCode, StudyId

Number = int | float


@dataclass(frozen=True, slots=True)
class ContractTotals:
    """One kind of sheet of one study. A report that is missing has no totals: unknown is not zero."""

    rows: int
    subjects: int
    """Distinct subject labels, pseudo-subjects included."""
    sites: int
    countries: int
    sums: Mapping[str, Number | None] = field(default_factory=dict)
    """Whole-number column -> sum; ``None`` when no cell of it holds a number."""
    by: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Column of categories -> value -> rows; ``(blank)`` counts the empty cells."""


BLANK = "(blank)"


def _counted(contract: SheetContract, name: str) -> str:
    names = {column.name for column in contract.columns}
    return f"count(DISTINCT {name})" if name in names else "0"


def _of_contract(state: State, kind: Kind, contract: SheetContract) -> dict[StudyId, ContractTotals]:
    """The totals of one contract, by study; studies whose sheet is there and empty count zero."""
    table = f'"{contract.table}"'
    numbers = [column.name for column in contract.columns if column.holds is Holds.INTEGER]
    categories = [
        column.name for column in contract.columns if column.holds is Holds.CATEGORY and column.name in schema(contract.table).names
    ]
    sums = "".join(f", sum({name})::BIGINT AS {name}" for name in numbers)
    where = f"FROM {table} WHERE kind = ? AND contract = ?"
    bound = (kind.code, contract.code)
    there = {sheet.study_id for sheet in state.sheets if sheet.kind == kind.code and sheet.contract == contract.code}
    counted: dict[StudyId, dict[str, object]] = {
        StudyId(str(row["study_id"])): row
        for row in state.ask(
            f"SELECT study_id, count(*) AS rows, {_counted(contract, 'subject_id')} AS subjects, {_counted(contract, 'site_id')} AS sites,"
            f" {_counted(contract, 'country_iso3')} AS countries{sums} {where} GROUP BY study_id",
            bound,
        )
    }
    by: dict[StudyId, dict[str, dict[str, int]]] = {}
    for name in categories:
        for row in state.ask(
            f"SELECT study_id, coalesce({name}, '{BLANK}') AS value, count(*) AS n {where} GROUP BY ALL ORDER BY ALL", bound
        ):
            by.setdefault(StudyId(str(row["study_id"])), {}).setdefault(name, {})[str(row["value"])] = int(str(row["n"]))
    totals: dict[StudyId, ContractTotals] = {}
    for study in there:
        found = counted.get(study)
        if found is None:
            totals[study] = ContractTotals(0, 0, 0, 0, dict.fromkeys(numbers, 0), {name: {} for name in categories})
        else:
            totals[study] = ContractTotals(
                int(str(found["rows"])),
                int(str(found["subjects"])),
                int(str(found["sites"])),
                int(str(found["countries"])),
                {name: None if found[name] is None else int(str(found[name])) for name in numbers},
                {name: by.get(study, {}).get(name, {}) for name in categories},
            )
    return totals


def contract_totals(state: State) -> dict[StudyId, dict[KindCode, dict[str, ContractTotals]]]:
    """Study -> kind -> contract -> totals."""
    found: dict[StudyId, dict[KindCode, dict[str, ContractTotals]]] = {}
    for kind in KINDS:
        for contract in kind.sheets:
            for study, totals in _of_contract(state, kind, contract).items():
                found.setdefault(study, {}).setdefault(kind.code, {})[contract.code] = totals
    return found


def headlines(state: State) -> dict[StudyId, dict[KindCode, dict[str, Number]]]:
    """Study -> kind -> figure that is no plain sum. A study that has the report and no such row counts zero."""
    found: dict[StudyId, dict[KindCode, dict[str, Number]]] = {}
    for kind in KINDS:
        there = {sheet.study_id for sheet in state.sheets if sheet.kind == kind.code}
        for headline in kind.headlines:
            values = {str(row["study_id"]): int(str(row["value"])) for row in state.ask(headline.sql)}
            for study in there:
                found.setdefault(study, {}).setdefault(kind.code, {})[headline.name] = values.get(study, 0)
    return found
