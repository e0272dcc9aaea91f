"""The port through which the pages read measures. The rules of `ncdm.serve.ports.Mesh` hold here too."""

from collections.abc import Sequence
from typing import Protocol

from ncdm.measures.value import Level
from ncdm.measures.whatif.change import Change
from ncdm.measures.work import Wanted
from ncdm.serve.measured import answers as say
from ncdm.serve.window import Window
from ncdm.types import StudyId


class Measured(Protocol):
    """What is measured, at any committed state of the mesh."""

    def definitions(self) -> say.Definitions:
        """Everything that is computed, and what cannot be."""
        ...

    def portfolio(self, at: int) -> tuple[say.StudyMeasures, ...]:
        """Every study in a line: clean subjects at database lock, quality, flags."""
        ...

    def values(self, at: int, study_id: StudyId, code: str, level: Level) -> tuple[say.MeasureValue, ...]:
        """A measure for every group of a level of a study."""
        ...

    def evidence(self, at: int, study_id: StudyId, code: str, level: Level, group: str | None, window: Window) -> tuple[say.Evidence, ...]:
        """The rows behind a measure, an indicator, a criterion or a part of an index (``dqi_default.open_queries``) of one group.

        ``group`` is the label of the group; not needed for the study. ``window`` is the part of the rows of each part that is wanted.
        """
        ...

    def clean(self, at: int, study_id: StudyId, milestone: str) -> say.Clean:
        """Clean Patient Status of a study."""
        ...

    def clean_subjects(self, at: int, study_id: StudyId, milestone: str) -> say.CleanSubjects:
        """Every subject of a study with each criterion."""
        ...

    def clean_subject(self, at: int, study_id: StudyId, subject_id: str, milestone: str) -> say.CleanSubject:
        """One subject with every row that stands in its way."""
        ...

    def clean_work(self, at: int, study_id: StudyId, milestone: str) -> say.CleanWork:
        """What is to be done in a study, by action and by owner."""
        ...

    def clean_work_rows(
        self, at: int, study_id: StudyId, milestone: str, criteria: Sequence[str] | None, wanted: Wanted, window: Window
    ) -> say.WorkRows:
        """The rows of a part of the work: of these criteria, or of all that the milestone needs."""
        ...

    def quality(self, at: int, study_id: StudyId, level: Level, index: str) -> say.Quality:
        """The data quality index of every group of a level."""
        ...

    def waterfall(self, at: int, study_id: StudyId, level: Level, group: str | None, index: str) -> say.Waterfall:
        """From 100 down to the index of one group."""
        ...

    def signals(self, at: int, study_id: StudyId, level: Level, method: str) -> say.Signals:
        """All indicators over the sites or countries of a study."""
        ...

    def kri(self, at: int, study_id: StudyId, code: str, level: Level, method: str) -> say.KriDetail:
        """One indicator with its funnel and its past."""
        ...

    def changes(self, at: int, study_id: StudyId, milestone: str) -> say.Changes:
        """What changed since the last snapshot of another day."""
        ...

    def forecast(self, at: int, study_id: StudyId, milestone: str) -> say.Forecast:
        """When the study will be clean."""
        ...

    # -- what-if; what was saved is told whatever snapshot is looked at

    def plan(self, at: int, study_id: StudyId) -> say.Plan:
        """Everything that can be changed of a study, as it is published."""
        ...

    def what_if(self, at: int, study_id: StudyId, change: Change, milestone: str) -> say.WhatIf:
        """A study before and after a change. Nothing is stored."""
        ...

    def versions(self, at: int, study_id: StudyId) -> tuple[say.SavedVersion, ...]:
        """The saved changes of a study, newest first."""
        ...

    def version(self, at: int, study_id: StudyId, number: int) -> say.SavedVersion:
        """One saved change."""
        ...

    def save_version(self, at: int, study_id: StudyId, change: Change, milestone: str, said: tuple[str, str]) -> say.SavedVersion:
        """Keep a change, with author and reason (``said``). ``InvalidQuestion`` when one is not said."""
        ...
