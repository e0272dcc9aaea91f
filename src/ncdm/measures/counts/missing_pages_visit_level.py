"""Missing pages that belong to a visit, both tabs united."""

from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition
from ncdm.measures.united_pages import united_pages

MISSING_PAGES_VISIT_LEVEL = Count(
    code="missing_pages_visit_level",
    title="Missing pages of visits",
    unit="pages",
    needs=("missing_pages",),
    rows=having("missing_page", united_pages, page_level="visit"),
    definition=Definition(
        what="Missing pages that belong to a visit, both tabs united.",
        why="They come with the next visit or never.",
        formula="of each subject, folder and visit date the visit-level rows of the tab that has more of them",
        source="data-contracts 3.6",
        example="Two rows in the first tab and three in the second for one visit are three missing pages.",
        limits="Only those whose visit has a date have an age.",
    ),
)
