"""Missing visits as a share of the visits expected."""

from ncdm.measures.counts.missing_visits import MISSING_VISITS
from ncdm.measures.counts.visits_entered import VISITS_ENTERED
from ncdm.measures.kri import FixedLimits, Kri, denominator_of, weighted
from ncdm.measures.measure import Definition
from ncdm.measures.statistics import CountKind

OP05_MISSING_VISITS = Kri(
    code="op05",
    title="Missing visits",
    unit="%",
    over=(MISSING_VISITS,),
    under=(MISSING_VISITS, VISITS_ENTERED),
    kind=CountKind.BINARY,
    accrual=denominator_of(10),
    weights=weighted(0, 1, 2),
    fixed=FixedLimits(0.05, 0.1),
    definition=Definition(
        what="Missing visits as a share of the visits expected.",
        why="A visit that is not there may not have taken place, or nobody entered it.",
        formula="missing / (missing + entered)",
        source="measures-and-statistics 4.7",
        example="2 missing and 18 entered visits are 10 %.",
        limits="Expected is what is missing plus what is entered. Not computable without CPID, which has the denominator.",
    ),
)
