"""Days since missing visits were due, mean."""

from ncdm.measures.contribution import numbers_of
from ncdm.measures.measure import Definition, Spread, Statistic

MEAN_MISSING_VISIT = Spread(
    code="mean_missing_visit",
    title="Days a visit has been missing, mean",
    unit="days",
    needs=("visit_tracker",),
    rows=numbers_of("missing_visit", "days_outstanding"),
    statistic=Statistic.MEAN,
    definition=Definition(
        what="Days since missing visits were due, mean.",
        why="The longer a visit is missing the less likely its data come.",
        formula="mean of the days outstanding",
        source="data-contracts 6",
        example="Visits missing for 3 and 45 days: 24.",
        limits="A visit without days is not in it, and told.",
    ),
)
