"""Events and history that still have to be coded with MedDRA."""

from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition

UNCODED_TERMS_MEDDRA = Count(
    code="uncoded_terms_meddra",
    title="Uncoded terms, MedDRA",
    unit="terms",
    needs=("meddra",),
    rows=having("coding_term", contract="meddra", coding_status="Uncoded"),
    definition=Definition(
        what="Events and history that still have to be coded with MedDRA.",
        why="An uncoded event or medication is in no table of the analysis.",
        formula="rows of the MedDRA report whose status is Uncoded",
        source="data-contracts 3.8, 3.9",
        example="One row is one term.",
        limits="An extract may list uncoded terms only: counts can be used then, rates cannot.",
    ),
)
