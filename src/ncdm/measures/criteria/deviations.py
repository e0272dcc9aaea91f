"""PD: no deviation is merely proposed."""

import ibis.expr.types as ir

from ncdm.measures.counts.deviations_proposed import DEVIATIONS_PROPOSED
from ncdm.measures.criterion import HIGH, Criterion, blocking, fixed, one_less
from ncdm.measures.measure import Definition
from ncdm.measures.tables import table


def _blockers() -> ir.Table:
    source = table("deviation")
    proposed = source.filter(source.deviation_status == "Proposed")
    return blocking(proposed, state="proposed")


PD = Criterion(
    code="PD",
    title="No proposed deviation",
    outstanding="Proposed deviations",
    items=(DEVIATIONS_PROPOSED,),
    weight=0.0,
    score=lambda amounts: one_less(amounts["deviations_proposed"], 5),
    urgency=fixed(HIGH),
    owner="CD LF",
    owner_columns=("deviations_proposed_n", "deviations_confirmed_n"),
    blockers=_blockers,
    next_action={"": "Confirm the deviation, or reject it."},
    definition=Definition(
        what="Every proposed deviation is decided.",
        why="Who belongs to the per-protocol population depends on it.",
        formula="proposed deviations of the subject sheet = 0; score 1 - n/5",
        source="measures-and-statistics 2",
        example="One proposed: score 0.8.",
        limits="Their importance is in no export.",
    ),
)
