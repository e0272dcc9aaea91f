"""Permission is in the signature: a route asks for ``Signed`` or says aloud that it is public."""

from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import Depends, Request, Security
from fastapi.security import APIKeyCookie

from ncdm.errors import Unauthorised
from ncdm.serve.house import house_of
from ncdm.serve.sessions import COOKIE, Session

PUBLIC_MARK = "__ncdm_public__"

Endpoint = TypeVar("Endpoint", bound=Callable[..., object])

_COOKIE_SCHEME = APIKeyCookie(
    name=COOKIE, scheme_name="session", description="Set by `POST /api/v1/session`; http-only, for twelve hours.", auto_error=False
)


def public(reason: str) -> Callable[[Endpoint], Endpoint]:
    """Mark an endpoint that anyone on this machine may call, with the reason why."""

    def mark(endpoint: Endpoint) -> Endpoint:
        setattr(endpoint, PUBLIC_MARK, reason)
        return endpoint

    return mark


def signed(request: Request, session_id: Annotated[str | None, Security(_COOKIE_SCHEME)] = None) -> Session:
    """The session of the request; without a living one nothing is answered."""
    session = None if session_id is None else house_of(request).sessions.find(session_id)
    if session is None:
        raise Unauthorised(
            "You are not signed in.", where="session", todo="Open the link that `ncdm serve` printed; start it again for a new one."
        )
    return session


Signed = Annotated[Session, Depends(signed)]
"""The parameter type of every route that is not public."""
