"""What would change if thresholds, weights, caps, gates or targets were others, and the versions that people keep of such changes."""

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from ncdm.measures.whatif import change as engine
from ncdm.measures.whatif.versions import LONGEST_AUTHOR, LONGEST_REASON
from ncdm.serve.api.studies import StudyPath
from ncdm.serve.failures import documented
from ncdm.serve.measured.answers import Plan, SavedVersion, WhatIf
from ncdm.serve.reading import Asked, Read

ROUTER = APIRouter(tags=["what-if"], prefix="/studies/{study_id}", responses=documented(404))

MOST = 100

Code = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Number = Annotated[float, Field(allow_inf_nan=False)]
Numbered = Annotated[int, Path(ge=1, le=1_000_000_000, description="As the list of versions numbers it.")]


class _Asked(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class AskedLimits(_Asked):
    """Thresholds of one indicator: sizes of the score, on the sides that are a risk."""

    amber: Number
    red: Number
    accrual: Number | None
    """The least a site must have to be asked; ``null`` leaves the published limit."""


class AskedChange(_Asked):
    """What is to differ from what is published; codes as the plan has them."""

    limits: Annotated[dict[Code, AskedLimits], Field(max_length=MOST)]
    weights: Annotated[dict[Code, Number], Field(max_length=MOST)]
    """Dimension or indicator of the index -> share; the others share the rest in their published proportions."""
    caps: Annotated[dict[Code, Number], Field(max_length=MOST)]
    gates: Annotated[dict[Code, Annotated[tuple[Code, ...], Field(max_length=MOST)]], Field(max_length=MOST)]
    """Milestone -> criteria that must pass."""
    targets: Annotated[dict[Code, Number], Field(max_length=MOST)]

    def meant(self) -> engine.Change:
        """The change. Raises `InvalidQuestion` for what has no meaning."""
        return engine.Change(
            limits={code: engine.limits(code, one.amber, one.red, one.accrual) for code, one in self.limits.items()},
            weights=self.weights,
            caps=self.caps,
            gates=self.gates,
            targets=self.targets,
        )


class AskedWhatIf(_Asked):
    """A change to try at a milestone."""

    milestone: Code
    change: AskedChange


class AskedVersion(AskedWhatIf):
    """A change to keep, who keeps it and why."""

    author: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_AUTHOR)]
    reason: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_REASON)]


@ROUTER.get("/what-if", operation_id="plan", summary="What can be changed")
async def plan(read: Read, study_id: StudyPath) -> Plan:
    """Thresholds, weights, caps, gates and targets as they are published."""
    return await read.house.off_loop(lambda: read.house.mesh.measured.plan(read.at, study_id))


@ROUTER.post("/what-if", operation_id="what_if", summary="Try a change", responses=documented(408, 413))
async def what_if(asked: Asked, study_id: StudyPath, offer: AskedWhatIf) -> WhatIf:
    """Flags, clean subjects, workload and index before and after. Nothing is stored and nothing is measured again."""
    change = offer.change.meant()
    return await asked.house.off_loop(lambda: asked.house.mesh.measured.what_if(asked.at, study_id, change, offer.milestone))


@ROUTER.get("/versions", operation_id="versions", summary="The changes that were kept")
async def versions(asked: Asked, study_id: StudyPath) -> tuple[SavedVersion, ...]:
    """Newest first."""
    return await asked.house.off_loop(lambda: asked.house.mesh.measured.versions(asked.at, study_id))


@ROUTER.post("/versions", operation_id="save_version", summary="Keep a change", status_code=201, responses=documented(408, 409, 413, 507))
async def save_version(asked: Asked, study_id: StudyPath, offer: AskedVersion) -> SavedVersion:
    """With author and reason; it is never changed afterwards."""
    change, said = offer.change.meant(), (offer.author, offer.reason)
    return await asked.house.off_loop(lambda: asked.house.mesh.measured.save_version(asked.at, study_id, change, offer.milestone, said))


@ROUTER.get("/versions/{number}", operation_id="version", summary="One change that was kept")
async def version(asked: Asked, study_id: StudyPath, number: Numbered) -> SavedVersion:
    """As it was saved."""
    return await asked.house.off_loop(lambda: asked.house.mesh.measured.version(asked.at, study_id, number))
