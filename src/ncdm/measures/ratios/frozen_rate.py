"""Frozen pages as a share of the pages entered."""

from ncdm.measures.counts.frozen_pages import FROZEN_PAGES
from ncdm.measures.counts.pages_entered import PAGES_ENTERED
from ncdm.measures.measure import Definition, Ratio, Worse

FROZEN_RATE = Ratio(
    code="frozen_rate",
    title="Pages frozen, share",
    unit="%",
    over=(FROZEN_PAGES,),
    under=(PAGES_ENTERED,),
    worse=Worse.LOW,
    definition=Definition(
        what="Frozen pages as a share of the pages entered.",
        why="Freezing is the last step but one before the database lock.",
        formula="frozen / entered",
        source="data-contracts 6",
        example="10 of 100 pages are 10 %.",
        limits="Not known without CPID. A denominator of zero makes it not applicable. Some sponsors do not freeze.",
    ),
)
