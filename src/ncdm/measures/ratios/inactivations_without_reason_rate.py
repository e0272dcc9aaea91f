"""Pages and records inactivated without a reason code as a share of those inactivated."""

from ncdm.measures.counts.inactivations import INACTIVATIONS
from ncdm.measures.counts.inactivations_without_reason import INACTIVATIONS_WITHOUT_REASON
from ncdm.measures.measure import Definition, Ratio

INACTIVATIONS_WITHOUT_REASON_RATE = Ratio(
    code="inactivations_without_reason_rate",
    title="Inactivated without a reason code, share",
    unit="%",
    over=(INACTIVATIONS_WITHOUT_REASON,),
    under=(INACTIVATIONS,),
    definition=Definition(
        what="Pages and records inactivated without a reason code as a share of those inactivated.",
        why="The mix of reasons says whether what was taken out was meant to be.",
        formula="inactivated without a reason code / inactivated",
        source="data-contracts 6",
        example="3 of 4 are 75 %.",
        limits="The report has no dates.",
    ),
)
