"""Queries that were answered and wait to be closed."""

from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition

ANSWERED_QUERIES = Count(
    code="answered_queries",
    title="Answered queries",
    unit="queries",
    needs=("query_cumulative",),
    rows=having("query", query_status="Answered"),
    definition=Definition(
        what="Queries that were answered and wait to be closed.",
        why="The site has done its part: the sponsor's team must look.",
        formula="rows whose status is Answered",
        source="data-contracts 3.1; measures-and-statistics 4.7",
        example="One row of the sheet is one query.",
        limits="Queries of the cumulative detail sheet; the subject sheet may count one more or less. Closed queries are in no export.",
    ),
)
