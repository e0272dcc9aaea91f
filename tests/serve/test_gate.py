"""Only our own page, on a host name of our own, gets in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from starlette.testclient import TestClient

US = "http://127.0.0.1:8737"


@pytest.mark.parametrize("host", ["127.0.0.1:8737", "127.0.0.1", "localhost:8737", "LOCALHOST", "[::1]:8737", "[::1]"])
def test_our_own_host_names_are_answered(browser: TestClient, host: str) -> None:
    assert browser.get("/api/v1/session", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8737",
        "127.0.0.1.evil.example",
        "127.0.0.1:8737.evil.example",
        "localhost.",
        "10.0.0.1",
        "",
        "::1",
        "[::1",
        "127.0.0.1:",
    ],
)
def test_any_other_host_name_is_refused(browser: TestClient, host: str) -> None:
    for path in ("/", "/health", "/api/v1/session"):
        answer = browser.get(path, headers={"Host": host})
        assert answer.status_code == 403
        assert answer.json()["error"]["code"] == "NCDM520"


CHANGES = [
    ("nothing said", {}, 403),
    ("only the mark", {"X-NCDM": "1"}, 403),
    ("mark and our origin", {"X-NCDM": "1", "Origin": US}, 401),
    ("mark and our site", {"X-NCDM": "1", "Sec-Fetch-Site": "same-origin"}, 401),
    ("all three", {"X-NCDM": "1", "Origin": US, "Sec-Fetch-Site": "same-origin"}, 401),
    ("no mark", {"Origin": US, "Sec-Fetch-Site": "same-origin"}, 403),
    ("another mark", {"X-NCDM": "yes", "Origin": US}, 403),
    ("another origin", {"X-NCDM": "1", "Origin": "http://evil.example"}, 403),
    ("another port", {"X-NCDM": "1", "Origin": "http://127.0.0.1:9999"}, 403),
    ("another scheme", {"X-NCDM": "1", "Origin": "https://127.0.0.1:8737"}, 403),
    ("another name of ours", {"X-NCDM": "1", "Origin": "http://localhost:8737"}, 403),
    ("no origin to tell", {"X-NCDM": "1", "Origin": "null"}, 403),
    ("our origin, another site", {"X-NCDM": "1", "Origin": US, "Sec-Fetch-Site": "cross-site"}, 403),
    ("same site is not same origin", {"X-NCDM": "1", "Sec-Fetch-Site": "same-site"}, 403),
    ("typed by the user", {"X-NCDM": "1", "Sec-Fetch-Site": "none"}, 403),
]


@pytest.mark.parametrize(("said", "status"), [case[1:] for case in CHANGES], ids=[case[0] for case in CHANGES])
@pytest.mark.parametrize(("method", "path"), [("POST", "/api/v1/session"), ("DELETE", "/api/v1/session"), ("POST", "/api/v1/loads")])
def test_a_change_comes_from_our_own_page_or_not_at_all(
    stranger: TestClient, method: str, path: str, said: dict[str, str], status: int
) -> None:
    for name in ("X-NCDM", "Origin", "Sec-Fetch-Site"):
        del stranger.headers[name]
    body = {"token": "wrong"} if path.endswith("session") and method == "POST" else None
    assert stranger.request(method, path, headers=said, json=body).status_code == status


def test_a_form_of_another_page_changes_nothing(browser: TestClient) -> None:
    for name in ("X-NCDM", "Sec-Fetch-Site"):
        del browser.headers[name]
    answer = browser.post("/api/v1/loads", files={"files": ("a.csv", b"a")}, headers={"Origin": "http://evil.example"})
    assert answer.status_code == 403
    assert browser.get("/api/v1/session").status_code == 200


def test_every_answer_carries_the_security_headers(browser: TestClient) -> None:
    for path, status in [("/", 200), ("/health", 200), ("/api/v1/portfolio", 200), ("/api/v1/nothing", 404), ("/api/v1/studies/none", 404)]:
        answer = browser.get(path)
        assert answer.status_code == status
        policy = {part.strip() for part in answer.headers["Content-Security-Policy"].split(";")}
        assert {"default-src 'self'", "script-src 'self'", "frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'"} <= policy
        assert "'unsafe-inline'" not in next(part for part in policy if part.startswith("script-src"))
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert len(answer.headers["X-Request-ID"]) == 16


def test_no_other_page_is_told_that_it_may_read(browser: TestClient) -> None:
    answer = browser.options("/api/v1/portfolio", headers={"Origin": "http://evil.example", "Access-Control-Request-Method": "GET"})
    assert answer.status_code == 405
    assert not any(name.lower().startswith("access-control") for name in answer.headers)


def test_data_is_not_kept_by_the_browser(browser: TestClient) -> None:
    assert browser.get("/api/v1/portfolio").headers["Cache-Control"] == "no-store"
    assert browser.get("/api/v1/nothing").headers["Cache-Control"] == "no-store"
