"""Contracts: what each kind of sheet promises, as declarations.

`KINDS` is every report kind, in the order of pages and outputs; `TABLES` every table they fill.
"""

from types import MappingProxyType

from ncdm.catalogue import declared
from ncdm.contracts import kinds
from ncdm.contracts.contract import AsOf, Column, Derived, Headline, Holds, Invariant, Kind, Role, SheetContract, Tab
from ncdm.types import KindCode, TableName

KINDS: tuple[Kind, ...] = tuple(sorted(declared(kinds, Kind), key=lambda kind: kind.position))
KIND_BY_CODE = MappingProxyType({kind.code: kind for kind in KINDS})
SHEETS: tuple[tuple[Kind, SheetContract], ...] = tuple((kind, sheet) for kind in KINDS for sheet in kind.sheets)


def tables() -> dict[TableName, tuple[tuple[Kind, SheetContract], ...]]:
    """Each table with the sheet contracts that fill it, in declaration order."""
    found: dict[TableName, list[tuple[Kind, SheetContract]]] = {}
    for kind, sheet in SHEETS:
        found.setdefault(sheet.table, []).append((kind, sheet))
    return {table: tuple(fillers) for table, fillers in found.items()}


__all__ = [
    "KINDS",
    "KIND_BY_CODE",
    "SHEETS",
    "AsOf",
    "Column",
    "Derived",
    "Headline",
    "Holds",
    "Invariant",
    "Kind",
    "KindCode",
    "Role",
    "SheetContract",
    "Tab",
    "tables",
]
