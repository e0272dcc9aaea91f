"""Coded terms as a share of all terms."""

from ncdm.measures.counts.coded_terms_meddra import CODED_TERMS_MEDDRA
from ncdm.measures.counts.coded_terms_whodrug import CODED_TERMS_WHODRUG
from ncdm.measures.counts.uncoded_terms_meddra import UNCODED_TERMS_MEDDRA
from ncdm.measures.counts.uncoded_terms_whodrug import UNCODED_TERMS_WHODRUG
from ncdm.measures.measure import Definition, Ratio, Worse

CODED_RATE = Ratio(
    code="coded_rate",
    title="Terms coded, share",
    unit="%",
    over=(CODED_TERMS_MEDDRA, CODED_TERMS_WHODRUG),
    under=(CODED_TERMS_MEDDRA, CODED_TERMS_WHODRUG, UNCODED_TERMS_MEDDRA, UNCODED_TERMS_WHODRUG),
    full=(CODED_TERMS_MEDDRA, CODED_TERMS_WHODRUG),
    worse=Worse.LOW,
    definition=Definition(
        what="Coded terms as a share of all terms.",
        why="An uncoded term is in no table of the analysis.",
        formula="coded / (coded + uncoded)",
        source="data-contracts 6",
        example="90 coded and 10 uncoded terms are 90 %.",
        limits="An extract of uncoded terms only has no share, and then both dictionaries together have none: unknown, not 0 %. When and how long a term waits is in no export.",
    ),
)
