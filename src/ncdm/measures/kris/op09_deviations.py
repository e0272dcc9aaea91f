"""Confirmed and proposed deviations for each visit entered."""

from ncdm.measures.counts.deviations_confirmed import DEVIATIONS_CONFIRMED
from ncdm.measures.counts.deviations_proposed import DEVIATIONS_PROPOSED
from ncdm.measures.counts.visits_entered import VISITS_ENTERED
from ncdm.measures.kri import Accumulation, FixedLimits, Kri, denominator_of, weighted
from ncdm.measures.measure import Definition
from ncdm.measures.statistics import CountKind, Direction

OP09_DEVIATIONS = Kri(
    code="op09",
    title="Deviations",
    unit="deviations a visit",
    over=(DEVIATIONS_CONFIRMED, DEVIATIONS_PROPOSED),
    under=(VISITS_ENTERED,),
    kind=CountKind.RATE,
    accrual=denominator_of(10),
    direction=Direction.BOTH,
    accumulation=Accumulation.CUMULATIVE,
    weights=weighted(8, 4, 0, 8, 16),
    fixed=FixedLimits(0.7, 1.0),
    definition=Definition(
        what="Confirmed and proposed deviations for each visit entered.",
        why="Many show that the protocol is not kept; none among many may show that they are not reported.",
        formula="(confirmed + proposed) / visits entered",
        source="measures-and-statistics 4.7",
        example="7 deviations on 10 visits are 0.7.",
        limits="Their importance is in no export. Not computable without CPID, which has the denominator.",
    ),
)
