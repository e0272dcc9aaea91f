"""The only place where real things are built; tests pass their own by keyword."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ncdm.settings import Settings
from ncdm.sources import LIMITS, Limits
from ncdm.store.home import Home
from ncdm.store.ledger import Ledger, open_ledger


@dataclass(frozen=True, slots=True)
class Wiring:
    """What a walk needs: a data folder, its ledger, and how files are read."""

    home: Home
    engine: Ledger
    readers: int
    limits: Limits


@contextmanager
def wired(settings: Settings, *, limits: Limits = LIMITS) -> Iterator[Wiring]:
    """Open the data folder, made when absent, and close its ledger at the end."""
    home = Home(settings.home)
    home.make()
    engine = open_ledger(home.ledger)
    try:
        yield Wiring(home, engine, settings.readers, limits)
    finally:
        engine.dispose()
