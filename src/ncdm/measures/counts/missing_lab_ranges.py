"""Laboratory results without reference range or unit."""

from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition
from ncdm.measures.named_issues import named_issues

MISSING_LAB_RANGES = Count(
    code="missing_lab_ranges",
    title="Missing ranges or units",
    unit="issues",
    needs=("labs",),
    rows=having("lab_issue", named_issues, issue_type="Ranges or units not entered"),
    definition=Definition(
        what="Laboratory results without reference range or unit.",
        why="A value without them cannot be read as normal or abnormal.",
        formula="rows whose issue is Ranges or units not entered",
        source="data-contracts 3.3",
        example="One row of the report is one issue.",
        limits="A row that names no issue is none. The report has no total of results, so a rate over results cannot be had.",
    ),
)
