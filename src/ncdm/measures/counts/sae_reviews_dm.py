"""Discrepancies of serious adverse events on the list of data management."""

from ncdm.measures.aged_reviews import aged_reviews
from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition, Worse

SAE_REVIEWS_DM = Count(
    code="sae_reviews_dm",
    title="SAE discrepancies, data management",
    unit="discrepancies",
    needs=("sae_dm",),
    rows=having("sae_review", aged_reviews, tab="dm"),
    worse=Worse.NEITHER,
    definition=Definition(
        what="Discrepancies of serious adverse events on the list of data management.",
        why="They are what the open ones are a share of.",
        formula="rows of the tab of data management",
        source="data-contracts 3.4",
        example="One row is one discrepancy.",
        limits="Numbers of discrepancies are unique only within a study and a tab.",
    ),
)
