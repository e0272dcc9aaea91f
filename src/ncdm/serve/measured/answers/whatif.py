"""Answers about what-if: what holds, what would hold under a change, and the versions that were saved."""

from datetime import datetime

from pydantic.dataclasses import dataclass

from ncdm.measures.index import Dimension
from ncdm.measures.quality.bands import Band
from ncdm.measures.readiness import Answer as Ready
from ncdm.serve.answers import TOLD, Answer
from ncdm.serve.measured.answers.clean import Milestone, Named, Standing
from ncdm.serve.measured.answers.quality import QualityValue
from ncdm.serve.measured.answers.values import Place


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class KriPlan(Answer):
    """From where on an indicator is flagged."""

    code: str
    title: str
    unit: str
    direction: str
    amber: float
    """Size of the score, on the sides that are a risk."""
    red: float
    accrual: float
    """The least a group must have to be asked."""
    accrual_of: str
    """What of: Numerator, Denominator or Difference."""


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class IndexPlan(Answer):
    """What one indicator of the Data Quality Index may cost."""

    code: str
    title: str
    dimension: Dimension
    unit: str
    weight: float
    """Share of the 100 points."""
    cap: float
    """From here on the whole weight is lost."""


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class TargetPlan(Answer):
    """The share of a population that must be clean."""

    code: str
    title: str
    target: float


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Plan(Answer):
    """Everything that is published and can be changed."""

    kris: tuple[KriPlan, ...]
    index: tuple[IndexPlan, ...]
    milestones: tuple[Milestone, ...]
    """The last one is the sponsor's own; it starts as database lock."""
    criteria: tuple[Named, ...]
    targets: tuple[TargetPlan, ...]
    config_hash: str


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class ChangedLimits(Answer):
    """Thresholds of one indicator."""

    amber: float
    red: float
    accrual: float | None
    """``null`` leaves the published limit."""


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Change(Answer):
    """What differs from what is published; everything else stays."""

    limits: dict[str, ChangedLimits]
    weights: dict[str, float]
    """Dimension or indicator of the index -> share; the others share the rest."""
    caps: dict[str, float]
    gates: dict[str, tuple[str, ...]]
    """Milestone -> criteria that must pass."""
    targets: dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class FlagCount(Answer):
    """One indicator under one plan."""

    amber_from: float
    red_from: float
    accrual: float
    red: int
    amber: int
    scored: int
    """Sites with a score."""
    expected_false: float
    """Flags that chance alone would raise if every site were healthy."""


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class FlagMove(Answer):
    """A site whose flag is another; ``null`` is no score."""

    place: Place
    score_before: float | None
    score_after: float | None
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class KriMove(Answer):
    """One indicator before and after."""

    code: str
    title: str
    site_risk: bool
    """Whether its flags count for the site."""
    before: FlagCount
    after: FlagCount
    moved: tuple[FlagMove, ...]


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class FlagTotals(Answer):
    """All indicators that are a risk of the site, together."""

    red: int
    amber: int
    sites: int
    """Sites with a flag."""
    expected_false: float


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class StratumMove(Answer):
    """The subjects of one status."""

    status: str | None
    before: Standing
    after: Standing


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class WorkMove(Answer):
    """Items in the way of the gates that wait for one owner."""

    owner: str
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class ReadyMove(Answer):
    """Whether one population is ready."""

    code: str
    title: str
    target_before: float
    target_after: float
    before: Ready
    after: Ready
    why: str
    """Of the answer after."""


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class WeightMove(Answer):
    """What one indicator of the index may cost."""

    code: str
    title: str
    dimension: Dimension
    weight_before: float
    weight_after: float
    cap_before: float
    cap_after: float


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class SiteIndex(Answer):
    """The index of one site under one plan."""

    value: float | None
    band: Band | None
    rank: int | None


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class SiteIndexMove(Answer):
    """The index of one site before and after."""

    place: Place
    before: SiteIndex
    after: SiteIndex


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class WhatIf(Answer):
    """A study as it stands, and as it would under a change. Nothing is stored, and nothing is measured again."""

    change: Change
    config_hash: str
    base_hash: str
    """Of what is published."""
    milestone: Milestone
    gates_before: tuple[str, ...]
    flags_before: FlagTotals
    flags_after: FlagTotals
    newly_flagged: tuple[str, ...]
    """Sites."""
    cleared: tuple[str, ...]
    """Sites that are still asked and have no flag any more."""
    silenced: tuple[str, ...]
    """Sites without a flag any more only because they have too little data to be asked."""
    kris: tuple[KriMove, ...]
    clean_before: Standing
    clean_after: Standing
    one_step_before: int
    one_step_after: int
    becomes_clean: tuple[str, ...]
    """Subjects."""
    no_longer_clean: tuple[str, ...]
    strata: tuple[StratumMove, ...]
    work: tuple[WorkMove, ...]
    readiness: tuple[ReadyMove, ...]
    quality_before: QualityValue
    quality_after: QualityValue
    weights: tuple[WeightMove, ...]
    sites: tuple[SiteIndexMove, ...]


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class SavedVersion(Answer):
    """A change that somebody kept, with the reason. It is never changed."""

    number: int
    saved_at: datetime
    author: str
    """As written; nobody was asked to prove it."""
    reason: str
    milestone: str
    change: Change
    config_hash: str
    """Of everything that held under it when it was saved."""
    still_the_same: bool
    """Whether it comes to the same today, or what is published has changed since."""
    snapshot: int
    software: str
