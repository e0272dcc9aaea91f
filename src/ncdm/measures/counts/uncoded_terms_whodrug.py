"""Medications that still have to be coded with WHODrug."""

from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition

UNCODED_TERMS_WHODRUG = Count(
    code="uncoded_terms_whodrug",
    title="Uncoded terms, WHODrug",
    unit="terms",
    needs=("whodrug",),
    rows=having("coding_term", contract="whodrug", coding_status="Uncoded"),
    definition=Definition(
        what="Medications that still have to be coded with WHODrug.",
        why="An uncoded event or medication is in no table of the analysis.",
        formula="rows of the WHODrug report whose status is Uncoded",
        source="data-contracts 3.8, 3.9",
        example="One row is one term.",
        limits="An extract may list uncoded terms only: counts can be used then, rates cannot.",
    ),
)
