"""Where the next page of a list begins: opaque to the client, and refused when it was not made here for this very list."""

import base64
import binascii
import hashlib
import hmac
import secrets
import struct
from collections.abc import Iterable
from dataclasses import dataclass

from ncdm.errors import InvalidQuestion

_PLACE = struct.Struct(">QQ")
_TAG = 16
LONGEST = 64
"""Characters of a cursor; ours have 43."""


@dataclass(frozen=True, slots=True)
class Place:
    """The snapshot a list is read at, and how many items of it were given already.

    The snapshot is fixed by the first page: a load between two pages neither repeats an item nor hides one.
    """

    at: int
    offset: int


class Cursors:
    """Seal and open cursors with a key that lives as long as the server."""

    def __init__(self, key: bytes | None = None) -> None:
        self._key = secrets.token_bytes(32) if key is None else key

    def seal(self, place: Place, question: bytes) -> str:
        """The cursor of a place in the list that ``question`` asks for."""
        packed = _PLACE.pack(place.at, place.offset)
        return base64.urlsafe_b64encode(packed + self._tag(packed, question)).rstrip(b"=").decode()

    def open(self, cursor: str, question: bytes) -> Place:
        """The place that a cursor names; refused when it is garbage or belongs to another list."""
        try:
            raw = base64.b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        except (UnicodeEncodeError, binascii.Error, ValueError):
            raw = b""
        packed, tag = raw[: _PLACE.size], raw[_PLACE.size :]
        if len(packed) != _PLACE.size or not hmac.compare_digest(tag, self._tag(packed, question)):
            raise InvalidQuestion(
                "This cursor does not belong to this list.", where="cursor", todo="Ask for the first page again, without a cursor."
            )
        at, offset = _PLACE.unpack(packed)
        return Place(at, offset)

    def _tag(self, packed: bytes, question: bytes) -> bytes:
        return hmac.digest(self._key, packed + question, "sha256")[:_TAG]


def question_digest(path: str, query: Iterable[tuple[str, str]]) -> bytes:
    """What list is asked for, whatever page of it."""
    digest = hashlib.sha256(path.encode(errors="surrogatepass"))
    for name, value in sorted(pair for pair in query if pair[0] not in {"cursor", "limit"}):
        for part in (name, value):
            encoded = part.encode(errors="surrogatepass")
            digest.update(len(encoded).to_bytes(4, "big") + encoded)
    return digest.digest()
