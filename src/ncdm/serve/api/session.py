"""Sign in with the one-time token, look, sign out."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, StringConstraints

from ncdm import INTENDED_USE, __version__
from ncdm.serve.access import Signed, public
from ncdm.serve.answers import SignedIn
from ncdm.serve.failures import documented
from ncdm.serve.house import house_of
from ncdm.serve.sessions import COOKIE

ROUTER = APIRouter(tags=["session"])


class SignIn(BaseModel):
    """The token from the link that `ncdm serve` printed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    token: Annotated[str, StringConstraints(min_length=1, max_length=200)]


@ROUTER.post("/session", operation_id="sign_in", summary="Sign in", responses=documented(408, 413, 429))
@public("This is the door.")
async def sign_in(offer: SignIn, request: Request, response: Response) -> SignedIn:
    """Takes the one-time token and sets the session cookie. The token is used up by the first success."""
    house = house_of(request)
    house.token.consume(offer.token)
    seconds = int(house.sessions.lifetime.absolute.total_seconds())
    response.set_cookie(COOKIE, house.sessions.open(), max_age=seconds, path="/", httponly=True, samesite="strict")
    return _signed_in()


@ROUTER.get("/session", operation_id="session", summary="Am I signed in")
async def session(_: Signed) -> SignedIn:
    """Answers 401 when nobody is signed in."""
    return _signed_in()


@ROUTER.delete("/session", operation_id="sign_out", summary="Sign out", status_code=204)
async def sign_out(signed: Signed, request: Request, response: Response) -> None:
    """Ends the session at once."""
    house_of(request).sessions.close(signed)
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")


def _signed_in() -> SignedIn:
    return SignedIn(signed_in=True, version=__version__, intended_use=INTENDED_USE)
