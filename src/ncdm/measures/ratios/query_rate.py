"""Outstanding queries for each page entered."""

from ncdm.measures.counts.outstanding_queries import OUTSTANDING_QUERIES
from ncdm.measures.counts.pages_entered import PAGES_ENTERED
from ncdm.measures.measure import Definition, Ratio

QUERY_RATE = Ratio(
    code="query_rate",
    title="Outstanding queries per page",
    unit="queries a page",
    over=(OUTSTANDING_QUERIES,),
    under=(PAGES_ENTERED,),
    definition=Definition(
        what="Outstanding queries for each page entered.",
        why="The density of open questions in the data.",
        formula="outstanding queries / pages entered",
        source="measures-and-statistics 4.7, 5",
        example="15 queries on 100 pages are 0.15 a page.",
        limits="Not known without CPID. A denominator of zero makes it not applicable. A page may carry several queries, so it is no share.",
    ),
)
