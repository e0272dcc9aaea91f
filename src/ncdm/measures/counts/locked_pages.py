"""Pages that are locked."""

from ncdm.measures.contribution import cells
from ncdm.measures.measure import Count, Definition, Worse

LOCKED_PAGES = Count(
    code="locked_pages",
    title="Pages locked",
    unit="pages",
    needs=("subject_metrics",),
    rows=cells("subject_metrics", "pages_locked_n"),
    worse=Worse.NEITHER,
    definition=Definition(
        what="Pages that are locked.",
        why="All of them are locked when the database is.",
        formula="sum of pages_locked_n over the subject sheet of the CPID",
        source="data-contracts 3.1; measures-and-statistics 2 and 4.7",
        example="A subject whose row says 3 adds 3 pages.",
        limits="A study without CPID has none: unknown there, not zero.",
    ),
)
