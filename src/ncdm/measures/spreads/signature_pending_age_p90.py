"""Days since pages have waited for a signature, 90th percentile."""

from ncdm.measures.contribution import numbers_of
from ncdm.measures.measure import Definition, Spread, Statistic

SIGNATURE_PENDING_AGE_P90 = Spread(
    code="signature_pending_age_p90",
    title="Age of signatures to give, 90th percentile",
    unit="days",
    needs=("pi_signature",),
    rows=numbers_of("signature", "days_pending"),
    statistic=Statistic.P90,
    definition=Definition(
        what="Days since pages have waited for a signature, 90th percentile.",
        why="Late signatures are given in bulk, and unread.",
        formula="90th percentile of the days pending",
        source="data-contracts 6",
        example="Ages of 1, 7 and 90 days: 73.4.",
        limits="Rows without days are not in it, and told.",
    ),
)
