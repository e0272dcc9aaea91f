"""What a measure counts: rows, each with its study, site, subject, how much it adds, and its reference.

Every count is such a relation, so every number opens to its rows by the very expression that made it.
"""

from collections.abc import Callable

import ibis
import ibis.expr.types as ir

from ncdm.measures.tables import table

Rows = Callable[[], ir.Table]
"""Builds a relation when it is first asked for: ``study_id, site_id, subject_id, amount, row_ref``. An amount that is null is not known."""
COLUMNS = ("study_id", "site_id", "subject_id", "amount", "row_ref")


def contributed(rows: ir.Table, amount: ir.Value | None = None) -> ir.Table:
    """Each of these rows as what it adds: one, or ``amount``; a null amount says that the cell does not tell."""
    site = rows.site_id if "site_id" in rows.columns else ibis.null().cast("string")
    added = ibis.literal(1.0) if amount is None else amount.cast("float64")
    return rows.select(study_id=rows.study_id, site_id=site, subject_id=rows.subject_id, amount=added, row_ref=rows.row_ref)


def cells(name: str, column: str) -> Rows:
    """The numbers of one column of a table; rows that hold zero add nothing and are left out."""

    def rows() -> ir.Table:
        source = table(name)
        told = source[column]
        return contributed(source.filter(told.isnull() | (told != 0)), told)

    return rows


def every(name: str) -> Rows:
    """Every row of a table, each counting one."""
    return lambda: contributed(table(name))


def having(name: str, **values: str | tuple[str, ...]) -> Rows:
    """The rows of a table whose columns hold these values; a row that does not tell has an amount that is not known."""

    def rows() -> ir.Table:
        source = table(name)
        kept = unknown = None
        for column, value in values.items():
            wanted = source[column].isin([value] if isinstance(value, str) else list(value))
            kept = wanted if kept is None else kept & wanted
            blank = source[column].isnull()
            unknown = blank if unknown is None else unknown | blank
        if kept is None or unknown is None:
            return contributed(source)
        told = source.filter(kept.fill_null(ibis.literal(value=True)))
        return contributed(told, ibis.cases((_blank(told, tuple(values)), ibis.null().cast("float64")), else_=1.0))

    return rows


def _blank(rows: ir.Table, columns: tuple[str, ...]) -> ir.BooleanValue:
    blank = rows[columns[0]].isnull()
    for column in columns[1:]:
        blank = blank | rows[column].isnull()
    return blank
