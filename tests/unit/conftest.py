"""Data folders of made deliveries, opened and closed for one test."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import pytest
from tests.delivering import Books, Kept, Open, Weeks, stored

from ncdm.settings import Settings
from ncdm.store.mesh import Reading
from ncdm.store.state import State
from ncdm.wiring import wired


@pytest.fixture
def opened() -> Iterator[Open]:
    """Opens the latest state of a data folder, and closes it at the end."""
    with ExitStack() as kept:

        def latest(home: Path) -> State:
            mesh = kept.enter_context(wired(Settings(home, 0, 1)))
            state = Reading(mesh.home, mesh.engine).state()
            kept.callback(state.close)
            return state

        yield latest


@pytest.fixture
def weeks(tmp_path: Path) -> Weeks:
    """Deliveries into a new data folder."""
    return Weeks(tmp_path)


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    """Loads files of a study into a data folder of their own."""
    with ExitStack() as stack:
        count = iter(range(100))

        def made(books: Books) -> State:
            entered: AbstractContextManager[State] = stored(tmp_path / f"home {next(count)}", books)
            return stack.enter_context(entered)

        yield made
