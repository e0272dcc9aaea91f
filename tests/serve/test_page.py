"""The built page and nothing else of the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from ncdm.serve.app import create
from ncdm.serve.spa import find
from ncdm.serve.token import OneTimeToken

if TYPE_CHECKING:
    from pathlib import Path

    from tests.serve.conftest import MadeUpMesh


@pytest.mark.parametrize("path", ["/", "/index.html", "/studies/Fiction 1.2", "/cells/f1c7:1:B2", "/anything/else"])
def test_the_page_answers_the_addresses_it_understands(stranger: TestClient, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code == 200
    assert "made-up page" in answer.text
    assert answer.headers["Cache-Control"] == "no-cache"


def test_hashed_files_are_kept_for_good(stranger: TestClient) -> None:
    answer = stranger.get("/assets/page-AbCd1234.js")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "javascript" in answer.headers["Content-Type"]
    assert stranger.get("/icon.svg").headers["Cache-Control"] == "no-cache"
    assert stranger.head("/icon.svg").content == b""


@pytest.mark.parametrize("path", ["/assets/gone-AbCd1234.js", "/assets/", "/favicon.ico", "/api", "/api/v2/x", "/lead-out.txt"])
def test_what_is_no_page_is_not_found(stranger: TestClient, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "NCDM300"


@pytest.mark.parametrize(
    "path", ["../outside.txt", "assets/../../outside.txt", "/etc/passwd", "..\\outside.txt", "lead-out.txt", "a\x00b", "assets", "x" * 5000]
)
def test_nothing_outside_the_page_is_found(static: Path, path: str) -> None:
    assert find(static, path) is None


@pytest.mark.parametrize(
    "path", ["/..%2foutside.txt", "/%2e%2e/outside.txt", "/assets/%2e%2e/%2e%2e/outside.txt", "/..%5coutside.txt", "/%00"]
)
def test_no_spelling_leads_out(stranger: TestClient, path: str) -> None:
    assert "not for the page" not in stranger.get(path).text


@pytest.mark.parametrize("absent", [False, True])
def test_an_unbuilt_page_says_how_to_build_it(mesh: MadeUpMesh, tmp_path: Path, *, absent: bool) -> None:
    app = create(mesh, token=OneTimeToken(), static=None if absent else tmp_path / "never built")
    with TestClient(app, base_url="http://127.0.0.1:8737") as client:
        answer = client.get("/")
    assert answer.status_code == 503
    assert "make setup" in answer.text
    assert "<script" not in answer.text
