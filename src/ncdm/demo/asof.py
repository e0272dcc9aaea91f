"""The as-of dates of one delivery: every dated sheet has its own, and they differ."""

from dataclasses import dataclass
from datetime import date, timedelta

from ncdm.demo.layout import Layout

FIRST_DELIVERY = date(2025, 11, 14)
"""The first delivery's date, whatever the run date; later ones follow weekly."""


@dataclass(frozen=True, slots=True)
class AsOf:
    """The days that the reports of one delivery describe."""

    delivered: date
    cpid: date
    tracker: date
    tabs: tuple[date, date]
    safety: date
    """Last day on which the SAE dashboard can have created an item."""


def as_of(layout: Layout, week: int) -> AsOf:
    """What week ``week`` (from 1) describes."""
    day = FIRST_DELIVERY + timedelta(weeks=week - 1)
    lags = layout.lags
    return AsOf(
        delivered=day,
        cpid=day + timedelta(lags.cpid),
        tracker=day + timedelta(lags.tracker),
        tabs=(day + timedelta(lags.pages_tab1), day + timedelta(lags.pages_tab2)),
        safety=day + timedelta(lags.cpid if layout.has_cpid else -1),
    )
