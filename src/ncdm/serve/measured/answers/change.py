"""Answers about change over snapshots, the forecast, and a study in a line."""

from datetime import date

from pydantic.dataclasses import dataclass

from ncdm.measures.history.standing_flags import FlagChange
from ncdm.measures.history.trend import Direction
from ncdm.measures.value import State
from ncdm.serve.answers import TOLD, Answer
from ncdm.serve.measured.answers.clean import Standing
from ncdm.serve.measured.answers.quality import QualityValue


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Moment(Answer):
    """The study at one snapshot."""

    snapshot: int
    as_of: date
    clean: int
    members: int
    unknown: int
    quality: float | None
    red: int
    amber: int


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class FlagLine(Answer):
    """One flag with its past."""

    kri: str
    title: str
    site_id: str
    flag: int | None
    before: int | None
    history: str
    change: FlagChange
    consecutive: int
    days: int
    breaches: int


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Delta(Answer):
    """One measure of the study, now and at the snapshot before."""

    code: str
    title: str
    unit: str
    value: float | None
    state: State
    delta: float | None
    direction: Direction | None
    reason: str | None
    """Why there is no change to tell."""


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Flow(Answer):
    """Queries opened and closed between the last two days."""

    opened: int
    closed: int
    outstanding: int
    net: float
    """Closed less opened, a day."""
    interval: tuple[float, float]
    """90 %."""
    pace: str
    days_to_clear: float | None
    clearing: str
    opened_rows: tuple[str, ...]
    """Rows of the later snapshot that list the opened queries."""
    closed_rows: tuple[str, ...]
    """Rows of the earlier snapshot that list the closed queries."""


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Changes(Answer):
    """What changed since the last snapshot of another day."""

    moments: tuple[Moment, ...]
    """Oldest first; the last is the snapshot that is shown."""
    reason: str | None
    """Why nothing can be compared; ``null`` when two days can be."""
    newly_clean: tuple[str, ...]
    no_longer_clean: tuple[str, ...]
    newly_listed: tuple[str, ...]
    flags: tuple[FlagLine, ...]
    """Flags that stand or that changed, new ones first."""
    deltas: tuple[Delta, ...]
    flow: Flow | None
    flow_reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class ForecastPoint(Answer):
    """What is expected of one day."""

    day: date
    expected: float
    """Clean subjects."""
    chances: tuple["ForecastChance", ...]


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class ForecastChance(Answer):
    """How likely a share of the subjects is clean by a day, with its interval."""

    target: float
    needed: int
    probability: float
    interval: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class ForecastReached(Answer):
    """The days by which a share of the subjects is clean with 10, 50 and 90 %; ``null`` beyond two years."""

    target: float
    early: date | None
    middle: date | None
    late: date | None


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class ForecastScenario(Answer):
    """One way in which things may go on."""

    by: ForecastPoint
    reached: tuple[ForecastReached, ...]
    curve: tuple[ForecastPoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class ForecastGate(Answer):
    """How fast the items of one criterion come and go."""

    code: str
    title: str
    outstanding: float | None
    arrived: float
    closed: float
    arrivals_per_week: float | None
    closed_share_per_week: float | None
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class ForecastPace(Answer):
    """How fast the items of one criterion come and go at one site: its own pace, drawn toward that of the study."""

    code: str
    items: float
    """Outstanding now."""
    arrivals_per_week: float
    closed_share_per_week: float
    """Of what is outstanding."""


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class ForecastSite(Answer):
    """What it would gain if the items of one site were solved today."""

    site_id: str
    items: float
    subjects: int
    day: date | None
    days: int | None
    expected: float
    pace: tuple[ForecastPace, ...]
    """Criterion by criterion: what it is computed from."""


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class ForecastSnapshot(Answer):
    """A snapshot that a forecast was computed from."""

    snapshot: int
    as_of: date | None
    """The day of its data; ``null`` where they have none."""


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Forecast(Answer):
    """When the study will be clean, or why its snapshots cannot say."""

    milestone: str
    snapshots: tuple[ForecastSnapshot, ...]
    """Oldest first."""
    start: date | None
    subjects: int
    clean_now: int
    unknown: int
    gates: tuple[ForecastGate, ...]
    as_things_go: ForecastScenario | None
    nothing_new: ForecastScenario | None
    sites: tuple[ForecastSite, ...]
    sites_arriving: bool
    """Whether the sites are compared with new items arriving; else as if nothing new came."""
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class StudyMeasures(Answer):
    """One study on the page of the portfolio."""

    study_id: str
    standing: Standing
    quality: QualityValue
    sites: int
    sites_flagged: int
    red: int
    amber: int
    critical: int
    """Items of the highest urgency that stand in the way of database lock."""
