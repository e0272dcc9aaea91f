"""The Arrow schema of every table, derived from the contracts that fill it."""

from functools import cache

import pyarrow as pa

from ncdm.contracts import Holds, SheetContract, tables
from ncdm.types import TableName

REJECTION = TableName("rejection")
REMARK = TableName("remark")
TOTAL_CELL = TableName("total_cell")

_TYPES = {
    Holds.INTEGER: pa.int64(),
    Holds.IDENTIFIER: pa.int64(),
    Holds.DATE: pa.date32(),
    Holds.TIMESTAMP: pa.timestamp("us"),
}

LINEAGE = (
    pa.field("study_id", pa.string()),
    pa.field("kind", pa.string()),
    pa.field("contract", pa.string()),
    pa.field("source_file", pa.string()),
    pa.field("source_sha256", pa.string()),
    pa.field("source_sheet", pa.string()),
    pa.field("sheet_no", pa.int32()),
    pa.field("source_row", pa.int32()),
    pa.field("load_id", pa.int64()),
    pa.field("ingested_at", pa.timestamp("us")),
)
"""Where a row comes from: on every row of every table (data-contracts section 2)."""


def fields_of(contract: SheetContract) -> list[pa.Field]:
    """The columns one contract gives, in its order: each value, its text where kept, what is derived from it."""
    fields = [pa.field(name, pa.string()) for name in contract.constants]
    for column in contract.columns:
        if column.not_stored:
            continue
        fields.append(pa.field(column.name, _TYPES.get(column.holds, pa.string())))
        if column.keeps_text:
            fields.append(pa.field(f"{column.name}_text", pa.string()))
        fields.extend(pa.field(derived.name, pa.string()) for derived in column.derived)
    return fields


@cache
def schema(table: TableName) -> pa.Schema:
    """The schema of a table: lineage, then the columns of its contracts, each once. ``KeyError`` for an unknown table."""
    if table == REJECTION:
        return pa.schema(
            [
                *LINEAGE,
                pa.field("target", pa.string()),
                pa.field("reason", pa.string()),
                pa.field("column_name", pa.string()),
                pa.field("detail", pa.string()),
            ]
        )
    if table == REMARK:
        return pa.schema([*LINEAGE, pa.field("target", pa.string()), pa.field("remark", pa.string()), pa.field("column_name", pa.string())])
    if table == TOTAL_CELL:
        return pa.schema(
            [
                *LINEAGE,
                pa.field("target", pa.string()),
                pa.field("column_name", pa.string()),
                pa.field("value", pa.int64()),
                pa.field("value_text", pa.string()),
            ]
        )
    fields: dict[str, pa.Field] = {}
    for _kind, contract in tables()[table]:
        for found in fields_of(contract):
            fields.setdefault(found.name, found)
    return pa.schema([*LINEAGE, *fields.values()])


def all_tables() -> tuple[TableName, ...]:
    """Every table the store keeps facts in."""
    return (*tables(), REJECTION, REMARK, TOTAL_CELL)
