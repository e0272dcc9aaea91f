"""A key risk indicator: which counts it divides, what chance law they follow, and when a group differs enough to be flagged.

One file an indicator. The same declaration serves both modes: gsm's thresholds on gsm's scores, and the calibrated flags.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from ncdm.measures.measure import Count, Definition, Spread
from ncdm.measures.statistics import Accrual, AccrualMetric, CountKind, Direction, FlagRule, flag_rule

HIGH_RULE = flag_rule((2, 3))
"""gsm's thresholds where only the high side is a risk: 0, 1, 2."""
BOTH_RULE = flag_rule((-3, -2, 2, 3))
"""gsm's thresholds where both sides are."""


class Accumulation(StrEnum):
    """What a count is over snapshots."""

    CUMULATIVE = "cumulative"
    """It only grows: its increments can be followed."""
    STOCK = "stock"
    """It rises and falls: only how long a flag stands can be followed."""


@dataclass(frozen=True, slots=True)
class FixedLimits:
    """Limits on the metric itself that people agreed on, shown beside the statistical flag; they never replace it."""

    amber: float
    red: float

    def grade(self, metric: float) -> int:
        """0 below amber, 1 from amber on, 2 from red on."""
        return int(metric >= self.amber) + int(metric >= self.red)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Kri:
    """A key risk indicator of sites and countries."""

    code: str
    title: str
    unit: str
    over: tuple[Count, ...]
    """The numerator: the sum of these."""
    under: tuple[Count, ...]
    """The denominator: the sum of these."""
    full: tuple[Count, ...] = ()
    """Counts that only a full extract has; a study with a denominator and none of these lists open items only, and its share is unknown."""
    kind: CountKind
    accrual: Accrual
    direction: Direction = Direction.HIGH
    accumulation: Accumulation = Accumulation.STOCK
    weights: Mapping[int, float] = field(default_factory=lambda: MappingProxyType({}))
    """Flag -> weight in the site risk score; none for an indicator that is no risk of the site, or that stands beside another."""
    fixed: FixedLimits | None = None
    beside: tuple[Spread, ...] = ()
    """What is shown beside it, such as ages."""
    definition: Definition

    @property
    def needs(self) -> tuple[str, ...]:
        """The sheet contracts that all its counts need."""
        return tuple(dict.fromkeys(code for count in (*self.over, *self.under) for code in count.needs))

    @property
    def rule(self) -> FlagRule:
        """Gsm's thresholds and flags for a z score, with the accrual limit."""
        of_side = HIGH_RULE if self.direction is Direction.HIGH else BOTH_RULE
        return FlagRule(of_side.thresholds, of_side.flags, self.accrual)


def denominator_of(limit: float) -> Accrual:
    """At least so much in the denominator."""
    return Accrual(AccrualMetric.DENOMINATOR, limit)


def weighted(*weights: float) -> Mapping[int, float]:
    """Weights of the flags 0, 1, 2, or of -2 to 2."""
    low = 0 if len(weights) == len(HIGH_RULE.flags) else -2
    return MappingProxyType(dict(enumerate(weights, start=low)))
