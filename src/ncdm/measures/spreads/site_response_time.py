"""Days between the opening of a query and its answer, median."""

import ibis.expr.types as ir

from ncdm.measures.contribution import contributed
from ncdm.measures.measure import Definition, Spread
from ncdm.measures.tables import table


def _rows() -> ir.Table:
    source = table("query")
    wanted = source.filter(source.query_status == "Answered")
    return contributed(wanted, wanted.days_since_open - wanted.days_since_response)


SITE_RESPONSE_TIME = Spread(
    code="site_response_time",
    title="Response time of the site",
    unit="days",
    needs=("query_cumulative",),
    rows=_rows,
    definition=Definition(
        what="Days between the opening of a query and its answer, median.",
        why="How fast a site answers.",
        formula="median of days since open less days since response over answered queries",
        source="data-contracts 6",
        example="Opened 10 days ago and answered 9 days ago is a response within a day.",
        limits="Answered queries that are not closed yet, only: quick ones are closed and gone.",
    ),
)
