"""Laboratory issues of tests of hematology."""

from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition
from ncdm.measures.named_issues import named_issues

LAB_ISSUES_HEMATOLOGY = Count(
    code="lab_issues_hematology",
    title="Laboratory issues, hematology",
    unit="issues",
    needs=("labs",),
    rows=having("lab_issue", named_issues, lab_category="HEMATOLOGY"),
    definition=Definition(
        what="Laboratory issues of tests of hematology.",
        why="Issues of one category often have one cause, such as one laboratory.",
        formula="rows that name an issue and whose category is HEMATOLOGY",
        source="data-contracts 3.3 and 6",
        example="One row of the report is one issue.",
        limits="A row that names no issue is none. The report has no total of results, so a rate over results cannot be had. Some reports have no category: unknown there.",
    ),
)
