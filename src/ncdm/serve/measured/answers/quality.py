"""Answers about the data quality index."""

from datetime import date

from pydantic.dataclasses import dataclass

from ncdm.measures.index import Dimension
from ncdm.measures.quality.bands import Band
from ncdm.measures.value import Level, State
from ncdm.serve.answers import TOLD, Answer
from ncdm.serve.measured.answers.values import Place


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Missing(Answer):
    """An indicator or ceiling that is not known."""

    code: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class QualityValue(Answer):
    """The index of one group."""

    place: Place
    subjects: int
    value: float | None
    """``null`` where it is not computable; then it lies between ``worst`` and ``best``."""
    uncapped: float | None
    worst: float
    best: float
    band: Band | None
    settled: bool | None
    """Whether the whole interval lies in the band."""
    ceiling: str | None
    at_most: float | None
    ceiling_effect: float | None
    shrunken: float | None
    """Pulled toward the study as far as own data are few; ranks are by this."""
    interval: tuple[float, float] | None
    """90 %."""
    rank: int | None
    """1 is the lowest of the study: where to look first."""
    rank_range: tuple[int, int] | None
    """When each top weight moves by a quarter."""
    ranked: int | None
    missing: tuple[Missing, ...]
    as_of: date | None


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Step(Answer):
    """What one indicator takes off."""

    code: str
    title: str
    dimension: Dimension
    formula: str
    unit: str
    value: float | None
    numerator: float | None
    denominator: float | None
    cap: float
    weight: float
    points: float | None
    """``null`` where it is not known."""
    most: float
    """The most that it can take off."""
    state: State
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Waterfall(Answer):
    """100 less the points of all steps less the effect of the ceiling is the index, to the last digit."""

    index: str
    title: str
    version: int
    formula: str
    value: QualityValue
    ceiling_code: str | None
    """The part of the index whose rows make the ceiling."""
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Quality(Answer):
    """The index of every group of a level of a study."""

    index: str
    title: str
    level: Level
    values: tuple[QualityValue, ...]
