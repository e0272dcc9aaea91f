"""Hang up on a client that does not finish its headers; uvicorn alone never does (trust 1.1)."""

import asyncio
from typing import ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class ImpatientProtocol(HttpToolsProtocol):
    """One connection, with a timer that runs while headers are awaited."""

    header_seconds: ClassVar[float] = 10.0
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn declares it
        """Wait for the first request."""
        super().connection_made(transport)
        self._arm()

    def data_received(self, data: bytes) -> None:
        """Wait for the next request: any byte stops uvicorn's keep-alive timer, even a line break that begins no message."""
        if self._timer is None and getattr(self.cycle, "response_complete", True):
            self._arm()
        super().data_received(data)

    def on_message_begin(self) -> None:
        """Wait for the headers of a request that follows another at once."""
        super().on_message_begin()
        if self._timer is None:
            self._arm()

    def on_headers_complete(self) -> None:
        """The headers came in time."""
        self._disarm()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """There is nothing left to wait for."""
        self._disarm()
        super().connection_lost(exc)

    def _arm(self) -> None:
        self._timer = self.loop.call_later(self.header_seconds, self._give_up)

    def _disarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _give_up(self) -> None:
        self._timer = None
        self.transport.abort()


def impatient(seconds: float) -> type[ImpatientProtocol]:
    """The protocol that waits this long for the headers of a request."""

    class Timed(ImpatientProtocol):
        """As told."""

        header_seconds = seconds

    return Timed
