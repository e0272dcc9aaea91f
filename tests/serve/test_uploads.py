"""A folder of files arrives whole and under safe names, or leaves no trace."""

from __future__ import annotations

import io
import time
from typing import TYPE_CHECKING

import pytest

from ncdm.errors import Conflict, StorageFull
from ncdm.serve.loads import MOST_WAITING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.testclient import TestClient
    from tests.serve.conftest import MadeUpMesh, Turnstile

    from ncdm.serve.progress import Loaded, Progress

LOADS = "/api/v1/loads"
WATCHDOG = 30.0


def send(browser: TestClient, *files: tuple[str, bytes]) -> tuple[int, dict[str, str]]:
    answer = browser.post(LOADS, files=[("files", (name, io.BytesIO(content))) for name, content in files])
    body = answer.json()
    return answer.status_code, body.get("error", body)


def raw(browser: TestClient, body: bytes, content_type: str = "multipart/form-data; boundary=b") -> tuple[int, dict[str, str]]:
    answer = browser.post(LOADS, content=body, headers={"Content-Type": content_type})
    said = answer.json()
    return answer.status_code, said.get("error", said)


def part(disposition: bytes, content: bytes = b"made up") -> bytes:
    return b"--b\r\nContent-Disposition: " + disposition + b"\r\n\r\n" + content + b"\r\n--b--\r\n"


def finished(browser: TestClient, load_id: str) -> dict[str, object]:
    deadline = time.monotonic() + WATCHDOG
    while time.monotonic() < deadline:
        load: dict[str, object] = browser.get(f"{LOADS}/{load_id}").json()
        if load["state"] in {"done", "failed"}:
            return load
        time.sleep(0.01)
    pytest.fail("the load did not end")


def test_a_folder_arrives_byte_for_byte_and_is_loaded(browser: TestClient, mesh: MadeUpMesh) -> None:
    sent = {"Fiction 1/a.xlsx": bytes(range(256)) * 300, "Fiction 1/deep/b.csv": b"", "Grüße.csv": b"--b\r\n\r\n--b--"}
    status, said = send(browser, *sent.items())
    assert status == 202
    load = finished(browser, said["load_id"])
    assert mesh.received == sent
    assert load["state"] == "done"
    assert (load["files_done"], load["files_total"], load["current"], load["error"]) == (3, 3, None, None)
    assert load["snapshot"] == 3
    assert load["ignored"] == ["made up.pdf"]
    assert browser.get("/api/v1/portfolio").json()["snapshot"]["snapshot"] == 3


def test_the_received_folder_is_gone_after_its_load(browser: TestClient, mesh: MadeUpMesh) -> None:
    _, said = send(browser, ("a.csv", b"a"))
    finished(browser, said["load_id"])
    deadline = time.monotonic() + WATCHDOG
    while mesh.left_in_staging() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert mesh.left_in_staging() == []


def test_one_load_at_a_time_and_the_others_wait(browser: TestClient, mesh: MadeUpMesh, turnstile: Turnstile) -> None:
    ids = [send(browser, (f"{number}.csv", b"a"))[1]["load_id"] for number in range(3)]
    assert turnstile.entered.acquire(timeout=WATCHDOG)
    states = [browser.get(f"{LOADS}/{load_id}").json() for load_id in ids]
    assert [load["state"] for load in states] == ["reading", "waiting", "waiting"]
    assert states[0]["current"] == "made up.xlsx"
    turnstile.let_through()
    assert turnstile.entered.acquire(timeout=WATCHDOG)
    assert [browser.get(f"{LOADS}/{load_id}").json()["state"] for load_id in ids] == ["done", "reading", "waiting"]
    turnstile.let_through(2)
    assert [finished(browser, load_id)["snapshot"] for load_id in ids] == [3, 4, 5]
    assert mesh.committed == 5


def test_too_many_waiting_loads_are_refused_before_they_are_received(browser: TestClient, mesh: MadeUpMesh, turnstile: Turnstile) -> None:
    assert send(browser, ("first.csv", b"a"))[0] == 202
    assert turnstile.entered.acquire(timeout=WATCHDOG)
    assert [send(browser, ("a.csv", b"a"))[0] for _ in range(MOST_WAITING)] == [202] * MOST_WAITING
    stagings = mesh.stagings
    status, error = send(browser, ("one too many.csv", b"a"))
    assert (status, error["code"]) == (429, "NCDM410")
    assert mesh.stagings == stagings


def test_a_failed_load_says_what_to_do_and_the_next_is_done(browser: TestClient, mesh: MadeUpMesh) -> None:
    def held(_folder: Path, _tell: Callable[[Progress], None]) -> Loaded:
        raise Conflict("Another process loads.", where="NCDM_HOME", todo="Wait for it.")

    mesh.loading = held
    load = finished(browser, send(browser, ("a.csv", b"a"))[1]["load_id"])
    assert load["state"] == "failed"
    assert load["error"] == {"code": "NCDM400", "what": "Another process loads.", "where": "NCDM_HOME", "todo": "Wait for it."}
    mesh.loading = mesh.load_quietly
    assert finished(browser, send(browser, ("a.csv", b"a"))[1]["load_id"])["state"] == "done"


def test_an_unexpected_failure_of_a_load_tells_no_row(browser: TestClient, mesh: MadeUpMesh, caplog: pytest.LogCaptureFixture) -> None:
    def broken(_folder: Path, _tell: Callable[[Progress], None]) -> Loaded:
        raise ValueError("Subject 9, a value of a row")

    mesh.loading = broken
    load = finished(browser, send(browser, ("a.csv", b"a"))[1]["load_id"])
    assert load["state"] == "failed"
    assert "Subject 9" not in str(load)
    assert "ValueError" in caplog.text
    assert "Subject 9" not in caplog.text


HOSTILE = [
    b"../outside.csv",
    b"a/../../outside.csv",
    b"/etc/outside.csv",
    b"C:/outside.csv",
    b"..\\\\outside.csv",
    b"a/./../b.csv",
    b"a\x00.csv",
    b"a\tb.csv",
    b"a\x1b[31m.csv",
    b"a\x7f.csv",
    "a\u202egpj.csv".encode(),
    "a\u2028b.csv".encode(),
    b"\xff\xfe.csv",
    b"",
    b".",
    b"...",
    b"x" * 201 + b".csv",
    b"/".join([b"d"] * 17),
]


@pytest.mark.parametrize("name", HOSTILE, ids=repr)
def test_a_name_that_could_lead_elsewhere_is_refused(browser: TestClient, mesh: MadeUpMesh, tmp_path: Path, name: bytes) -> None:
    before = sorted(tmp_path.rglob("*"))
    status, error = raw(browser, part(b'form-data; name="files"; filename="' + name + b'"'))
    assert (status, error["code"]) == (422, "NCDM200")
    assert sorted(tmp_path.rglob("*")) == before
    assert mesh.received == {}


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (b"./a.csv", "a.csv"),
        (b"a//b.csv", "a/b.csv"),
        (b"a\\\\b.csv", "a/b.csv"),
        (b"C:\\\\fakepath\\\\a.csv", "a.csv"),
        ("Größe 5.csv".encode(), "Größe 5.csv"),
        (b"%2e%2e%2fa.csv", "%2e%2e%2fa.csv"),
    ],
)
def test_a_harmless_name_is_kept_below_the_folder(browser: TestClient, mesh: MadeUpMesh, sent: bytes, kept: str) -> None:
    status, said = raw(browser, part(b'form-data; name="files"; filename="' + sent + b'"'))
    assert status == 202, said
    finished(browser, said["load_id"])
    assert list(mesh.received) == [kept]


BROKEN = [
    ("no parts", b"--b--\r\n", None),
    ("nothing", b"", None),
    ("cut off in a part", part(b'form-data; name="files"; filename="a"')[:-8], None),
    ("cut off in a header", b"--b\r\nContent-Dispos", None),
    ("no multipart", b"made up", None),
    ("another boundary", part(b'form-data; name="files"; filename="a"').replace(b"--b", b"--c"), None),
    ("another field", part(b'form-data; name="other"; filename="a"'), None),
    ("no file", part(b'form-data; name="files"'), None),
    ("no disposition", b"--b\r\n\r\nmade up\r\n--b--\r\n", None),
    ("an endless header", b"--b\r\nContent-Disposition: " + b"x" * 10_000, None),
    ("endless headers", b"--b\r\n" + b"A: b\r\n" * 1000, None),
    ("another media type", part(b'form-data; name="files"; filename="a"'), "application/json"),
    ("no boundary", part(b'form-data; name="files"; filename="a"'), "multipart/form-data"),
    ("an endless boundary", b"", "multipart/form-data; boundary=" + "b" * 500),
    ("no media type", b"", ""),
]


@pytest.mark.parametrize(("body", "media"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_what_is_no_upload_is_refused_and_leaves_nothing(browser: TestClient, mesh: MadeUpMesh, body: bytes, media: str | None) -> None:
    status, error = raw(browser, body, "multipart/form-data; boundary=b" if media is None else media)
    assert (status, error["code"]) == (422, "NCDM200")
    assert mesh.left_in_staging() == []
    assert mesh.received == {}


@pytest.mark.parametrize(
    "names", [("a.csv", "a.csv"), ("a", "a/b.csv"), ("a/b.csv", "a"), ("a/b/c.csv", "a/b"), ("./a.csv", "a.csv")], ids=str
)
def test_two_files_of_one_name_are_refused(browser: TestClient, mesh: MadeUpMesh, names: tuple[str, str]) -> None:
    status, error = send(browser, *((name, b"a") for name in names))
    assert (status, error["where"]) == (422, "file 2 of the upload")
    assert mesh.left_in_staging() == []


OVER = [
    ("one large file", [("a.csv", 200_001)]),
    ("many files", [(f"{number}.csv", 1) for number in range(6)]),
    ("a large whole", [(f"{number}.csv", 120_000) for number in range(5)]),
]


@pytest.mark.parametrize("files", [case[1] for case in OVER], ids=[case[0] for case in OVER])
def test_an_upload_beyond_a_limit_is_refused_and_leaves_nothing(
    browser: TestClient, mesh: MadeUpMesh, files: list[tuple[str, int]]
) -> None:
    status, error = send(browser, *((name, b"x" * size) for name, size in files))
    assert (status, error["code"]) == (413, "NCDM230")
    assert mesh.left_in_staging() == []


def test_an_upload_at_its_limits_is_taken(browser: TestClient) -> None:
    assert send(browser, ("a.csv", b"x" * 200_000), *((f"{number}.csv", b"x" * 70_000) for number in range(4)))[0] == 202


def test_a_declared_length_beyond_the_limit_is_refused_unread(browser: TestClient, mesh: MadeUpMesh) -> None:
    answer = browser.post(LOADS, content=b"--b", headers={"Content-Length": str(10**12), "Content-Type": "multipart/form-data; boundary=b"})
    assert answer.status_code == 413
    assert mesh.stagings == 0


def test_a_full_disk_is_told(browser: TestClient, mesh: MadeUpMesh) -> None:
    mesh.no_room = StorageFull("The disk is full.", where="NCDM_HOME", todo="Make room.")
    status, error = send(browser, ("a.csv", b"a"))
    assert (status, error["code"]) == (507, "NCDM600")
