"""The built page: its files, and its first page for every address that the page itself understands."""

import re
from functools import partial
from http import HTTPStatus
from pathlib import Path

import anyio
from fastapi import FastAPI
from starlette.convertors import Convertor, register_url_convertor
from starlette.responses import FileResponse, HTMLResponse, Response

from ncdm.serve.access import public
from ncdm.serve.failures import NO_SUCH_ADDRESS

STATIC = Path(__file__).parent / "static"

_HASHED = re.compile(r"^assets/.+-[A-Za-z0-9_-]{8,}\.[a-z0-9]+$")
_FOREVER = "public, max-age=31536000, immutable"
_ASK = "no-cache"
_NEVER_A_PAGE = re.compile(r"^assets(/|$)|\.(js|mjs|css|map|json|svg|png|jpe?g|ico|webp|woff2?|txt|webmanifest|wasm)$", re.IGNORECASE)

_NOT_BUILT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Neural Clinical Data Mesh</title></head>
<body><h1>The page is not built yet</h1>
<p>The server runs, but its page was not built. Run <code>make setup</code> in the project's folder, then load this page again.</p>
</body></html>
"""


class PagePath(Convertor[str]):
    """Any path but those of the API: there an unknown address is none, and a wrong method is told as such."""

    regex = "(?!api(?:/|$)).*"

    def convert(self, value: str) -> str:
        """As it stands."""
        return value


register_url_convertor("page", PagePath())


def install(app: FastAPI, static: Path | None) -> None:
    """Serve the built page below every address that nothing else answers."""

    @app.api_route("/{path:page}", methods=["GET", "HEAD"], include_in_schema=False)
    @public("The page holds no data; it asks for the token.")
    async def page(path: str) -> Response:
        found = None if static is None else await anyio.to_thread.run_sync(partial(find, static, path))
        if found is not None:
            return FileResponse(found, headers={"Cache-Control": _FOREVER if _HASHED.match(path) else _ASK})
        if _NEVER_A_PAGE.search(path):
            raise NO_SUCH_ADDRESS
        first = None if static is None else await anyio.to_thread.run_sync(partial(find, static, "index.html"))
        if first is None:
            return HTMLResponse(_NOT_BUILT, status_code=HTTPStatus.SERVICE_UNAVAILABLE)
        return FileResponse(first, headers={"Cache-Control": _ASK})


def find(static: Path, path: str) -> Path | None:
    """The file of the built page at this path; nothing outside its folder, however the path is written."""
    if "\x00" in path or "\\" in path or path.startswith("/"):
        return None
    root = static.resolve()
    try:
        target = (root / path).resolve()
        return target if target.is_relative_to(root) and target.is_file() else None
    except (OSError, ValueError):
        return None
