"""Open queries of the site that are older than 30 days."""

from ncdm.measures.contribution import beyond, having
from ncdm.measures.measure import Count, Definition

SITE_QUERIES_OPEN_BEYOND_30_DAYS = Count(
    code="site_queries_open_beyond_30_days",
    title="Site queries open beyond 30 days",
    unit="queries",
    needs=("query_cumulative",),
    rows=having("query", query_status="Open", action_owner="Site", days_since_open=beyond(30)),
    definition=Definition(
        what="Open queries of the site that are older than 30 days.",
        why="A response that is so late shows a site that needs help.",
        formula="rows whose status is Open and whose owner is Site, and whose days_since_open exceeds 30",
        source="measures-and-statistics 4.7",
        example="A query opened 31 days before the as-of date is overdue by one day at a limit of 30.",
        limits="Queries of the cumulative detail sheet; the subject sheet may count one more or less. Closed queries are in no export. A query without days is not known.",
    ),
)
