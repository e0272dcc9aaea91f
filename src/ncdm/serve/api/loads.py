"""Hand files to the mesh, and see how far it is."""

import shutil
from functools import partial
from pathlib import Path as FolderPath
from typing import Annotated

import anyio
from fastapi import APIRouter, Path, Request
from starlette.requests import ClientDisconnect

from ncdm.errors import RefusedInput
from ncdm.serve.access import Signed
from ncdm.serve.answers import Load, LoadStarted
from ncdm.serve.failures import documented
from ncdm.serve.house import House, house_of
from ncdm.serve.upload import Receiver

ROUTER = APIRouter(tags=["loads"], prefix="/loads")

CHUNK = 256 * 1024
"""Bytes gathered before a thread writes them."""

LoadPath = Annotated[str, Path(pattern="^[0-9a-f]{16}$", description="As the start of the load gave it.")]

_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "properties": {
                        "files": {
                            "type": "array",
                            "minItems": 1,
                            "items": {"type": "string", "format": "binary"},
                            "description": "One part per file; its filename is the path of the file inside its folder.",
                        }
                    },
                }
            }
        },
    }
}


@ROUTER.post(
    "",
    operation_id="begin_load",
    summary="Load files",
    status_code=202,
    openapi_extra=_BODY,
    responses=documented(408, 409, 413, 429, 507),
)
async def begin_load(_: Signed, request: Request) -> LoadStarted:
    """Receives a folder of files; loads are done one at a time, in the order they came."""
    house = house_of(request)
    house.loads.check_room()
    folder = await house.off_loop(house.mesh.staging)
    try:
        count = await _receive(house, request, folder)
        return LoadStarted(load_id=house.loads.begin(folder, count))
    except BaseException:
        # also when the client goes away or the server stops: nothing half received stays behind
        with anyio.CancelScope(shield=True):
            await house.off_loop(partial(shutil.rmtree, folder, ignore_errors=True))
        raise


@ROUTER.get("/{load_id}", operation_id="load", summary="How far a load is", responses=documented(404))
async def load(_: Signed, request: Request, load_id: LoadPath) -> Load:
    """Its state, its progress and, when done, what became of each file."""
    return house_of(request).loads.find(load_id)


async def _receive(house: House, request: Request, folder: FolderPath) -> int:
    receiver = Receiver(folder, request.headers.get("content-type", ""), house.uploads)
    try:
        gathered = bytearray()
        async for chunk in request.stream():
            gathered += chunk
            if len(gathered) >= CHUNK:
                await house.off_loop(partial(receiver.feed, bytes(gathered)))
                gathered.clear()
        await house.off_loop(partial(receiver.feed, bytes(gathered)))
        return receiver.finish()
    except ClientDisconnect as error:
        raise RefusedInput("The upload was broken off.", where="upload", todo="Send the files again.") from error
    finally:
        receiver.close()
