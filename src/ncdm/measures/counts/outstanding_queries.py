"""Queries that are open or answered and not closed, whoever must act."""

from ncdm.measures.contribution import cells
from ncdm.measures.measure import Count, Definition

OUTSTANDING_QUERIES = Count(
    code="outstanding_queries",
    title="Outstanding queries",
    unit="queries",
    needs=("subject_metrics",),
    rows=cells("subject_metrics", "queries_outstanding_n"),
    definition=Definition(
        what="Queries that are open or answered and not closed, whoever must act.",
        why="Each is a question about the data that has no final answer.",
        formula="sum of queries_outstanding_n over the subject sheet of the CPID",
        source="data-contracts 3.1; measures-and-statistics 2 and 4.7",
        example="A subject whose row says 3 adds 3 queries.",
        limits="A study without CPID has none: unknown there, not zero. Closed queries are in no export.",
    ),
)
