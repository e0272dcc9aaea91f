"""What one running server holds; built once by ``app.create`` and found by each request."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import anyio
from fastapi import Request

from ncdm.errors import NcdmError
from ncdm.serve.cursor import Cursors
from ncdm.serve.export.shown import ExportLimits
from ncdm.serve.loads import Loads
from ncdm.serve.ports import Mesh
from ncdm.serve.sessions import Sessions
from ncdm.serve.token import OneTimeToken
from ncdm.serve.upload import UploadLimits

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class House:
    """The things that outlive a request."""

    mesh: Mesh
    token: OneTimeToken
    sessions: Sessions
    cursors: Cursors
    loads: Loads
    uploads: UploadLimits
    exports: ExportLimits
    threads: anyio.CapacityLimiter

    async def off_loop(self, work: Callable[[], R]) -> R:
        """Do blocking work in one of a few threads, so that the loop keeps answering the others."""
        return await anyio.to_thread.run_sync(work, limiter=self.threads)


def house_of(request: Request) -> House:
    """The house that this request came to."""
    house = getattr(request.app.state, "house", None)
    if not isinstance(house, House):
        raise NcdmError("This application was built to describe itself, not to answer.", todo="Build it with ncdm.serve.app.create.")
    return house
