"""Missing visits that the tracker itself gives a date."""

import ibis.expr.types as ir

from ncdm.measures.contribution import contributed
from ncdm.measures.measure import Count, Definition
from ncdm.measures.tables import table


def _rows() -> ir.Table:
    source = table("missing_visit")
    return contributed(source.filter(source.actual_date.notnull()))


MISSING_VISITS_WITH_A_DATE = Count(
    code="missing_visits_with_a_date",
    title="Missing visits that have a date",
    unit="visits",
    needs=("visit_tracker",),
    rows=_rows,
    definition=Definition(
        what="Missing visits that the tracker itself gives a date.",
        why="Either the visit took place or the tracker is not up to date.",
        formula="rows of the tracker with an actual date",
        source="data-contracts 3.2",
        example="One row is one visit.",
        limits="Few trackers have the column.",
    ),
)
