"""Pages that held data and were inactivated without a reason code."""

from ncdm.measures.contribution import having
from ncdm.measures.measure import Count, Definition

INACTIVATED_PAGES_WITH_DATA_WITHOUT_REASON = Count(
    code="inactivated_pages_with_data_without_reason",
    title="Inactivated pages with data and without reason",
    unit="pages",
    needs=("inactivated",),
    rows=having("inactivation", inactivated_object="page", has_data="Y", inactivation_reason="none"),
    definition=Definition(
        what="Pages that held data and were inactivated without a reason code.",
        why="Data left the database and nobody said why: worth a review, and no accusation.",
        formula="rows whose action inactivated a page that held data, without reason code",
        source="data-contracts 3.5 and 6; measures-and-statistics 4.7",
        example="One row of the report is one inactivation.",
        limits="The report has no dates: when it happened is not known.",
    ),
)
