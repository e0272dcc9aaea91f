"""Non-conformant pages as a share of the pages entered."""

from ncdm.measures.counts.nonconformant_pages import NONCONFORMANT_PAGES
from ncdm.measures.counts.pages_entered import PAGES_ENTERED
from ncdm.measures.measure import Definition, Ratio

NONCONFORMANT_RATE = Ratio(
    code="nonconformant_rate",
    title="Non-conformant pages, share",
    unit="%",
    over=(NONCONFORMANT_PAGES,),
    under=(PAGES_ENTERED,),
    definition=Definition(
        what="Non-conformant pages as a share of the pages entered.",
        why="Data that do not conform are not analysable as they are.",
        formula="non-conformant / entered",
        source="data-contracts 6",
        example="1 of 1,000 pages is 0.1 %.",
        limits="Not known without CPID. A denominator of zero makes it not applicable.",
    ),
)
