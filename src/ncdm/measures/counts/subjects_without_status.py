"""Subjects for whom the subject sheet gives no status."""

from ncdm.measures.contribution import blank, having
from ncdm.measures.measure import Count, Definition

SUBJECTS_WITHOUT_STATUS = Count(
    code="subjects_without_status",
    title="Subjects without status",
    unit="subjects",
    needs=("subject_metrics",),
    rows=having("subject_metrics", subject_status=blank),
    definition=Definition(
        what="Subjects for whom the subject sheet gives no status.",
        why="They make every count by status a lower bound.",
        formula="rows of the subject sheet without status",
        source="data-contracts 3.1",
        example="A blank cell counts one.",
        limits="The missing pages report may know the status; it is not filled in here.",
    ),
)
