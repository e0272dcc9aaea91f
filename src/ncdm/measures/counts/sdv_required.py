"""Pages whose source data verification is still to be done."""

from ncdm.measures.contribution import cells
from ncdm.measures.measure import Count, Definition

SDV_REQUIRED = Count(
    code="sdv_required",
    title="Pages that require verification",
    unit="pages",
    needs=("subject_metrics",),
    rows=cells("subject_metrics", "pages_sdv_required_n"),
    definition=Definition(
        what="Pages whose source data verification is still to be done.",
        why="They hold up the lock, and an error in them is not seen yet.",
        formula="sum of pages_sdv_required_n over the subject sheet of the CPID",
        source="data-contracts 3.1; measures-and-statistics 2 and 4.7",
        example="A subject whose row says 3 adds 3 pages.",
        limits="A study without CPID has none: unknown there, not zero.",
    ),
)
