"""Days since missing pages were due, median."""

import ibis.expr.types as ir

from ncdm.measures.contribution import contributed
from ncdm.measures.measure import Definition, Spread
from ncdm.measures.tables import table


def _rows() -> ir.Table:
    source = table("missing_page")
    return contributed(source.filter(source.days_missing.notnull()), source.filter(source.days_missing.notnull()).days_missing)


MISSING_PAGE_AGE = Spread(
    code="missing_page_age",
    title="Age of missing pages",
    unit="days",
    needs=("missing_pages",),
    rows=_rows,
    definition=Definition(
        what="Days since missing pages were due, median.",
        why="Old ones are seldom entered without a reminder.",
        formula="median of the days missing over rows that have them",
        source="data-contracts 6",
        example="Ages of 2, 30 and 400 days have the median 30.",
        limits="Only visit-level pages whose visit has a date have an age. Rows of both tabs are in it.",
    ),
)
