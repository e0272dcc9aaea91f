"""The number of a request: in its answer, in its log line, in what a person reports."""

import secrets
from typing import Final

from starlette.types import Scope

HEADER: Final = "X-Request-ID"
_KEY: Final = "ncdm.request_id"


def number_request(scope: Scope) -> str:
    """Give a request its number; what the client proposes is not taken, for it ends in the log."""
    number = secrets.token_hex(8)
    scope[_KEY] = number
    return number


def request_id(scope: Scope) -> str:
    """The number that the request was given."""
    number = scope.get(_KEY, "")
    return number if isinstance(number, str) else ""
