"""Pages and records that the migration to an amended form inactivated."""

from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition, Worse

INACTIVATIONS_BY_AMENDMENT = Count(
    code="inactivations_by_amendment",
    title="Inactivated by an amendment",
    unit="inactivations",
    needs=("inactivated",),
    rows=having("inactivation", inactivation_actor="amendment_manager"),
    worse=Worse.NEITHER,
    definition=Definition(
        what="Pages and records that the migration to an amended form inactivated.",
        why="Nobody decided these one by one: they come by the hundred.",
        formula="rows whose action names the amendment manager",
        source="data-contracts 3.5 and 6; measures-and-statistics 4.7",
        example="One row of the report is one inactivation.",
        limits="The report has no dates: when it happened is not known.",
    ),
)
