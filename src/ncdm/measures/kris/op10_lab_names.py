"""Laboratory results without the name of the laboratory, for each visit entered."""

from ncdm.measures.counts.missing_lab_names import MISSING_LAB_NAMES
from ncdm.measures.counts.visits_entered import VISITS_ENTERED
from ncdm.measures.kri import Kri, denominator_of, weighted
from ncdm.measures.measure import Definition
from ncdm.measures.statistics import CountKind

OP10_LAB_NAMES = Kri(
    code="op10_names",
    title="Lab issues, names",
    unit="issues a visit",
    over=(MISSING_LAB_NAMES,),
    under=(VISITS_ENTERED,),
    kind=CountKind.RATE,
    accrual=denominator_of(10),
    weights=weighted(0, 1, 2),
    definition=Definition(
        what="Laboratory results without the name of the laboratory, for each visit entered.",
        why="Without it no range applies, and a value is neither normal nor abnormal.",
        formula="issues of missing lab names / visits entered",
        source="measures-and-statistics 4.7",
        example="3 issues on 60 visits are 0.05.",
        limits="No export has the number of laboratory results, so visits stand in. Not computable without CPID, which has the denominator.",
    ),
)
