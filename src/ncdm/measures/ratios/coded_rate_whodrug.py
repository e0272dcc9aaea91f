"""Terms coded with WHODrug as a share of those to code."""

from ncdm.measures.counts.coded_terms_whodrug import CODED_TERMS_WHODRUG
from ncdm.measures.counts.uncoded_terms_whodrug import UNCODED_TERMS_WHODRUG
from ncdm.measures.measure import Definition, Ratio, Worse

CODED_RATE_WHODRUG = Ratio(
    code="coded_rate_whodrug",
    title="Terms coded, share, WHODrug",
    unit="%",
    over=(CODED_TERMS_WHODRUG,),
    under=(CODED_TERMS_WHODRUG, UNCODED_TERMS_WHODRUG),
    full=(CODED_TERMS_WHODRUG,),
    worse=Worse.LOW,
    definition=Definition(
        what="Terms coded with WHODrug as a share of those to code.",
        why="An uncoded term is in no table of the analysis.",
        formula="coded / (coded + uncoded)",
        source="data-contracts 6",
        example="90 coded and 10 uncoded terms are 90 %.",
        limits="An extract of uncoded terms only has no share: unknown, not 0 %.",
    ),
)
