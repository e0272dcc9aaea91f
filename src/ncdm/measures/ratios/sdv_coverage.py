"""Pages that are or will be verified as a share of the pages entered."""

from ncdm.measures.counts.pages_entered import PAGES_ENTERED
from ncdm.measures.counts.sdv_required import SDV_REQUIRED
from ncdm.measures.counts.sdv_verified import SDV_VERIFIED
from ncdm.measures.measure import Definition, Ratio, Worse

SDV_COVERAGE = Ratio(
    code="sdv_coverage",
    title="Pages under verification, share",
    unit="%",
    over=(SDV_REQUIRED, SDV_VERIFIED),
    under=(PAGES_ENTERED,),
    worse=Worse.NEITHER,
    definition=Definition(
        what="Pages that are or will be verified as a share of the pages entered.",
        why="100 % verified of 14 pages says nothing about the other thousands.",
        formula="(verified + required) / pages entered",
        source="data-contracts 6, Q29",
        example="14 pages of 20,000 are 0.07 %.",
        limits="Not known without CPID. A denominator of zero makes it not applicable. How much is to be verified is a plan, and no export tells it.",
    ),
)
