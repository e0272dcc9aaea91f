"""Every address asks for a session or says why it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from ncdm.serve.access import PUBLIC_MARK, public, signed
from ncdm.serve.app import create
from ncdm.serve.document import described
from ncdm.serve.token import OneTimeToken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.testclient import TestClient
    from tests.serve.conftest import MadeUpMesh

PUBLIC = {"health", "api_health", "sign_in"}
FILLED = {
    "study_id": "Fiction 1",
    "table": "query",
    "file_id": "f1c7" * 4,
    "sheet": "1",
    "ref": "f1c7" * 4 + ":1:2",
    "load_id": "0" * 16,
    "code": "op01",
    "number": "1",
}


def walk(router: object) -> Iterator[APIRoute]:
    """Every route below a router, whatever wraps it; a route of an unknown sort is an error, not a gap."""
    for route in getattr(router, "routes", []):
        if isinstance(route, APIRoute):
            yield route
        elif hasattr(route, "original_router"):
            yield from walk(route.original_router)
        else:
            pytest.fail(f"{route!r} is a route that this walk does not understand")


def asks_for_session(dependant: Dependant) -> bool:
    return dependant.call is signed or any(asks_for_session(part) for part in dependant.dependencies)


def unprotected(router: object) -> list[str]:
    return [
        route.path_format
        for route in walk(router)
        if not asks_for_session(route.dependant) and not getattr(route.endpoint, PUBLIC_MARK, "")
    ]


def operations() -> list[tuple[str, str, str]]:
    found = []
    for path, methods in described().openapi()["paths"].items():
        for method, operation in methods.items():
            found.append((method.upper(), path.format(**FILLED), operation["operationId"]))
    return found


def test_every_route_asks_for_the_session_or_says_why_not(mesh: MadeUpMesh) -> None:
    assert unprotected(create(mesh, token=OneTimeToken(), static=None)) == []


def test_the_walk_sees_every_address_of_the_document_and_the_page(mesh: MadeUpMesh) -> None:
    seen = [route.operation_id for route in walk(create(mesh, token=OneTimeToken(), static=None))]
    assert sorted(str(name) for name in seen) == sorted([name for _, _, name in operations()] + ["None"])


def test_the_walk_finds_a_route_without_either() -> None:
    open_router = APIRouter(prefix="/inner")

    @open_router.get("/open")
    def unmarked() -> None: ...

    @open_router.get("/marked")
    @public("to show the difference")
    def marked() -> None: ...

    app = FastAPI(openapi_url=None)
    app.include_router(open_router)
    assert unprotected(app) == ["/inner/open"]


@pytest.mark.parametrize(("method", "path", "operation"), operations(), ids=str)
def test_without_a_session_there_is_no_answer(stranger: TestClient, method: str, path: str, operation: str) -> None:
    status = stranger.request(method, path).status_code
    if operation in PUBLIC:
        assert status in {200, 422}
    else:
        assert status == 401


@pytest.mark.parametrize(("method", "path", "operation"), operations(), ids=str)
def test_names_in_the_document_are_plain_words(method: str, path: str, operation: str) -> None:
    assert method in {"GET", "POST", "DELETE"}
    assert path.startswith("/api/v1/") or path == "/health"
    assert operation == operation.lower()
    assert operation.replace("_", "").isalpha()


def test_the_server_publishes_no_document_of_itself(browser: TestClient) -> None:
    for path in ("/openapi.json", "/api/v1/openapi.json"):
        assert browser.get(path).status_code == 404
    assert "made-up page" in browser.get("/docs").text
