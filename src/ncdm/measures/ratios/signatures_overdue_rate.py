"""Pages whose signature is overdue by more than 90 days as a share of the pages to sign."""

from ncdm.measures.counts.broken_signatures import BROKEN_SIGNATURES
from ncdm.measures.counts.never_signed import NEVER_SIGNED
from ncdm.measures.counts.signatures_pending_beyond_90_days import SIGNATURES_PENDING_BEYOND_90_DAYS
from ncdm.measures.counts.signed_pages import SIGNED_PAGES
from ncdm.measures.measure import Definition, Ratio

SIGNATURES_OVERDUE_RATE = Ratio(
    code="signatures_overdue_rate",
    title="Signatures overdue beyond 90 days, share",
    unit="%",
    over=(SIGNATURES_PENDING_BEYOND_90_DAYS,),
    under=(SIGNED_PAGES, BROKEN_SIGNATURES, NEVER_SIGNED),
    definition=Definition(
        what="Pages whose signature is overdue by more than 90 days as a share of the pages to sign.",
        why="What waits so long is signed in bulk, and unread.",
        formula="pending > 90 days / (signed + broken + never)",
        source="measures-and-statistics 4.7",
        example="5 of 100 pages are 5 %.",
        limits="Not known without CPID. A denominator of zero makes it not applicable.",
    ),
)
