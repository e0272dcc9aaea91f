"""Pages that still require verification as a share of those to be verified."""

from ncdm.measures.counts.sdv_required import SDV_REQUIRED
from ncdm.measures.counts.sdv_verified import SDV_VERIFIED
from ncdm.measures.kri import Kri, denominator_of, weighted
from ncdm.measures.measure import Definition
from ncdm.measures.statistics import CountKind

OP07_SDV_BACKLOG = Kri(
    code="op07",
    title="SDV backlog",
    unit="%",
    over=(SDV_REQUIRED,),
    under=(SDV_REQUIRED, SDV_VERIFIED),
    kind=CountKind.BINARY,
    accrual=denominator_of(30),
    weights=weighted(0, 1, 2),
    definition=Definition(
        what="Pages that still require verification as a share of those to be verified.",
        why="What nobody compared with the source may be wrong and not known to be.",
        formula="required / (required + verified)",
        source="measures-and-statistics 4.7",
        example="20 of 100 pages are 20 %.",
        limits="It tells of the monitoring as much as of the site. Not computable without CPID, which has the denominator.",
    ),
)
