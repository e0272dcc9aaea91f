"""Outstanding queries on which medical review must act next."""

from ncdm.measures.contribution import cells
from ncdm.measures.measure import Count, Definition

QUERIES_AWAITING_MEDICAL = Count(
    code="queries_awaiting_medical",
    title="Queries awaiting medical review",
    unit="queries",
    needs=("subject_metrics",),
    rows=cells("subject_metrics", "queries_owner_medical_n"),
    definition=Definition(
        what="Outstanding queries on which medical review must act next.",
        why="They wait for the sponsor's medical reviewers.",
        formula="sum of queries_owner_medical_n over the subject sheet of the CPID",
        source="data-contracts 3.1 and 6",
        example="A subject whose row says 3 adds 3 queries.",
        limits="A study without CPID has none: unknown there, not zero. It is who must act, not who raised the query.",
    ),
)
