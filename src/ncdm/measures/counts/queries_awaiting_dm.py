"""Outstanding queries on which data management must act next."""

from ncdm.measures.contribution import cells
from ncdm.measures.measure import Count, Definition

QUERIES_AWAITING_DM = Count(
    code="queries_awaiting_dm",
    title="Queries awaiting data management",
    unit="queries",
    needs=("subject_metrics",),
    rows=cells("subject_metrics", "queries_owner_dm_n"),
    definition=Definition(
        what="Outstanding queries on which data management must act next.",
        why="They wait for the sponsor's data management: to close or to ask again.",
        formula="sum of queries_owner_dm_n over the subject sheet of the CPID",
        source="data-contracts 3.1 and 6",
        example="A subject whose row says 3 adds 3 queries.",
        limits="A study without CPID has none: unknown there, not zero. It is who must act, not who raised the query.",
    ),
)
