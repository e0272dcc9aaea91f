"""Pages and records that held data when they were inactivated."""

from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition

INACTIVATIONS_WITH_DATA = Count(
    code="inactivations_with_data",
    title="Inactivations with data",
    unit="inactivations",
    needs=("inactivated",),
    rows=having("inactivation", has_data="Y"),
    definition=Definition(
        what="Pages and records that held data when they were inactivated.",
        why="Data left the database.",
        formula="rows whose object held data",
        source="data-contracts 3.5 and 6; measures-and-statistics 4.7",
        example="One row of the report is one inactivation.",
        limits="The report has no dates: when it happened is not known.",
    ),
)
