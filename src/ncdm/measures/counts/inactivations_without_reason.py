"""Pages and records that were inactivated without a reason code."""

from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition

INACTIVATIONS_WITHOUT_REASON = Count(
    code="inactivations_without_reason",
    title="Inactivated without a reason code",
    unit="inactivations",
    needs=("inactivated",),
    rows=having("inactivation", inactivation_reason="none"),
    definition=Definition(
        what="Pages and records that were inactivated without a reason code.",
        why="The mix of reasons says whether what was taken out was meant to be.",
        formula="rows whose action inactivated without a reason code",
        source="data-contracts 3.5 and 6; measures-and-statistics 4.7",
        example="One row of the report is one inactivation.",
        limits="The report has no dates: when it happened is not known.",
    ),
)
