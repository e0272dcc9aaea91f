"""Days since open queries were opened, median."""

import ibis.expr.types as ir

from ncdm.measures.contribution import contributed
from ncdm.measures.measure import Definition, Spread
from ncdm.measures.tables import table


def _rows() -> ir.Table:
    source = table("query")
    wanted = source.filter(source.query_status == "Open")
    return contributed(wanted, wanted.days_since_open)


OPEN_QUERY_AGE = Spread(
    code="open_query_age",
    title="Age of open queries",
    unit="days",
    needs=("query_cumulative",),
    rows=_rows,
    definition=Definition(
        what="Days since open queries were opened, median.",
        why="Old ones show where nobody acts.",
        formula="median of days since open over rows whose status is Open",
        source="data-contracts 6",
        example="Ages of 1, 7 and 90 days have the median 7.",
        limits="Only what is still open is in the export: what was solved quickly is not seen.",
    ),
)
