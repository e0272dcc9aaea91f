"""Pages that are frozen."""

from ncdm.measures.contribution import cells
from ncdm.measures.measure import Count, Definition, Worse

FROZEN_PAGES = Count(
    code="frozen_pages",
    title="Pages frozen",
    unit="pages",
    needs=("subject_metrics",),
    rows=cells("subject_metrics", "pages_frozen_n"),
    worse=Worse.NEITHER,
    definition=Definition(
        what="Pages that are frozen.",
        why="Freezing and locking are the last steps before the database lock.",
        formula="sum of pages_frozen_n over the subject sheet of the CPID",
        source="data-contracts 3.1; measures-and-statistics 2 and 4.7",
        example="A subject whose row says 3 adds 3 pages.",
        limits="A study without CPID has none: unknown there, not zero.",
    ),
)
