"""Discrepancies of serious adverse events on the list of safety."""

from ncdm.measures.aged_reviews import aged_reviews
from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition, Worse

SAE_REVIEWS_SAFETY = Count(
    code="sae_reviews_safety",
    title="SAE discrepancies, safety",
    unit="discrepancies",
    needs=("sae_safety",),
    rows=having("sae_review", aged_reviews, tab="safety"),
    worse=Worse.NEITHER,
    definition=Definition(
        what="Discrepancies of serious adverse events on the list of safety.",
        why="They are what the open ones are a share of.",
        formula="rows of the tab of safety",
        source="data-contracts 3.4",
        example="One row is one discrepancy.",
        limits="Numbers of discrepancies are unique only within a study and a tab.",
    ),
)
