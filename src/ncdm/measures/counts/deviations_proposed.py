"""Protocol deviations that were proposed and not decided."""

from ncdm.measures.contribution import cells
from ncdm.measures.measure import Count, Definition

DEVIATIONS_PROPOSED = Count(
    code="deviations_proposed",
    title="Proposed deviations",
    unit="deviations",
    needs=("subject_metrics",),
    rows=cells("subject_metrics", "deviations_proposed_n"),
    definition=Definition(
        what="Protocol deviations that were proposed and not decided.",
        why="Populations cannot be settled before they are decided.",
        formula="sum of deviations_proposed_n over the subject sheet of the CPID",
        source="data-contracts 3.1; measures-and-statistics 2 and 4.7",
        example="A subject whose row says 3 adds 3 deviations.",
        limits="A study without CPID has none: unknown there, not zero.",
    ),
)
