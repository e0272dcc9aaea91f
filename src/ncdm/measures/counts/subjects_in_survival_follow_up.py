"""Subjects who are followed for survival."""

from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition, Worse

SUBJECTS_IN_SURVIVAL_FOLLOW_UP = Count(
    code="subjects_in_survival_follow_up",
    title="Subjects in survival follow-up",
    unit="subjects",
    needs=("subject_metrics",),
    rows=having("subject_metrics", subject_status="Survival"),
    worse=Worse.NEITHER,
    definition=Definition(
        what="Subjects who are followed for survival.",
        why="Only survival is still asked for.",
        formula="rows of the subject sheet whose status is Survival",
        source="data-contracts 3.1 and 6",
        example="A subject whose status is Survival counts one.",
        limits="A subject without a status is not known, and makes the count a lower bound.",
    ),
)
