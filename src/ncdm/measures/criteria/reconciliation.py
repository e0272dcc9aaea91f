"""R: no third-party issue is open."""

import ibis.expr.types as ir

from ncdm.measures.counts.edrr_issues import EDRR_ISSUES
from ncdm.measures.criterion import CRITICAL, Criterion, blocking, fixed, one_less, rows_of
from ncdm.measures.measure import Definition


def _blockers() -> ir.Table:
    source = rows_of(EDRR_ISSUES, "thirdparty_issue")
    return blocking(source, state="open")


R = Criterion(
    code="R",
    title="No open third-party issue",
    outstanding="Open third-party issues",
    items=(EDRR_ISSUES,),
    weight=0.15,
    score=lambda amounts: one_less(amounts["edrr_issues"], 5),
    urgency=fixed(CRITICAL),
    owner="DM",
    owner_columns=("reported_edrr_issues",),
    blockers=_blockers,
    next_action={"": "Reconcile the external data with the EDC."},
    definition=Definition(
        what="External data agree with the EDC.",
        why="Results that do not match a subject cannot be analysed.",
        formula="open issues of the EDRR = 0; score 1 - n/5",
        source="measures-and-statistics 2",
        example="One issue: score 0.8.",
        limits="Date, vendor and kind of data are in no export.",
    ),
)
