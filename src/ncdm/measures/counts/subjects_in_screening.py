"""Subjects who are being screened."""

from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition, Worse

SUBJECTS_IN_SCREENING = Count(
    code="subjects_in_screening",
    title="Subjects in screening",
    unit="subjects",
    needs=("subject_metrics",),
    rows=having("subject_metrics", subject_status="Screening"),
    worse=Worse.NEITHER,
    definition=Definition(
        what="Subjects who are being screened.",
        why="They are who may enter the trial next.",
        formula="rows of the subject sheet whose status is Screening",
        source="data-contracts 3.1 and 6",
        example="A subject whose status is Screening counts one.",
        limits="A subject without a status is not known, and makes the count a lower bound.",
    ),
)
