"""The addresses of the API, one file per subject area."""

from fastapi import APIRouter, FastAPI

from ncdm.serve.api import cells, exports, files, health, loads, measures, portfolio, session, studies, whatif
from ncdm.serve.failures import documented

PREFIX = "/api/v1"


def include(app: FastAPI) -> None:
    """Put every address of the API into an application."""
    app.include_router(health.ROUTER)
    whole = APIRouter(prefix=PREFIX, responses=documented(401, 403, 422, 500, 503))
    for router in (
        session.ROUTER,
        portfolio.ROUTER,
        studies.ROUTER,
        measures.ROUTER,
        whatif.ROUTER,
        files.ROUTER,
        cells.ROUTER,
        loads.ROUTER,
        exports.ROUTER,
    ):
        whole.include_router(router)
    app.include_router(whole)
