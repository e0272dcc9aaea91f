"""Terms that still have to be coded as a share of all terms."""

from ncdm.measures.counts.coded_terms import CODED_TERMS
from ncdm.measures.counts.uncoded_terms import UNCODED_TERMS
from ncdm.measures.kri import Kri, denominator_of, weighted
from ncdm.measures.measure import Definition
from ncdm.measures.statistics import CountKind

OP12_UNCODED_TERMS = Kri(
    code="op12",
    title="Uncoded terms",
    unit="%",
    over=(UNCODED_TERMS,),
    under=(CODED_TERMS, UNCODED_TERMS),
    full=(CODED_TERMS,),
    kind=CountKind.BINARY,
    accrual=denominator_of(10),
    weights=weighted(0, 1, 2),
    definition=Definition(
        what="Terms that still have to be coded as a share of all terms.",
        why="An uncoded event or medication is in no table of the analysis.",
        formula="uncoded / (coded + uncoded)",
        source="measures-and-statistics 4.7",
        example="6 uncoded of 50 terms are 12 %.",
        limits="Terms take their site through the subject. An extract of uncoded terms only makes it unknown.",
    ),
)
