"""The one-time token: whoever reads the console may sign in, once."""

import hmac
import math
import secrets
from collections.abc import Callable
from threading import Lock
from time import monotonic

from ncdm.errors import Unauthorised
from ncdm.serve.refusals import TooManyAttempts

FREE_FAILURES = 5
LONGEST_PAUSE = 900.0
"""Seconds; the pause doubles from one second with each further failure (trust 5.1, throttle)."""

_ASK_AGAIN = "Stop and start `ncdm serve`, and open the new link that it prints."


class OneTimeToken:
    """A 256-bit secret that signs in one browser.

    Guessing it is hopeless, so the pause after wrong guesses bounds noise and work. It never holds up the right token: else anyone on this
    machine could keep its owner out.
    """

    def __init__(self, secret: str | None = None, *, clock: Callable[[], float] = monotonic) -> None:
        self._secret: bytes | None = (secrets.token_urlsafe(32) if secret is None else secret).encode()
        self._clock = clock
        self._lock = Lock()
        self._failures = 0
        self._paused_until = 0.0

    def __repr__(self) -> str:
        return "OneTimeToken(****)"

    def reveal(self) -> str:
        """The text to print in the link; empty once it was used."""
        return "" if self._secret is None else self._secret.decode()

    def consume(self, offered: str) -> None:
        """Return when this is the token and it was not used before; else say why not."""
        with self._lock:
            if self._secret is not None and hmac.compare_digest(self._secret, offered.encode(errors="surrogatepass")):
                self._secret = None
                self._failures = 0
                return
            self._fail()

    def _fail(self) -> None:
        now = self._clock()
        if now < self._paused_until:
            left = math.ceil(self._paused_until - now)
            raise TooManyAttempts("Too many wrong tokens.", where="token", todo=f"Wait {left} s, then try again.", seconds=left)
        self._failures += 1
        if self._failures >= FREE_FAILURES:
            self._paused_until = now + min(LONGEST_PAUSE, 2.0 ** min(self._failures - FREE_FAILURES, 32))
        raise Unauthorised("The token is wrong or was used before.", where="token", todo=_ASK_AGAIN)
