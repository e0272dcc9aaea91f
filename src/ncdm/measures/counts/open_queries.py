"""Queries that wait for an answer."""

from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition

OPEN_QUERIES = Count(
    code="open_queries",
    title="Open queries",
    unit="queries",
    needs=("query_cumulative",),
    rows=having("query", query_status="Open"),
    definition=Definition(
        what="Queries that wait for an answer.",
        why="Nothing has been said to the question yet.",
        formula="rows whose status is Open",
        source="data-contracts 3.1; measures-and-statistics 4.7",
        example="One row of the sheet is one query.",
        limits="Queries of the cumulative detail sheet; the subject sheet may count one more or less. Closed queries are in no export.",
    ),
)
