"""Is the server up."""

from fastapi import APIRouter

from ncdm import __version__
from ncdm.serve.access import public
from ncdm.serve.answers import Health

ROUTER = APIRouter(tags=["server"])


@ROUTER.get("/health", operation_id="health", summary="Is the server up")
@ROUTER.get("/api/v1/health", operation_id="api_health", summary="Is the server up")
@public("A supervisor asks this before anyone is signed in; it tells nothing about data.")
async def health() -> Health:
    """Answers as soon as requests are taken; says nothing about data."""
    return Health(status="ok", version=__version__)
