"""Pages of the case report form that hold data."""

from ncdm.measures.contribution import cells
from ncdm.measures.measure import Count, Definition, Worse

PAGES_ENTERED = Count(
    code="pages_entered",
    title="Pages entered",
    unit="pages",
    needs=("subject_metrics",),
    rows=cells("subject_metrics", "pages_entered_n"),
    worse=Worse.NEITHER,
    definition=Definition(
        what="Pages of the case report form that hold data.",
        why="They are the exposure of a site: who enters more can err more.",
        formula="sum of pages_entered_n over the subject sheet of the CPID",
        source="data-contracts 3.1; measures-and-statistics 2 and 4.7",
        example="A subject whose row says 3 adds 3 pages.",
        limits="A study without CPID has none: unknown there, not zero.",
    ),
)
