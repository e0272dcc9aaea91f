"""Serve the mesh on loopback until told to stop, and print nothing but the link."""

import errno
import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn

from ncdm.errors import Conflict, SettingsError
from ncdm.serve.app import create
from ncdm.serve.bodies import BodyLimits
from ncdm.serve.ports import Mesh
from ncdm.serve.protocol import impatient
from ncdm.serve.spa import STATIC
from ncdm.serve.token import OneTimeToken

PORT = 8737
HOST = "127.0.0.1"
HIGHEST_PORT = 65535
MOST_CONNECTIONS = 500


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds that the server waits for its clients."""

    headers: float = 10.0
    unread: float = 10.0
    """For a client that does not read its answer."""
    idle: int = 5
    """Between two requests of one connection."""
    shutdown: int = 10
    bodies: BodyLimits = field(default_factory=BodyLimits)


def serve(
    mesh: Mesh,
    *,
    on_ready: Callable[[str], None],
    host: str = HOST,
    port: int = PORT,
    static: Path | None = STATIC,
    timeouts: Timeouts | None = None,
) -> None:
    """Serve until the process is told to stop; ``on_ready`` is given the link to open, once it would be answered."""
    patience = Timeouts() if timeouts is None else timeouts
    listening = listen(host, port, unread=patience.unread)
    try:
        server(mesh, listening, on_ready=on_ready, static=static, timeouts=patience).run(sockets=[listening])
    finally:
        listening.close()


def server(
    mesh: Mesh, listening: socket.socket, *, on_ready: Callable[[str], None], static: Path | None, timeouts: Timeouts
) -> uvicorn.Server:
    """The server that will answer on a listening socket, with a token of its own."""
    token = OneTimeToken()
    link = f"{base_address(listening)}/#token={token.reveal()}"
    config = uvicorn.Config(
        create(mesh, token=token, static=static, bodies=timeouts.bodies),
        http=impatient(timeouts.headers),
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_keep_alive=timeouts.idle,
        timeout_graceful_shutdown=timeouts.shutdown,
    )
    return _Announcing(config, lambda: on_ready(link))


def listen(host: str, port: int, *, unread: float) -> socket.socket:
    """A listening socket on loopback; port 0 takes any free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    address = loopback_address(host)
    if not 0 <= port <= HIGHEST_PORT:
        raise SettingsError(
            "There is no such port.", where=f"port {port}", todo=f"Choose one from 1 to {HIGHEST_PORT}, or 0 for any free one."
        )
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if hasattr(socket, "TCP_USER_TIMEOUT"):  # Linux; what is accepted inherits it
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(unread * 1000))
        listening.bind((address, port))
        listening.listen(2048)
    except OSError as error:
        listening.close()
        raise _cannot_listen(error, host, port) from error
    return listening


def loopback_address(host: str) -> str:
    """The address of a host that only this machine can reach; any other is refused."""
    try:
        address = "127.0.0.1" if host == "localhost" else host
        if ipaddress.ip_address(address).is_loopback:
            return address
    except ValueError:
        pass
    raise SettingsError(
        "The server listens on this machine only.", where=f"host {host}", todo=f"Use {HOST}; accounts and TLS come before more."
    )


def base_address(listening: socket.socket) -> str:
    """The address to type into a browser of this machine."""
    name = listening.getsockname()
    host = f"[{name[0]}]" if listening.family == socket.AF_INET6 else name[0]
    return f"http://{host}:{name[1]}"


def _cannot_listen(error: OSError, host: str, port: int) -> Conflict | SettingsError:
    where = f"{host}:{port}"
    if error.errno == errno.EADDRINUSE:
        return Conflict(
            "The port is taken, perhaps by another `ncdm serve`.",
            where=where,
            todo="Stop that one, or choose another port; 0 takes any free one.",
        )
    return SettingsError(
        "The server cannot listen there.", where=where, todo="Choose another port; those below 1024 need rights of their own."
    )


class _Announcing(uvicorn.Server):
    """Says when it answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self._ready()
