"""Missing ranges or units for each visit entered."""

from ncdm.measures.counts.missing_lab_ranges import MISSING_LAB_RANGES
from ncdm.measures.counts.visits_entered import VISITS_ENTERED
from ncdm.measures.measure import Definition, Ratio

MISSING_LAB_RANGES_RATE = Ratio(
    code="missing_lab_ranges_rate",
    title="Missing ranges or units per visit",
    unit="issues a visit",
    over=(MISSING_LAB_RANGES,),
    under=(VISITS_ENTERED,),
    definition=Definition(
        what="Missing ranges or units for each visit entered.",
        why="Values without laboratory or range cannot be judged.",
        formula="issues / visits entered",
        source="measures-and-statistics 4.7",
        example="3 issues on 6 visits are 0.5 a visit.",
        limits="Not known without CPID. A denominator of zero makes it not applicable. The number of results is in no export.",
    ),
)
