"""Open queries as a share of the outstanding ones."""

from ncdm.measures.counts.answered_queries import ANSWERED_QUERIES
from ncdm.measures.counts.open_queries import OPEN_QUERIES
from ncdm.measures.measure import Definition, Ratio

OPEN_QUERY_RATE = Ratio(
    code="open_query_rate",
    title="Open queries, share",
    unit="%",
    over=(OPEN_QUERIES,),
    under=(OPEN_QUERIES, ANSWERED_QUERIES),
    definition=Definition(
        what="Open queries as a share of the outstanding ones.",
        why="The site has not acted on these; on the others the sponsor must.",
        formula="open / (open + answered)",
        source="measures-and-statistics 3",
        example="3 open beside 7 answered queries are 30 %.",
        limits="Closed queries are in no export. Not known without CPID. A denominator of zero makes it not applicable.",
    ),
)
