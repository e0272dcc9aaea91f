"""Open queries of the site that are older than 14 days, as a share of its open queries."""

from ncdm.measures.counts.site_open_queries import SITE_OPEN_QUERIES
from ncdm.measures.counts.site_queries_open_beyond_14_days import SITE_QUERIES_OPEN_BEYOND_14_DAYS
from ncdm.measures.kri import Kri, denominator_of
from ncdm.measures.measure import Definition
from ncdm.measures.statistics import CountKind

OP02_DELAYED_RESPONSE_14 = Kri(
    code="op02_14",
    title="Delayed response, 14 days",
    unit="%",
    over=(SITE_QUERIES_OPEN_BEYOND_14_DAYS,),
    under=(SITE_OPEN_QUERIES,),
    kind=CountKind.BINARY,
    accrual=denominator_of(10),
    definition=Definition(
        what="Open queries of the site that are older than 14 days, as a share of its open queries.",
        why="It notices a site that falls behind earlier than the limit of 30 days.",
        formula="open queries of the site older than 14 days / open queries of the site",
        source="measures-and-statistics 4.7",
        example="8 of 20 open queries older than 14 days are 40 %.",
        limits="Beside op02, without a weight of its own. Open queries of the detail sheet; closed ones are in no export. Not computable without CPID, which has the denominator.",
    ),
)
