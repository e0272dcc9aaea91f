"""Pages whose signature is broken or was never given."""

from ncdm.measures.contribution import cells
from ncdm.measures.measure import Count, Definition

SIGNATURES_PENDING = Count(
    code="signatures_pending",
    title="Signatures pending",
    unit="pages",
    needs=("subject_metrics",),
    rows=cells("subject_metrics", "signature_broken_n", "signature_never_n"),
    definition=Definition(
        what="Pages whose signature is broken or was never given.",
        why="The investigator has not stood for these data.",
        formula="sum of signature_broken_n and signature_never_n over the subject sheet of the CPID",
        source="data-contracts 3.1 and 6",
        example="A subject with 1 broken and 3 never signed pages adds 4.",
        limits="A study without CPID has none: unknown there, not zero. The list of pages may hold one more or less; the difference is a finding.",
    ),
)
