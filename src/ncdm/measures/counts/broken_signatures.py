"""Pages whose data changed after they were signed."""

from ncdm.measures.contribution import cells
from ncdm.measures.measure import Count, Definition

BROKEN_SIGNATURES = Count(
    code="broken_signatures",
    title="Broken signatures",
    unit="pages",
    needs=("subject_metrics",),
    rows=cells("subject_metrics", "signature_broken_n"),
    definition=Definition(
        what="Pages whose data changed after they were signed.",
        why="They must be signed again.",
        formula="sum of signature_broken_n over the subject sheet of the CPID",
        source="data-contracts 3.1; measures-and-statistics 2 and 4.7",
        example="A subject whose row says 3 adds 3 pages.",
        limits="A study without CPID has none: unknown there, not zero.",
    ),
)
