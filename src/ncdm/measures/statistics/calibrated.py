"""The calibrated mode: every group of one KRI scored against what healthy groups look like, and what cannot be said said so.

The walk: which groups can be asked at all, the law they share, each group's mid-p score, its shrunken ratio, what could have been noticed.
Flags are another step (`flagging`), because q needs the scores of all KRIs of a snapshot.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from ncdm.errors import InvalidQuestion
from ncdm.measures.statistics.detectable import Detectable, detectable
from ncdm.measures.statistics.dispersion import FEWEST_GROUPS, fit_robustly
from ncdm.measures.statistics.laws import Bools, CountKind, Floats, Law, RateLaw, ShareLaw
from ncdm.measures.statistics.midp import mid_p
from ncdm.measures.statistics.shrinkage import shrunken_ratios


class GroupState(StrEnum):
    """What can be said of one group."""

    SCORED = "scored"
    BELOW_ACCRUAL = "below_accrual"
    """It has too little data for this KRI to be asked."""
    INSUFFICIENT_INFORMATION = "insufficient_information"
    """Fewer than 5 groups have enough data, so nobody knows what is usual."""
    NO_DENOMINATOR = "no_denominator"
    """Its denominator is 0: the question does not apply."""
    UNKNOWN = "unknown"
    """Its numerator or denominator is not known."""


@dataclass(frozen=True, slots=True)
class Calibrated:
    """The scores of one KRI, one element for each group in the order given; NaN where a value does not exist, and ``state`` says why."""

    kind: CountKind
    metric: Floats
    """Numerator over denominator."""
    state: tuple[GroupState, ...]
    law: Law | None
    """What the groups share; none with fewer than 5 groups to learn from."""
    set_aside: Bools
    """The groups whose first |z| was above 2.5: scored, but the law does not rest on them."""
    expected: Floats
    """The count expected under the law."""
    z: Floats
    p: Floats
    ratio: Floats
    """Shrunken ratio to the study's level, with its 90 % interval; for ranking, also below accrual."""
    ratio_low: Floats
    ratio_high: Floats
    detectable: Detectable | None
    """What could have been noticed; ``None`` when it was not asked for. Without a law: at best, as if healthy groups did not differ."""

    @property
    def detectable_up(self) -> Floats:
        """Smallest ratio above 1 that would be noticed with probability .8."""
        return self._seen.up

    @property
    def detectable_down(self) -> Floats:
        """Largest ratio below 1 that would be noticed with probability .8."""
        return self._seen.down

    @property
    def silence_detectable(self) -> Bools:
        """Whether no event at all would be noticed; where false, silence cannot be detected here."""
        return self._seen.silence

    @property
    def _seen(self) -> Detectable:
        if self.detectable is None:
            raise InvalidQuestion("what could be noticed was not asked for", where="calibrate", todo="leave with_detectable as it is")
        return self.detectable


def calibrate(
    kind: CountKind, numerator: Floats, denominator: Floats, *, accrued: Bools | None = None, with_detectable: bool = True
) -> Calibrated:
    """Score every group of one KRI against the law that most of them follow.

    numerator, denominator: 1-D, one element a group; NaN = unknown. accrued: which groups reach the accrual limit (default: all).
    with_detectable: also what could have been noticed, which takes longer than all the rest; `detectable_ratios` gives it later.
    The law is fitted to the groups at or above accrual; those are scored, outliers too. Refused (`InvalidQuestion`): unequal lengths, negative
    or infinite values, numerators (for a share also denominators) that are not whole, a share's numerator above its denominator.
    Source: measures-and-statistics 4.2.
    """
    numerator, denominator = np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64)
    accrued = np.ones(numerator.shape, dtype=np.bool_) if accrued is None else np.asarray(accrued, dtype=np.bool_)
    _refuse_what_has_no_meaning(kind, numerator, denominator, accrued)
    known = ~(np.isnan(numerator) | np.isnan(denominator))
    asked = known & (np.where(known, denominator, 0.0) > 0.0)
    learned = asked & accrued
    fit = fit_robustly(kind, numerator[learned], denominator[learned])
    z, p, expected, metric, ratio, low, high = (np.full(numerator.shape, np.nan) for _ in range(7))
    metric[asked] = numerator[asked] / denominator[asked]
    set_aside = np.zeros(numerator.shape, dtype=np.bool_)
    if fit is not None:
        scores = mid_p(fit.law, numerator[learned], denominator[learned])
        z[learned], p[learned], set_aside[learned] = scores.z, scores.p, fit.set_aside
        expected[asked] = (fit.law.rate if isinstance(fit.law, RateLaw) else fit.law.share) * denominator[asked]
        shrunken = shrunken_ratios(fit.law, numerator[asked], denominator[asked])
        ratio[asked], low[asked], high[asked] = shrunken.ratio, shrunken.low, shrunken.high
    return Calibrated(
        kind=kind,
        metric=metric,
        state=states_of(known, asked, accrued, fitted=fit is not None),
        law=None if fit is None else fit.law,
        set_aside=set_aside,
        expected=expected,
        z=z,
        p=p,
        ratio=ratio,
        ratio_low=low,
        ratio_high=high,
        detectable=detectable_ratios(kind, None if fit is None else fit.law, numerator, denominator) if with_detectable else None,
    )


def _refuse_what_has_no_meaning(kind: CountKind, numerator: Floats, denominator: Floats, accrued: Bools) -> None:
    if numerator.ndim != 1 or not numerator.shape == denominator.shape == accrued.shape:
        raise InvalidQuestion(
            "numerators, denominators and accrual do not belong together",
            where=f"{numerator.shape}, {denominator.shape}, {accrued.shape}",
            todo="give one of each for every group",
        )
    known = ~(np.isnan(numerator) | np.isnan(denominator))
    x, d = np.where(known, numerator, 0.0), np.where(known, denominator, 0.0)
    share = kind is CountKind.BINARY
    for wrong, what in (
        (~np.isfinite(x) | ~np.isfinite(d) | (x < 0.0) | (d < 0.0), "a numerator or denominator is negative or infinite"),
        (x != np.floor(x), "a numerator is not a whole number, so it is no count"),
        (share & (d != np.floor(d)), "the denominator of a share is not a whole number"),
        (share & (x > d) & (d > 0.0), "the numerator of a share is larger than its denominator"),
    ):
        if np.any(wrong):
            raise InvalidQuestion(
                what,
                where=f"group {int(np.argmax(wrong)) + 1} of {x.size}, {int(np.sum(wrong))} in all",
                todo="correct the counts, or ask for a rate if one unit may count more than once",
            )


def states_of(known: Bools, asked: Bools, accrued: Bools, *, fitted: bool) -> tuple[GroupState, ...]:
    """What can be said of each group: known, with a denominator, with enough of it, and whether anything was there to compare with."""
    enough = GroupState.SCORED if fitted else GroupState.INSUFFICIENT_INFORMATION
    return tuple(
        GroupState.UNKNOWN if not k else GroupState.NO_DENOMINATOR if not a else enough if c else GroupState.BELOW_ACCRUAL
        for k, a, c in zip(known.tolist(), asked.tolist(), accrued.tolist(), strict=True)
    )


def detectable_ratios(kind: CountKind, law: Law | None, numerator: Floats, denominator: Floats) -> Detectable:
    """What could be noticed in each group; without a law at best, around the pooled level.

    Arguments and refusals as `calibrate`; NaN, NaN, false where a count is unknown or a denominator 0. Source: measures-and-statistics 4.2(7).
    """
    asked = ~(np.isnan(numerator) | np.isnan(denominator)) & (denominator > 0.0)
    up, down = np.full(asked.shape, np.nan), np.full(asked.shape, np.nan)
    silence = np.zeros(asked.shape, dtype=np.bool_)
    if np.any(asked):
        pooled = float(np.sum(np.sort(numerator[asked])) / np.sum(np.sort(denominator[asked])))
        best_case: Law = RateLaw(pooled, 0.0) if kind is CountKind.RATE else ShareLaw(pooled, 0.0)
        found = detectable(best_case if law is None else law, denominator[asked])
        up[asked], down[asked], silence[asked] = found.up, found.down, found.silence
    return Detectable(up, down, silence)


__all__ = ["FEWEST_GROUPS", "Calibrated", "GroupState", "calibrate", "detectable_ratios", "states_of"]
