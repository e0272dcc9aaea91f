"""A body must come in time and within its limit: a slow or endless one costs one answer, not a worker (trust 1.1)."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic

import anyio
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ncdm.errors import RefusedInput
from ncdm.serve.failures import error_answer
from ncdm.serve.refusals import SlowRequest, TooLarge
from ncdm.serve.requests import request_id

MULTIPART_OVERHEAD = 4 * 1024 * 1024
"""Boundaries and headers of the parts of one upload."""


@dataclass(frozen=True, slots=True)
class BodyLimits:
    """How large a body may be and how long it may take."""

    seconds: float = 10.0
    """For any body; a large one gets more as it comes."""
    upload_rate: float = 32 * 1024.0
    """Bytes a second that a large body must keep up on average."""
    body_bytes: int = 64 * 1024
    linger: float = 2.0
    """Seconds in which a refused client may finish sending, so that it reads the refusal instead of a broken connection."""


class Bodies:
    """Watches the body of each request on its way in."""

    def __init__(self, app: ASGIApp, *, large: Mapping[str, int], limits: BodyLimits | None = None) -> None:
        """``large`` says at which addresses a body may be how large."""
        self._app = app
        self._large = dict(large)
        self._limits = BodyLimits() if limits is None else limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 408 or 413 in place of the application when its body does not keep the limits."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        large = self._large.get(scope["path"]) if scope["method"] == "POST" else None
        watch = _Watch(
            scope,
            receive,
            send,
            self._limits,
            most=self._limits.body_bytes if large is None else large,
            rate=None if large is None else self._limits.upload_rate,
        )
        declared = Headers(scope=scope).get("content-length", "")
        if declared.isdigit() and int(declared) > watch.most:
            watch.refuse(watch.too_large())
            await watch.answer_refusal()
            return
        with suppress(_Refused):
            await self._app(scope, watch.receive, watch.send)
        if watch.refusal is not None:
            await watch.answer_refusal()


class _Refused(Exception):
    """Unwinds the application; whatever it makes of this, the refusal is answered."""


class _Watch:
    """One request being watched."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, limits: BodyLimits, *, most: int, rate: float | None) -> None:
        headers = Headers(scope=scope)
        self.most = most
        self.refusal: RefusedInput | None = None
        self._scope = scope
        self._receive = receive
        self._send = send
        self._limits = limits
        self._rate = rate
        self._started = monotonic()
        self._came = 0
        self._pending = headers.get("content-length", "0") != "0" or "transfer-encoding" in headers
        self._answered = False

    async def receive(self) -> Message:
        """The next part of the body, in time and within the limit."""
        if not self._pending:
            return await self._receive()
        with anyio.move_on_after(self._seconds_left()):
            message = await self._receive()
            self._count(message)
            if self._came > self.most:
                self.refuse(self.too_large())
                raise _Refused
            return message
        self.refuse(SlowRequest("The body of the request came too slowly.", where="body", todo="Try again on a faster connection."))
        raise _Refused

    async def send(self, message: Message) -> None:
        """Pass the answer on, unless a refusal stands in its place."""
        if self.refusal is not None and not self._answered:
            return
        if message["type"] == "http.response.start":
            self._answered = True
            if self._pending:
                await self._linger()
            if self._pending:
                MutableHeaders(scope=message)["Connection"] = "close"
        await self._send(message)

    async def answer_refusal(self) -> None:
        """Say why, and hang up when the rest of the body is still on its way."""
        if self.refusal is None or self._answered:
            return
        refusal, self.refusal = self.refusal, None
        await error_answer(refusal, request_id(self._scope))(self._scope, self._receive, self.send)

    def refuse(self, refusal: RefusedInput) -> None:
        """From here on only the refusal is answered."""
        self.refusal = refusal

    def too_large(self) -> TooLarge:
        """What to say of a body beyond the limit."""
        return TooLarge(f"The body is larger than {self.most} bytes.", where="body", todo="Send less at a time.")

    def _seconds_left(self) -> float:
        earned = 0.0 if self._rate is None else self._came / self._rate
        return max(0.0, self._started + self._limits.seconds + earned - monotonic())

    def _count(self, message: Message) -> None:
        self._came += len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body", False):
            self._pending = False

    async def _linger(self) -> None:
        with anyio.move_on_after(self._limits.linger):
            while self._pending:
                self._count(await self._receive())
