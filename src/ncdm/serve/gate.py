"""Who may knock at all: only pages of our own, on a host name of our own."""

from collections.abc import Iterable

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from ncdm.serve.failures import error_answer
from ncdm.serve.refusals import ForeignRequest
from ncdm.serve.requests import request_id

LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
MARK = "X-NCDM"
_READING = {"GET", "HEAD", "OPTIONS"}
_ADVICE = "Open the link that `ncdm serve` printed, and use the page there."


class Gate:
    """Refuses a foreign host name (DNS rebinding) and a change asked for by a foreign page (CSRF)."""

    def __init__(self, app: ASGIApp, names: Iterable[str] = LOOPBACK_NAMES) -> None:
        self._app = app
        self._names = frozenset(names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request in, or answer 403."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(scope["method"], scope["scheme"], headers)
        if refusal is None:
            await self._app(scope, receive, send)
        else:
            await error_answer(refusal, request_id(scope))(scope, receive, send)

    def _refusal(self, method: str, scheme: str, headers: Headers) -> ForeignRequest | None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or _name(hosts[0]) not in self._names:
            return ForeignRequest("This server does not answer under that host name.", where="header Host", todo=_ADVICE)
        if method in _READING:
            return None
        if headers.getlist(MARK) != ["1"]:
            return ForeignRequest("A change needs the header X-NCDM: 1.", where=f"header {MARK}", todo=_ADVICE)
        origins, sites = headers.getlist("origin"), headers.getlist("sec-fetch-site")
        ours = f"{scheme}://{hosts[0]}".lower()
        told = bool(origins or sites)
        if not told or any(origin.lower() != ours for origin in origins) or any(site != "same-origin" for site in sites):
            return ForeignRequest(
                "A change can only be asked for by our own page.", where="headers Origin and Sec-Fetch-Site", todo=_ADVICE
            )
        return None


def _name(host: str) -> str:
    """The name in a Host header, without its port; an odd port leaves an odd name, which is in no list."""
    name, colon, port = host.lower().rpartition(":")
    return name if colon and port.isascii() and port.isdigit() else host.lower()
