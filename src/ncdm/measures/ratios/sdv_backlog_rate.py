"""Pages still to verify as a share of those that require verification."""

from ncdm.measures.counts.sdv_required import SDV_REQUIRED
from ncdm.measures.counts.sdv_verified import SDV_VERIFIED
from ncdm.measures.measure import Definition, Ratio

SDV_BACKLOG_RATE = Ratio(
    code="sdv_backlog_rate",
    title="Pages still to verify, share",
    unit="%",
    over=(SDV_REQUIRED,),
    under=(SDV_REQUIRED, SDV_VERIFIED),
    definition=Definition(
        what="Pages still to verify as a share of those that require verification.",
        why="It is the work of the monitor that is left.",
        formula="required / (required + verified)",
        source="measures-and-statistics 4.7",
        example="60 to verify beside 40 verified are 60 %.",
        limits="Not known without CPID. A denominator of zero makes it not applicable.",
    ),
)
