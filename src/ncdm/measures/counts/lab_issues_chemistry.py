"""Laboratory issues of tests of chemistry."""

from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition
from ncdm.measures.named_issues import named_issues

LAB_ISSUES_CHEMISTRY = Count(
    code="lab_issues_chemistry",
    title="Laboratory issues, chemistry",
    unit="issues",
    needs=("labs",),
    rows=having("lab_issue", named_issues, lab_category="CHEMISTRY"),
    definition=Definition(
        what="Laboratory issues of tests of chemistry.",
        why="Issues of one category often have one cause, such as one laboratory.",
        formula="rows that name an issue and whose category is CHEMISTRY",
        source="data-contracts 3.3 and 6",
        example="One row of the report is one issue.",
        limits="A row that names no issue is none. The report has no total of results, so a rate over results cannot be had. Some reports have no category: unknown there.",
    ),
)
