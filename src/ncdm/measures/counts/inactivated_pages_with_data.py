"""Pages that held data when they were inactivated."""

import ibis.expr.types as ir

from ncdm.measures.contribution import contributed
from ncdm.measures.measure import Count, Definition
from ncdm.measures.tables import table


def _rows() -> ir.Table:
    source = table("inactivation")
    return contributed(source.filter((source.inactivated_object == "page") & (source.has_data == "Y")))


INACTIVATED_PAGES_WITH_DATA = Count(
    code="inactivated_pages_with_data",
    title="Inactivated pages with data",
    unit="pages",
    needs=("inactivated",),
    rows=_rows,
    definition=Definition(
        what="Pages that held data when they were inactivated.",
        why="Data left the database.",
        formula="rows whose action inactivated a page that held data",
        source="data-contracts 3.5; measures-and-statistics 4.7",
        example="One row of the report is one inactivation.",
        limits="The report has no dates: when it happened is not known.",
    ),
)
