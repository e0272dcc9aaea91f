"""Days between the opening of a query and its answer, 90th percentile."""

from ncdm.measures.contribution import numbers_of
from ncdm.measures.measure import Definition, Spread, Statistic

SITE_RESPONSE_TIME_P90 = Spread(
    code="site_response_time_p90",
    title="Response time of the site, 90th percentile",
    unit="days",
    needs=("query_cumulative",),
    rows=numbers_of("query", lambda source: source.days_since_open - source.days_since_response, query_status="Answered"),
    statistic=Statistic.P90,
    definition=Definition(
        what="Days between the opening of a query and its answer, 90th percentile.",
        why="How fast a site answers.",
        formula="90th percentile of days since open less days since response over answered queries",
        source="data-contracts 6",
        example="Opened 10 days ago and answered 9 days ago is a response within a day.",
        limits="Answered queries that are not closed yet, only: quick ones are closed and gone.",
    ),
)
