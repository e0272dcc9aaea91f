"""Subjects who failed screening as a share of those whose screening ended."""

from ncdm.measures.counts.screen_failures import SCREEN_FAILURES
from ncdm.measures.counts.subjects_past_screening import SUBJECTS_PAST_SCREENING
from ncdm.measures.kri import Accumulation, Kri, denominator_of, weighted
from ncdm.measures.measure import Definition
from ncdm.measures.statistics import CountKind, Direction

OP16_SCREEN_FAILURE = Kri(
    code="op16",
    title="Screen failures",
    unit="%",
    over=(SCREEN_FAILURES,),
    under=(SCREEN_FAILURES, SUBJECTS_PAST_SCREENING),
    kind=CountKind.BINARY,
    accrual=denominator_of(3),
    direction=Direction.BOTH,
    accumulation=Accumulation.CUMULATIVE,
    weights=weighted(0, 0, 0, 8, 16),
    definition=Definition(
        what="Subjects who failed screening as a share of those whose screening ended.",
        why="Many waste the effort of the site; none among many may show that criteria are not applied.",
        formula="failed / (failed + past screening)",
        source="measures-and-statistics 4.7",
        example="3 failed and 7 past screening are 30 %.",
        limits="Subjects still in screening are in neither. Not computable without CPID, which has the denominator.",
    ),
)
