"""Terms coded with MedDRA as a share of those to code."""

from ncdm.measures.counts.coded_terms_meddra import CODED_TERMS_MEDDRA
from ncdm.measures.counts.uncoded_terms_meddra import UNCODED_TERMS_MEDDRA
from ncdm.measures.measure import Definition, Ratio, Worse

CODED_RATE_MEDDRA = Ratio(
    code="coded_rate_meddra",
    title="Terms coded, share, MedDRA",
    unit="%",
    over=(CODED_TERMS_MEDDRA,),
    under=(CODED_TERMS_MEDDRA, UNCODED_TERMS_MEDDRA),
    full=(CODED_TERMS_MEDDRA,),
    worse=Worse.LOW,
    definition=Definition(
        what="Terms coded with MedDRA as a share of those to code.",
        why="An uncoded term is in no table of the analysis.",
        formula="coded / (coded + uncoded)",
        source="data-contracts 6",
        example="90 coded and 10 uncoded terms are 90 %.",
        limits="An extract of uncoded terms only has no share: unknown, not 0 %.",
    ),
)
