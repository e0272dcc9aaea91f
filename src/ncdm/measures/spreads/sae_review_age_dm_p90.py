"""Days since open discrepancies on the list of data management were created, 90th percentile."""

from ncdm.measures.aged_reviews import COMPLETED, aged_reviews
from ncdm.measures.contribution import numbers_of, other_than
from ncdm.measures.measure import Definition, Spread, Statistic

SAE_REVIEW_AGE_DM_P90 = Spread(
    code="sae_review_age_dm_p90",
    title="Age of open SAE reviews, data management, 90th percentile",
    unit="days",
    needs=("sae_dm",),
    rows=numbers_of("sae_review", "age", aged_reviews, tab="dm", review_status=other_than(COMPLETED)),
    statistic=Statistic.P90,
    definition=Definition(
        what="Days since open discrepancies on the list of data management were created, 90th percentile.",
        why="Safety data that wait long are the first thing an inspector asks about.",
        formula="90th percentile of the later of the report's day and the newest creation of the tab, less the creation, over open rows",
        source="data-contracts 6",
        example="Created 338 days ago is an age of 338 days.",
        limits="The report has no day of its own: the study's is assumed.",
    ),
)
