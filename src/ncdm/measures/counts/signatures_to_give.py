"""Pages on the list of signatures to give, broken and never signed."""

from ncdm.measures.contribution import every
from ncdm.measures.measure import Count, Definition

SIGNATURES_TO_GIVE = Count(
    code="signatures_to_give",
    title="Signatures to give",
    unit="pages",
    needs=("pi_signature",),
    rows=every("signature"),
    definition=Definition(
        what="Pages on the list of signatures to give, broken and never signed.",
        why="The list names the pages; the subject sheet only counts them.",
        formula="rows of the PI signature sheet",
        source="data-contracts 3.1",
        example="One row is one page.",
        limits="The subject sheet may count one more or less; the difference is a finding.",
    ),
)
