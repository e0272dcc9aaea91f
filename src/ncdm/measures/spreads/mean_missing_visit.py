"""Days since missing visits were due, mean."""

import ibis.expr.types as ir

from ncdm.measures.contribution import contributed
from ncdm.measures.measure import Definition, Spread, Statistic
from ncdm.measures.tables import table


def _rows() -> ir.Table:
    source = table("missing_visit")
    return contributed(source, source.days_outstanding)


MEAN_MISSING_VISIT = Spread(
    code="mean_missing_visit",
    title="Days a visit has been missing, mean",
    unit="days",
    needs=("visit_tracker",),
    rows=_rows,
    statistic=Statistic.MEAN,
    definition=Definition(
        what="Days since missing visits were due, mean.",
        why="The longer a visit is missing the less likely its data come.",
        formula="mean of the days outstanding",
        source="data-contracts 6",
        example="Visits missing for 3 and 45 days: 24.",
        limits="A visit without days is not in it, and told.",
    ),
)
