"""Pages and records that were inactivated."""

from ncdm.measures.contribution import every
from ncdm.measures.measure import Count, Definition

INACTIVATIONS = Count(
    code="inactivations",
    title="Inactivations",
    unit="inactivations",
    needs=("inactivated",),
    rows=every("inactivation"),
    definition=Definition(
        what="Pages and records that were inactivated.",
        why="What was entered and inactivated is no longer in the data: often for good reason, sometimes not.",
        formula="rows of the report",
        source="data-contracts 3.5 and 6; measures-and-statistics 4.7",
        example="One row of the report is one inactivation.",
        limits="The report has no dates: when it happened is not known.",
    ),
)
