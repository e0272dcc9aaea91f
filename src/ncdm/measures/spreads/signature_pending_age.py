"""Days since pages have waited for a signature, median."""

import ibis.expr.types as ir

from ncdm.measures.contribution import contributed
from ncdm.measures.measure import Definition, Spread
from ncdm.measures.tables import table


def _rows() -> ir.Table:
    source = table("signature")
    return contributed(source, source.days_pending)


SIGNATURE_PENDING_AGE = Spread(
    code="signature_pending_age",
    title="Age of signatures to give",
    unit="days",
    needs=("pi_signature",),
    rows=_rows,
    definition=Definition(
        what="Days since pages have waited for a signature, median.",
        why="Late signatures are given in bulk, and unread.",
        formula="median of the days pending",
        source="data-contracts 6",
        example="Ages of 5, 45 and 91 days have the median 45.",
        limits="Rows without days are not in it, and told.",
    ),
)
