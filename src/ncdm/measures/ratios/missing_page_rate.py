"""Missing pages as a share of the pages expected."""

from ncdm.measures.counts.missing_pages import MISSING_PAGES
from ncdm.measures.counts.pages_entered import PAGES_ENTERED
from ncdm.measures.measure import Definition, Ratio

MISSING_PAGE_RATE = Ratio(
    code="missing_page_rate",
    title="Missing pages, share",
    unit="%",
    over=(MISSING_PAGES,),
    under=(MISSING_PAGES, PAGES_ENTERED),
    definition=Definition(
        what="Missing pages as a share of the pages expected.",
        why="It says how far behind data entry is, whatever the size.",
        formula="missing / (missing + entered)",
        source="data-contracts 6",
        example="5 missing and 95 entered pages are 5 %.",
        limits="Not known without CPID. A denominator of zero makes it not applicable.",
    ),
)
