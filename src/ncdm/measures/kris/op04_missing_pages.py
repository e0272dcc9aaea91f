"""Missing pages as a share of the pages expected."""

from ncdm.measures.counts.missing_pages import MISSING_PAGES
from ncdm.measures.counts.pages_entered import PAGES_ENTERED
from ncdm.measures.kri import Kri, denominator_of, weighted
from ncdm.measures.measure import Definition
from ncdm.measures.statistics import CountKind

OP04_MISSING_PAGES = Kri(
    code="op04",
    title="Missing pages",
    unit="%",
    over=(MISSING_PAGES,),
    under=(MISSING_PAGES, PAGES_ENTERED),
    kind=CountKind.BINARY,
    accrual=denominator_of(30),
    weights=weighted(0, 1, 2),
    definition=Definition(
        what="Missing pages as a share of the pages expected.",
        why="What is not entered cannot be reviewed.",
        formula="missing / (missing + entered)",
        source="measures-and-statistics 4.7",
        example="5 missing and 95 entered pages are 5 %.",
        limits="Expected is what is missing plus what is entered. Not computable without CPID, which has the denominator.",
    ),
)
