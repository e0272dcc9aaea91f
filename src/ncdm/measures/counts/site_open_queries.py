"""Open queries that the site must answer."""

from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition

SITE_OPEN_QUERIES = Count(
    code="site_open_queries",
    title="Open queries of the site",
    unit="queries",
    needs=("query_cumulative",),
    rows=having("query", query_status="Open", action_owner="Site"),
    definition=Definition(
        what="Open queries that the site must answer.",
        why="They are the site's own backlog.",
        formula="rows whose status is Open and whose owner is Site",
        source="data-contracts 3.1; measures-and-statistics 4.7",
        example="One row of the sheet is one query.",
        limits="Queries of the cumulative detail sheet; the subject sheet may count one more or less. Closed queries are in no export.",
    ),
)
