"""Missing pages that belong to no visit, such as the end of study."""

from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition
from ncdm.measures.united_pages import united_pages

MISSING_PAGES_SUMMARY = Count(
    code="missing_pages_summary",
    title="Missing summary pages",
    unit="pages",
    needs=("missing_pages",),
    rows=having("missing_page", united_pages, page_level="summary"),
    definition=Definition(
        what="Missing pages that belong to no visit, such as the end of study.",
        why="They are due when the subject leaves, and are often forgotten.",
        formula="of each subject the summary pages of the tab that has most",
        source="data-contracts 3.6",
        example="A subject whose end-of-study page is listed misses one.",
        limits="They have no date, and so no age.",
    ),
)
