"""Open queries of the site that are older than 30 days as a share of all its open queries."""

from ncdm.measures.counts.site_open_queries import SITE_OPEN_QUERIES
from ncdm.measures.counts.site_queries_open_beyond_30_days import SITE_QUERIES_OPEN_BEYOND_30_DAYS
from ncdm.measures.measure import Definition, Ratio

DELAYED_RESPONSE_RATE = Ratio(
    code="delayed_response_rate",
    title="Site queries open beyond 30 days, share",
    unit="%",
    over=(SITE_QUERIES_OPEN_BEYOND_30_DAYS,),
    under=(SITE_OPEN_QUERIES,),
    definition=Definition(
        what="Open queries of the site that are older than 30 days as a share of all its open queries.",
        why="It tells a slow site from a busy one.",
        formula="open beyond 30 days / open, both of the site",
        source="measures-and-statistics 4.7",
        example="2 of 8 are 25 %.",
        limits="Closed queries are in no export. Not known without CPID. A denominator of zero makes it not applicable.",
    ),
)
