"""Q: no query is outstanding."""

import ibis
import ibis.expr.types as ir
import numpy as np

from ncdm.measures.counts.open_queries import OPEN_QUERIES
from ncdm.measures.counts.outstanding_queries import OUTSTANDING_QUERIES
from ncdm.measures.criterion import Amounts, Criterion, above, blocking, one_less
from ncdm.measures.grouped import Floats
from ncdm.measures.measure import Definition
from ncdm.measures.tables import table

_COLUMNS = {
    "DM": "dm",
    "Clinical": "clinical",
    "Medical": "medical",
    "Site": "site",
    "Field monitor": "field_monitor",
    "Coding": "coding",
    "Safety": "safety",
}
"""Owner of a query -> the column of the subject sheet that counts them."""


def _blockers() -> ir.Table:
    source = table("query")
    owner = ibis.cases(
        *((source.action_owner == name, f"queries_owner_{column}_n") for name, column in _COLUMNS.items()), else_=ibis.null().cast("string")
    )
    other = source.action_owner.isnull() | (source.action_owner == "Other")
    named = ibis.ifelse(other, source.action_owner_text, source.action_owner)
    return blocking(
        source, days=source.days_since_open, state=source.query_status.fill_null("no status"), owner_column=owner, owner_text=named
    )


def _score(amounts: Amounts) -> Floats:
    return one_less(amounts["outstanding_queries"], 20) - np.where(amounts["open_queries"] > 0, 0.2, 0.0)


Q = Criterion(
    code="Q",
    title="No outstanding query",
    outstanding="Outstanding queries",
    items=(OUTSTANDING_QUERIES,),
    beside=(OPEN_QUERIES,),
    weight=0.15,
    score=_score,
    urgency=above("outstanding_queries", 10),
    owner="DM",
    owner_columns=("queries_outstanding_n",),
    blockers=_blockers,
    next_action={
        "Open": "Answer the query.",
        "Answered": "Check the answer and close the query, or ask again.",
        "": "Find the query in the EDC: the detail sheet does not list it.",
    },
    definition=Definition(
        what="No query is open or answered and not closed, whoever must act.",
        why="A question without an answer is a value nobody vouches for.",
        formula="queries outstanding of the subject sheet = 0; score 1 - n/20, less 0.2 if any is open",
        source="measures-and-statistics 2",
        example="Four queries, one of them open: score 1 - 0.2 - 0.2 = 0.6.",
        limits="The detail sheet, from which rows and ages come, may list one more or less; see finding DETAIL-1.",
    ),
)
