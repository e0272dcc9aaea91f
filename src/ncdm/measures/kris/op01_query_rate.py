"""Outstanding queries for each page entered."""

from ncdm.measures.counts.outstanding_queries import OUTSTANDING_QUERIES
from ncdm.measures.counts.pages_entered import PAGES_ENTERED
from ncdm.measures.kri import Kri, denominator_of, weighted
from ncdm.measures.measure import Definition
from ncdm.measures.statistics import CountKind

OP01_QUERY_RATE = Kri(
    code="op01",
    title="Query rate",
    unit="queries a page",
    over=(OUTSTANDING_QUERIES,),
    under=(PAGES_ENTERED,),
    kind=CountKind.RATE,
    accrual=denominator_of(30),
    weights=weighted(0, 1, 2),
    definition=Definition(
        what="Outstanding queries for each page entered.",
        why="Many queries on little data show a site whose entry needs attention.",
        formula="outstanding queries / pages entered",
        source="measures-and-statistics 4.7",
        example="11 outstanding queries on 100 pages are 0.11.",
        limits="A stock: answered and open queries of the day, whoever must act. Not computable without CPID, which has the denominator.",
    ),
)
