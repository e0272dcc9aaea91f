"""Who is signed in: sessions in memory, of which only a digest is kept."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock
from time import monotonic

COOKIE = "ncdm_session"
KEPT = 1000
"""More sessions than one token per start could ever open; the bound is for the day when accounts open them."""


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long a session lives without use, and at all.

    Both are twelve hours while signing in again costs a restart of the server; accounts may shorten the idle time to 15 minutes.
    """

    idle: timedelta = timedelta(hours=12)
    absolute: timedelta = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Session:
    """One signed-in browser."""

    digest: bytes
    opened: float
    used: float


class Sessions:
    """Open, find and close sessions; a stolen copy of this memory signs nobody in."""

    def __init__(self, lifetime: Lifetime | None = None, *, clock: Callable[[], float] = monotonic) -> None:
        self.lifetime = Lifetime() if lifetime is None else lifetime
        self._clock = clock
        self._lock = Lock()
        self._open: dict[bytes, Session] = {}

    def open(self) -> str:
        """Open a session and return its id: 256 random bits, given away here and never kept."""
        session_id = secrets.token_urlsafe(32)
        now = self._clock()
        with self._lock:
            self._forget_expired(now)
            while len(self._open) >= KEPT:
                del self._open[next(iter(self._open))]
            digest = _digest(session_id)
            self._open[digest] = Session(digest, now, now)
        return session_id

    def find(self, session_id: str) -> Session | None:
        """The living session with this id, which is thereby used; else ``None``."""
        digest = _digest(session_id)
        now = self._clock()
        with self._lock:
            session = self._open.get(digest)
            if session is None:
                return None
            if not self._lives(session, now):
                del self._open[digest]
                return None
            used = Session(digest, session.opened, now)
            self._open[digest] = used
            return used

    def close(self, session: Session) -> None:
        """End one session at once."""
        with self._lock:
            self._open.pop(session.digest, None)

    def _lives(self, session: Session, now: float) -> bool:
        return now - session.used < self.lifetime.idle.total_seconds() and now - session.opened < self.lifetime.absolute.total_seconds()

    def _forget_expired(self, now: float) -> None:
        self._open = {digest: session for digest, session in self._open.items() if self._lives(session, now)}


def _digest(session_id: str) -> bytes:
    return hashlib.sha256(session_id.encode(errors="surrogatepass")).digest()
