"""Outstanding queries on which coding must act next."""

from ncdm.measures.contribution import cells
from ncdm.measures.measure import Count, Definition

QUERIES_AWAITING_CODING = Count(
    code="queries_awaiting_coding",
    title="Queries awaiting coding",
    unit="queries",
    needs=("subject_metrics",),
    rows=cells("subject_metrics", "queries_owner_coding_n"),
    definition=Definition(
        what="Outstanding queries on which coding must act next.",
        why="They hold up the coding of a term.",
        formula="sum of queries_owner_coding_n over the subject sheet of the CPID",
        source="data-contracts 3.1 and 6",
        example="A subject whose row says 3 adds 3 queries.",
        limits="A study without CPID has none: unknown there, not zero. It is who must act, not who raised the query. The column has been zero in every export seen.",
    ),
)
