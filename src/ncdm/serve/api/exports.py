"""Hand out a file of what a grid shows."""

import re
from collections.abc import Callable, Mapping

from fastapi import APIRouter, Request, Response

from ncdm.serve.access import Signed
from ncdm.serve.export.parquet import parquet
from ncdm.serve.export.shown import Format, Sheet, read, schema
from ncdm.serve.export.xlsx import xlsx
from ncdm.serve.failures import documented
from ncdm.serve.house import house_of

ROUTER = APIRouter(tags=["exports"])

_WRITERS: Mapping[Format, Callable[[Sheet], bytes]] = {Format.XLSX: xlsx, Format.PARQUET: parquet}
_MEDIA: Mapping[Format, str] = {
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.PARQUET: "application/vnd.apache.parquet",
}
_FILE: dict[str, object] = {
    "description": "The file.",
    "content": {media: {"schema": {"type": "string", "format": "binary"}} for media in _MEDIA.values()},
}
_NAME = 120


@ROUTER.post(
    "/exports",
    operation_id="export",
    summary="A file of what a grid shows",
    response_class=Response,
    openapi_extra={"requestBody": {"required": True, "content": {"application/json": {"schema": schema()}}}},
    responses={200: _FILE, **documented(408, 413)},
)
async def export(_: Signed, request: Request) -> Response:
    """Takes the columns and lines that are on the page, with as-of and filters, and answers with a workbook or a Parquet file of them."""
    house = house_of(request)
    body = await request.body()

    def write() -> tuple[Format, Sheet, bytes]:
        asked, sheet = read(body, house.exports)
        return asked, sheet, _WRITERS[asked](sheet)

    asked, sheet, written = await house.off_loop(write)
    name = file_name(sheet.name, sheet.as_of, asked)
    return Response(written, media_type=_MEDIA[asked], headers={"Content-Disposition": f'attachment; filename="{name}"'})


def file_name(name: str, as_of: str, asked: Format) -> str:
    """The name of the file, as the page gives it to CSV."""
    return f"{_slug(name)}_as-of-{_slug(as_of)}.{asked}"


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower())[:_NAME].strip("-")
