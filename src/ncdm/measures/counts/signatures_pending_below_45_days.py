"""Pages whose signature has been pending for less than 45 days."""

from ncdm.measures.contribution import cells
from ncdm.measures.measure import Count, Definition, Worse

SIGNATURES_PENDING_BELOW_45_DAYS = Count(
    code="signatures_pending_below_45_days",
    title="Signatures pending below 45 days",
    unit="pages",
    needs=("subject_metrics",),
    rows=cells("subject_metrics", "signature_pending_lt45d_n"),
    worse=Worse.NEITHER,
    definition=Definition(
        what="Pages whose signature has been pending for less than 45 days.",
        why="The young part of the backlog.",
        formula="sum of signature_pending_lt45d_n over the subject sheet of the CPID",
        source="data-contracts 3.1; measures-and-statistics 2 and 4.7",
        example="A subject whose row says 3 adds 3 pages.",
        limits="A study without CPID has none: unknown there, not zero. The bands of the detail sheet have other edges: day 45 is in the next bucket here.",
    ),
)
