"""All studies at a glance, and the states there were."""

from fastapi import APIRouter

from ncdm.serve.answers import Portfolio, Snapshot
from ncdm.serve.failures import documented
from ncdm.serve.reading import Listed, Page, Read

ROUTER = APIRouter(tags=["portfolio"])


@ROUTER.get("/portfolio", operation_id="portfolio", summary="All studies and their reports", responses=documented(404))
async def portfolio(read: Read) -> Portfolio:
    """Studies by report kinds: rows, as-of dates, what is missing, quarantined or rejected."""
    return await read.house.off_loop(lambda: read.house.mesh.portfolio(read.at))


@ROUTER.get("/snapshots", operation_id="snapshots", summary="The committed states, newest first", responses=documented(404))
async def snapshots(listed: Listed) -> Page[Snapshot]:
    """Each can be named as `as_of`."""
    return listed.page(await listed.house.off_loop(lambda: listed.house.mesh.snapshots(listed.at, listed.window)))
