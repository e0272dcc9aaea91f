"""Coded terms as a share of all terms."""

from ncdm.measures.counts.coded_terms import CODED_TERMS
from ncdm.measures.counts.uncoded_terms import UNCODED_TERMS
from ncdm.measures.measure import Definition, Ratio, Worse

CODED_RATE = Ratio(
    code="coded_rate",
    title="Terms coded, share",
    unit="%",
    over=(CODED_TERMS,),
    under=(CODED_TERMS, UNCODED_TERMS),
    full=(CODED_TERMS,),
    worse=Worse.LOW,
    definition=Definition(
        what="Coded terms as a share of all terms.",
        why="An uncoded term is in no table of the analysis.",
        formula="coded / (coded + uncoded)",
        source="data-contracts 6",
        example="90 coded and 10 uncoded terms are 90 %.",
        limits="An extract of uncoded terms only has no share: unknown, not 0 %. When and how long a term waits is in no export.",
    ),
)
