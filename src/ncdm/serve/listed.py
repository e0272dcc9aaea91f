"""The tables as people look for them: one a report, with a short title.

Two reports may fill one table of the store (MedDRA and WHODrug fill ``coding_term``); each is listed under its own name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ncdm.contracts import KIND_BY_CODE, Role, tables
from ncdm.types import KindCode, TableName

_SHORT: Mapping[str, str] = {
    "query_action_list": "Action lists of the CPID",
    "page_action": "Pages frozen, un-frozen, locked, un-locked",
    "sae_review": "SAE reviews",
}
"""Titles of tables that several kinds of sheet fill."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One table as it is listed."""

    name: str
    table: TableName
    kind: KindCode
    title: str
    supporting: bool
    """Its rows repeat or describe what other sheets bring, and are in no count."""


def _listed() -> Mapping[str, Listed]:
    found: dict[str, Listed] = {}
    for table, fillers in tables().items():
        kinds = list(dict.fromkeys(kind.code for kind, _sheet in fillers))
        for code in kinds:
            sheets = [sheet for kind, sheet in fillers if kind.code == code]
            name = table if len(kinds) == 1 else code
            title = _SHORT.get(table, sheets[0].title if len(kinds) == 1 else KIND_BY_CODE[code].title)
            found[name] = Listed(name, table, code, title, all(sheet.role is Role.SUPPORTING for sheet in sheets))
    return MappingProxyType(found)


LISTED: Mapping[str, Listed] = _listed()
"""Name -> table, in the order of the contracts."""


def listed_as(table: str | None, kind: str | None) -> str | None:
    """The name under which the rows of a report are listed."""
    if table is None:
        return None
    of_kind = LISTED.get(kind or "")
    return kind if of_kind is not None and of_kind.table == table else table
