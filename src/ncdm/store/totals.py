"""Plain totals of what a snapshot holds, derived from the contracts: rows, labels, sums and counts by value."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ncdm.contracts import KINDS, Holds, Kind, SheetContract
from ncdm.ingest.tables import schema
from ncdm.ingest.values import Remark
from ncdm.store.state import State
from ncdm.types import KindCode, StudyId

Number = int | float


@dataclass(frozen=True, slots=True)
class ContractTotals:
    """One kind of sheet of one study. A report that is missing has no totals: unknown is not zero."""

    rows: int
    subjects: int | None
    """Distinct subject labels, pseudo-subjects included; like each figure ``None`` when the sheet has no such column."""
    sites: int | None
    countries: int | None
    sums: Mapping[str, Number | None] = field(default_factory=dict)
    """Whole-number column -> sum; ``None`` when no cell of it holds a number."""
    unread: Mapping[str, int] = field(default_factory=dict)
    """Whole-number column -> cells in which something else stands, where there are any: the sum counts the others."""
    rejected: int = 0
    """Lines that look like data and were not accepted: with any, rows and sums are lower bounds."""
    by: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Column of categories -> value -> rows; ``(blank)`` counts the empty cells."""


BLANK = "(blank)"
_NO_NUMBER = (str(Remark.UNPARSED_NUMBER), str(Remark.REASON_CODE), str(Remark.ERROR_CELL))


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
    counted: dict[StudyId, dict[str, object]] = {
        StudyId(str(row["study_id"])): row
        for row in state.ask(
            f"SELECT study_id, count(*) AS rows, {_counted(contract, 'subject_id')} AS subjects, {_counted(contract, 'site_id')} AS sites,"
            f" {_counted(contract, 'country_iso3')} AS countries{sums} {where} GROUP BY study_id",
            bound,
        )
    }
    unread: dict[StudyId, dict[str, int]] = {}
    for row in state.ask(
        f"SELECT study_id, column_name, count(*) AS n FROM remark WHERE kind = ? AND contract = ? AND remark IN {_NO_NUMBER} GROUP BY ALL ORDER BY ALL",  # noqa: S608 - declared
        bound,
    ):
        if row["column_name"] in numbers:
            unread.setdefault(StudyId(str(row["study_id"])), {})[str(row["column_name"])] = int(str(row["n"]))
    by: dict[StudyId, dict[str, dict[str, int]]] = {}
    for name in categories:
        for row in state.ask(
            f"SELECT study_id, coalesce({name}, '{BLANK}') AS value, count(*) AS n {where} GROUP BY ALL ORDER BY ALL", bound
        ):
            by.setdefault(StudyId(str(row["study_id"])), {}).setdefault(name, {})[str(row["value"])] = int(str(row["n"]))
    totals: dict[StudyId, ContractTotals] = {}
    for study, brought in _brought(state, kind, contract).items():
        row = counted.get(study, {})

        def figure(name: str, column: str, row: dict[str, object] = row, brought: frozenset[str] = brought.columns) -> int | None:
            if column not in brought:
                return None
            return (None if row[name] is None else int(str(row[name]))) if row else 0

        totals[study] = ContractTotals(
            int(str(row.get("rows", 0))),
            figure("subjects", "subject_id"),
            figure("sites", "site_id"),
            figure("countries", "country_iso3"),
            {name: figure(name, name) for name in numbers},
            unread.get(study, {}),
            brought.rejected,
            {name: by.get(study, {}).get(name, {}) for name in categories if name in brought.columns},
        )
    return totals


@dataclass(frozen=True, slots=True)
class _Brought:
    """What the sheets of one contract bring of one study."""

    columns: frozenset[str]
    """Those that are absent in source are unknown, never zero."""
    rejected: int


def _brought(state: State, kind: Kind, contract: SheetContract) -> dict[StudyId, _Brought]:
    """Study -> what its sheets of a contract bring."""
    names = frozenset(column.name for column in contract.columns)
    found: dict[StudyId, _Brought] = {}
    for shown in state.sheets:
        if shown.kind == kind.code and shown.contract == contract.code:
            sheet, before = state.receipt_of(shown), found.get(shown.study_id, _Brought(frozenset(), 0))
            columns = before.columns | (names - set(sheet.missing_columns))
            found[shown.study_id] = _Brought(columns, before.rejected + sheet.rejected)
    return found


def contract_totals(state: State) -> dict[StudyId, dict[KindCode, dict[str, ContractTotals]]]:
    """Study -> kind -> contract -> totals."""
    found: dict[StudyId, dict[KindCode, dict[str, ContractTotals]]] = {}
    for kind in KINDS:
        for contract in kind.sheets:
            for study, totals in _of_contract(state, kind, contract).items():
                found.setdefault(study, {}).setdefault(kind.code, {})[contract.code] = totals
    return found


def headlines(state: State) -> dict[StudyId, dict[KindCode, dict[str, Number | None]]]:
    """Study -> kind -> figure that is no plain sum. A report without a row counts zero; ``None`` when its rows do not tell."""
    found: dict[StudyId, dict[KindCode, dict[str, Number | None]]] = {}
    for kind in KINDS:
        there = {sheet.study_id for sheet in state.sheets if sheet.kind == kind.code}
        for headline in kind.headlines:
            values = {str(row["study_id"]): None if row["value"] is None else int(str(row["value"])) for row in state.ask(headline.sql)}
            for study in there:
                found.setdefault(study, {}).setdefault(kind.code, {})[headline.name] = values.get(study, 0)
    return found
