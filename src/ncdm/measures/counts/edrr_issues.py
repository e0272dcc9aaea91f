"""Open issues between the database and data of third parties."""

from ncdm.measures.contribution import cells
from ncdm.measures.measure import Count, Definition

EDRR_ISSUES = Count(
    code="edrr_issues",
    title="Open third-party issues",
    unit="issues",
    needs=("edrr",),
    rows=cells("thirdparty_issue", "thirdparty_open_issues_n"),
    definition=Definition(
        what="Open issues between the database and data of third parties.",
        why="Two systems disagree about a subject.",
        formula="sum of the open issues over the rows of the EDRR report",
        source="data-contracts 3.7",
        example="A row that says 4 is four issues of its subject.",
        limits="No date, vendor or data type is in the report. A line that names no subject counts for the study alone.",
    ),
)
