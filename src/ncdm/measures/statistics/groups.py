"""Groups with a numerator and a denominator, and how rows become them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ncdm.errors import InvalidQuestion

FloatArray = NDArray[np.float64]
"""One value a group, in double precision; NaN where there is none."""
BoolArray = NDArray[np.bool_]

SITE = "Site"
"""The level groups have when nobody says another."""


def fixed(values: ArrayLike) -> FloatArray:
    """A private copy of the values that nobody can change."""
    copy = np.array(values, dtype=np.float64)
    copy.flags.writeable = False
    return copy


@dataclass(frozen=True, slots=True, eq=False)
class GroupInput:
    """Sites or countries, each with a numerator and a denominator above zero: what every score takes.

    All fields have one entry a group, in one order, which every result keeps. A group without a usable denominator cannot be in here;
    ``transform_rate`` sets such groups aside and names them.

    Raises:
        InvalidQuestion: lengths differ, a group stands twice, a value is not finite, or a denominator is not above zero.
    """

    group_id: tuple[str, ...]
    numerator: FloatArray
    denominator: FloatArray
    group_level: tuple[str, ...] = ()
    """Site, Country or another; all `SITE` when left out."""

    def __post_init__(self) -> None:
        numerator, denominator = fixed(self.numerator), fixed(self.denominator)
        levels = self.group_level or (SITE,) * len(self.group_id)
        if not (numerator.shape == denominator.shape == (len(self.group_id),) == (len(levels),)):
            raise InvalidQuestion("groups, levels, numerators and denominators differ in number", todo="give one of each a group")
        if len(set(zip(levels, self.group_id, strict=True))) != len(levels):
            raise InvalidQuestion("a group stands twice", todo="add its rows up first, for instance with transform_rate")
        if not (np.isfinite(numerator).all() and np.isfinite(denominator).all() and (denominator > 0).all()):
            raise InvalidQuestion("a group has no finite numerator or no denominator above zero", todo="build groups with transform_rate")
        object.__setattr__(self, "numerator", numerator)
        object.__setattr__(self, "denominator", denominator)
        object.__setattr__(self, "group_level", levels)

    def __len__(self) -> int:
        return len(self.group_id)

    @property
    def metric(self) -> FloatArray:
        """Numerator over denominator, one value a group."""
        return self.numerator / self.denominator

    @property
    def total_numerator(self) -> float:
        """The sum of all numerators, the same in whatever order they stand."""
        return math.fsum(self.numerator)

    @property
    def total_denominator(self) -> float:
        """The sum of all denominators, the same in whatever order they stand."""
        return math.fsum(self.denominator)

    @property
    def overall_metric(self) -> float:
        """Sum of numerators over sum of denominators; NaN when there is no group."""
        return self.total_numerator / self.total_denominator if len(self) else math.nan


@dataclass(frozen=True, slots=True, eq=False)
class Transformed:
    """Groups that can be scored, and what was set aside on the way."""

    groups: GroupInput
    without_denominator: tuple[tuple[str, str], ...]
    """(level, id) of each group whose metric would be NaN or infinite. They never enter an overall figure."""
    rows_without_group: int
    """How many rows named no group."""


def _numbers(values: ArrayLike, name: str, rows: int) -> FloatArray:
    numbers = np.asarray(values, dtype=np.float64)
    if numbers.shape != (rows,):
        raise InvalidQuestion(f"{numbers.size} values of {name} for {rows} rows", where=name, todo="give one value a row")
    unusable = np.flatnonzero(~np.isfinite(numbers))
    if unusable.size:
        raise InvalidQuestion(
            f"{unusable.size} of {rows} values are missing or infinite", where=name, todo="leave these rows out or mend them"
        )
    return numbers


def transform_rate(
    group_id: Sequence[str | None],
    numerator: ArrayLike,
    denominator: ArrayLike,
    group_level: str | Sequence[str] = SITE,
) -> Transformed:
    """Adds rows up by group, and sets aside the groups that have no denominator.

    Arguments have one entry a row; several rows may name one group, and a group is its level and its id. Groups come out in the order of
    id, then level. Sums do not depend on the order of rows. A group is set aside when its metric would be NaN (0/0) or infinite (n/0):
    it never enters an overall figure. Rows without a group are counted and left out.

    Raises:
        InvalidQuestion: lengths differ, a numerator or denominator is NaN or infinite, or a group's denominator is below zero.

    Source: ``Transform_Rate`` of gsm.core 1.1.3; measures-and-statistics 4.1.
    """
    rows = len(group_id)
    levels = (group_level,) * rows if isinstance(group_level, str) else tuple(group_level)
    if len(levels) != rows:
        raise InvalidQuestion(f"{len(levels)} levels for {rows} rows", where="group_level", todo="give one level a row, or one for all")
    numbers = (_numbers(numerator, "numerator", rows), _numbers(denominator, "denominator", rows))
    members: dict[tuple[str, str], list[int]] = {}
    for row, (group, level) in enumerate(zip(group_id, levels, strict=True)):
        if group is not None:
            members.setdefault((group, level), []).append(row)
    kept: list[tuple[str, str, float, float]] = []
    aside: list[tuple[str, str]] = []
    for (group, level), found in sorted(members.items()):
        top, below = (math.fsum(values[found]) for values in numbers)
        if below < 0:
            raise InvalidQuestion(f"the denominator of {level} {group} is below zero", where="denominator", todo="mend its rows")
        if below == 0 or not math.isfinite(top / below):
            aside.append((level, group))
        else:
            kept.append((group, level, top, below))
    groups = GroupInput(
        tuple(group for group, *_ in kept),
        fixed([top for *_, top, _ in kept]),
        fixed([below for *_, below in kept]),
        tuple(level for _, level, *_ in kept),
    )
    return Transformed(groups, tuple(aside), rows - sum(map(len, members.values())))
