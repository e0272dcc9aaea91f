"""Pages whose source data verification is done."""

from ncdm.measures.contribution import cells
from ncdm.measures.measure import Count, Definition, Worse

SDV_VERIFIED = Count(
    code="sdv_verified",
    title="Pages verified",
    unit="pages",
    needs=("subject_metrics",),
    rows=cells("subject_metrics", "pages_sdv_verified_n"),
    worse=Worse.NEITHER,
    definition=Definition(
        what="Pages whose source data verification is done.",
        why="They are the work done, beside the work still to do.",
        formula="sum of pages_sdv_verified_n over the subject sheet of the CPID",
        source="data-contracts 3.1; measures-and-statistics 2 and 4.7",
        example="A subject whose row says 3 adds 3 pages.",
        limits="A study without CPID has none: unknown there, not zero. Where few pages require verification at all, a high rate says little: look at the coverage.",
    ),
)
