"""Subjects who left the trial early."""

from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition, Worse

SUBJECTS_DISCONTINUED = Count(
    code="subjects_discontinued",
    title="Subjects discontinued",
    unit="subjects",
    needs=("subject_metrics",),
    rows=having("subject_metrics", subject_status=("Discontinued",)),
    worse=Worse.NEITHER,
    definition=Definition(
        what="Subjects who left the trial early.",
        why="Each is a loss of information, and may be a signal of safety or of burden.",
        formula="rows of the subject sheet whose status is Discontinued",
        source="data-contracts 3.1; measures-and-statistics 4.7",
        example="A subject whose status is Discontinued counts one.",
        limits="A subject without a status is not known, and makes the count a lower bound.",
    ),
)
