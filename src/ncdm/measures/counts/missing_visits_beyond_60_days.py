"""Missing visits that were due more than 60 days ago."""

from ncdm.measures.contribution import beyond, having
from ncdm.measures.measure import Count, Definition

MISSING_VISITS_BEYOND_60_DAYS = Count(
    code="missing_visits_beyond_60_days",
    title="Visits missing beyond 60 days",
    unit="visits",
    needs=("visit_tracker",),
    rows=having("missing_visit", days_outstanding=beyond(60)),
    definition=Definition(
        what="Missing visits that were due more than 60 days ago.",
        why="The longer a visit is missing the less likely its data come.",
        formula="rows of the tracker whose days outstanding exceed 60",
        source="data-contracts 3.2; measures-and-statistics 2",
        example="A visit due 61 days before the as-of date counts, one of 60 days does not.",
        limits="A visit without days is not known.",
    ),
)
