"""Thresholds, and the flags that scores get from them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ncdm.errors import InvalidQuestion
from ncdm.measures.statistics.accrual import Accrual
from ncdm.measures.statistics.groups import FloatArray, GroupInput, fixed

DEFAULT_FLAGS: dict[int, tuple[int, ...]] = {4: (-2, -1, 0, 1, 2), 2: (0, 1, 2)}
"""Number of thresholds -> the flags between and beyond them, where nobody says others."""
FLAG_ORDER = (2, -2, 1, -1, 0)
"""Worst first, as gsm lists groups; those without a flag come last."""


def parse_thresholds(text: str) -> tuple[float, ...]:
    """Reads numbers between commas, as in ``-2,-1,2,3``, and sorts them.

    Raises:
        InvalidQuestion: something between the commas is no finite number.

    Source: ``ParseThreshold`` of gsm.core 1.1.3; measures-and-statistics 4.1.
    """
    try:
        thresholds = tuple(sorted(float(part) for part in text.split(",")))
    except ValueError:
        thresholds = (math.nan,)
    if not all(map(math.isfinite, thresholds)):
        raise InvalidQuestion(f"{text!r} are no thresholds", where="thresholds", todo="write numbers between commas, as in -2,-1,2,3")
    return thresholds


def parse_flags(text: str) -> tuple[int, ...]:
    """Reads whole numbers between commas, as in ``-2,-1,0,1,2``, and keeps their order.

    Raises:
        InvalidQuestion: something between the commas is no whole number.
    """
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError:
        raise InvalidQuestion(
            f"{text!r} are no flags", where="flags", todo="write whole numbers between commas, as in -2,-1,0,1,2"
        ) from None


@dataclass(frozen=True, slots=True)
class FlagRule:
    """Rising thresholds, one flag more than thresholds, and perhaps an accrual limit.

    Raises:
        InvalidQuestion: thresholds are not finite and strictly rising, or the flags are not one more.
    """

    thresholds: tuple[float, ...]
    flags: tuple[int, ...]
    accrual: Accrual | None = None

    def __post_init__(self) -> None:
        rising = all(low < high for low, high in zip(self.thresholds, self.thresholds[1:], strict=False))
        if not (self.thresholds and rising and all(map(math.isfinite, self.thresholds))):
            raise InvalidQuestion("thresholds do not rise", where="thresholds", todo="give each once, from low to high")
        if len(self.flags) != len(self.thresholds) + 1:
            raise InvalidQuestion(
                f"{len(self.flags)} flags for {len(self.thresholds)} thresholds", where="flags", todo="give one flag more than thresholds"
            )


def flag_rule(thresholds: str | Sequence[float], flags: str | Sequence[int] | None = None, accrual: Accrual | None = None) -> FlagRule:
    """Makes a rule from thresholds in any order, with the default flags for four (-2 to 2) or two (0, 1, 2) thresholds.

    Raises:
        InvalidQuestion: thresholds or flags are not as `FlagRule` wants them, or flags are left out and there is no default.
    """
    limits = parse_thresholds(thresholds) if isinstance(thresholds, str) else tuple(sorted(map(float, thresholds)))
    if flags is None:
        if len(limits) not in DEFAULT_FLAGS:
            raise InvalidQuestion(
                f"no default flags for {len(limits)} thresholds", where="flags", todo="say the flags, or give 2 or 4 thresholds"
            )
        return FlagRule(limits, DEFAULT_FLAGS[len(limits)], accrual)
    return FlagRule(limits, parse_flags(flags) if isinstance(flags, str) else tuple(flags), accrual)


def flags_by_sign(thresholds: Sequence[float]) -> tuple[int, ...]:
    """The flags that people expect of thresholds when they say none, for any number of them, from low to high.

    Four give -2 to 2, which is what gsm takes. Of any other number each negative threshold is a step down from 0 and each other one a step
    up: 2,3 are 0,1,2; -5,5 are -1,0,1; -2 alone is -1,0.
    """
    if len(thresholds) in DEFAULT_FLAGS and len(thresholds) > 2:  # noqa: PLR2004 - two may lie on either side
        return DEFAULT_FLAGS[len(thresholds)]
    below = sum(threshold < 0 for threshold in thresholds)
    return tuple(range(-below, len(thresholds) - below + 1))


NORMAL_RULE = flag_rule((-3, -2, 2, 3))
POISSON_RULE = flag_rule((-7, -5, 5, 7))
FISHER_RULE = flag_rule((0.01, 0.05), (2, 1, 0))


def flags_of(score: FloatArray, rule: FlagRule) -> FloatArray:
    """The flag of each score by its thresholds alone; a score on a threshold belongs above it, NaN stays NaN.

    Source: ``Flag`` of gsm.core 1.1.3, which gives a score of plus infinity no flag where this gives the highest; measures-and-statistics 4.1.
    """
    flags = np.array(rule.flags, dtype=np.float64)[np.searchsorted(rule.thresholds, score, side="right")]
    return fixed(np.where(np.isnan(score), np.nan, flags))


@dataclass(frozen=True, slots=True, eq=False)
class Flagged:
    """Scores and flags of groups, in the order of the groups; NaN below the accrual limit."""

    groups: GroupInput
    rule: FlagRule
    score: FloatArray
    flag: FloatArray
    score_before_accrual: FloatArray
    """The score of every group, so that another accrual limit needs no new scores."""

    @property
    def flag_or_none(self) -> tuple[int | None, ...]:
        """The flags as whole numbers, ``None`` where there is none."""
        return tuple(None if math.isnan(flag) else int(flag) for flag in self.flag)


def flag(groups: GroupInput, score: FloatArray, rule: FlagRule = NORMAL_RULE) -> Flagged:
    """Flags each group by its score, then withdraws score and flag of groups below the accrual limit.

    ``score`` has one value a group, in the order of the groups; a new rule on stored scores gives what a new run would give.

    Raises:
        InvalidQuestion: there is not one score a group.

    Source: ``Flag`` and ``Flag_Accrual`` of gsm.core 1.1.3; measures-and-statistics 4.1.
    """
    scores = fixed(score)
    if scores.shape != (len(groups),):
        raise InvalidQuestion(f"{scores.size} scores for {len(groups)} groups", where="score", todo="give one score a group")
    flags = flags_of(scores, rule)
    enough = np.ones(len(groups), np.bool_) if rule.accrual is None else rule.accrual.reached(groups)
    return Flagged(groups, rule, fixed(np.where(enough, scores, np.nan)), fixed(np.where(enough, flags, np.nan)), scores)


def listing_order(flagged: Flagged) -> NDArray[np.intp]:
    """Positions of the groups in the order in which gsm lists them: 2, -2, 1, -1, 0, no flag, and by rising score within a flag.

    With flags other than these five gsm lists by score alone. Equal scores stay in the order of the groups.

    Source: ``vFlagOrder`` of ``Flag`` in gsm.core 1.1.3; measures-and-statistics 4.1.
    """
    by_score = np.argsort(flagged.score_before_accrual, kind="stable")
    if sorted(flagged.rule.flags) != sorted(FLAG_ORDER):
        return by_score
    place = {float(value): position for position, value in enumerate(FLAG_ORDER)}
    places = np.array([place.get(float(value), len(FLAG_ORDER)) for value in flagged.flag], dtype=np.intp)
    return by_score[np.argsort(places[by_score], kind="stable")]
