"""Days since missing visits were due, 90th percentile."""

from ncdm.measures.contribution import numbers_of
from ncdm.measures.measure import Definition, Spread, Statistic

MISSING_VISIT_AGE_P90 = Spread(
    code="missing_visit_age_p90",
    title="Days a visit has been missing, 90th percentile",
    unit="days",
    needs=("visit_tracker",),
    rows=numbers_of("missing_visit", "days_outstanding"),
    statistic=Statistic.P90,
    definition=Definition(
        what="Days since missing visits were due, 90th percentile.",
        why="The longer a visit is missing the less likely its data come.",
        formula="90th percentile of the days outstanding",
        source="data-contracts 6",
        example="Visits missing for 3 and 45 days: 40.8.",
        limits="A visit without days is not in it, and told.",
    ),
)
