"""A ratio of the sites of one study with all that a ranking needs: raw, score, shrunken with its interval, percentile."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ncdm.measures.compute import UNKNOWN, Measures
from ncdm.measures.grouped import Floats
from ncdm.measures.measure import Ratio
from ncdm.measures.statistics.dispersion import FEWEST_GROUPS, fit_robustly
from ncdm.measures.statistics.laws import CountKind
from ncdm.measures.statistics.midp import mid_p
from ncdm.measures.statistics.shrinkage import shrunken_ratios
from ncdm.measures.value import Group, Level
from ncdm.types import StudyId


@dataclass(frozen=True, slots=True, eq=False)
class SiteRatio:
    """One ratio; arrays in the order of ``groups``, NaN where a value does not exist."""

    groups: tuple[Group, ...]
    numerator: Floats
    denominator: Floats
    value: Floats
    percentile: Floats
    """Share of the sites with a value that are lower, half of those alike and itself counted, times 100."""
    z: Floats
    p: Floats
    """Two-sided mid-p."""
    shrunken: Floats
    low: Floats
    high: Floats
    """Ratio to the study's level with its 90 % interval."""
    reason: tuple[str | None, ...]
    """Why there is no value."""
    silence: str | None
    """Why no site is scored or ranked."""


def percentiles(value: Floats) -> Floats:
    """Where each value stands among those that are known: 100 (lower + alike / 2) / n, itself among the alike. NaN stays NaN."""
    known = np.sort(value[~np.isnan(value)])
    if known.size == 0:
        return np.full(value.shape, np.nan)
    lower, upto = np.searchsorted(known, value, side="left"), np.searchsorted(known, value, side="right")
    return np.where(np.isnan(value), np.nan, 100.0 * (lower + upto) / 2.0 / known.size)


def site_ratio(measures: Measures, study: StudyId, ratio: Ratio, kind: CountKind, accrual: float) -> SiteRatio:
    """A ratio of all sites of a study. accrual: the law rests on, and z is given to, sites with at least so much in the denominator.

    Source: measures-and-statistics 4.2(2), (3), (6).
    """
    column = measures.column(ratio, Level.SITE)
    groups = measures.universe.groups(Level.SITE)
    here = [place for place, group in enumerate(groups) if group.study_id == study]
    top, below = column.numerator[here], np.zeros(len(here)) if column.denominator is None else column.denominator[here]
    unknown = column.state[here] == UNKNOWN
    reasons = [column.reason[place] for place in here]
    if kind is CountKind.BINARY:
        beyond = ~unknown & (top > below)
        unknown |= beyond
        reasons = ["more are counted than there are" if odd else reason for odd, reason in zip(beyond, reasons, strict=True)]
    usable = ~unknown & (np.nan_to_num(below) > 0.0)
    value, z, p, shrunken, low, high = (np.full(len(here), np.nan) for _ in range(6))
    value[usable] = top[usable] / below[usable]
    accrued = usable & (np.nan_to_num(below) >= accrual)
    fit = fit_robustly(kind, top[accrued], below[accrued])
    if fit is not None:
        scores, ranked = mid_p(fit.law, top[accrued], below[accrued]), shrunken_ratios(fit.law, top[usable], below[usable])
        z[accrued], p[accrued] = scores.z, scores.p
        shrunken[usable], low[usable], high[usable] = ranked.ratio, ranked.low, ranked.high
    return SiteRatio(
        tuple(groups[place] for place in here),
        np.where(unknown, np.nan, top),
        np.where(unknown, np.nan, below),
        value,
        percentiles(value),
        z,
        p,
        shrunken,
        low,
        high,
        tuple(reasons),
        None if fit is not None else _silence(accrued, usable, reasons, accrual),
    )


def _silence(accrued: npt.NDArray[np.bool_], usable: npt.NDArray[np.bool_], reasons: list[str | None], accrual: float) -> str:
    if not usable.any():
        return next((reason for reason in reasons if reason is not None), "the study has no sites")
    return (
        f"fewer than {FEWEST_GROUPS} sites ({int(accrued.sum())}) have at least {accrual:g} in the denominator: nobody knows what is usual"
    )
