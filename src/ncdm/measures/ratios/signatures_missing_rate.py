"""Pages with broken or no signature as a share of the pages to sign."""

from ncdm.measures.counts.broken_signatures import BROKEN_SIGNATURES
from ncdm.measures.counts.never_signed import NEVER_SIGNED
from ncdm.measures.counts.signed_pages import SIGNED_PAGES
from ncdm.measures.measure import Definition, Ratio

SIGNATURES_MISSING_RATE = Ratio(
    code="signatures_missing_rate",
    title="Signatures missing, share",
    unit="%",
    over=(BROKEN_SIGNATURES, NEVER_SIGNED),
    under=(BROKEN_SIGNATURES, NEVER_SIGNED, SIGNED_PAGES),
    definition=Definition(
        what="Pages with broken or no signature as a share of the pages to sign.",
        why="The investigator has not stood for these data.",
        formula="(broken + never) / (signed + broken + never)",
        source="measures-and-statistics 2, 4.7",
        example="10 missing beside 90 signed are 10 %.",
        limits="Not known without CPID. A denominator of zero makes it not applicable.",
    ),
)
