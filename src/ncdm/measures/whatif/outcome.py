"""What holds of one study under a change: flags, index and clean subjects, from what is stored of it.

`keep` measures once; `outcome` only flags, weighs and joins what was kept, so that it answers at once however large the study is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ncdm.measures.blockers import Load, loads
from ncdm.measures.clean import CRITERIA, Clean, Mask
from ncdm.measures.criterion import PASS
from ncdm.measures.milestone import Milestone
from ncdm.measures.quality.quality import Quality, QualityValue, Stored, evaluate, of_study, stored
from ncdm.measures.readiness import POPULATIONS, Readiness, readiness
from ncdm.measures.scored import StudyScores, study_scores
from ncdm.measures.signals import StudySignals, flagged
from ncdm.measures.standing import Standing, Step, in_study, queue, standing, statuses
from ncdm.measures.value import Level
from ncdm.measures.whatif.change import INDEX, Change
from ncdm.types import StudyId


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """Everything of one study that a change is tried on."""

    study: StudyId
    scores: StudyScores
    sites: Stored
    """The readings of the index for the sites of the study."""
    whole: Stored
    """The same for the study itself."""
    clean: Clean


def keep(clean: Clean, study: StudyId, level: Level = Level.SITE) -> Kept:
    """Measure a study: scores of its indicators, readings of its index, and every criterion of every subject with what waits."""
    measures = clean.measures
    for code in CRITERIA:
        clean.waiting(code)
    return Kept(
        study,
        study_scores(measures, study, level),
        of_study(stored(measures, INDEX, level), study),
        of_study(stored(measures, INDEX, Level.STUDY), study),
        clean,
    )


@dataclass(frozen=True, eq=False)
class Outcome:
    """One study under one change at one milestone; each part is worked out when it is first asked for."""

    kept: Kept
    change: Change
    milestone: Milestone

    @cached_property
    def signals(self) -> StudySignals:
        """Flags of every indicator and site."""
        return flagged(self.kept.scores, self.change.limits)

    @cached_property
    def sites(self) -> Quality:
        """The index of the sites."""
        return evaluate(self.kept.sites, self.change.index())

    @cached_property
    def whole(self) -> QualityValue:
        """The index of the study."""
        return evaluate(self.kept.whole, self.change.index()).value(0)

    @cached_property
    def members(self) -> Mask:
        """The subjects of the study."""
        return in_study(self.kept.clean, self.kept.study)

    @cached_property
    def clean(self) -> Mask:
        """Who is clean."""
        found: Mask = self.members & (self.kept.clean.overall(self.milestone.gates) == PASS)
        return found

    @cached_property
    def standing(self) -> Standing:
        """How many are clean, strictly and of what was submitted."""
        return standing(self.kept.clean, self.milestone.gates, self.members)

    @cached_property
    def strata(self) -> Mapping[str | None, Standing]:
        """The same by subject status."""
        found = statuses(self.kept.clean, self.kept.study)
        return {status: standing(self.kept.clean, self.milestone.gates, who) for status, who in found.items()}

    @cached_property
    def one_step(self) -> tuple[Step, ...]:
        """Who is one step from clean."""
        return queue(self.kept.clean, self.milestone.gates, self.members)

    @cached_property
    def loads(self) -> tuple[Load, ...]:
        """What stands in the way of the gates, by criterion, owner and age."""
        return loads(self.kept.clean, self.milestone.gates, self.members).get(self.kept.study, ())

    @cached_property
    def readiness(self) -> tuple[Readiness, ...]:
        """Whether each population is ready."""
        return tuple(readiness(self.kept.clean, self.milestone.gates, self.kept.study, self.change.population(one)) for one in POPULATIONS)


def outcome(kept: Kept, change: Change, milestone: str) -> Outcome:
    """What holds under a change. Nothing is measured again."""
    return Outcome(kept, change, change.milestone(milestone))
