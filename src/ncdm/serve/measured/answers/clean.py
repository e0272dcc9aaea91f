"""Answers about Clean Patient Status."""

from pydantic.dataclasses import dataclass

from ncdm.measures.blockers import Age
from ncdm.measures.criterion import Outcome, Urgency
from ncdm.measures.owner import OwnerSource
from ncdm.measures.readiness import Answer as Ready
from ncdm.serve.answers import TOLD, Answer


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Milestone(Answer):
    """What a subject must pass to be clean for it."""

    code: str
    title: str
    gates: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Standing(Answer):
    """How many members of a group of subjects are clean. Unknown is not clean."""

    members: int
    clean: int
    unclean: int
    unknown: int
    not_applicable: int
    share: float | None
    """Strict: clean of all for whom anything applies; ``null`` when each of them is unknown."""
    interval: tuple[float, float] | None
    """Wilson, 95 %, of the strict share."""
    share_if: tuple[float, float] | None
    """The share if every unknown member were unclean, and if every one were clean; ``null`` without members."""
    interval_if: tuple[float, float] | None
    """From the lower end of Wilson's interval around the first to the upper end around the second."""
    submitted_share: float | None
    """Of what was submitted: without missing visits and pages."""
    submitted_interval: tuple[float, float] | None
    submitted_share_if: tuple[float, float] | None
    submitted_interval_if: tuple[float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Stratum(Answer):
    """The subjects of one status."""

    status: str | None
    """``null`` for subjects whose status no report tells."""
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Tally(Answer):
    """What one criterion says of the subjects of a study."""

    code: str
    title: str
    gate: bool
    """Whether it must pass at this milestone; else it is only shown."""
    passed: int
    failed: int
    not_applicable: int
    unknown: int
    reasons: tuple[str, ...]
    """Why it is unknown where it is."""
    rejected: int
    """Rejected lines of the reports that it reads."""


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Burden(Answer):
    """What waits for one owner, at one criterion, of one age."""

    criterion: str
    owner: str
    owner_source: OwnerSource
    age: Age
    items: int
    subjects: int


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Freed(Answer):
    """How many subjects somebody would make clean by its own work alone."""

    who: str
    subjects: int


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Population(Answer):
    """Whether a population is ready."""

    code: str
    title: str
    target: float
    members_by: str
    """How members were chosen."""
    answer: Ready
    why: str
    members: int
    perhaps: int
    """Further subjects of whom it is not known whether they are members."""
    clean: int
    unknown: int
    interval: tuple[float, float] | None
    share_if: tuple[float, float] | None
    """The share if every unknown member were unclean, and if every one were clean."""
    interval_if: tuple[float, float] | None
    """From the lower end of Wilson's interval around the first to the upper end around the second."""
    deciding: tuple[str, ...]
    """The subjects on whom the answer turns."""


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Clean(Answer):
    """Clean Patient Status of a study at a milestone."""

    milestone: Milestone
    milestones: tuple[Milestone, ...]
    """Those there are to choose from."""
    standing: Standing
    strata: tuple[Stratum, ...]
    criteria: tuple[Tally, ...]
    ages: tuple[Age, ...]
    """The bands of age, youngest first."""
    burdens: tuple[Burden, ...]
    one_step: int
    """Subjects whom exactly one criterion fails and none leaves unknown."""
    freed_by_owner: tuple[Freed, ...]
    freed_by_site: tuple[Freed, ...]
    readiness: tuple[Population, ...]


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class CleanLine(Answer):
    """One subject at a milestone."""

    subject_id: str
    site_id: str | None
    country: str | None
    status: str | None
    outcome: Outcome
    progress: tuple[float, float] | None
    """Least and most, 0 to 100: apart where something that weighs is not known; ``null`` where nothing applies."""
    outcomes: tuple[Outcome, ...]
    """Of each criterion, in the order of ``criteria``."""
    items: tuple[int | None, ...]
    """How many items stand in the way, criterion by criterion; ``null`` where unknown."""
    why: tuple[int | None, ...]
    """Why it is unknown or does not apply, criterion by criterion: a position in ``reasons``."""
    oldest: int | None
    """Days of the oldest item in the way of a gate; ``null`` without one, or where no age is known."""
    owner: str | None
    """Who owns the most of what stands in the way of the gates."""
    urgency: Urgency | None
    """The highest of what stands in the way of the gates."""
    one_step: str | None
    """The one criterion that alone stands in the way."""
    member: tuple[bool | None, ...]
    """Whether it is a member of each population, in the order of ``populations``; ``null`` where that is not known."""


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Named(Answer):
    """A code and what it is called."""

    code: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class CleanSubjects(Answer):
    """All subjects of a study at a milestone."""

    milestone: Milestone
    milestones: tuple[Milestone, ...]
    criteria: tuple[Named, ...]
    populations: tuple[Named, ...]
    reasons: tuple[str, ...]
    """Every reason once; the lines point to them."""
    subjects: tuple[CleanLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Judged(Answer):
    """One criterion of one subject."""

    code: str
    title: str
    gate: bool
    outcome: Outcome
    reason: str | None
    items: int | None
    score: tuple[float, float] | None
    """How much is done at least and at most, 0 to 1."""
    urgency: Urgency | None
    """``null`` where it does not fail."""


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class Blocker(Answer):
    """One row that stands in the way of a subject."""

    criterion: str
    ref: str
    state: str
    owner: str
    owner_source: OwnerSource
    days: int | None
    """Since when, at the day of its report; ``null`` where the age is unknown."""
    urgency: Urgency
    next_action: str


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class CleanSubject(Answer):
    """One subject with everything that stands in its way."""

    line: CleanLine
    reasons: tuple[str, ...]
    milestone: Milestone
    criteria: tuple[Judged, ...]
    blockers: tuple[Blocker, ...]


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class WorkAction(Answer):
    """One thing to do, at one criterion, for one owner."""

    criterion: str
    title: str
    next_action: str
    owner: str
    owner_source: OwnerSource
    items: int
    undated: int
    """Items whose age is unknown."""
    oldest: int | None
    """Days of the oldest item; ``null`` where no age is known."""
    subjects: int
    sites: int
    urgency: Urgency


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class WorkShare(Answer):
    """How many items of one criterion."""

    code: str
    title: str
    items: int


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class WorkOwner(Answer):
    """Everything that one owner is to do."""

    owner: str
    items: int
    undated: int
    """Items whose age is unknown."""
    oldest: int | None
    subjects: int
    sites: int
    urgency: Urgency
    frees: int
    """Subjects whom its work alone would make clean, at one criterion."""
    criteria: tuple[WorkShare, ...]


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class CleanWork(Answer):
    """What is to be done for the subjects of a study to be clean at a milestone, by action and by owner."""

    milestone: Milestone
    milestones: tuple[Milestone, ...]
    actions: tuple[WorkAction, ...]
    owners: tuple[WorkOwner, ...]


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class WorkRow(Answer):
    """One row of the work."""

    criterion: str
    ref: str
    subject_id: str
    site_id: str | None
    days: int | None
    """``null`` where the age is unknown."""
    items: int
    """How many items it stands for: more than one where a cell counts what no row lists."""
    next_action: str


@dataclass(frozen=True, slots=True, kw_only=True, config=TOLD)
class WorkRows(Answer):
    """The rows of a part of the work, oldest first."""

    total: int
    """How many there are; ``rows`` holds the first of them."""
    items: int
    """How many items all of them stand for."""
    rows: tuple[WorkRow, ...]
