"""Pages that carry the signature of the investigator."""

from ncdm.measures.contribution import cells
from ncdm.measures.measure import Count, Definition, Worse

SIGNED_PAGES = Count(
    code="signed_pages",
    title="Pages signed",
    unit="pages",
    needs=("subject_metrics",),
    rows=cells("subject_metrics", "pages_signed_n"),
    worse=Worse.NEITHER,
    definition=Definition(
        what="Pages that carry the signature of the investigator.",
        why="The signature says that the investigator stands for the data (ICH E6).",
        formula="sum of pages_signed_n over the subject sheet of the CPID",
        source="data-contracts 3.1; measures-and-statistics 2 and 4.7",
        example="A subject whose row says 3 adds 3 pages.",
        limits="A study without CPID has none: unknown there, not zero.",
    ),
)
