"""Subjects who are on trial."""

from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition, Worse

SUBJECTS_ON_TRIAL = Count(
    code="subjects_on_trial",
    title="Subjects on trial",
    unit="subjects",
    needs=("subject_metrics",),
    rows=having("subject_metrics", subject_status="On Trial"),
    worse=Worse.NEITHER,
    definition=Definition(
        what="Subjects who are on trial.",
        why="Their data are still coming, and none of them is expected to be clean.",
        formula="rows of the subject sheet whose status is On Trial",
        source="data-contracts 3.1 and 6",
        example="A subject whose status is On Trial counts one.",
        limits="A subject without a status is not known, and makes the count a lower bound.",
    ),
)
