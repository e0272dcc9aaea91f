"""Open queries of the site that are older than 14 days."""

from ncdm.measures.contribution import beyond, having
from ncdm.measures.measure import Count, Definition

SITE_QUERIES_OPEN_BEYOND_14_DAYS = Count(
    code="site_queries_open_beyond_14_days",
    title="Site queries open beyond 14 days",
    unit="queries",
    needs=("query_cumulative",),
    rows=having("query", query_status="Open", action_owner="Site", days_since_open=beyond(14)),
    definition=Definition(
        what="Open queries of the site that are older than 14 days.",
        why="The first limit of a late response.",
        formula="rows whose status is Open and whose owner is Site, and whose days_since_open exceeds 14",
        source="measures-and-statistics 4.7",
        example="A query that is 15 days old at a limit of 14 counts, one of 14 days does not.",
        limits="Queries of the cumulative detail sheet; the subject sheet may count one more or less. Closed queries are in no export. A query without days is not known.",
    ),
)
