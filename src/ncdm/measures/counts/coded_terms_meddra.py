"""Events and history that were coded with MedDRA."""

from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition, Worse

CODED_TERMS_MEDDRA = Count(
    code="coded_terms_meddra",
    title="Coded terms, MedDRA",
    unit="terms",
    needs=("meddra",),
    rows=having("coding_term", contract="meddra", coding_status="Coded"),
    worse=Worse.NEITHER,
    definition=Definition(
        what="Events and history that were coded with MedDRA.",
        why="They are the work done, beside the work still to do.",
        formula="rows of the MedDRA report whose status is Coded",
        source="data-contracts 3.8, 3.9",
        example="One row is one term.",
        limits="An extract may list uncoded terms only: counts can be used then, rates cannot.",
    ),
)
