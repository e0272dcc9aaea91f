"""Pages that held data when they were inactivated."""

from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition

INACTIVATED_PAGES_WITH_DATA = Count(
    code="inactivated_pages_with_data",
    title="Inactivated pages with data",
    unit="pages",
    needs=("inactivated",),
    rows=having("inactivation", inactivated_object="page", has_data="Y"),
    definition=Definition(
        what="Pages that held data when they were inactivated.",
        why="Data left the database.",
        formula="rows whose action inactivated a page that held data",
        source="data-contracts 3.5 and 6; measures-and-statistics 4.7",
        example="One row of the report is one inactivation.",
        limits="The report has no dates: when it happened is not known.",
    ),
)
