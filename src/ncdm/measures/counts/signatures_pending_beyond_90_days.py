"""Pages whose signature has been pending for more than 90 days."""

from ncdm.measures.contribution import cells
from ncdm.measures.measure import Count, Definition

SIGNATURES_PENDING_BEYOND_90_DAYS = Count(
    code="signatures_pending_beyond_90_days",
    title="Signatures pending beyond 90 days",
    unit="pages",
    needs=("subject_metrics",),
    rows=cells("subject_metrics", "signature_pending_gt90d_n"),
    definition=Definition(
        what="Pages whose signature has been pending for more than 90 days.",
        why="What is overdue so long is seldom signed without a reminder.",
        formula="sum of signature_pending_gt90d_n over the subject sheet of the CPID",
        source="data-contracts 3.1; measures-and-statistics 2 and 4.7",
        example="A subject whose row says 3 adds 3 pages.",
        limits="A study without CPID has none: unknown there, not zero.",
    ),
)
