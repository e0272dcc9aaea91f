"""Answers about key risk indicators."""

from datetime import date

from pydantic.dataclasses import dataclass

from ncdm.measures.signals import SignalState
from ncdm.measures.value import Level
from ncdm.serve.answers import TOLD, Answer
from ncdm.serve.measured.answers.definitions import Definition
from ncdm.serve.measured.answers.values import Place


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Kri(Answer):
    """One indicator over the groups of a study."""

    code: str
    title: str
    unit: str
    denominator_unit: str
    """What the denominator counts: "visits"."""
    kind: str
    direction: str
    accrual: str
    overall: float | None
    """The level of the study; ``null`` where nobody can say what is usual."""
    red: int
    amber: int
    expected_false: float
    """Flags that chance alone would raise if every group were healthy."""
    scored: int
    """Groups with a score."""
    silent: str | None
    """Why no group has one."""
    unplaced: tuple[float, float]
    """Numerator and denominator of rows that name no group."""


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Signal(Answer):
    """One group by one indicator."""

    numerator: float | None
    denominator: float | None
    metric: float | None
    expected: float | None
    score: float | None
    flag: int | None
    """-2 to 2."""
    fixed: int | None
    """0, 1, 2 by the fixed limits that people agreed on; ``null`` where there are none."""
    p: float | None
    q: float | None
    ratio: float | None
    """Shrunken, to the level of the study; for ranking only."""
    interval: tuple[float, float] | None
    """90 %, of the ratio."""
    state: SignalState
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class SignalGroup(Answer):
    """What the indicators of one group add up to."""

    place: Place
    subjects: int
    red: int
    amber: int
    risk: float | None
    """The site risk score, 0 to 100."""
    composite: float | None
    """One p from all its indicators, by the Cauchy combination."""
    signals: tuple[Signal, ...]
    """In the order of ``kris``."""


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Signals(Answer):
    """All indicators over the sites or countries of a study."""

    level: Level
    method: str
    kris: tuple[Kri, ...]
    groups: tuple[SignalGroup, ...]
    flagged: int
    """Groups with a flag of an indicator that is a risk of the site."""
    expected_false: float


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Detectable(Answer):
    """How far a group would have to depart from the study to be noticed, four times in five."""

    up: float | None
    down: float | None
    silence: bool | None
    """Whether complete silence would be noticed."""


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class KriGroup(Answer):
    """One group on the page of an indicator."""

    place: Place
    subjects: int
    signal: Signal
    detectable: Detectable
    history: tuple[int | None, ...]
    """Its flag at each of ``days``; ``null`` without a score."""
    metrics: tuple[float | None, ...]
    """Its metric at each of ``days``."""


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Bound(Answer):
    """One line of the funnel: where a group of this denominator would just reach this score."""

    score: float
    denominators: tuple[float, ...]
    metrics: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class KriDetail(Answer):
    """One indicator with everything that its page draws."""

    kri: Kri
    definition: Definition
    level: Level
    method: str
    groups: tuple[KriGroup, ...]
    bounds: tuple[Bound, ...]
    days: tuple[date, ...]
    """As-of days of the snapshots that can be compared, oldest first."""
