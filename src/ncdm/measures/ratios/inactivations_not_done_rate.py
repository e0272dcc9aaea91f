"""Pages and records inactivated as not done as a share of those inactivated."""

from ncdm.measures.counts.inactivations import INACTIVATIONS
from ncdm.measures.counts.inactivations_not_done import INACTIVATIONS_NOT_DONE
from ncdm.measures.measure import Definition, Ratio, Worse

INACTIVATIONS_NOT_DONE_RATE = Ratio(
    code="inactivations_not_done_rate",
    title="Inactivated as not done, share",
    unit="%",
    over=(INACTIVATIONS_NOT_DONE,),
    under=(INACTIVATIONS,),
    worse=Worse.NEITHER,
    definition=Definition(
        what="Pages and records inactivated as not done as a share of those inactivated.",
        why="The mix of reasons says whether what was taken out was meant to be.",
        formula="inactivated as not done / inactivated",
        source="data-contracts 6",
        example="3 of 4 are 75 %.",
        limits="The report has no dates.",
    ),
)
