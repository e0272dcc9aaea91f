"""Every answer that is not the one asked for, in one shape."""

import re
from collections.abc import Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Match

from ncdm.errors import InvalidQuestion, NcdmError, NotFound, RefusedInput
from ncdm.serve.answers import ErrorAnswer
from ncdm.serve.reading import NotModified
from ncdm.serve.refusals import TooManyAttempts, WrongMethod
from ncdm.serve.requests import request_id

NO_SUCH_ADDRESS = NotFound("There is nothing at this address.", todo="See the API document for the addresses there are.")
WRONG_METHOD = WrongMethod("This address does not take this method.", todo="See the header Allow for those that it takes.")
UNREADABLE = RefusedInput("The request could not be read.", todo="Send what the API document describes.")

_COMMAND = re.compile(r": `?ncdm [^.`]*`?(?=\.)")
"""The command after an advice, as in "List the files: ncdm receipts."; who reads a page has the page for it."""

_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


_SAID = {
    401: "No valid session.",
    403: "The request was not made by our own page, or for another host.",
    404: "No such thing, or none that may be seen.",
    405: "The address exists, the method does not.",
    408: "The body came too slowly.",
    409: "Another process holds what is needed.",
    413: "The body is beyond a limit.",
    422: "An argument or the input has no meaning here.",
    429: "Too many attempts, or too many loads are waiting; see `Retry-After`.",
    500: "Something unexpected; the request id finds it in the log.",
    503: "What is on disk does not agree with the ledger.",
    507: "The disk is full; the old state is intact.",
}


def documented(*statuses: int) -> dict[int | str, dict[str, object]]:
    """The errors of a route for the API document."""
    return {status: {"model": ErrorAnswer, "description": _SAID[status]} for status in statuses}


def error_answer(error: NcdmError, request_number: str, *, headers: Mapping[str, str] | None = None) -> Response:
    """One error as JSON."""
    todo = _COMMAND.sub("", error.todo)
    said = {"code": error.code, "what": error.what, "where": error.where, "todo": todo, "request_id": request_number}
    # what a client sent may be quoted here, and half of a surrogate pair has no UTF-8
    writable = {name: text.encode(errors="replace").decode() for name, text in said.items()}
    return JSONResponse({"error": writable}, status_code=error.status, headers=headers)


def unexpected(request_number: str) -> Response:
    """The last resort: nothing of what happened is told, except where to look it up."""
    error = NcdmError(
        "Something unexpected happened.", todo="Nothing was changed by reading. Find the request id in the log and report it."
    )
    return error_answer(error, request_number)


def install(app: FastAPI) -> None:
    """Teach an application the one shape."""

    @app.exception_handler(NcdmError)
    async def known(request: Request, error: NcdmError) -> Response:
        headers = {"Retry-After": str(error.seconds)} if isinstance(error, TooManyAttempts) else None
        return error_answer(error, request_id(request.scope), headers=headers)

    @app.exception_handler(NotModified)
    async def unchanged(_: Request, told: NotModified) -> Response:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers={"ETag": told.etag})

    @app.exception_handler(RequestValidationError)
    async def meaningless(request: Request, error: RequestValidationError) -> Response:
        return error_answer(_first_fault(error), request_id(request.scope))

    @app.exception_handler(HTTPException)
    async def by_status(request: Request, error: HTTPException) -> Response:
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            return error_answer(WRONG_METHOD, request_id(request.scope), headers={"Allow": ", ".join(_methods_taken(request))})
        return error_answer(NO_SUCH_ADDRESS if error.status_code == HTTPStatus.NOT_FOUND else UNREADABLE, request_id(request.scope))


def _first_fault(error: RequestValidationError) -> InvalidQuestion:
    """Say which argument is wrong and why, and repeat nothing of what was sent."""
    fault = error.errors()[0]
    where = " ".join(str(part) for part in fault["loc"])
    return InvalidQuestion(f"{fault['msg']}.", where=where, todo="Correct this argument; the API document says what it may be.")


def _methods_taken(request: Request) -> list[str]:
    """What the address takes by any of its routes; the framework names only the methods of the first that fits."""
    routes = request.app.router.routes
    return [method for method in _METHODS if any(route.matches({**request.scope, "method": method})[0] is Match.FULL for route in routes)]
