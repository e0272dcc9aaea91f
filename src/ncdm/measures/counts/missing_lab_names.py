"""Laboratory results whose laboratory is not named."""

from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition
from ncdm.measures.named_issues import named_issues

MISSING_LAB_NAMES = Count(
    code="missing_lab_names",
    title="Missing lab names",
    unit="issues",
    needs=("labs",),
    rows=having("lab_issue", named_issues, issue_type="Missing lab name"),
    definition=Definition(
        what="Laboratory results whose laboratory is not named.",
        why="A value without them cannot be read as normal or abnormal.",
        formula="rows whose issue is Missing lab name",
        source="data-contracts 3.3",
        example="One row of the report is one issue.",
        limits="A row that names no issue is none. The report has no total of results, so a rate over results cannot be had.",
    ),
)
