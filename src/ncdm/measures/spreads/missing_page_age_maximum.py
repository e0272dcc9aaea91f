"""Days since missing pages were due, maximum."""

from ncdm.measures.contribution import numbers_of, present
from ncdm.measures.measure import Definition, Spread, Statistic
from ncdm.measures.united_pages import united_pages

MISSING_PAGE_AGE_MAXIMUM = Spread(
    code="missing_page_age_maximum",
    title="Age of missing pages, maximum",
    unit="days",
    needs=("missing_pages",),
    rows=numbers_of("missing_page", "days_missing", united_pages, page_level="visit", visit_date=present),
    statistic=Statistic.MAXIMUM,
    definition=Definition(
        what="Days since missing pages were due, maximum.",
        why="Old ones are seldom entered without a reminder.",
        formula="maximum of the days missing over the united visit-level rows whose visit has a date",
        source="data-contracts 3.6 and 6",
        example="Ages of 1, 7 and 90 days: 90.",
        limits="Only visit-level pages whose visit has a date have an age. A row with a date and without days is not in it, and told.",
    ),
)
