"""LAB: no laboratory name or range is missing."""

import ibis
import ibis.expr.types as ir

from ncdm.measures.counts.missing_lab_names import MISSING_LAB_NAMES
from ncdm.measures.counts.missing_lab_ranges import MISSING_LAB_RANGES
from ncdm.measures.criterion import MEDIUM, Criterion, blocking, fixed, of, one_less
from ncdm.measures.measure import Definition
from ncdm.measures.tables import table


def _blockers() -> ir.Table:
    source = table("lab_issue")
    named = source.filter(source.issue_type.notnull())
    owner = ibis.cases((named.issue_type == "Missing lab name", "Site"), else_="CRA")
    return blocking(named, state=named.issue_type, owner_text=owner)


LAB = Criterion(
    code="LAB",
    title="No laboratory issue",
    outstanding="Laboratory issues",
    items=(MISSING_LAB_NAMES, MISSING_LAB_RANGES),
    weight=0.0,
    score=lambda amounts: one_less(of(amounts, "missing_lab_names", "missing_lab_ranges"), 10),
    urgency=fixed(MEDIUM),
    owner="Site/CRA",
    owner_columns=("reported_lnr_issues",),
    blockers=_blockers,
    next_action={"Missing lab name": "Enter the name of the laboratory.", "": "Enter ranges and units of the test."},
    definition=Definition(
        what="Every laboratory result has its laboratory, range and unit.",
        why="Without them a result cannot be graded.",
        formula="issues of both types = 0; score 1 - n/10",
        source="measures-and-statistics 2",
        example="Three issues: score 0.7.",
        limits="The days since the sample are not the age of the issue.",
    ),
)
