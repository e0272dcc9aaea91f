"""Outstanding queries whose next actor has no column of its own in the subject sheet."""

from ncdm.measures.contribution import having, other_than
from ncdm.measures.measure import Count, Definition

QUERIES_AWAITING_OTHERS = Count(
    code="queries_awaiting_others",
    title="Queries awaiting others",
    unit="queries",
    needs=("query_cumulative",),
    rows=having("query", action_owner=other_than("Site", "DM", "Clinical", "Field monitor", "Medical", "Coding", "Safety")),
    definition=Definition(
        what="Outstanding queries whose next actor has no column of its own in the subject sheet.",
        why="Nobody who reads the seven columns sees them: they are only in the total.",
        formula="rows whose owner is none of site, data management, clinical, field monitor, medical, coding and safety",
        source="data-contracts 3.1, Q27",
        example="A query that a central monitor must look at counts one.",
        limits="Queries of the cumulative detail sheet; the subject sheet may count one more or less. Closed queries are in no export.",
    ),
)
