"""The token opens once, guesses are slowed down, and its owner is never kept out."""

import pytest

from ncdm.errors import Unauthorised
from ncdm.serve.refusals import TooManyAttempts
from ncdm.serve.token import LONGEST_PAUSE, OneTimeToken


class Clock:
    """Time that moves when told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """Now."""
        return self.now


def test_every_token_is_new_and_long() -> None:
    tokens = {OneTimeToken().reveal() for _ in range(50)}
    assert len(tokens) == 50
    assert {len(token) for token in tokens} == {43}


def test_a_token_is_not_shown_by_accident() -> None:
    token = OneTimeToken()
    assert token.reveal() not in repr(token)
    assert token.reveal() not in str(token)


def test_a_used_token_is_gone() -> None:
    token = OneTimeToken("made up")
    token.consume("made up")
    assert token.reveal() == ""
    for offered in ("made up", ""):
        with pytest.raises(Unauthorised):
            token.consume(offered)


@pytest.mark.parametrize("offered", ["", "made", "made up ", "MADE UP", "made up\x00", "mädé up", "\ud800"])
def test_only_the_very_token_opens(offered: str) -> None:
    token = OneTimeToken("made up")
    with pytest.raises(Unauthorised):
        token.consume(offered)
    token.consume("made up")


def test_the_pause_doubles_up_to_a_quarter_of_an_hour() -> None:
    clock = Clock()
    token = OneTimeToken("made up", clock=clock)
    pauses = []
    for _ in range(20):
        with pytest.raises(Unauthorised):
            token.consume("guess")
        try:
            token.consume("guess")
        except TooManyAttempts as told:
            pauses.append(told.seconds)
            clock.now += told.seconds
        except Unauthorised:
            pauses.append(0)
    assert pauses[:8] == [0, 0, 1, 2, 4, 8, 16, 32]
    assert max(pauses) == LONGEST_PAUSE == 900


def test_ten_thousand_guesses_let_nobody_in_but_the_owner() -> None:
    token = OneTimeToken("made up")
    for number in range(10_000):
        with pytest.raises(Unauthorised):
            token.consume(f"guess {number}")
    token.consume("made up")
