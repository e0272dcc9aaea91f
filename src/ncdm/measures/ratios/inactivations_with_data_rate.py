"""Pages and records that held data as a share of those inactivated."""

from ncdm.measures.counts.inactivations import INACTIVATIONS
from ncdm.measures.counts.inactivations_with_data import INACTIVATIONS_WITH_DATA
from ncdm.measures.measure import Definition, Ratio

INACTIVATIONS_WITH_DATA_RATE = Ratio(
    code="inactivations_with_data_rate",
    title="Inactivations with data, share",
    unit="%",
    over=(INACTIVATIONS_WITH_DATA,),
    under=(INACTIVATIONS,),
    definition=Definition(
        what="Pages and records that held data as a share of those inactivated.",
        why="Only these took data out of the database.",
        formula="inactivated with data / inactivated",
        source="data-contracts 6",
        example="3 of 4 are 75 %.",
        limits="The report has no dates.",
    ),
)
