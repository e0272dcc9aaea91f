"""Discrepancies of serious adverse events whose review by safety is not completed."""

from ncdm.measures.aged_reviews import COMPLETED, aged_reviews
from ncdm.measures.contribution import having, other_than
from ncdm.measures.measure import Count, Definition

OPEN_SAE_REVIEWS_SAFETY = Count(
    code="open_sae_reviews_safety",
    title="Open SAE reviews, safety",
    unit="discrepancies",
    needs=("sae_safety",),
    rows=having("sae_review", aged_reviews, tab="safety", review_status=other_than(COMPLETED)),
    definition=Definition(
        what="Discrepancies of serious adverse events whose review by safety is not completed.",
        why="Safety data must agree between the systems before anything else does.",
        formula="rows of the tab of safety whose review status is not Review completed",
        source="data-contracts 3.4; measures-and-statistics 2",
        example="Pending, in progress and ongoing are open alike.",
        limits="A row without a status is not known. Both lists are joined by nothing: numbers are not shared.",
    ),
)
