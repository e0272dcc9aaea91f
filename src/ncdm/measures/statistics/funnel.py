"""Funnel scores that allow for more spread between groups than chance alone gives.

The between-group variance of DerSimonian and Laird is *added* to each group's own variance. The multiplicative
score is given beside it, not instead of it: where the groups vary less than chance (phi below 1) it is inflated.

Source: Spiegelhalter 2005 (Statistics in Medicine 24), FunnelPlotR 0.6.0; measures-and-statistics 4.4.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ncdm.errors import InvalidQuestion

Floats = NDArray[np.float64]


class Transform(StrEnum):
    """The scale on which a funnel is symmetric."""

    LOG_RATIO = "log_ratio"
    """Observed / expected, logarithm; the tails are cut off before the spread is measured (SHMI)."""
    SQRT_RATIO = "sqrt_ratio"
    """Observed / expected, square root; the tails are pulled in (CQC)."""
    ARCSINE = "arcsine"
    """Events / subjects, arcsine of the square root, about the pooled proportion; the tails are pulled in."""


class Dispersion(StrEnum):
    """What could be said about the spread between groups."""

    ESTIMATED = "estimated"
    NONE_FOUND = "none_found"
    """The groups vary no more than chance gives: tau2 is a true zero."""
    TOO_FEW_GROUPS = "too_few_groups"
    """Fewer than two groups are left: phi may exist, tau2 does not."""
    NO_LOGARITHM = "no_logarithm"
    """A group without events is among those that measure the spread; its log ratio is minus infinity. The square root has no such gap."""


@dataclass(frozen=True, slots=True)
class Funnel:
    """The scores of every group and the spread between them; arrays have one entry per group, in the order given.

    ``value``, ``target`` and ``error`` (the standard error) are on the transformed scale. NaN: the group has no denominator or an
    unknown count; or, for ``adjusted`` and ``multiplicative``, the spread could not be estimated (``dispersion`` says why).
    """

    transform: Transform
    value: Floats
    target: float
    error: Floats
    z: Floats
    trimmed: Floats
    """z after cutting (NaN = cut) or pulling in the tails; what phi is made of."""
    used: int
    phi: float
    tau2: float
    dispersion: Dispersion
    adjusted: Floats
    """(value - target) / sqrt(error^2 + tau2): the score to read."""
    multiplicative: Floats
    """z / sqrt(phi), for comparison; 0 where phi is 0."""


def funnel(numerator: ArrayLike, denominator: ArrayLike, transform: Transform, *, trim: float = 0.1) -> Funnel:
    """Scores each group against the target, allowing for the spread there is between groups anyway.

    ``numerator`` observed events, shape (n,); ``denominator`` expected events (ratios) or subjects (proportion), shape (n,);
    ``trim`` the share of groups treated as a tail at either end. Groups whose denominator is 0 or unknown take no part.
    Unlike FunnelPlotR, which rounds expected events to two decimals for the log ratio, nothing is rounded.

    Raises ``InvalidQuestion`` for negative counts, more events than subjects in a proportion, or a trim outside [0, 0.5).
    Source: FunnelPlotR 0.6.0 ``transformed_zscore``, ``truncation``, ``winsorisation``, ``tau_func``; measures-and-statistics 4.4.
    """
    observed, base = _counts(numerator, denominator, transform)
    if not 0 <= trim < 0.5:  # noqa: PLR2004
        raise InvalidQuestion(f"a trim of {trim:g} leaves no group", todo="give a share from 0 up to, not including, 0.5")
    value, target, error = _transformed(observed, base, transform)
    z = np.sqrt(base) * value if transform is Transform.LOG_RATIO else (value - target) / error
    trimmed = truncated(z, trim) if transform is Transform.LOG_RATIO else winsorised(z, trim)
    kept = ~np.isnan(trimmed)
    phi, tau2, dispersion = _spread(trimmed[kept], error[kept])
    adjusted = (value - target) / np.sqrt(error**2 + tau2)
    multiplicative = np.where(np.isnan(z), np.nan, 0.0) if phi == 0 else z / np.sqrt(phi)
    return Funnel(transform, value, target, error, z, trimmed, int(kept.sum()), phi, tau2, dispersion, adjusted, multiplicative)


def truncated(z: Floats, trim: float = 0.1) -> Floats:
    """Cuts off the tails: NaN for a score whose tenth, by average rank, is the first or the last.

    A score of rank r among n is kept if 0 < floor(r / trim / (n + 1)) < 1 / trim - 1. Shape (n,) in and out; NaN has no rank.
    Source: FunnelPlotR 0.6.0 ``truncation``; measures-and-statistics 4.4.
    """
    known = ~np.isnan(z)
    if trim == 0:
        return z.copy()
    parts = 1 / trim
    scores = z[known]
    ordered = np.sort(scores)
    # The average rank of a tie: half-way between the first and the last place it holds.
    rank = (np.searchsorted(ordered, scores, side="left") + 1 + np.searchsorted(ordered, scores, side="right")) / 2
    part = np.floor(rank * parts / (scores.size + 1))
    out = np.full_like(z, np.nan)
    out[known] = np.where((part > 0) & (part < parts - 1), scores, np.nan)
    return out


def winsorised(z: Floats, trim: float = 0.1) -> Floats:
    """Pulls the tails in to the ``trim`` and ``1 - trim`` quantiles (R's type 7). Shape (n,) in and out; NaN stays NaN.

    Source: FunnelPlotR 0.6.0 ``winsorisation``; measures-and-statistics 4.4.
    """
    known = z[~np.isnan(z)]
    if not known.size:
        return z.copy()
    low, high = np.quantile(known, [trim, 1 - trim])
    return np.clip(z, low, high)


def _counts(numerator: ArrayLike, denominator: ArrayLike, transform: Transform) -> tuple[Floats, Floats]:
    """Both counts as floats; NaN in both where a group takes no part."""
    observed, base = np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64)
    if observed.ndim != 1 or observed.shape != base.shape:
        raise InvalidQuestion(f"shapes {observed.shape} and {base.shape} are not one list of groups", todo="give two arrays of one length")
    if np.any(observed < 0) or np.any(base < 0) or np.any(np.isinf(observed)) or np.any(np.isinf(base)):
        raise InvalidQuestion("a count is negative or infinite", todo="correct the counts, or leave the group out")
    if transform is Transform.ARCSINE and np.any((observed > base) & (base > 0)):
        raise InvalidQuestion("a proportion has more events than subjects", todo="use a ratio of observed to expected")
    takes_part = (base > 0) & ~np.isnan(observed)
    return np.where(takes_part, observed, np.nan), np.where(takes_part, base, np.nan)


def _transformed(observed: Floats, base: Floats, transform: Transform) -> tuple[Floats, float, Floats]:
    """Value, target and standard error on the scale of the transform."""
    match transform:
        case Transform.LOG_RATIO:
            with np.errstate(divide="ignore"):  # no event: minus infinity is the answer, and is looked for later
                return np.log(observed / base), 0.0, 1 / np.sqrt(base)
        case Transform.SQRT_RATIO:
            return np.sqrt(observed / base), 1.0, 1 / (2 * np.sqrt(base))
        case Transform.ARCSINE:
            subjects = _total(base)
            target = float(np.arcsin(np.sqrt(_total(observed) / subjects))) if subjects > 0 else np.nan
            return np.arcsin(np.sqrt(observed / base)), target, 1 / (2 * np.sqrt(base))


def _spread(z: Floats, error: Floats) -> tuple[float, float, Dispersion]:
    """The phi and tau2 (DerSimonian and Laird) of the groups that measure them."""
    m = z.size
    if not np.all(np.isfinite(z)):
        return np.nan, np.nan, Dispersion.NO_LOGARITHM
    phi = _total(z**2) / m if m else np.nan
    if m < 2:  # noqa: PLR2004
        return phi, np.nan, Dispersion.TOO_FEW_GROUPS
    excess = m * phi - (m - 1)
    if excess <= 0:
        return phi, 0.0, Dispersion.NONE_FOUND
    weight = 1 / error**2
    return phi, excess / (_total(weight) - _total(weight**2) / _total(weight)), Dispersion.ESTIMATED


def _total(amounts: Floats) -> float:
    """The sum of what is known, in order of size, so that the order of the groups does not show in the last digit."""
    return float(np.sum(np.sort(amounts[~np.isnan(amounts)])))
