"""Answered queries that nobody has closed for more than 14 days."""

from ncdm.measures.contribution import beyond, having
from ncdm.measures.measure import Count, Definition

ANSWERS_WAITING_BEYOND_14_DAYS = Count(
    code="answers_waiting_beyond_14_days",
    title="Answers that wait beyond 14 days",
    unit="queries",
    needs=("query_cumulative",),
    rows=having("query", query_status="Answered", days_since_response=beyond(14)),
    definition=Definition(
        what="Answered queries that nobody has closed for more than 14 days.",
        why="The backlog of the sponsor's own team, and no risk of the site.",
        formula="rows whose status is Answered, and whose days_since_response exceeds 14",
        source="measures-and-statistics 4.7",
        example="A query that is 15 days old at a limit of 14 counts, one of 14 days does not.",
        limits="Queries of the cumulative detail sheet; the subject sheet may count one more or less. Closed queries are in no export. A query without days is not known.",
    ),
)
