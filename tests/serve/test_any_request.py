"""Whatever is sent, the answer is one that the API document describes, and never a 500."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance
from starlette.responses import JSONResponse

from ncdm.serve.app import create
from ncdm.serve.document import described
from ncdm.serve.sessions import COOKIE, Sessions
from ncdm.serve.token import OneTimeToken

if TYPE_CHECKING:
    from pathlib import Path

    from schemathesis import Case, CheckFunction
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


@SCHEMA.parametrize()
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_request_is_answered_as_documented(case: Case, sessions: Sessions) -> None:  # type: ignore[type-arg]  # says nothing here
    case.call_and_validate(headers=OURS, cookies={COOKIE: sessions.open()}, excluded_checks=NOT_OURS)
