"""The envelope of every answer: its number, its security headers, and the last resort when something unexpected happens."""

import logging
import traceback
from types import TracebackType

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ncdm.serve.failures import unexpected
from ncdm.serve.requests import HEADER, number_request

_LOG = logging.getLogger("ncdm.serve")

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "frame-ancestors 'none'; object-src 'none'; base-uri 'none'; form-action 'self'"
)

SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Envelope:
    """Outermost of all: what it adds is on every answer, also on those of the layers below that refuse."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Number the request, and answer it whatever happens below."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        number = number_request(scope)
        started = False

        async def send_enveloped(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                headers[HEADER] = number
                headers.update(SECURITY_HEADERS)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        try:
            await self._app(scope, receive, send_enveloped)
        except Exception as error:  # noqa: BLE001 - the edge of a request: it becomes a 500 that tells nothing
            _LOG.error("request %s met an unexpected %s at %s", number, type(error).__name__, _frames(error.__traceback__))
            if not started:
                await unexpected(number)(scope, receive, send_enveloped)


def _frames(trace: TracebackType | None) -> str:
    """Where it happened, without the message of the error: that may quote a row."""
    return " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(traceback.extract_tb(trace)[-6:]))
