"""Open discrepancies on the list of safety that are older than 30 days."""

from ncdm.measures.aged_reviews import COMPLETED, aged_reviews
from ncdm.measures.contribution import beyond, having, other_than
from ncdm.measures.measure import Count, Definition

SAE_REVIEWS_SAFETY_OPEN_BEYOND_30_DAYS = Count(
    code="sae_reviews_safety_open_beyond_30_days",
    title="SAE reviews open beyond 30 days, safety",
    unit="discrepancies",
    needs=("sae_safety",),
    rows=having("sae_review", aged_reviews, tab="safety", review_status=other_than(COMPLETED), age=beyond(30)),
    definition=Definition(
        what="Open discrepancies on the list of safety that are older than 30 days.",
        why="An old one holds back what is known about the safety of subjects.",
        formula="open rows whose age exceeds 30 days; age = the later of the report's day and the newest creation of the tab, less the creation",
        source="data-contracts 4; measures-and-statistics 4.7",
        example="A discrepancy created 31 days before the as-of date counts, one of 30 days does not.",
        limits="The report has no day of its own: the study's is assumed, and marked so.",
    ),
)
