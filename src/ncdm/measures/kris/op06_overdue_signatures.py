"""Pages that wait for the investigator's signature for more than 90 days, as a share of the pages to be signed."""

from ncdm.measures.counts.broken_signatures import BROKEN_SIGNATURES
from ncdm.measures.counts.never_signed import NEVER_SIGNED
from ncdm.measures.counts.signatures_pending_beyond_90_days import SIGNATURES_PENDING_BEYOND_90_DAYS
from ncdm.measures.counts.signed_pages import SIGNED_PAGES
from ncdm.measures.kri import Kri, denominator_of, weighted
from ncdm.measures.measure import Definition
from ncdm.measures.statistics import CountKind

OP06_OVERDUE_SIGNATURES = Kri(
    code="op06",
    title="Overdue signatures",
    unit="%",
    over=(SIGNATURES_PENDING_BEYOND_90_DAYS,),
    under=(SIGNED_PAGES, BROKEN_SIGNATURES, NEVER_SIGNED),
    kind=CountKind.BINARY,
    accrual=denominator_of(30),
    weights=weighted(0, 1, 2),
    definition=Definition(
        what="Pages that wait for the investigator's signature for more than 90 days, as a share of the pages to be signed.",
        why="The investigator answers for the data by signing them.",
        formula="pending beyond 90 days / (signed + broken + never signed)",
        source="measures-and-statistics 4.7",
        example="9 of 300 pages are 3 %.",
        limits="Not computable without CPID, which has the denominator.",
    ),
)
