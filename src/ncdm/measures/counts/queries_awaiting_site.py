"""Outstanding queries on which the site must act next."""

from ncdm.measures.contribution import cells
from ncdm.measures.measure import Count, Definition

QUERIES_AWAITING_SITE = Count(
    code="queries_awaiting_site",
    title="Queries awaiting the site",
    unit="queries",
    needs=("subject_metrics",),
    rows=cells("subject_metrics", "queries_owner_site_n"),
    definition=Definition(
        what="Outstanding queries on which the site must act next.",
        why="They are the site's own work, open and answered alike by who must act next.",
        formula="sum of queries_owner_site_n over the subject sheet of the CPID",
        source="data-contracts 3.1 and 6",
        example="A subject whose row says 3 adds 3 queries.",
        limits="A study without CPID has none: unknown there, not zero. It is who must act, not who raised the query.",
    ),
)
