"""Records of pages that were inactivated."""

from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition

INACTIVATED_RECORDS = Count(
    code="inactivated_records",
    title="Inactivated records",
    unit="records",
    needs=("inactivated",),
    rows=having("inactivation", inactivated_object="record"),
    definition=Definition(
        what="Records of pages that were inactivated.",
        why="What was entered and inactivated is no longer in the data.",
        formula="rows whose action inactivated a record",
        source="data-contracts 3.5 and 6; measures-and-statistics 4.7",
        example="One row of the report is one inactivation.",
        limits="The report has no dates: when it happened is not known.",
    ),
)
