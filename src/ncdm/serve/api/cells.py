"""One cell: where every number ends."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from ncdm.errors import InvalidQuestion
from ncdm.serve.answers import CellView
from ncdm.serve.failures import documented
from ncdm.serve.reading import Read
from ncdm.types import parse_ref

ROUTER = APIRouter(tags=["files"], responses=documented(404))

RefText = Annotated[str, Path(max_length=100, description="`sha16:sheet:row` or `sha16:sheet:B12`.")]
Around = Annotated[int, Query(ge=0, le=200, description="Lines to show before and after.")]


@ROUTER.get("/cells/{ref}", operation_id="cell", summary="The sheet around a cell")
async def cell(read: Read, ref: RefText, around: Around = 20) -> CellView:
    """The lines around it as they stand in the file, and the row or rejection that its line became."""
    place = parse_ref(ref)
    if place is None:
        raise InvalidQuestion(
            "This is no reference to a line or a cell.", where="ref", todo="Write it as sha16:sheet:row or sha16:sheet:B12."
        )
    return await read.house.off_loop(lambda: read.house.mesh.cell(read.at, place, around))
