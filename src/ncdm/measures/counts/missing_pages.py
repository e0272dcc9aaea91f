"""Pages that should have been entered and were not, both tabs of the report united."""

from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition
from ncdm.measures.united_pages import united_pages

MISSING_PAGES = Count(
    code="missing_pages",
    title="Missing pages",
    unit="pages",
    needs=("missing_pages",),
    rows=having("missing_page", united_pages, page_level=("visit", "summary")),
    definition=Definition(
        what="Pages that should have been entered and were not, both tabs of the report united.",
        why="What is not entered cannot be checked, and the subject cannot be clean.",
        formula="of each subject the summary pages of the tab that has most, and of each subject, folder and visit date the visit-level rows of the tab that has more of them",
        source="data-contracts 3.6",
        example="Two rows in the first tab and three in the second for one visit are three missing pages.",
        limits="Neither tab holds all rows of the other. Forms are never compared between tabs.",
    ),
)
