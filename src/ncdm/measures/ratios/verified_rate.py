"""Verified pages as a share of those that require verification."""

from ncdm.measures.counts.sdv_required import SDV_REQUIRED
from ncdm.measures.counts.sdv_verified import SDV_VERIFIED
from ncdm.measures.measure import Definition, Ratio, Worse

VERIFIED_RATE = Ratio(
    code="verified_rate",
    title="Pages verified, share",
    unit="%",
    over=(SDV_VERIFIED,),
    under=(SDV_VERIFIED, SDV_REQUIRED),
    worse=Worse.LOW,
    definition=Definition(
        what="Verified pages as a share of those that require verification.",
        why="It says how much of the work of verification is done.",
        formula="verified / (verified + required)",
        source="data-contracts 6",
        example="40 verified and 60 to verify are 40 %.",
        limits="Not known without CPID. A denominator of zero makes it not applicable. 100 % of 14 pages says little: look at the denominator.",
    ),
)
