"""Subjects who passed screening, whatever became of them."""

from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition, Worse

SUBJECTS_PAST_SCREENING = Count(
    code="subjects_past_screening",
    title="Subjects past screening",
    unit="subjects",
    needs=("subject_metrics",),
    rows=having("subject_metrics", subject_status=("On Trial", "Completed", "Enrolled", "Discontinued", "Follow-Up", "Survival")),
    worse=Worse.NEITHER,
    definition=Definition(
        what="Subjects who passed screening, whatever became of them.",
        why="They are who data are collected for.",
        formula="rows of the subject sheet whose status is On Trial or Completed or Enrolled or Discontinued or Follow-Up or Survival",
        source="data-contracts 3.1; measures-and-statistics 4.7",
        example="A subject whose status is On Trial counts one.",
        limits="A subject without a status is not known, and makes the count a lower bound.",
    ),
)
