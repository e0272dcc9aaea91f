"""A measure: what it counts, over what, and everything a reader must know to trust it. One file a measure."""

from dataclasses import dataclass
from enum import StrEnum

from ncdm.measures.contribution import Rows


class Worse(StrEnum):
    """Which direction is bad news."""

    HIGH = "high"
    LOW = "low"
    NEITHER = "neither"


class Statistic(StrEnum):
    """What is told of many values."""

    MEDIAN = "median"
    P90 = "90th percentile"
    MAXIMUM = "maximum"
    MEAN = "mean"


def inside(title: str) -> str:
    """A title as it reads inside a sentence: ``Open queries`` is ``open queries``, ``SAE discrepancies`` stays."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What stands beside the number."""

    what: str
    why: str
    formula: str
    source: str
    example: str
    limits: str


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Count:
    """Rows that are counted, or numbers of their cells that are added up.

    ``needs`` names the sheet contracts without which nothing is known: their absence is *unknown*, never zero. A subject that a report
    that is there does not list is a true zero.
    """

    code: str
    title: str
    unit: str
    needs: tuple[str, ...]
    rows: Rows
    definition: Definition
    worse: Worse = Worse.HIGH


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Ratio:
    """Counts over counts: the sums are divided, never the ratios averaged."""

    code: str
    title: str
    unit: str
    over: tuple[Count, ...]
    """The numerator: the sum of these."""
    under: tuple[Count, ...]
    """The denominator: the sum of these."""
    full: tuple[Count, ...] = ()
    """Counts that only a full extract has: a study with a denominator and none of these lists open items only, and its rate is unknown."""
    definition: Definition
    worse: Worse = Worse.HIGH

    @property
    def needs(self) -> tuple[str, ...]:
        """The sheet contracts that all its counts need."""
        return tuple(dict.fromkeys(code for count in (*self.over, *self.under) for code in count.needs))


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Spread:
    """How amounts are spread over the rows of a group, such as the median age of open queries."""

    code: str
    title: str
    unit: str
    needs: tuple[str, ...]
    rows: Rows
    definition: Definition
    statistic: Statistic = Statistic.MEDIAN
    worse: Worse = Worse.HIGH


Measure = Count | Ratio | Spread
