"""Open queries of the site that are older than 30 days, as a share of its open queries."""

from ncdm.measures.counts.site_open_queries import SITE_OPEN_QUERIES
from ncdm.measures.counts.site_queries_open_beyond_30_days import SITE_QUERIES_OPEN_BEYOND_30_DAYS
from ncdm.measures.kri import FixedLimits, Kri, denominator_of, weighted
from ncdm.measures.measure import Definition
from ncdm.measures.statistics import CountKind

OP02_DELAYED_RESPONSE = Kri(
    code="op02",
    title="Delayed response, 30 days",
    unit="%",
    over=(SITE_QUERIES_OPEN_BEYOND_30_DAYS,),
    under=(SITE_OPEN_QUERIES,),
    kind=CountKind.BINARY,
    accrual=denominator_of(10),
    weights=weighted(0, 1, 2),
    fixed=FixedLimits(0.05, 0.1),
    definition=Definition(
        what="Open queries of the site that are older than 30 days, as a share of its open queries.",
        why="Queries that lie so long show that nobody at the site has time for them.",
        formula="open queries of the site older than 30 days / open queries of the site",
        source="measures-and-statistics 4.7",
        example="3 of 20 open queries older than 30 days are 15 %.",
        limits="Open queries of the detail sheet; closed ones are in no export. Not computable without CPID, which has the denominator.",
    ),
)
