"""Pages that hold data against the rules of the form."""

from ncdm.measures.contribution import cells
from ncdm.measures.measure import Count, Definition

NONCONFORMANT_PAGES = Count(
    code="nonconformant_pages",
    title="Non-conformant pages",
    unit="pages",
    needs=("subject_metrics",),
    rows=cells("subject_metrics", "pages_nonconformant_n"),
    definition=Definition(
        what="Pages that hold data against the rules of the form.",
        why="Data that do not conform are not analysable as they are.",
        formula="sum of pages_nonconformant_n over the subject sheet of the CPID",
        source="data-contracts 3.1; measures-and-statistics 2 and 4.7",
        example="A subject whose row says 3 adds 3 pages.",
        limits="A study without CPID has none: unknown there, not zero. The detail sheet may count differently by a few; the difference is a finding.",
    ),
)
