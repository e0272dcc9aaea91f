"""Pages that should be signed and never were."""

from ncdm.measures.contribution import cells
from ncdm.measures.measure import Count, Definition

NEVER_SIGNED = Count(
    code="never_signed",
    title="Pages never signed",
    unit="pages",
    needs=("subject_metrics",),
    rows=cells("subject_metrics", "signature_never_n"),
    definition=Definition(
        what="Pages that should be signed and never were.",
        why="Nobody has stood for these data yet.",
        formula="sum of signature_never_n over the subject sheet of the CPID",
        source="data-contracts 3.1; measures-and-statistics 2 and 4.7",
        example="A subject whose row says 3 adds 3 pages.",
        limits="A study without CPID has none: unknown there, not zero.",
    ),
)
