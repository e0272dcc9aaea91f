"""Whatever goes wrong is told in one shape, and no more than is good to tell."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from ncdm.errors import Conflict, InvalidQuestion, NcdmError, NotFound, RefusedFile, SettingsError, StorageFull, StoreDamaged, Unauthorised
from ncdm.serve import failures
from ncdm.serve.document import described
from ncdm.serve.sessions import COOKIE

if TYPE_CHECKING:
    from tests.serve.conftest import MadeUpMesh

TREE = [
    (NcdmError, 500, "NCDM000"),
    (SettingsError, 500, "NCDM100"),
    (RefusedFile, 422, "NCDM210"),
    (InvalidQuestion, 422, "NCDM220"),
    (NotFound, 404, "NCDM300"),
    (Conflict, 409, "NCDM400"),
    (Unauthorised, 401, "NCDM500"),
    (StorageFull, 507, "NCDM600"),
    (StoreDamaged, 503, "NCDM610"),
]


@pytest.mark.parametrize(("error", "status", "code"), TREE)
def test_each_error_of_the_tree_has_its_status(
    browser: TestClient, mesh: MadeUpMesh, error: type[NcdmError], status: int, code: str
) -> None:
    mesh.break_with = error("It is so.", where="here", todo="Do this.")
    answer = browser.get("/api/v1/portfolio")
    assert answer.status_code == status
    assert answer.json() == {
        "error": {"code": code, "what": "It is so.", "where": "here", "todo": "Do this.", "request_id": answer.headers["X-Request-ID"]}
    }
    assert "ETag" not in answer.headers


def test_the_unexpected_tells_only_its_number(browser: TestClient, mesh: MadeUpMesh, caplog: pytest.LogCaptureFixture) -> None:
    mesh.break_with = KeyError("Subject 9, a value of a row")
    with caplog.at_level(logging.DEBUG):
        answer = browser.get("/api/v1/portfolio")
    assert answer.status_code == 500
    assert answer.json()["error"]["code"] == "NCDM000"
    assert "Subject 9" not in answer.text
    ours = [record.getMessage() for record in caplog.records if record.name == "ncdm.serve"]
    assert len(ours) == 1
    assert answer.json()["error"]["request_id"] in ours[0]
    assert "KeyError" in ours[0]
    assert "Subject 9" not in caplog.text


ASKED_WRONGLY = [
    ("GET", "/api/v1/nothing", 404, "NCDM300"),
    ("GET", "/api/v1/studies/none", 404, "NCDM300"),
    ("GET", "/api/v1/studies/Fiction 1/rows/none", 404, "NCDM300"),
    ("GET", "/api/v1/files/0000000000000000", 404, "NCDM300"),
    ("GET", "/api/v1/loads/0000000000000000", 404, "NCDM300"),
    ("GET", "/api/v1/portfolio?as_of=99", 404, "NCDM300"),
    ("GET", "/api/v1/portfolio?as_of=1999-01-01", 404, "NCDM300"),
    ("POST", "/api/v1/nothing", 404, "NCDM300"),
    ("PUT", "/api/v1/portfolio", 405, "NCDM232"),
    ("GET", "/api/v1/loads", 405, "NCDM232"),
    ("DELETE", "/a/page", 405, "NCDM232"),
    ("GET", "/api/v1/portfolio?as_of=yesterday", 422, "NCDM220"),
    ("GET", "/api/v1/portfolio?as_of=2031-02-30", 422, "NCDM220"),
    ("GET", "/api/v1/portfolio?as_of=", 422, "NCDM220"),
    ("GET", "/api/v1/snapshots?limit=0", 422, "NCDM220"),
    ("GET", "/api/v1/snapshots?limit=1001", 422, "NCDM220"),
    ("GET", "/api/v1/snapshots?limit=many", 422, "NCDM220"),
    ("GET", "/api/v1/snapshots?cursor=garbage", 422, "NCDM220"),
    ("GET", "/api/v1/cells/garbage", 422, "NCDM220"),
    ("GET", "/api/v1/files/short", 422, "NCDM220"),
    ("GET", "/api/v1/files?outcome=lost", 422, "NCDM220"),
    ("GET", "/api/v1/studies/Fiction 1/rows/query?filter=nocolon", 422, "NCDM220"),
    ("GET", "/api/v1/studies/Fiction 1/rows/query?filter=none:1", 422, "NCDM220"),
    ("GET", "/api/v1/studies/Fiction 1/rows/query?sort=--number", 422, "NCDM220"),
    ("GET", "/api/v1/studies/Fiction 1/rows/query?" + "&".join(["filter=number:1"] * 21), 422, "NCDM220"),
]


@pytest.mark.parametrize(("method", "path", "status", "code"), ASKED_WRONGLY)
def test_what_is_asked_wrongly_is_told_in_the_one_shape(browser: TestClient, method: str, path: str, status: int, code: str) -> None:
    answer = browser.request(method, path)
    assert answer.status_code == status
    error = answer.json()["error"]
    assert set(error) == {"code", "what", "where", "todo", "request_id"}
    assert error["code"] == code
    assert error["what"]
    assert error["request_id"] == answer.headers["X-Request-ID"]


@pytest.mark.parametrize(
    ("method", "path", "taken"),
    [("PATCH", "/api/v1/session", "GET, POST, DELETE"), ("PUT", "/api/v1/portfolio", "GET"), ("PUT", "/", "GET, HEAD")],
)
def test_a_wrong_method_is_told_the_right_ones(browser: TestClient, method: str, path: str, taken: str) -> None:
    assert browser.request(method, path).headers["Allow"] == taken


def test_a_body_that_is_no_text_is_refused_in_the_one_shape(stranger: TestClient) -> None:
    answer = stranger.post("/api/v1/session", content=b"A\xff\xfe", headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "NCDM200")


def test_an_application_without_a_house_answers_nothing() -> None:
    failures.install(app := described())
    answer = TestClient(app).get("/api/v1/session", headers={"Cookie": f"{COOKIE}=made up"})
    assert answer.json()["error"]["code"] == "NCDM000"
    assert answer.status_code == 500


def test_a_client_does_not_choose_the_number_of_its_request(browser: TestClient) -> None:
    assert browser.get("/health", headers={"X-Request-ID": "forged"}).headers["X-Request-ID"] != "forged"


def test_a_body_beyond_its_limit_is_refused(stranger: TestClient) -> None:
    answer = stranger.post("/api/v1/session", content=b"x" * 70_000)
    assert answer.status_code == 413
    assert answer.json()["error"]["code"] == "NCDM230"


def test_a_body_that_does_not_say_its_length_is_counted(stranger: TestClient) -> None:
    answer = stranger.post("/api/v1/session", content=iter([b"x" * 40_000, b"x" * 40_000, b"x"]))
    assert answer.status_code == 413
    assert answer.json()["error"]["code"] == "NCDM230"
