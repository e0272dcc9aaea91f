"""Subjects who are enrolled."""

from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition, Worse

SUBJECTS_ENROLLED = Count(
    code="subjects_enrolled",
    title="Subjects enrolled",
    unit="subjects",
    needs=("subject_metrics",),
    rows=having("subject_metrics", subject_status="Enrolled"),
    worse=Worse.NEITHER,
    definition=Definition(
        what="Subjects who are enrolled.",
        why="They have entered and, as far as the export says, not started.",
        formula="rows of the subject sheet whose status is Enrolled",
        source="data-contracts 3.1 and 6",
        example="A subject whose status is Enrolled counts one.",
        limits="A subject without a status is not known, and makes the count a lower bound.",
    ),
)
