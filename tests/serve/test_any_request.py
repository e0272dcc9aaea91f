"""Whatever is sent, the answer is one that the API document describes, and never a 500."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance
from starlette.responses import JSONResponse

from ncdm.serve.app import create
from ncdm.serve.document import described
from ncdm.serve.sessions import COOKIE, Sessions
from ncdm.serve.token import OneTimeToken

if TYPE_CHECKING:
    from pathlib import Path

    from _pytest.mark.structures import ParameterSet
    from schemathesis import APIOperation, Case, CheckFunction
    from starlette.types import ASGIApp, Receive, Scope, Send
    from tests.serve.conftest import MadeUpMesh

    from ncdm.serve.upload import UploadLimits

DOCUMENT = "/document-for-this-test.json"
OURS = {"Host": "127.0.0.1:8737", "Origin": "http://127.0.0.1:8737", "X-NCDM": "1"}


class Door:
    """Leads to the application of the test that runs, and to the document that no application publishes itself."""

    def __init__(self) -> None:
        self.app: ASGIApp = described()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the document, or let the application answer."""
        if scope["type"] == "http" and scope["path"] == DOCUMENT:
            await JSONResponse(described().openapi())(scope, receive, send)
        else:
            await self.app(scope, receive, send)


NOT_OURS: list[CheckFunction] = [
    positive_data_acceptance,  # a day, a cursor and a reference have a meaning beyond their shape
    negative_data_rejection,  # takes the session away, which is then added here
]
DOOR = Door()
SCHEMA = schemathesis.openapi.from_asgi(DOCUMENT, DOOR)


@pytest.fixture
def sessions(mesh: MadeUpMesh, static: Path, limits: UploadLimits) -> Sessions:
    opened = Sessions()
    DOOR.app = create(mesh, token=OneTimeToken(), static=static, sessions=opened, uploads=limits)
    return opened


def asked() -> list[ParameterSet]:
    """Every operation with sensible and with senseless arguments; what takes nothing cannot be asked senselessly."""
    asked = []
    for path, methods in described().openapi()["paths"].items():
        for method in methods:
            operation = SCHEMA[path][method.upper()]
            asked.append(pytest.param(operation, GenerationMode.POSITIVE, id=f"{operation.label} sensibly"))
            if not path.endswith("/health"):
                asked.append(pytest.param(operation, GenerationMode.NEGATIVE, id=f"{operation.label} senselessly"))
    return asked


@pytest.mark.parametrize(("operation", "mode"), asked())
def test_any_request_is_answered_as_documented(
    operation: APIOperation,  # type: ignore[type-arg]  # the library says nothing there
    mode: GenerationMode,
    sessions: Sessions,
) -> None:
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def answered(case: Case) -> None:  # type: ignore[type-arg]  # the same
        case.call_and_validate(headers=OURS, cookies={COOKIE: sessions.open()}, excluded_checks=NOT_OURS)

    answered()
