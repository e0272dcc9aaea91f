"""Build the application: the API, the page, and the layers that every request passes.

From the outside in: envelope (number, headers, last resort), gate (host, origin), bodies (time, size), compression, errors, address.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import anyio
from fastapi import FastAPI
from starlette_compress import CompressMiddleware

from ncdm.serve import failures, spa
from ncdm.serve.api import PREFIX
from ncdm.serve.bodies import MULTIPART_OVERHEAD, Bodies, BodyLimits
from ncdm.serve.cursor import Cursors
from ncdm.serve.document import described
from ncdm.serve.envelope import Envelope
from ncdm.serve.export.shown import ExportLimits
from ncdm.serve.gate import Gate
from ncdm.serve.house import House
from ncdm.serve.loads import Loads
from ncdm.serve.ports import Mesh
from ncdm.serve.sessions import Sessions
from ncdm.serve.token import OneTimeToken
from ncdm.serve.upload import UploadLimits

THREADS = 4
"""Reads at work at once; more would only wait for the same disk."""
LOAD_PATIENCE = 5.0
"""Seconds that a stopping server gives the load in hand."""


def create(
    mesh: Mesh,
    *,
    token: OneTimeToken,
    static: Path | None,
    sessions: Sessions | None = None,
    uploads: UploadLimits | None = None,
    exports: ExportLimits | None = None,
    bodies: BodyLimits | None = None,
) -> FastAPI:
    """The application over one mesh; ``token`` opens its one session, ``static`` is the folder of the built page."""
    limits = UploadLimits() if uploads is None else uploads
    files = ExportLimits() if exports is None else exports
    loads = Loads(mesh)

    @asynccontextmanager
    async def alive(_: FastAPI) -> AsyncIterator[None]:
        yield
        await anyio.to_thread.run_sync(loads.close, LOAD_PATIENCE)

    app = described(alive)
    app.state.house = House(
        mesh=mesh,
        token=token,
        sessions=Sessions() if sessions is None else sessions,
        cursors=Cursors(),
        loads=loads,
        uploads=limits,
        exports=files,
        threads=anyio.CapacityLimiter(THREADS),
    )
    failures.install(app)
    spa.install(app, static)
    # added from the inside out
    app.add_middleware(CompressMiddleware)
    app.add_middleware(
        Bodies, large={f"{PREFIX}/loads": limits.total_bytes + MULTIPART_OVERHEAD, f"{PREFIX}/exports": files.bytes}, limits=bodies
    )
    app.add_middleware(Gate)
    app.add_middleware(Envelope)
    return app
