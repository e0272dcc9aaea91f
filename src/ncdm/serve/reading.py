"""What every read has in common: the snapshot it is about, its page, and its ETag."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Generic, TypeVar

from fastapi import Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict

from ncdm import __version__
from ncdm.errors import InvalidQuestion
from ncdm.serve.access import Signed
from ncdm.serve.answers import Snapshot
from ncdm.serve.cursor import LONGEST, Cursors, Place, question_digest
from ncdm.serve.house import House, house_of
from ncdm.serve.window import Slice, Window

T = TypeVar("T")

DEFAULT_LIMIT = 200
HIGHEST_LIMIT = 1000

AsOf = Annotated[
    str | None,
    Query(
        pattern=r"^([0-9]{1,9}|[0-9]{4}-[0-9]{2}-[0-9]{2})$",
        description="A snapshot by its number, or the last one as of a day (YYYY-MM-DD). Default: the latest.",
    ),
]
CursorText = Annotated[str | None, Query(max_length=LONGEST, description="`next` of the page before this one.")]
Limit = Annotated[int, Query(ge=1, le=HIGHEST_LIMIT, description="The most items that a page may have.")]


class Page(BaseModel, Generic[T]):
    """A part of a list, the cursor of the next part, and how long the whole list is."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    items: tuple[T, ...]
    next: str | None
    """Hand it back as `cursor` for the next page; ``null`` on the last one."""
    total: int
    """Items of the whole list."""


class NotModified(Exception):
    """The client already has this answer."""

    def __init__(self, etag: str) -> None:
        super().__init__(etag)
        self.etag = etag


@dataclass(frozen=True, slots=True)
class Reading:
    """One read of the mesh at one snapshot."""

    house: House
    at: int
    """The number of the snapshot; 0 before the first load."""


@dataclass(frozen=True, slots=True)
class Listing(Reading):
    """One page of a list at one snapshot."""

    window: Window
    question: bytes

    def page(self, found: Slice[T]) -> Page[T]:
        """The page that answers, with the cursor of the next one where there is more."""
        end = self.window.offset + len(found.items)
        more = bool(found.items) and end < found.total
        cursor = self.house.cursors.seal(Place(self.at, end), self.question) if more else None
        return Page(items=found.items, next=cursor, total=found.total)


async def reading(_: Signed, request: Request, response: Response, as_of: AsOf = None) -> Reading:
    """Find the snapshot that is asked about; answer 304 when the client has the answer already."""
    house = house_of(request)
    snapshot = await _snapshot(house, moment(as_of))
    _recognise(request, response, snapshot)
    return Reading(house, _number(snapshot))


async def listing(
    _: Signed, request: Request, response: Response, as_of: AsOf = None, cursor: CursorText = None, limit: Limit = DEFAULT_LIMIT
) -> Listing:
    """Find the snapshot and the place in the list; a cursor stays with the snapshot of its first page."""
    house = house_of(request)
    question = question_digest(request.url.path, request.query_params.multi_items())
    place = _open(house.cursors, cursor, question)
    wanted = moment(as_of) if place is None else place.at or None
    snapshot = None if place is not None and place.at == 0 else await _snapshot(house, wanted)
    _recognise(request, response, snapshot)
    return Listing(house, _number(snapshot), Window(0 if place is None else place.offset, limit), question)


async def asking(_: Signed, request: Request, as_of: AsOf = None) -> Reading:
    """Find the snapshot of a question whose answer its address does not name: it has a body, or tells what may be appended any time."""
    house = house_of(request)
    return Reading(house, _number(await _snapshot(house, moment(as_of))))


Read = Annotated[Reading, Depends(reading)]
Asked = Annotated[Reading, Depends(asking)]
Listed = Annotated[Listing, Depends(listing)]


def moment(as_of: str | None) -> int | date | None:
    """A snapshot's number or a day, from its text."""
    if as_of is None:
        return None
    if "-" not in as_of:
        return int(as_of)
    try:
        return date.fromisoformat(as_of)
    except ValueError as error:
        raise InvalidQuestion(f"{as_of} is no day of the calendar.", where="as_of", todo="Write it as YYYY-MM-DD.") from error


async def _snapshot(house: House, wanted: int | date | None) -> Snapshot | None:
    return await house.off_loop(lambda: house.mesh.snapshot(wanted))


def _number(snapshot: Snapshot | None) -> int:
    return 0 if snapshot is None else snapshot.snapshot


def _open(cursors: Cursors, cursor: str | None, question: bytes) -> Place | None:
    return None if cursor is None else cursors.open(cursor, question)


def _recognise(request: Request, response: Response, snapshot: Snapshot | None) -> None:
    """A committed snapshot never changes: it and the address name the answer; the time of the commit tells two stores apart."""
    committed = "" if snapshot is None else f"{snapshot.snapshot} {snapshot.committed_at.isoformat()}"
    named = f"{__version__}\n{request.url.path}\n{request.url.query}\n{committed}"
    etag = f'W/"{hashlib.sha256(named.encode(errors="surrogatepass")).hexdigest()[:32]}"'
    known = {part.strip() for part in request.headers.get("if-none-match", "").split(",")}
    if etag in known:
        raise NotModified(etag)
    response.headers["ETag"] = etag
