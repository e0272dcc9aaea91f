"""Laboratory results without range or unit, for each visit entered."""

from ncdm.measures.counts.missing_lab_ranges import MISSING_LAB_RANGES
from ncdm.measures.counts.visits_entered import VISITS_ENTERED
from ncdm.measures.kri import Kri, denominator_of, weighted
from ncdm.measures.measure import Definition
from ncdm.measures.statistics import CountKind

OP10_LAB_RANGES = Kri(
    code="op10_ranges",
    title="Lab issues, ranges and units",
    unit="issues a visit",
    over=(MISSING_LAB_RANGES,),
    under=(VISITS_ENTERED,),
    kind=CountKind.RATE,
    accrual=denominator_of(10),
    weights=weighted(0, 1, 2),
    definition=Definition(
        what="Laboratory results without range or unit, for each visit entered.",
        why="A value without range or unit is neither normal nor abnormal.",
        formula="issues of missing ranges or units / visits entered",
        source="measures-and-statistics 4.7",
        example="3 issues on 60 visits are 0.05.",
        limits="No export has the number of laboratory results, so visits stand in. Not computable without CPID, which has the denominator.",
    ),
)
