"""Laboratory results without laboratory, range or unit."""

from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition
from ncdm.measures.named_issues import named_issues

LAB_ISSUES = Count(
    code="lab_issues",
    title="Laboratory issues",
    unit="issues",
    needs=("labs",),
    rows=having("lab_issue", named_issues),
    definition=Definition(
        what="Laboratory results without laboratory, range or unit.",
        why="A value without them cannot be read as normal or abnormal.",
        formula="rows that name an issue",
        source="data-contracts 3.3",
        example="One row of the report is one issue.",
        limits="A row that names no issue is none. The report has no total of results, so a rate over results cannot be had. Days since the laboratory date are not the age of the issue.",
    ),
)
