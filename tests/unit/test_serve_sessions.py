"""Sessions end when unused, when old, and when told."""

from datetime import timedelta

import pytest

from ncdm.serve.sessions import KEPT, Lifetime, Sessions


class Clock:
    """Time that moves when told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """Now."""
        return self.now


def test_use_keeps_a_session_until_it_is_old() -> None:
    clock = Clock()
    sessions = Sessions(Lifetime(idle=timedelta(minutes=15), absolute=timedelta(hours=1)), clock=clock)
    session_id = sessions.open()
    for _ in range(5):
        clock.now += 11 * 60
        assert sessions.find(session_id) is not None
    clock.now += 5 * 60
    assert sessions.find(session_id) is None, "an hour after it was opened"


def test_an_unused_session_ends() -> None:
    clock = Clock()
    sessions = Sessions(Lifetime(idle=timedelta(minutes=15), absolute=timedelta(hours=1)), clock=clock)
    session_id = sessions.open()
    clock.now += 15 * 60
    assert sessions.find(session_id) is None
    clock.now = 0
    assert sessions.find(session_id) is None, "it does not come back"


def test_closing_one_leaves_the_others() -> None:
    sessions = Sessions()
    first, second = sessions.open(), sessions.open()
    found = sessions.find(first)
    assert found is not None
    sessions.close(found)
    sessions.close(found)
    assert sessions.find(first) is None
    assert sessions.find(second) is not None


def test_ids_are_new_and_long() -> None:
    sessions = Sessions()
    ids = {sessions.open() for _ in range(50)}
    assert len(ids) == 50
    assert {len(session_id) for session_id in ids} == {43}


def test_the_oldest_makes_room() -> None:
    sessions = Sessions()
    ids = [sessions.open() for _ in range(KEPT + 1)]
    assert sessions.find(ids[0]) is None
    assert sessions.find(ids[1]) is not None


@pytest.mark.parametrize("guess", ["", "a", "\ud800", "a" * 10_000])
def test_a_guess_finds_nothing(guess: str) -> None:
    sessions = Sessions()
    sessions.open()
    assert sessions.find(guess) is None
