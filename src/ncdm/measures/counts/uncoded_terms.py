"""Terms that still have to be coded with MedDRA or WHODrug."""

from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition

UNCODED_TERMS = Count(
    code="uncoded_terms",
    title="Uncoded terms",
    unit="terms",
    needs=(
        "meddra",
        "whodrug",
    ),
    rows=having("coding_term", coding_status="Uncoded"),
    definition=Definition(
        what="Terms that still have to be coded with MedDRA or WHODrug.",
        why="An uncoded event or medication is in no table of the analysis.",
        formula="rows of both coding reports whose status is Uncoded",
        source="data-contracts 3.8, 3.9",
        example="One row is one term.",
        limits="An extract may list uncoded terms only: counts can be used then, rates cannot.",
    ),
)
