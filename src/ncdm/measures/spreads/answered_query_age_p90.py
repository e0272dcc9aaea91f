"""Days since answered queries were opened, 90th percentile."""

from ncdm.measures.contribution import numbers_of
from ncdm.measures.measure import Definition, Spread, Statistic

ANSWERED_QUERY_AGE_P90 = Spread(
    code="answered_query_age_p90",
    title="Age of answered queries, 90th percentile",
    unit="days",
    needs=("query_cumulative",),
    rows=numbers_of("query", "days_since_open", query_status="Answered"),
    statistic=Statistic.P90,
    definition=Definition(
        what="Days since answered queries were opened, 90th percentile.",
        why="Old ones show where nobody acts.",
        formula="90th percentile of days since open over rows whose status is Answered",
        source="data-contracts 6",
        example="Ages of 1, 7 and 90 days: 73.4.",
        limits="Only what is still open is in the export: what was solved quickly is not seen.",
    ),
)
