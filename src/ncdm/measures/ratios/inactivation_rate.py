"""Inactivated pages for each page entered."""

from ncdm.measures.counts.inactivated_pages import INACTIVATED_PAGES
from ncdm.measures.counts.pages_entered import PAGES_ENTERED
from ncdm.measures.measure import Definition, Ratio

INACTIVATION_RATE = Ratio(
    code="inactivation_rate",
    title="Pages inactivated, share",
    unit="%",
    over=(INACTIVATED_PAGES,),
    under=(PAGES_ENTERED,),
    definition=Definition(
        what="Inactivated pages for each page entered.",
        why="Where much is taken out, one asks why.",
        formula="inactivated pages / pages entered",
        source="data-contracts 6",
        example="185 inactivated beside 1,000 entered pages are 18.5 %.",
        limits="Not known without CPID. A denominator of zero makes it not applicable. Amendments inactivate many pages at once, for good reason.",
    ),
)
