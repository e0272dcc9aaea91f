"""Discrepancies of serious adverse events whose review by data management is not completed."""

from ncdm.measures.aged_reviews import COMPLETED, aged_reviews
from ncdm.measures.contribution import having, other_than
from ncdm.measures.measure import Count, Definition

OPEN_SAE_REVIEWS_DM = Count(
    code="open_sae_reviews_dm",
    title="Open SAE reviews, data management",
    unit="discrepancies",
    needs=("sae_dm",),
    rows=having("sae_review", aged_reviews, tab="dm", review_status=other_than(COMPLETED)),
    definition=Definition(
        what="Discrepancies of serious adverse events whose review by data management is not completed.",
        why="Safety data must agree between the systems before anything else does.",
        formula="rows of the tab of data management whose review status is not Review completed",
        source="data-contracts 3.4; measures-and-statistics 2",
        example="Pending, in progress and ongoing are open alike.",
        limits="A row without a status is not known. Both lists are joined by nothing: numbers are not shared.",
    ),
)
