"""Days since missing visits were due, median."""

from ncdm.measures.contribution import numbers_of
from ncdm.measures.measure import Definition, Spread

MISSING_VISIT_AGE = Spread(
    code="missing_visit_age",
    title="Days a visit has been missing, median",
    unit="days",
    needs=("visit_tracker",),
    rows=numbers_of("missing_visit", "days_outstanding"),
    definition=Definition(
        what="Days since missing visits were due, median.",
        why="The longer a visit is missing the less likely its data come.",
        formula="median of the days outstanding",
        source="data-contracts 6",
        example="Visits missing for 3 and 45 days: 24.",
        limits="A visit without days is not in it, and told.",
    ),
)
