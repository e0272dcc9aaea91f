"""Outstanding queries on which safety must act next."""

from ncdm.measures.contribution import cells
from ncdm.measures.measure import Count, Definition

QUERIES_AWAITING_SAFETY = Count(
    code="queries_awaiting_safety",
    title="Queries awaiting safety",
    unit="queries",
    needs=("subject_metrics",),
    rows=cells("subject_metrics", "queries_owner_safety_n"),
    definition=Definition(
        what="Outstanding queries on which safety must act next.",
        why="They wait for the safety team, and concern serious events.",
        formula="sum of queries_owner_safety_n over the subject sheet of the CPID",
        source="data-contracts 3.1 and 6",
        example="A subject whose row says 3 adds 3 queries.",
        limits="A study without CPID has none: unknown there, not zero. It is who must act, not who raised the query.",
    ),
)
