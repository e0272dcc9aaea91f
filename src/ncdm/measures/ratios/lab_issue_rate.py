"""Laboratory issues for each visit entered."""

from ncdm.measures.counts.missing_lab_names import MISSING_LAB_NAMES
from ncdm.measures.counts.missing_lab_ranges import MISSING_LAB_RANGES
from ncdm.measures.counts.visits_entered import VISITS_ENTERED
from ncdm.measures.measure import Definition, Ratio

LAB_ISSUE_RATE = Ratio(
    code="lab_issue_rate",
    title="Laboratory issues per visit",
    unit="issues a visit",
    over=(MISSING_LAB_NAMES, MISSING_LAB_RANGES),
    under=(VISITS_ENTERED,),
    definition=Definition(
        what="Laboratory issues for each visit entered.",
        why="Values without laboratory or range cannot be judged.",
        formula="(missing names + missing ranges) / visits entered",
        source="measures-and-statistics 4.7",
        example="3 issues on 6 visits are 0.5 a visit.",
        limits="Not known without CPID. A denominator of zero makes it not applicable. The number of results is in no export.",
    ),
)
