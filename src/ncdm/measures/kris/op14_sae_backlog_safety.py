"""Discrepancies of serious adverse events whose review by the safety team is open, as a share of all on its list."""

from ncdm.measures.counts.open_sae_reviews_safety import OPEN_SAE_REVIEWS_SAFETY
from ncdm.measures.counts.sae_reviews_safety import SAE_REVIEWS_SAFETY
from ncdm.measures.kri import Kri, denominator_of, weighted
from ncdm.measures.measure import Definition
from ncdm.measures.statistics import CountKind

OP14_SAE_BACKLOG_SAFETY = Kri(
    code="op14_safety",
    title="SAE review backlog, safety",
    unit="%",
    over=(OPEN_SAE_REVIEWS_SAFETY,),
    under=(SAE_REVIEWS_SAFETY,),
    kind=CountKind.BINARY,
    accrual=denominator_of(5),
    weights=weighted(0, 4, 8),
    definition=Definition(
        what="Discrepancies of serious adverse events whose review by the safety team is open, as a share of all on its list.",
        why="Safety data must agree between the systems before anything else does.",
        formula="open / all discrepancies of the list of the safety team",
        source="measures-and-statistics 4.7",
        example="3 of 12 are 25 %.",
        limits="Discrepancies, not events: their number says nothing about safety itself. The two lists share no number and are kept apart.",
    ),
)
