"""The one day a dated sheet was made on: every row implies it, as date plus days (data-contracts section 1, fact 5)."""

import datetime as dt
from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from ncdm.contracts import AsOf

_EPOCH = dt.date(1970, 1, 1)
_LATEST = 60_000
"""Days after 1970 beyond which no date is meant (the year 2134)."""


def as_of_counts(rows: pa.Table, rule: AsOf) -> dict[dt.date, int]:
    """Implied day -> rows that imply it; rows without both parts imply none."""
    dates = rows[rule.date].combine_chunks()
    both = np.asarray(dates.is_valid()) & np.asarray(rows[rule.days].combine_chunks().is_valid())
    if not both.any():
        return {}
    days_since_epoch = np.asarray(dates.cast(pa.date32()).cast(pa.int32()).fill_null(0)).astype(np.int64)
    implied = (days_since_epoch + np.asarray(rows[rule.days].combine_chunks().fill_null(0)))[both]
    implied = implied[(implied >= 0) & (implied < _LATEST)]
    values, counts = np.unique(implied, return_counts=True)
    return {_EPOCH + dt.timedelta(days=int(value)): int(count) for value, count in zip(values, counts, strict=True)}


def chosen(counts: Mapping[dt.date, int]) -> dt.date | None:
    """The day most rows imply, the later one of equals; ``None`` when no row implies any."""
    return max(counts, key=lambda day: (counts[day], day), default=None)
