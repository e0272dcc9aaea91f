"""Cumulative counts over snapshots: whether a group has left the level it was measured by."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ncdm.measures.statistics.cusum import cusum
from ncdm.measures.statistics.dispersion import FEWEST_GROUPS, fit_robustly
from ncdm.measures.statistics.laws import CountKind, Floats, RateLaw


@dataclass(frozen=True, slots=True)
class GroupDrift:
    """One group of a cumulative indicator; one element a step from a snapshot to the next, ``None`` where nothing was exposed or known."""

    group: str
    z: tuple[float | None, ...]
    observed_minus_expected: float
    """Events beyond what the reference rate expects, over all steps."""
    high: tuple[float, ...]
    """CUSUM toward more events."""
    low: tuple[float, ...]
    alarm: str | None
    """``high``, ``low`` or none, at the last snapshot."""


@dataclass(frozen=True, slots=True)
class Drift:
    """A cumulative indicator over snapshots; without groups, the reason why."""

    days: tuple[dt.date, ...]
    rate: float | None
    """The reference: what healthy groups had at the first snapshot, for one unit of the denominator."""
    tau2: float | None
    groups: tuple[GroupDrift, ...]
    reason: str | None


def drift(groups: Sequence[str], days: Sequence[dt.date], numerator: Floats, denominator: Floats) -> Drift:
    """Follow a cumulative count of each group over snapshots by its increments.

    numerator, denominator: cumulative, (groups, snapshots), NaN = unknown; days rising. The reference rate and dispersion are those of the first
    snapshot, fitted robustly to its groups, so that a study that drifts as a whole is seen as well. A count that was corrected downward is a negative
    increment. Only for cumulative indicators: a stock has no increments. Source: measures-and-statistics 4.2(2), 4.2(8).
    """
    order = sorted(range(len(groups)), key=lambda place: groups[place])
    top, below = numerator[order], denominator[order]
    if len(days) < 2:  # noqa: PLR2004 - an increment takes two
        return Drift(tuple(days), None, None, (), "no earlier snapshot")
    usable = ~np.isnan(top[:, 0]) & (np.nan_to_num(below[:, 0]) > 0.0)
    fit = fit_robustly(CountKind.RATE, top[usable, 0], below[usable, 0])
    if fit is None or not isinstance(fit.law, RateLaw):
        return Drift(
            tuple(days), None, None, (), f"fewer than {FEWEST_GROUPS} groups had data at the first snapshot: nobody knows what is usual"
        )
    if fit.law.rate == 0.0:
        return Drift(tuple(days), 0.0, fit.law.tau2, (), "no group had an event at the first snapshot: there is no level to leave")
    found = cusum(fit.law, top, below)
    return Drift(
        tuple(days),
        fit.law.rate,
        fit.law.tau2,
        tuple(
            GroupDrift(
                groups[place],
                tuple(None if np.isnan(z) else float(z) for z in found.z[row]),
                float(found.observed_minus_expected[row, -1]),
                tuple(found.high[row].tolist()),
                tuple(found.low[row].tolist()),
                "high" if found.alarm_high[row, -1] else "low" if found.alarm_low[row, -1] else None,
            )
            for row, place in enumerate(order)
        ),
        None,
    )
