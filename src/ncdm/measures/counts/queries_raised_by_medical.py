"""Outstanding queries that medical review raised, whoever must act now."""

from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition, Worse
from ncdm.measures.raisers import Raiser, raised_by

QUERIES_RAISED_BY_MEDICAL = Count(
    code="queries_raised_by_medical",
    title="Queries raised by medical review",
    unit="queries",
    needs=("query_cumulative",),
    rows=having("query", marking_group=raised_by(Raiser.MEDICAL)),
    worse=Worse.NEITHER,
    definition=Definition(
        what="Outstanding queries that medical review raised, whoever must act now.",
        why="Where questions come from says what to prevent: a form, a check, a habit.",
        formula="rows whose marking group ends in from and the words for medical review",
        source="data-contracts 3.1 and 6",
        example="Site from X is a query that X put to the site.",
        limits="Queries of the cumulative detail sheet; the subject sheet may count one more or less. Closed queries are in no export. A query without marking group is not known.",
    ),
)
