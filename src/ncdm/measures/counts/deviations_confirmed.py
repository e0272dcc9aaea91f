"""Protocol deviations that were confirmed."""

from ncdm.measures.contribution import cells
from ncdm.measures.measure import Count, Definition

DEVIATIONS_CONFIRMED = Count(
    code="deviations_confirmed",
    title="Confirmed deviations",
    unit="deviations",
    needs=("subject_metrics",),
    rows=cells("subject_metrics", "deviations_confirmed_n"),
    definition=Definition(
        what="Protocol deviations that were confirmed.",
        why="They say how the protocol is kept, and decide who is in the per-protocol population.",
        formula="sum of deviations_confirmed_n over the subject sheet of the CPID",
        source="data-contracts 3.1; measures-and-statistics 2 and 4.7",
        example="A subject whose row says 3 adds 3 deviations.",
        limits="A study without CPID has none: unknown there, not zero. Their importance is not in the export.",
    ),
)
