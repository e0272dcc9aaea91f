"""What is measured: clean status, quality, indicators, change, forecast, and the rows behind each number."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from pydantic import StringConstraints

from ncdm.measures.blockers import Age
from ncdm.measures.criterion import Urgency
from ncdm.measures.owner import OwnerSource
from ncdm.measures.value import Level
from ncdm.measures.work import Wanted
from ncdm.serve.api.studies import StudyPath
from ncdm.serve.failures import documented
from ncdm.serve.measured.answers import (
    Changes,
    Clean,
    CleanSubject,
    CleanSubjects,
    CleanWork,
    Definitions,
    Evidence,
    Forecast,
    KriDetail,
    MeasureValue,
    Quality,
    Signals,
    StudyMeasures,
    Waterfall,
    WorkRows,
)
from ncdm.serve.reading import Read
from ncdm.serve.window import Window

ROUTER = APIRouter(tags=["measures"], responses=documented(404))

MOST_ROWS = 1000

CriterionCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,10}$")]
Code = Annotated[str, Path(pattern=r"^[A-Za-z][A-Za-z0-9_.]{0,99}$", description="As the definitions name it.")]
LevelQuery = Annotated[Level, Query(description="How far rows are brought together.")]
GroupQuery = Annotated[str | None, Query(max_length=200, description="The label of the group; not needed for the study.")]
MilestoneQuery = Annotated[str, Query(pattern=r"^[a-z][a-z0-9_]{0,63}$", description="What subjects are to be clean for.")]
IndexQuery = Annotated[str, Query(pattern=r"^[a-z][a-z0-9_]{0,63}$", description="Which index.")]
MethodQuery = Annotated[str, Query(pattern=r"^[a-z][a-z-]{0,31}$", description="calibrated, gsm-normal, gsm-poisson or fisher.")]
CriteriaQuery = Annotated[
    list[CriterionCode] | None, Query(max_length=50, description="Codes of criteria; all of the milestone when none is said.")
]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="Rows of each part to leave out.")]
Rows = Annotated[int, Query(ge=1, le=MOST_ROWS, description="The most rows of each part.")]


def _wanted(
    action: Annotated[str | None, Query(max_length=500, description="As the work names it.")] = None,
    owner: Annotated[str | None, Query(max_length=500, description="As the work names it.")] = None,
    owner_source: Annotated[OwnerSource | None, Query(description="What says who must act.")] = None,
    age: Annotated[Age | None, Query(description="In the bands of the burdens.")] = None,
    urgency: Annotated[Urgency | None, Query(description="Of the subject at the criterion.")] = None,
) -> Wanted:
    return Wanted(action=action, owner=owner, owner_source=owner_source, age=age, urgency=urgency)


WorkWanted = Annotated[Wanted, Depends(_wanted)]


@ROUTER.get("/definitions", operation_id="definitions", summary="What each number means")
async def definitions(read: Read) -> Definitions:
    """Everything that is computed, and what cannot be, with the reason."""
    return read.house.mesh.measured.definitions()


@ROUTER.get("/portfolio/measures", operation_id="portfolio_measures", summary="Every study in a line")
async def portfolio(read: Read) -> tuple[StudyMeasures, ...]:
    """Clean subjects at database lock, data quality, flags."""
    return await read.house.off_loop(lambda: read.house.mesh.measured.portfolio(read.at))


@ROUTER.get("/studies/{study_id}/measures/{code}", operation_id="measure", summary="A measure of every group")
async def measure(read: Read, study_id: StudyPath, code: Code, level: LevelQuery = Level.STUDY) -> tuple[MeasureValue, ...]:
    """Value, state, numerator and denominator."""
    return await read.house.off_loop(lambda: read.house.mesh.measured.values(read.at, study_id, code, level))


@ROUTER.get("/studies/{study_id}/evidence/{code}", operation_id="evidence", summary="The rows behind a number")
async def evidence(
    read: Read,
    study_id: StudyPath,
    code: Code,
    level: LevelQuery = Level.STUDY,
    group: GroupQuery = None,
    offset: Offset = 0,
    limit: Rows = 200,
) -> tuple[Evidence, ...]:
    """Of a measure, an indicator, a criterion, or a part of an index such as `dqi_default.open_queries`."""
    window = Window(offset, limit)
    return await read.house.off_loop(lambda: read.house.mesh.measured.evidence(read.at, study_id, code, level, group, window))


@ROUTER.get("/studies/{study_id}/clean", operation_id="clean", summary="Clean Patient Status of a study")
async def clean(read: Read, study_id: StudyPath, milestone: MilestoneQuery = "database_lock") -> Clean:
    """How many subjects are clean, what blocks the others, who must act, and readiness."""
    return await read.house.off_loop(lambda: read.house.mesh.measured.clean(read.at, study_id, milestone))


@ROUTER.get("/studies/{study_id}/clean/subjects", operation_id="clean_subjects", summary="Every subject with each criterion")
async def clean_subjects(read: Read, study_id: StudyPath, milestone: MilestoneQuery = "database_lock") -> CleanSubjects:
    """All of them, in the order of the study."""
    return await read.house.off_loop(lambda: read.house.mesh.measured.clean_subjects(read.at, study_id, milestone))


@ROUTER.get("/studies/{study_id}/clean/subject", operation_id="clean_subject", summary="One subject and what stands in its way")
async def clean_subject(
    read: Read,
    study_id: StudyPath,
    subject: Annotated[str, Query(max_length=200, description="As the study labels it.")],
    milestone: MilestoneQuery = "database_lock",
) -> CleanSubject:
    """Each criterion, and each blocker with owner, age, row and next action."""
    return await read.house.off_loop(lambda: read.house.mesh.measured.clean_subject(read.at, study_id, subject, milestone))


@ROUTER.get("/studies/{study_id}/clean/work", operation_id="clean_work", summary="What is to be done, by action and by owner")
async def clean_work(read: Read, study_id: StudyPath, milestone: MilestoneQuery = "database_lock") -> CleanWork:
    """Items, subjects, sites and ages of each action, and of each owner."""
    return await read.house.off_loop(lambda: read.house.mesh.measured.clean_work(read.at, study_id, milestone))


@ROUTER.get("/studies/{study_id}/clean/work/rows", operation_id="clean_work_rows", summary="The rows of a part of the work")
async def clean_work_rows(
    read: Read,
    study_id: StudyPath,
    wanted: WorkWanted,
    criterion: CriteriaQuery = None,
    milestone: MilestoneQuery = "database_lock",
    offset: Offset = 0,
    limit: Rows = 200,
) -> WorkRows:
    """Oldest first, with the items that each stands for; narrowed by action, owner, age and urgency as far as these are said."""
    window = Window(offset, limit)
    return await read.house.off_loop(
        lambda: read.house.mesh.measured.clean_work_rows(read.at, study_id, milestone, criterion, wanted, window)
    )


@ROUTER.get("/studies/{study_id}/quality", operation_id="quality", summary="The data quality index of every group")
async def quality(read: Read, study_id: StudyPath, level: LevelQuery = Level.SITE, index: IndexQuery = "default") -> Quality:
    """With interval, shrunken value, rank and band; or what is missing."""
    return await read.house.off_loop(lambda: read.house.mesh.measured.quality(read.at, study_id, level, index))


@ROUTER.get("/studies/{study_id}/quality/waterfall", operation_id="waterfall", summary="From 100 down to an index")
async def waterfall(
    read: Read, study_id: StudyPath, level: LevelQuery = Level.STUDY, group: GroupQuery = None, index: IndexQuery = "default"
) -> Waterfall:
    """What each indicator takes off."""
    return await read.house.off_loop(lambda: read.house.mesh.measured.waterfall(read.at, study_id, level, group, index))


@ROUTER.get("/studies/{study_id}/signals", operation_id="signals", summary="Key risk indicators of every site or country")
async def signals(read: Read, study_id: StudyPath, level: LevelQuery = Level.SITE, method: MethodQuery = "calibrated") -> Signals:
    """Flags, shrunken ratios, totals; "0 sites flagged" is an answer."""
    return await read.house.off_loop(lambda: read.house.mesh.measured.signals(read.at, study_id, level, method))


@ROUTER.get("/studies/{study_id}/signals/{code}", operation_id="kri", summary="One key risk indicator")
async def kri(read: Read, study_id: StudyPath, code: Code, level: LevelQuery = Level.SITE, method: MethodQuery = "calibrated") -> KriDetail:
    """Its groups, funnel and past."""
    return await read.house.off_loop(lambda: read.house.mesh.measured.kri(read.at, study_id, code, level, method))


@ROUTER.get("/studies/{study_id}/changes", operation_id="changes", summary="What changed since the last snapshot")
async def changes(read: Read, study_id: StudyPath, milestone: MilestoneQuery = "database_lock") -> Changes:
    """Subjects that became clean, flags that are new or gone, queries opened and closed."""
    return await read.house.off_loop(lambda: read.house.mesh.measured.changes(read.at, study_id, milestone))


@ROUTER.get("/studies/{study_id}/forecast", operation_id="forecast", summary="When the study will be clean")
async def forecast(read: Read, study_id: StudyPath, milestone: MilestoneQuery = "database_lock") -> Forecast:
    """With intervals, and the sites whose work gains most days; silent where one snapshot cannot say."""
    return await read.house.off_loop(lambda: read.house.mesh.measured.forecast(read.at, study_id, milestone))
