"""Days since answered queries were opened, median."""

from ncdm.measures.contribution import numbers_of
from ncdm.measures.measure import Definition, Spread

ANSWERED_QUERY_AGE = Spread(
    code="answered_query_age",
    title="Age of answered queries",
    unit="days",
    needs=("query_cumulative",),
    rows=numbers_of("query", "days_since_open", query_status="Answered"),
    definition=Definition(
        what="Days since answered queries were opened, median.",
        why="Old ones show where nobody acts.",
        formula="median of days since open over rows whose status is Answered",
        source="data-contracts 6",
        example="Ages of 1, 7 and 90 days: 7.",
        limits="Only what is still open is in the export: what was solved quickly is not seen.",
    ),
)
