"""How often a page was un-locked; the column headed Unlocked counts these."""

from ncdm.measures.contribution import cells
from ncdm.measures.measure import Count, Definition

UNLOCK_EVENTS = Count(
    code="unlock_events",
    title="Un-lock events",
    unit="events",
    needs=("subject_metrics",),
    rows=cells("subject_metrics", "unlock_events_n"),
    definition=Definition(
        what="How often a page was un-locked; the column headed Unlocked counts these.",
        why="Each is a change after the lock.",
        formula="sum of unlock_events_n over the subject sheet of the CPID",
        source="data-contracts 3.1; measures-and-statistics 2 and 4.7",
        example="A subject whose row says 3 adds 3 events.",
        limits="A study without CPID has none: unknown there, not zero. It is no count of pages that are open.",
    ),
)
