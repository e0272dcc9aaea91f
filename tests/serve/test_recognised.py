"""What the client already has is not sent again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from starlette.testclient import TestClient
    from tests.serve.conftest import MadeUpMesh

READS = ["/api/v1/portfolio", "/api/v1/files", "/api/v1/studies/Fiction 1", "/api/v1/studies/Fiction 1/rows/query?sort=number"]


@pytest.mark.parametrize("path", READS)
def test_an_answer_is_recognised_until_something_is_loaded(browser: TestClient, mesh: MadeUpMesh, path: str) -> None:
    first = browser.get(path)
    etag = first.headers["ETag"]
    assert etag.startswith('W/"')
    again = browser.get(path, headers={"If-None-Match": f'"another", {etag}'})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["ETag"] == etag
    mesh.committed += 1
    changed = browser.get(path, headers={"If-None-Match": etag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != etag


def test_a_recognised_answer_is_not_computed(browser: TestClient, mesh: MadeUpMesh) -> None:
    etag = browser.get("/api/v1/portfolio").headers["ETag"]
    assert len(mesh.asked) == 1
    browser.get("/api/v1/portfolio", headers={"If-None-Match": etag})
    assert len(mesh.asked) == 1


def test_another_question_has_another_name(browser: TestClient) -> None:
    asked = ["/api/v1/files", "/api/v1/files?limit=3", "/api/v1/files?outcome=loaded", "/api/v1/files?as_of=1", "/api/v1/snapshots"]
    names = [browser.get(path).headers["ETag"] for path in asked]
    assert len(set(names)) == len(asked)


def test_nothing_is_recognised_without_a_session(browser: TestClient) -> None:
    etag = browser.get("/api/v1/portfolio").headers["ETag"]
    browser.cookies.clear()
    assert browser.get("/api/v1/portfolio", headers={"If-None-Match": etag}).status_code == 401


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_a_long_answer_travels_compressed(browser: TestClient, mesh: MadeUpMesh, coding: str) -> None:
    mesh.size = 100
    plain = browser.get("/api/v1/files", headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers
    with browser.stream("GET", "/api/v1/files", headers={"Accept-Encoding": coding}) as answer:
        assert answer.headers["Content-Encoding"] == coding
        assert "accept-encoding" in answer.headers["Vary"].lower()
        assert len(b"".join(answer.iter_raw())) < len(plain.content) / 4
