"""Open queries of the site that are older than 30 days."""

import ibis
import ibis.expr.types as ir

from ncdm.measures.contribution import contributed
from ncdm.measures.measure import Count, Definition
from ncdm.measures.tables import table

_DAYS = 30


def _rows() -> ir.Table:
    source = table("query")
    wanted = source.filter(
        (source.query_status == "Open")
        & (source.action_owner == "Site")
        & (source.days_since_open.isnull() | (source.days_since_open > _DAYS))
    )
    return contributed(wanted, ibis.cases((wanted.days_since_open.isnull(), ibis.null().cast("float64")), else_=1.0))


SITE_QUERIES_OPEN_BEYOND_30_DAYS = Count(
    code="site_queries_open_beyond_30_days",
    title="Site queries open beyond 30 days",
    unit="queries",
    needs=("query_cumulative",),
    rows=_rows,
    definition=Definition(
        what="Open queries of the site that are older than 30 days.",
        why="A response that is so late shows a site that needs help.",
        formula="rows whose status is Open and whose owner is Site, and whose days_since_open exceeds 30",
        source="measures-and-statistics 4.7",
        example="A query opened 31 days before the as-of date is overdue by one day at a limit of 30.",
        limits="Queries of the cumulative detail sheet; the subject sheet may count one more or less. Closed queries are in no export. A query without days is not known.",
    ),
)
