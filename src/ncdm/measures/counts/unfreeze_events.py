"""How often a page was un-frozen; the column headed Not Frozen counts these."""

from ncdm.measures.contribution import cells
from ncdm.measures.measure import Count, Definition

UNFREEZE_EVENTS = Count(
    code="unfreeze_events",
    title="Un-freeze events",
    unit="events",
    needs=("subject_metrics",),
    rows=cells("subject_metrics", "unfreeze_events_n"),
    definition=Definition(
        what="How often a page was un-frozen; the column headed Not Frozen counts these.",
        why="Each is a change after the data were thought final.",
        formula="sum of unfreeze_events_n over the subject sheet of the CPID",
        source="data-contracts 3.1; measures-and-statistics 2 and 4.7",
        example="A subject whose row says 3 adds 3 events.",
        limits="A study without CPID has none: unknown there, not zero. It is no count of pages that are open.",
    ),
)
