"""V: no visit is missing."""

import ibis.expr.types as ir
import numpy as np

from ncdm.measures.counts.missing_visits import MISSING_VISITS
from ncdm.measures.criterion import CRITICAL, HIGH, MEDIUM, Amounts, Criterion, Levels, blocking, one_less
from ncdm.measures.grouped import Floats
from ncdm.measures.measure import Definition
from ncdm.measures.spreads.longest_missing_visit import LONGEST_MISSING_VISIT
from ncdm.measures.tables import table


def _blockers() -> ir.Table:
    source = table("missing_visit")
    return blocking(source, days=source.days_outstanding, state="missing")


def _score(amounts: Amounts) -> Floats:
    late = np.nan_to_num(amounts["longest_missing_visit"]) - 30
    return one_less(amounts["missing_visits"], 5) - np.where(late > 0, np.minimum(late / 30, 0.5), 0.0)


def _urgency(amounts: Amounts) -> Levels:
    longest, many = np.nan_to_num(amounts["longest_missing_visit"]), amounts["missing_visits"] > 2
    return np.where(longest > 60, CRITICAL, np.where(many, HIGH, MEDIUM)).astype(np.int8)


V = Criterion(
    code="V",
    title="No missing visit",
    outstanding="Missing visits",
    items=(MISSING_VISITS,),
    beside=(LONGEST_MISSING_VISIT,),
    weight=0.15,
    score=_score,
    urgency=_urgency,
    owner="Site/CRA",
    owner_columns=("reported_missing_visits",),
    blockers=_blockers,
    next_action={"": "Ask the site to enter the visit, or to say why it did not take place."},
    definition=Definition(
        what="No visit is projected and not entered.",
        why="Data of a visit that is not entered cannot be cleaned.",
        formula="rows of the visit projection tracker = 0; score 1 - n/5, less (d - 30)/30 and at most 0.5 when the oldest is missing for d > 30 days",
        source="measures-and-statistics 2",
        example="Two visits, the oldest missing for 45 days: score 1 - 0.4 - 0.5 = 0.1.",
        limits="Some visits are listed although they have a date in the EDC; see finding VISIT-2.",
    ),
)
