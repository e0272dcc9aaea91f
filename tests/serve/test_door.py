"""One token, one session, and none of it to be guessed, kept or replayed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ncdm.serve.sessions import COOKIE, Sessions

if TYPE_CHECKING:
    from starlette.testclient import TestClient
    from tests.serve.conftest import Clock

SECRET = "a-made-up-token-for-tests-only"  # noqa: S105 - no secret: it opens a mesh in memory
SESSION = "/api/v1/session"


def test_the_token_opens_a_session_once(stranger: TestClient) -> None:
    assert stranger.get(SESSION).status_code == 401
    answer = stranger.post(SESSION, json={"token": SECRET})
    assert answer.status_code == 200
    assert answer.json() == {
        "signed_in": True,
        "version": "0.1.0",
        "intended_use": "Trial data quality and oversight; not for treatment decisions.",
    }
    assert stranger.get(SESSION).json()["signed_in"] is True
    again = stranger.post(SESSION, json={"token": SECRET})
    assert again.status_code == 401
    assert again.json()["error"]["code"] == "NCDM500"


def test_the_cookie_is_for_our_page_alone(stranger: TestClient) -> None:
    cookie = stranger.post(SESSION, json={"token": SECRET}).headers["set-cookie"]
    name, _, value = cookie.partition(";")[0].partition("=")
    assert name == COOKIE
    assert len(value) == 43, "256 bits in base64"
    attributes = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert {"httponly", "samesite=strict", "path=/", "max-age=43200"} <= attributes
    assert not any(attribute.startswith("domain") for attribute in attributes)


def test_a_session_ends_when_told(browser: TestClient) -> None:
    kept = browser.cookies[COOKIE]
    assert browser.delete(SESSION).status_code == 204
    browser.cookies.set(COOKIE, kept)
    assert browser.get("/api/v1/portfolio").status_code == 401


def test_a_session_ends_after_twelve_hours(browser: TestClient, clock: Clock) -> None:
    clock.now += 12 * 3600 - 1
    assert browser.get(SESSION).status_code == 200
    clock.now += 1
    assert browser.get(SESSION).status_code == 401


def test_a_made_up_cookie_opens_nothing(stranger: TestClient) -> None:
    for guess in ("", "x", "A" * 43, "%00", '"quoted"'):
        stranger.cookies.set(COOKIE, guess)
        assert stranger.get(SESSION).status_code == 401


def test_wrong_tokens_are_slowed_down_and_the_right_one_is_not(stranger: TestClient, clock: Clock) -> None:
    wrong = [stranger.post(SESSION, json={"token": f"guess {number}"}) for number in range(7)]
    assert [answer.status_code for answer in wrong] == [401] * 5 + [429] * 2
    assert wrong[-1].headers["Retry-After"] == "1"
    clock.now += 1
    assert stranger.post(SESSION, json={"token": "guess"}).status_code == 401
    assert stranger.post(SESSION, json={"token": "guess"}).headers["Retry-After"] == "2"
    assert stranger.post(SESSION, json={"token": SECRET}).status_code == 200


def test_a_token_that_is_no_text_is_refused_in_the_one_shape(stranger: TestClient) -> None:
    for body in ("", "{", "[]", '{"token": 1}', '{"token": ""}', '{"token": "a", "more": 1}', '{"token": "\\ud800"}', '{"\\ud800": 1}'):
        answer = stranger.post(SESSION, content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code == 422, body
        assert answer.json()["error"]["code"] == "NCDM220"


def test_no_session_id_is_kept_in_memory() -> None:
    sessions = Sessions()
    session_id = sessions.open()
    kept = repr({name: getattr(sessions, name) for name in vars(sessions)})
    assert session_id not in kept
    assert sessions.find(session_id) is not None
