"""Missing visits that were due more than 30 days ago."""

from ncdm.measures.contribution import beyond, having
from ncdm.measures.measure import Count, Definition

MISSING_VISITS_BEYOND_30_DAYS = Count(
    code="missing_visits_beyond_30_days",
    title="Visits missing beyond 30 days",
    unit="visits",
    needs=("visit_tracker",),
    rows=having("missing_visit", days_outstanding=beyond(30)),
    definition=Definition(
        what="Missing visits that were due more than 30 days ago.",
        why="The longer a visit is missing the less likely its data come.",
        formula="rows of the tracker whose days outstanding exceed 30",
        source="data-contracts 3.2; measures-and-statistics 2",
        example="A visit due 31 days before the as-of date counts, one of 30 days does not.",
        limits="A visit without days is not known.",
    ),
)
