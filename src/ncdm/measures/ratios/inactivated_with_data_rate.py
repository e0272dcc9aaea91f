"""Inactivated pages that held data as a share of those inactivated."""

from ncdm.measures.counts.inactivated_pages import INACTIVATED_PAGES
from ncdm.measures.counts.inactivated_pages_with_data import INACTIVATED_PAGES_WITH_DATA
from ncdm.measures.measure import Definition, Ratio

INACTIVATED_WITH_DATA_RATE = Ratio(
    code="inactivated_with_data_rate",
    title="Inactivated pages that held data, share",
    unit="%",
    over=(INACTIVATED_PAGES_WITH_DATA,),
    under=(INACTIVATED_PAGES,),
    definition=Definition(
        what="Inactivated pages that held data as a share of those inactivated.",
        why="Only these took data out of the database.",
        formula="inactivated with data / inactivated",
        source="data-contracts 6",
        example="3 of 4 are 75 %.",
        limits="The report has no dates.",
    ),
)
