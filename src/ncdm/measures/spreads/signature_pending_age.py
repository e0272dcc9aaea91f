"""Days since pages have waited for a signature, median."""

from ncdm.measures.contribution import numbers_of
from ncdm.measures.measure import Definition, Spread

SIGNATURE_PENDING_AGE = Spread(
    code="signature_pending_age",
    title="Age of signatures to give",
    unit="days",
    needs=("pi_signature",),
    rows=numbers_of("signature", "days_pending"),
    definition=Definition(
        what="Days since pages have waited for a signature, median.",
        why="Late signatures are given in bulk, and unread.",
        formula="median of the days pending",
        source="data-contracts 6",
        example="Ages of 1, 7 and 90 days: 7.",
        limits="Rows without days are not in it, and told.",
    ),
)
