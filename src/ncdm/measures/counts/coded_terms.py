"""Terms that were coded with MedDRA or WHODrug."""

from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition, Worse

CODED_TERMS = Count(
    code="coded_terms",
    title="Coded terms",
    unit="terms",
    needs=(
        "meddra",
        "whodrug",
    ),
    rows=having("coding_term", coding_status="Coded"),
    worse=Worse.NEITHER,
    definition=Definition(
        what="Terms that were coded with MedDRA or WHODrug.",
        why="They are the work done, beside the work still to do.",
        formula="rows of both coding reports whose status is Coded",
        source="data-contracts 3.8, 3.9",
        example="One row is one term.",
        limits="An extract may list uncoded terms only: counts can be used then, rates cannot.",
    ),
)
