"""Subjects who are in follow-up."""

from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition, Worse

SUBJECTS_IN_FOLLOW_UP = Count(
    code="subjects_in_follow_up",
    title="Subjects in follow-up",
    unit="subjects",
    needs=("subject_metrics",),
    rows=having("subject_metrics", subject_status="Follow-Up"),
    worse=Worse.NEITHER,
    definition=Definition(
        what="Subjects who are in follow-up.",
        why="Treatment is over and visits go on.",
        formula="rows of the subject sheet whose status is Follow-Up",
        source="data-contracts 3.1 and 6",
        example="A subject whose status is Follow-Up counts one.",
        limits="A subject without a status is not known, and makes the count a lower bound.",
    ),
)
