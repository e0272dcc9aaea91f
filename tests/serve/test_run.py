"""A real server on loopback: it answers, it hangs up on those who dawdle, it leaves when told."""

from __future__ import annotations

import errno
import os
import signal
import socket
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx2
import pytest
import uvicorn

from ncdm.errors import Conflict, SettingsError
from ncdm.serve.bodies import BodyLimits
from ncdm.serve.run import Timeouts, base_address, listen, loopback_address, serve, server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.serve.conftest import MadeUpMesh

WATCHDOG = 30.0
PATIENT = Timeouts(shutdown=2)
OURS = b"X-NCDM: 1\r\nSec-Fetch-Site: same-origin\r\n"
UPLOAD = (
    b"POST /api/v1/loads HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 400000\r\nContent-Type: multipart/form-data; boundary=b\r\n" + OURS
)


@contextmanager
def running(mesh: MadeUpMesh, static: Path | None, timeouts: Timeouts, seen: list[uvicorn.Server] | None = None) -> Iterator[str]:
    """A server in a thread; gives the link that it printed, and itself to who wants to look inside."""
    listening = listen("127.0.0.1", 0, unread=timeouts.unread)
    links: list[str] = []
    ready = threading.Event()

    def printed(link: str) -> None:
        links.append(link)
        ready.set()

    served = server(mesh, listening, on_ready=printed, static=static, timeouts=timeouts)
    if seen is not None:
        seen.append(served)
    thread = threading.Thread(target=served.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        assert ready.wait(WATCHDOG)
        yield links[0]
    finally:
        served.should_exit = True
        thread.join(WATCHDOG)
        listening.close()
        assert not thread.is_alive()


@contextmanager
def connected(link: str) -> Iterator[socket.socket]:
    host, _, port = link.removeprefix("http://").partition("/")[0].partition(":")
    with socket.create_connection((host, int(port)), timeout=WATCHDOG) as connection:
        yield connection


def until_closed(connection: socket.socket) -> bytes:
    """Everything that comes until the server hangs up; the socket's timeout is the watchdog."""
    came = b""
    while True:
        try:
            part = connection.recv(65536)
        except ConnectionResetError:
            return came
        if not part:
            return came
        came += part


def one_answer(connection: socket.socket) -> bytes:
    """One answer of JSON, which ends with its last brace."""
    came = b""
    while not came.endswith(b"}"):
        part = connection.recv(65536)
        assert part, "the server hung up"
        came += part
    return came


def trickle(connection: socket.socket) -> None:
    """One byte after the other, until the server has hung up."""
    deadline = time.monotonic() + WATCHDOG
    while time.monotonic() < deadline:
        connection.sendall(b"x")
        time.sleep(0.02)


def signed_in(link: str) -> bytes:
    """The header of a signed-in client."""
    address, _, token = link.partition("/#token=")
    with httpx2.Client(base_url=address, headers={"X-NCDM": "1", "Origin": address}) as client:
        cookie = client.post("/api/v1/session", json={"token": token}).headers["set-cookie"]
    return b"Cookie: " + cookie.partition(";")[0].encode() + b"\r\n"


def test_the_printed_link_signs_in_and_opens_everything(mesh: MadeUpMesh, static: Path) -> None:
    with running(mesh, static, PATIENT) as link:
        address, _, token = link.partition("/#token=")
        with httpx2.Client(base_url=address, headers={"X-NCDM": "1", "Origin": address}) as client:
            assert "made-up page" in client.get("/").text
            assert client.get("/api/v1/portfolio").status_code == 401
            assert client.post("/api/v1/session", json={"token": token}).status_code == 200
            assert client.get("/api/v1/portfolio").json()["snapshot"]["snapshot"] == 2
            taken = client.post("/api/v1/loads", files=[("files", ("a.csv", b"made up" * 50_000))])
            assert taken.status_code == 202
            assert "server" not in taken.headers


SLOW_HEADERS = {
    "says nothing": [b""],
    "stops in the first line": [b"GET /hea"],
    "stops in a header": [b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "],
    "stops before the last line": [b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n"],
}


@pytest.mark.parametrize("said", SLOW_HEADERS.values(), ids=SLOW_HEADERS.keys())
def test_headers_that_do_not_come_end_the_connection(mesh: MadeUpMesh, said: list[bytes]) -> None:
    with running(mesh, None, Timeouts(headers=0.3, shutdown=2)) as link, connected(link) as slow:
        for part in said:
            slow.sendall(part)
        assert until_closed(slow) == b""


def test_headers_that_trickle_end_the_connection_and_others_are_answered(mesh: MadeUpMesh) -> None:
    with running(mesh, None, Timeouts(headers=0.5, shutdown=2)) as link, connected(link) as slow:
        slow.sendall(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
        assert httpx2.get(link.partition("#")[0] + "health").json()["status"] == "ok"
        with pytest.raises(ConnectionError):
            trickle(slow)


def test_the_second_request_of_a_connection_is_timed_as_well(mesh: MadeUpMesh) -> None:
    with running(mesh, None, Timeouts(headers=0.5, idle=60, shutdown=2)) as link, connected(link) as slow:
        slow.sendall(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert one_answer(slow).startswith(b"HTTP/1.1 200")
        slow.sendall(b"GET /health HTTP/1.1\r\nHost:")
        assert b"HTTP/1.1" not in until_closed(slow)


def test_a_request_right_behind_another_is_timed_as_well(mesh: MadeUpMesh) -> None:
    with running(mesh, None, Timeouts(headers=0.5, idle=60, shutdown=2)) as link, connected(link) as slow:
        slow.sendall(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nGET /health HTTP/1.1\r\nHost:")
        assert until_closed(slow).count(b"HTTP/1.1 200") == 1


def test_line_breaks_between_requests_do_not_keep_a_connection(mesh: MadeUpMesh) -> None:
    with running(mesh, None, Timeouts(headers=0.5, idle=60, shutdown=2)) as link, connected(link) as slow:
        slow.sendall(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert one_answer(slow).startswith(b"HTTP/1.1 200")
        slow.sendall(b"\r\n")
        assert b"HTTP/1.1" not in until_closed(slow)


def test_a_quick_client_keeps_its_connection_beyond_the_time_for_headers(mesh: MadeUpMesh) -> None:
    with running(mesh, None, Timeouts(headers=0.4, idle=60, shutdown=2)) as link, connected(link) as quick:
        for _ in range(4):
            quick.sendall(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            assert one_answer(quick).startswith(b"HTTP/1.1 200")
            time.sleep(0.25)


def test_a_body_that_does_not_come_is_answered_and_ends_the_connection(mesh: MadeUpMesh) -> None:
    limits = BodyLimits(seconds=0.3, linger=0.1)
    with running(mesh, None, Timeouts(bodies=limits, shutdown=2)) as link, connected(link) as slow:
        head = b"POST /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 100\r\n"
        slow.sendall(head + OURS + b'\r\n{"token":')
        answer = until_closed(slow)
        assert answer.startswith(b"HTTP/1.1 408")
        assert b"NCDM231" in answer
        assert b"connection: close" in answer.lower()


def test_a_refusal_before_the_body_ends_the_connection(mesh: MadeUpMesh) -> None:
    with running(mesh, None, Timeouts(bodies=BodyLimits(linger=0.1), shutdown=2)) as link, connected(link) as slow:
        slow.sendall(UPLOAD + b"\r\n--b")
        answer = until_closed(slow)
        assert answer.startswith(b"HTTP/1.1 401")


def test_an_upload_below_the_least_rate_is_refused_and_leaves_nothing(mesh: MadeUpMesh) -> None:
    limits = BodyLimits(seconds=0.4, upload_rate=1_000_000.0, linger=0.1)
    with running(mesh, None, Timeouts(bodies=limits, shutdown=2)) as link:
        cookie = signed_in(link)
        with connected(link) as slow:
            slow.sendall(UPLOAD + cookie + b"\r\n")
            slow.sendall(b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.csv"\r\n\r\nmade up')
            answer = until_closed(slow)
        assert answer.startswith(b"HTTP/1.1 408")
        assert mesh.stagings == 1
        assert mesh.left_in_staging() == []


def test_an_upload_that_is_broken_off_leaves_nothing(mesh: MadeUpMesh) -> None:
    with running(mesh, None, PATIENT) as link:
        cookie = signed_in(link)
        with connected(link) as gone:
            gone.sendall(UPLOAD + cookie + b"\r\n--b\r\n")
            deadline = time.monotonic() + WATCHDOG
            while not mesh.left_in_staging() and time.monotonic() < deadline:
                time.sleep(0.01)
            assert mesh.left_in_staging() == ["staging-1"]
        while mesh.left_in_staging() and time.monotonic() < deadline:
            time.sleep(0.01)
        assert mesh.left_in_staging() == []


@pytest.mark.skipif(not hasattr(socket, "TCP_USER_TIMEOUT"), reason="this system has no TCP_USER_TIMEOUT")
def test_a_client_that_does_not_read_is_dropped(mesh: MadeUpMesh, static: Path) -> None:
    (static / "assets" / "large-AbCd1234.js").write_bytes(os.urandom(1 << 20) * 24)
    seen: list[uvicorn.Server] = []
    with running(mesh, static, Timeouts(unread=1.0, shutdown=2), seen) as link, connected(link) as deaf:
        deaf.sendall(b"GET /assets/large-AbCd1234.js HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: identity\r\n\r\n")
        deadline = time.monotonic() + WATCHDOG
        while not seen[0].server_state.connections and time.monotonic() < deadline:
            time.sleep(0.01)
        assert len(seen[0].server_state.connections) == 1
        while seen[0].server_state.connections and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not seen[0].server_state.connections


def test_a_taken_port_is_a_conflict_that_names_it() -> None:
    with listen("127.0.0.1", 0, unread=10) as first:
        port = first.getsockname()[1]
        with pytest.raises(Conflict) as told:
            listen("127.0.0.1", port, unread=10)
        assert told.value.where == f"127.0.0.1:{port}"
        with listen("127.0.0.1", 0, unread=10) as second:
            assert second.getsockname()[1] != port


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "192.0.2.1", "10.0.0.1", "example.org", "", "127.0.0.1.example.org", "localhost.example.org"]
)
def test_any_host_but_loopback_is_refused(host: str) -> None:
    with pytest.raises(SettingsError):
        listen(host, 0, unread=10)


@pytest.mark.parametrize(
    ("host", "address"), [("127.0.0.1", "127.0.0.1"), ("localhost", "127.0.0.1"), ("127.1.2.3", "127.1.2.3"), ("::1", "::1")]
)
def test_loopback_is_taken(host: str, address: str) -> None:
    assert loopback_address(host) == address


@pytest.mark.parametrize("port", [-1, 65536, 10**9])
def test_a_port_that_is_none_is_refused(port: int) -> None:
    with pytest.raises(SettingsError):
        listen("127.0.0.1", port, unread=10)


def test_a_port_that_may_not_be_used_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class Forbidden(socket.socket):
        """What the system gives a user without rights."""

        def bind(self, _address: object, /) -> None:
            """Say what the system says."""
            raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(socket, "socket", Forbidden)
    with pytest.raises(SettingsError) as told:
        listen("127.0.0.1", 80, unread=10)
    assert told.value.where == "127.0.0.1:80"


def test_the_address_is_one_to_type_into_a_browser() -> None:
    with listen("localhost", 0, unread=10) as listening:
        assert base_address(listening) == f"http://127.0.0.1:{listening.getsockname()[1]}"


def test_the_server_leaves_when_told(mesh: MadeUpMesh) -> None:
    answers: list[int] = []

    def visit(link: str) -> None:
        answers.append(httpx2.get(link.partition("#")[0] + "health").status_code)
        os.kill(os.getpid(), signal.SIGINT)

    def printed(link: str) -> None:
        threading.Thread(target=visit, args=[link]).start()

    signal.signal(signal.SIGINT, signal.default_int_handler)  # whatever other tests of this process left
    with pytest.raises(KeyboardInterrupt):
        serve(mesh, on_ready=printed, port=0, static=None, timeouts=PATIENT)
    assert answers == [200]
