"""Pages and records that were inactivated as not applicable."""

from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition, Worse

INACTIVATIONS_NOT_APPLICABLE = Count(
    code="inactivations_not_applicable",
    title="Inactivated as not applicable",
    unit="inactivations",
    needs=("inactivated",),
    rows=having("inactivation", inactivation_reason="not_applicable"),
    worse=Worse.NEITHER,
    definition=Definition(
        what="Pages and records that were inactivated as not applicable.",
        why="The mix of reasons says whether what was taken out was meant to be.",
        formula="rows whose action inactivated as not applicable",
        source="data-contracts 3.5 and 6; measures-and-statistics 4.7",
        example="One row of the report is one inactivation.",
        limits="The report has no dates: when it happened is not known.",
    ),
)
