"""An index: several indicators, each against its cap, weighed and taken off 100. One file an index; weights and caps are published."""

from dataclasses import dataclass, replace
from enum import StrEnum

from ncdm.errors import InvalidQuestion
from ncdm.measures.measure import Count, Definition, Spread
from ncdm.measures.statistics.laws import CountKind
from ncdm.measures.value import Level

_ROUNDING = 1e-9


class Dimension(StrEnum):
    """What an indicator is about. Weights are first shared out between these."""

    VISITS = "visits"
    QUERIES = "queries"
    CONFORMANCE = "conformance"
    SAFETY = "safety"


class Per(StrEnum):
    """What an amount is divided by."""

    COUNTS = "counts"
    """Other counts of the same group."""
    SUBJECT = "subject"
    """The subjects of the group: of one subject, the amount itself."""
    GROUP = "group"
    """Nothing: the amount of the whole group, however large the group is."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Counted:
    """Counts over counts, over subjects, or as they are. A count that stands twice in ``over`` counts twice."""

    over: tuple[Count, ...]
    under: tuple[Count, ...] = ()
    per: Per = Per.SUBJECT
    kind: CountKind = CountKind.RATE
    """A share counts some of its denominator; anything else is a rate, also where it mostly stays below 1."""

    def __post_init__(self) -> None:
        if bool(self.under) is not (self.per is Per.COUNTS) or (self.kind is CountKind.BINARY and self.per is not Per.COUNTS):
            raise InvalidQuestion(
                "an indicator has no denominator of its kind", todo="give counts to divide by, or say per subject or group"
            )

    @property
    def needs(self) -> tuple[str, ...]:
        """The sheet contracts that its counts need."""
        return tuple(dict.fromkeys(need for count in (*self.over, *self.under) for need in count.needs))


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Days:
    """Days beyond an allowance: of one subject those of its own rows, of a group the mean over its subjects, or of all rows at once."""

    spread: Spread
    allowance: float = 0.0
    per: Per = Per.SUBJECT

    @property
    def needs(self) -> tuple[str, ...]:
        """The sheet contracts that its days need."""
        return self.spread.needs


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Indicator:
    """One part of an index: what is read, where it is as bad as can be (the cap), and how much that costs (the weight)."""

    code: str
    title: str
    dimension: Dimension
    unit: str
    formula: str
    read: Counted | Days
    cap: float
    """In units of what is read; from here on the whole weight is lost."""
    weight: float
    """Share of 100 points."""

    @property
    def needs(self) -> tuple[str, ...]:
        """The sheet contracts without which it is not known."""
        return self.read.needs


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Ceiling:
    """Something that keeps an index low however good the rest is: any of these rows, and it is at most so much."""

    code: str
    title: str
    counts: tuple[Count, ...]
    at_most: float


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Index:
    """100 less what each indicator costs, under its ceilings.

    Raises:
        InvalidQuestion: weights do not sum to 1, a weight is negative, a cap is not above zero, or a code stands twice.
    """

    code: str
    title: str
    version: int = 1
    indicators: tuple[Indicator, ...]
    ceilings: tuple[Ceiling, ...] = ()
    levels: tuple[Level, ...]
    """Where the formula has a meaning."""
    compared_only: bool = False
    """Shown beside the default for comparison: no interval, nothing shrunken."""
    definition: Definition

    def __post_init__(self) -> None:
        total = sum(one.weight for one in self.indicators)
        if not abs(total - 1.0) < _ROUNDING:
            raise InvalidQuestion(f"the weights sum to {total:g}, not to 1", where=self.code, todo="Let the weights sum to 1.")
        if any(one.weight < 0.0 for one in self.indicators):
            raise InvalidQuestion("a weight is negative", where=self.code, todo="Give weights of 0 or more.")
        if not all(one.cap > 0.0 for one in self.indicators):
            raise InvalidQuestion("a cap is not above zero", where=self.code, todo="Give caps above 0.")
        codes = [*(one.code for one in self.indicators), *(one.code for one in self.ceilings)]
        if len(set(codes)) != len(codes):
            raise InvalidQuestion("a code stands twice", where=self.code, todo="Give each indicator and ceiling its own code.")

    def indicator(self, code: str) -> Indicator:
        """The indicator with this code. Raises `InvalidQuestion`."""
        for one in self.indicators:
            if one.code == code:
                return one
        codes = ", ".join(one.code for one in self.indicators)
        raise InvalidQuestion(f"{self.code} has no indicator {code}", todo=f"Indicators: {codes}.")

    def weight_of(self, dimension: Dimension) -> float:
        """The weight of all indicators of a dimension together."""
        return sum(one.weight for one in self.indicators if one.dimension is dimension)

    def with_each(self, indicators: tuple[Indicator, ...]) -> "Index":
        """The same index with other weights or caps; codes stay."""
        return replace(self, indicators=indicators)
