"""When the application breaks off in the middle of an answer, nothing more is said, and nothing of it is logged but the place."""

import logging

import anyio
import pytest
from starlette.types import Message, Receive, Scope, Send

from ncdm.serve.envelope import Envelope


async def breaks_off(_scope: Scope, _receive: Receive, send: Send) -> None:
    """Begin to answer, then fail."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    raise ValueError("Subject 9, a value of a row")


async def starts_up(_scope: Scope, _receive: Receive, send: Send) -> None:
    """What is no request passes through."""
    await send({"type": "lifespan.startup.complete"})


def sent(scope: Scope, wrapped: Envelope) -> list[Message]:
    messages: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        messages.append(message)

    anyio.run(wrapped, scope, receive, send)
    return messages


def test_an_answer_that_breaks_off_gets_no_second_beginning(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        messages = sent({"type": "http"}, Envelope(breaks_off))
    assert [message["type"] for message in messages] == ["http.response.start"]
    assert "ValueError" in caplog.text
    assert "Subject 9" not in caplog.text


def test_what_is_no_request_passes_through() -> None:
    assert sent({"type": "lifespan"}, Envelope(starts_up)) == [{"type": "lifespan.startup.complete"}]
