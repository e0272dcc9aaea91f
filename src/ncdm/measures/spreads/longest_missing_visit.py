"""Days since missing visits were due, longest."""

from ncdm.measures.contribution import numbers_of
from ncdm.measures.measure import Definition, Spread, Statistic

LONGEST_MISSING_VISIT = Spread(
    code="longest_missing_visit",
    title="Days a visit has been missing, longest",
    unit="days",
    needs=("visit_tracker",),
    rows=numbers_of("missing_visit", "days_outstanding"),
    statistic=Statistic.MAXIMUM,
    definition=Definition(
        what="Days since missing visits were due, longest.",
        why="The longer a visit is missing the less likely its data come.",
        formula="longest of the days outstanding",
        source="data-contracts 6",
        example="Visits missing for 3 and 45 days: 45.",
        limits="A visit without days is not in it, and told.",
    ),
)
