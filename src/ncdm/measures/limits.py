"""From where on a group is flagged, as a person sets it: amber, red, and how much data a group needs to be asked."""

import math
from dataclasses import dataclass

from ncdm.errors import InvalidQuestion
from ncdm.measures.statistics import Accrual, Direction, FlagRule, flag_rule


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes of a score, on whichever side is a risk of the indicator.

    Raises:
        InvalidQuestion: they do not rise from above 0, or one is no number.
    """

    amber: float
    red: float
    accrual: Accrual | None = None
    """``None`` leaves the indicator its own."""

    def __post_init__(self) -> None:
        if not (math.isfinite(self.amber) and math.isfinite(self.red) and 0 < self.amber < self.red):
            raise InvalidQuestion(
                f"the thresholds {self.amber:g} and {self.red:g} do not rise",
                where="thresholds",
                todo="Give amber above 0 and red above amber, as in 2 and 3.",
            )
        if self.accrual is not None and self.accrual.limit < 0:
            raise InvalidQuestion(f"an accrual limit of {self.accrual.limit:g} is below 0", where="accrual", todo="Give 0 or more.")

    def rule(self, direction: Direction) -> FlagRule:
        """The same as gsm's thresholds and flags, on the sides of an indicator."""
        if direction is Direction.HIGH:
            return flag_rule((self.amber, self.red))
        if direction is Direction.LOW:
            return flag_rule((-self.red, -self.amber), (-2, -1, 0))
        return flag_rule((-self.red, -self.amber, self.amber, self.red))
