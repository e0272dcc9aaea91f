"""Subjects who completed the trial."""

from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition, Worse

SUBJECTS_COMPLETED = Count(
    code="subjects_completed",
    title="Subjects completed",
    unit="subjects",
    needs=("subject_metrics",),
    rows=having("subject_metrics", subject_status="Completed"),
    worse=Worse.NEITHER,
    definition=Definition(
        what="Subjects who completed the trial.",
        why="Their data should be complete: what is open is overdue.",
        formula="rows of the subject sheet whose status is Completed",
        source="data-contracts 3.1 and 6",
        example="A subject whose status is Completed counts one.",
        limits="A subject without a status is not known, and makes the count a lower bound.",
    ),
)
