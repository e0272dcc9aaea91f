"""Days since answered queries were opened, maximum."""

from ncdm.measures.contribution import numbers_of
from ncdm.measures.measure import Definition, Spread, Statistic

ANSWERED_QUERY_AGE_MAXIMUM = Spread(
    code="answered_query_age_maximum",
    title="Age of answered queries, maximum",
    unit="days",
    needs=("query_cumulative",),
    rows=numbers_of("query", "days_since_open", query_status="Answered"),
    statistic=Statistic.MAXIMUM,
    definition=Definition(
        what="Days since answered queries were opened, maximum.",
        why="Old ones show where nobody acts.",
        formula="maximum of days since open over rows whose status is Answered",
        source="data-contracts 6",
        example="Ages of 1, 7 and 90 days: 90.",
        limits="Only what is still open is in the export: what was solved quickly is not seen.",
    ),
)
