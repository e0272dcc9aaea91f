"""Locked pages as a share of the pages entered."""

from ncdm.measures.counts.locked_pages import LOCKED_PAGES
from ncdm.measures.counts.pages_entered import PAGES_ENTERED
from ncdm.measures.measure import Definition, Ratio, Worse

LOCKED_RATE = Ratio(
    code="locked_rate",
    title="Pages locked, share",
    unit="%",
    over=(LOCKED_PAGES,),
    under=(PAGES_ENTERED,),
    worse=Worse.LOW,
    definition=Definition(
        what="Locked pages as a share of the pages entered.",
        why="All of them are locked when the database is.",
        formula="locked / entered",
        source="data-contracts 6",
        example="10 of 100 pages are 10 %.",
        limits="Not known without CPID. A denominator of zero makes it not applicable.",
    ),
)
