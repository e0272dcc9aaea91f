"""Pages that were inactivated."""

from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition

INACTIVATED_PAGES = Count(
    code="inactivated_pages",
    title="Inactivated pages",
    unit="pages",
    needs=("inactivated",),
    rows=having("inactivation", inactivated_object="page"),
    definition=Definition(
        what="Pages that were inactivated.",
        why="What was entered and inactivated is no longer in the data: often for good reason, sometimes not.",
        formula="rows whose action inactivated a page",
        source="data-contracts 3.5 and 6; measures-and-statistics 4.7",
        example="One row of the report is one inactivation.",
        limits="The report has no dates: when it happened is not known.",
    ),
)
