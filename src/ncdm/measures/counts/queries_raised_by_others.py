"""Outstanding queries of a marking group that is not known."""

from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition, Worse
from ncdm.measures.raisers import raised_by_others

QUERIES_RAISED_BY_OTHERS = Count(
    code="queries_raised_by_others",
    title="Queries raised by others",
    unit="queries",
    needs=("query_cumulative",),
    rows=having("query", marking_group=raised_by_others),
    worse=Worse.NEITHER,
    definition=Definition(
        what="Outstanding queries of a marking group that is not known.",
        why="With those of the known roles they are all queries.",
        formula="rows whose marking group names none of the known roles",
        source="data-contracts 3.1 and 6",
        example="A marking group that no other study has counts here.",
        limits="Queries of the cumulative detail sheet; the subject sheet may count one more or less. Closed queries are in no export. A query without marking group is not known.",
    ),
)
