"""Medications that were coded with WHODrug."""

from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition, Worse

CODED_TERMS_WHODRUG = Count(
    code="coded_terms_whodrug",
    title="Coded terms, WHODrug",
    unit="terms",
    needs=("whodrug",),
    rows=having("coding_term", contract="whodrug", coding_status="Coded"),
    worse=Worse.NEITHER,
    definition=Definition(
        what="Medications that were coded with WHODrug.",
        why="They are the work done, beside the work still to do.",
        formula="rows of the WHODrug report whose status is Coded",
        source="data-contracts 3.8, 3.9",
        example="One row is one term.",
        limits="An extract may list uncoded terms only: counts can be used then, rates cannot.",
    ),
)
