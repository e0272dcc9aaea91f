"""Subjects about whom the database and data of third parties disagree."""

from ncdm.measures.contribution import beyond, having
from ncdm.measures.measure import Count, Definition

SUBJECTS_WITH_EDRR_ISSUES = Count(
    code="subjects_with_edrr_issues",
    title="Subjects with third-party issues",
    unit="subjects",
    needs=("edrr",),
    rows=having("thirdparty_issue", thirdparty_open_issues_n=beyond(0)),
    definition=Definition(
        what="Subjects about whom the database and data of third parties disagree.",
        why="How many are touched, however many issues each has.",
        formula="rows of the EDRR report with at least one open issue",
        source="data-contracts 3.7",
        example="A row that says 4 is one subject.",
        limits="A line that names no subject counts for the study alone, as one.",
    ),
)
