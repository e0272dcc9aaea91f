"""The API as a document, before it is anyone's server."""

from fastapi import FastAPI
from starlette.types import Lifespan

from ncdm import INTENDED_USE, __version__
from ncdm.serve import api

DESCRIPTION = f"""{INTENDED_USE}

- Every list is `{{items, next, total}}`: hand `next` back as `cursor` until it is `null`. A list stays with the snapshot of its first page.
- Every read takes `as_of`: a snapshot's number or a day.
- Unknown is `null`, never 0.
- Reads carry an `ETag`; `If-None-Match` is answered with 304.
- Whatever changes something must come from our own page (`Origin`, `Sec-Fetch-Site`) and carry the header `X-NCDM: 1`.
- Every failure is `{{error: {{code, what, where, todo, request_id}}}}`.
"""

_TAGS = [
    {"name": "session", "description": "Sign in with the one-time token."},
    {"name": "portfolio", "description": "All studies, and the states there were."},
    {"name": "study", "description": "One study: reports, findings, spine and rows."},
    {"name": "measures", "description": "Clean status, quality, indicators, change and forecast, each number with its rows."},
    {"name": "what-if", "description": "What other thresholds, weights, gates or targets would change, and the versions kept of it."},
    {"name": "files", "description": "What was delivered, what became of it, down to the cell."},
    {"name": "loads", "description": "Hand files to the mesh."},
    {"name": "exports", "description": "Files of what a page shows."},
    {"name": "server", "description": "The server itself."},
]


def described(lifespan: Lifespan[FastAPI] | None = None) -> FastAPI:
    """An application with every address of the API, and no house behind it yet; it serves no document of itself."""
    app = FastAPI(
        title="Neural Clinical Data Mesh",
        version=__version__,
        description=DESCRIPTION,
        openapi_tags=_TAGS,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
    )
    api.include(app)
    return app
