"""Subjects who failed screening."""

from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition, Worse

SCREEN_FAILURES = Count(
    code="screen_failures",
    title="Screen failures",
    unit="subjects",
    needs=("subject_metrics",),
    rows=having("subject_metrics", subject_status=("Screen Failure",)),
    worse=Worse.NEITHER,
    definition=Definition(
        what="Subjects who failed screening.",
        why="Many may mean that eligibility is not understood; none may mean that it is not checked.",
        formula="rows of the subject sheet whose status is Screen Failure",
        source="data-contracts 3.1; measures-and-statistics 4.7",
        example="A subject whose status is Screen Failure counts one.",
        limits="A subject without a status is not known, and makes the count a lower bound.",
    ),
)
