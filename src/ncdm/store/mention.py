"""Who names what: every fact row that fills some columns, whatever table it is in, so that a new report is compared at once."""

from ncdm.contracts import Role, tables
from ncdm.ingest.tables import schema


def mentions(*columns: str) -> str:
    """A query: ``study_id, kind, table_name``, the columns, and ``row_ref``, over all fact tables that have every column."""
    named = ", ".join(columns)
    parts = [
        f"SELECT study_id, kind, '{table}' AS table_name, {named}, row_ref FROM {table}"  # noqa: S608 - declared names
        for table, fillers in tables().items()
        if set(columns) <= set(schema(table).names) and any(sheet.role is Role.FACTS for _kind, sheet in fillers)
    ]
    return " UNION ALL ".join(parts)
