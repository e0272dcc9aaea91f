"""Pages that were inactivated."""

import ibis.expr.types as ir

from ncdm.measures.contribution import contributed
from ncdm.measures.measure import Count, Definition
from ncdm.measures.tables import table


def _rows() -> ir.Table:
    source = table("inactivation")
    return contributed(source.filter(source.inactivated_object == "page"))


INACTIVATED_PAGES = Count(
    code="inactivated_pages",
    title="Inactivated pages",
    unit="pages",
    needs=("inactivated",),
    rows=_rows,
    definition=Definition(
        what="Pages that were inactivated.",
        why="What was entered and inactivated is no longer in the data: often for good reason, sometimes not.",
        formula="rows whose action inactivated a page",
        source="data-contracts 3.5; measures-and-statistics 4.7",
        example="One row of the report is one inactivation.",
        limits="The report has no dates: when it happened is not known.",
    ),
)
