"""Pages and records that were inactivated as not done."""

from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition, Worse

INACTIVATIONS_NOT_DONE = Count(
    code="inactivations_not_done",
    title="Inactivated as not done",
    unit="inactivations",
    needs=("inactivated",),
    rows=having("inactivation", inactivation_reason="not_done"),
    worse=Worse.NEITHER,
    definition=Definition(
        what="Pages and records that were inactivated as not done.",
        why="The mix of reasons says whether what was taken out was meant to be.",
        formula="rows whose action inactivated as not done",
        source="data-contracts 3.5 and 6; measures-and-statistics 4.7",
        example="One row of the report is one inactivation.",
        limits="The report has no dates: when it happened is not known.",
    ),
)
