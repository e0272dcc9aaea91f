"""Drift over snapshots: each snapshot's new events against the reference rate, summed until it can be no chance."""

from dataclasses import dataclass

import numpy as np

from ncdm.errors import InvalidQuestion
from ncdm.measures.statistics.laws import Bools, Floats, RateLaw

SLACK, ALARM = 0.5, 4.0


@dataclass(frozen=True, slots=True)
class Cusum:
    """One row a group, one column an increment from a snapshot to the next."""

    z: Floats
    """Standardised increment; NaN where nothing was exposed or something is unknown."""
    observed_minus_expected: Floats
    """Sum of dN - m so far; increments without a z add nothing."""
    high: Floats
    """CUSUM toward more events; held where z is NaN."""
    low: Floats
    """CUSUM toward fewer events."""
    alarm_high: Bools
    alarm_low: Bools


def cusum(reference: RateLaw, numerator: Floats, denominator: Floats) -> Cusum:
    """Follow cumulative counts over snapshots and tell where they leave the reference.

    numerator, denominator: cumulative values, (groups, snapshots), at least one snapshot, in the order of their as-of dates; NaN = unknown.
    m = lambda0 dD, z = (dN - m) / sqrt(m + tau2 m^2), S = max(0, S + z - .5) on either side, alarm from 4 on.
    Only for cumulative KRIs: a stock has no increments (`flag_history`). Source: measures-and-statistics 4.2(8); Page (1954).
    """
    if numerator.ndim != 2 or numerator.shape != denominator.shape:  # noqa: PLR2004 - groups and snapshots
        raise InvalidQuestion(
            "a CUSUM needs cumulative numerators and denominators of the same groups and snapshots",
            where=f"{numerator.shape} and {denominator.shape}",
            todo="give one row a group and one column a snapshot",
        )
    events, mean = np.diff(numerator, axis=1), reference.rate * np.diff(denominator, axis=1)
    usable = mean > 0.0  # NaN is not
    safe = np.where(usable, mean, 1.0)
    difference = np.where(usable, events - mean, np.nan)
    z = difference / np.sqrt(safe + reference.tau2 * safe * safe)
    step = np.nan_to_num(difference, nan=0.0)
    high, low = _accumulate(z), _accumulate(-z)
    return Cusum(z, np.cumsum(step, axis=1), high, low, high >= ALARM, low >= ALARM)


def _accumulate(z: Floats) -> Floats:
    result = np.empty_like(z)
    total = np.zeros(z.shape[0])
    for column in range(z.shape[1]):
        total = np.where(np.isnan(z[:, column]), total, np.maximum(0.0, total + z[:, column] - SLACK))
        result[:, column] = total
    return result
