"""Days since pages have waited for a signature, maximum."""

from ncdm.measures.contribution import numbers_of
from ncdm.measures.measure import Definition, Spread, Statistic

SIGNATURE_PENDING_AGE_MAXIMUM = Spread(
    code="signature_pending_age_maximum",
    title="Age of signatures to give, maximum",
    unit="days",
    needs=("pi_signature",),
    rows=numbers_of("signature", "days_pending"),
    statistic=Statistic.MAXIMUM,
    definition=Definition(
        what="Days since pages have waited for a signature, maximum.",
        why="Late signatures are given in bulk, and unread.",
        formula="maximum of the days pending",
        source="data-contracts 6",
        example="Ages of 1, 7 and 90 days: 90.",
        limits="Rows without days are not in it, and told.",
    ),
)
