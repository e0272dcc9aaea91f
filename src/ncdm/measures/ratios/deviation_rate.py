"""Confirmed and proposed deviations for each visit entered."""

from ncdm.measures.counts.deviations_confirmed import DEVIATIONS_CONFIRMED
from ncdm.measures.counts.deviations_proposed import DEVIATIONS_PROPOSED
from ncdm.measures.counts.visits_entered import VISITS_ENTERED
from ncdm.measures.measure import Definition, Ratio, Worse

DEVIATION_RATE = Ratio(
    code="deviation_rate",
    title="Deviations per visit",
    unit="deviations a visit",
    over=(DEVIATIONS_CONFIRMED, DEVIATIONS_PROPOSED),
    under=(VISITS_ENTERED,),
    worse=Worse.NEITHER,
    definition=Definition(
        what="Confirmed and proposed deviations for each visit entered.",
        why="Frequent deviations show that the protocol is not kept, or cannot be.",
        formula="(confirmed + proposed) / visits entered",
        source="measures-and-statistics 4.7",
        example="7 deviations on 10 visits are 0.7 a visit.",
        limits="Not known without CPID. A denominator of zero makes it not applicable. Their importance is in no export.",
    ),
)
