"""Whether a group has seen enough to be judged."""

import math
import re
from dataclasses import dataclass
from enum import StrEnum

from ncdm.errors import InvalidQuestion
from ncdm.measures.statistics.groups import BoolArray, FloatArray, GroupInput


class AccrualMetric(StrEnum):
    """What must have accrued."""

    NUMERATOR = "Numerator"
    DENOMINATOR = "Denominator"
    DIFFERENCE = "Difference"
    """Denominator minus numerator."""


_NAMES = {
    "numerator": AccrualMetric.NUMERATOR,
    "n": AccrualMetric.NUMERATOR,
    "denominator": AccrualMetric.DENOMINATOR,
    "d": AccrualMetric.DENOMINATOR,
    "difference": AccrualMetric.DIFFERENCE,
    "d-n": AccrualMetric.DIFFERENCE,
    "denominator-numerator": AccrualMetric.DIFFERENCE,
}
_EXPRESSION = re.compile(r"(?P<name>[a-z-]+)>=(?P<limit>[-+.\de]+)")


@dataclass(frozen=True, slots=True)
class Accrual:
    """The least a group must have; with less, its score and flag are unknown. ``str`` gives the expression that reads back."""

    metric: AccrualMetric
    limit: float

    def __post_init__(self) -> None:
        if not math.isfinite(self.limit):
            raise InvalidQuestion("an accrual limit must be a number", where="accrual", todo="give one, as in Denominator>=30")

    def __str__(self) -> str:
        return f"{self.metric}>={self.limit:.17g}"

    def reached(self, groups: GroupInput) -> BoolArray:
        """Which groups have enough."""
        amounts: dict[AccrualMetric, FloatArray] = {
            AccrualMetric.NUMERATOR: groups.numerator,
            AccrualMetric.DENOMINATOR: groups.denominator,
            AccrualMetric.DIFFERENCE: groups.denominator - groups.numerator,
        }
        return amounts[self.metric] >= self.limit


def parse_accrual(expression: str) -> Accrual:
    """Reads ``Denominator>=30``, ``Numerator>=3`` or ``Difference>=3``; also N, D and D-N, in any case and spacing.

    Raises:
        InvalidQuestion: the text is anything else.

    Source: ``strAccrualMetric`` and ``nAccrualThreshold`` of gsm.core 1.1.3; measures-and-statistics 4.1.
    """
    found = _EXPRESSION.fullmatch("".join(expression.lower().split()))
    try:
        if found is not None:
            return Accrual(_NAMES[found["name"]], float(found["limit"]))
    except (KeyError, ValueError):
        pass
    raise InvalidQuestion(
        f"{expression!r} is no accrual limit", where="accrual", todo="write Numerator, Denominator or Difference, >=, a number"
    )
