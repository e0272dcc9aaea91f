"""NC: no page is non-conformant."""

import ibis.expr.types as ir

from ncdm.measures.counts.nonconformant_pages import NONCONFORMANT_PAGES
from ncdm.measures.criterion import HIGH, Criterion, blocking, fixed, one_less
from ncdm.measures.measure import Definition
from ncdm.measures.tables import table


def _blockers() -> ir.Table:
    return blocking(table("nonconformant_item"), state="non-conformant")


NC = Criterion(
    code="NC",
    title="No non-conformant page",
    outstanding="Non-conformant pages",
    items=(NONCONFORMANT_PAGES,),
    weight=0.0,
    score=lambda amounts: one_less(amounts["nonconformant_pages"], 10),
    urgency=fixed(HIGH),
    owner="Site/CRA",
    owner_columns=("pages_nonconformant_n",),
    blockers=_blockers,
    next_action={"": "Correct the item that does not conform."},
    definition=Definition(
        what="No page holds data that do not conform.",
        why="They cannot be exported as they stand.",
        formula="non-conformant pages of the subject sheet = 0; score 1 - n/10",
        source="measures-and-statistics 2",
        example="One page: score 0.9.",
        limits="The detail sheet lists items, several a page.",
    ),
)
