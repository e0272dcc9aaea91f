"""Visits that were entered: the column headed Expected Visits counts these."""

from ncdm.measures.contribution import cells
from ncdm.measures.measure import Count, Definition, Worse

VISITS_ENTERED = Count(
    code="visits_entered",
    title="Visits entered",
    unit="visits",
    needs=("subject_metrics",),
    rows=cells("subject_metrics", "visits_entered_n"),
    worse=Worse.NEITHER,
    definition=Definition(
        what="Visits that were entered: the column headed Expected Visits counts these.",
        why="They are the denominator of what is missing: expected visits are entered and missing ones together.",
        formula="sum of visits_entered_n over the subject sheet of the CPID",
        source="data-contracts 3.1; measures-and-statistics 2 and 4.7",
        example="A subject whose row says 3 adds 3 visits.",
        limits="A study without CPID has none: unknown there, not zero. Unplanned visits and visits without a valid date are not in it.",
    ),
)
