"""Subjects who discontinued as a share of those past screening."""

from ncdm.measures.counts.subjects_discontinued import SUBJECTS_DISCONTINUED
from ncdm.measures.counts.subjects_past_screening import SUBJECTS_PAST_SCREENING
from ncdm.measures.kri import Accumulation, Kri, denominator_of, weighted
from ncdm.measures.measure import Definition
from ncdm.measures.statistics import CountKind

OP17_DISCONTINUATION = Kri(
    code="op17",
    title="Discontinuation",
    unit="%",
    over=(SUBJECTS_DISCONTINUED,),
    under=(SUBJECTS_PAST_SCREENING,),
    kind=CountKind.BINARY,
    accrual=denominator_of(5),
    accumulation=Accumulation.CUMULATIVE,
    weights=weighted(0, 16, 32),
    definition=Definition(
        what="Subjects who discontinued as a share of those past screening.",
        why="Subjects who leave leave their data incomplete.",
        formula="discontinued / past screening",
        source="measures-and-statistics 4.7",
        example="2 of 20 are 10 %.",
        limits="The reason is in no export. Not computable without CPID, which has the denominator.",
    ),
)
