"""Missing lab names for each visit entered."""

from ncdm.measures.counts.missing_lab_names import MISSING_LAB_NAMES
from ncdm.measures.counts.visits_entered import VISITS_ENTERED
from ncdm.measures.measure import Definition, Ratio

MISSING_LAB_NAMES_RATE = Ratio(
    code="missing_lab_names_rate",
    title="Missing lab names per visit",
    unit="issues a visit",
    over=(MISSING_LAB_NAMES,),
    under=(VISITS_ENTERED,),
    definition=Definition(
        what="Missing lab names for each visit entered.",
        why="Values without laboratory or range cannot be judged.",
        formula="issues / visits entered",
        source="measures-and-statistics 4.7",
        example="3 issues on 6 visits are 0.5 a visit.",
        limits="Not known without CPID. A denominator of zero makes it not applicable. The number of results is in no export.",
    ),
)
