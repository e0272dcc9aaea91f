"""A cursor leads back to its place, in its list, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncdm.errors import InvalidQuestion
from ncdm.serve.cursor import LONGEST, Cursors, Place, question_digest

PLACES = st.builds(Place, at=st.integers(0, 2**64 - 1), offset=st.integers(0, 2**64 - 1))


@given(place=PLACES, question=st.binary(max_size=40))
def test_a_cursor_leads_back_to_its_place(place: Place, question: bytes) -> None:
    cursors = Cursors(b"made up")
    sealed = cursors.seal(place, question)
    assert len(sealed) <= LONGEST
    assert cursors.open(sealed, question) == place


@given(place=PLACES, question=st.binary(max_size=40), other=st.binary(max_size=40), garbage=st.text(max_size=60))
def test_nothing_else_is_a_cursor(place: Place, question: bytes, other: bytes, garbage: str) -> None:
    cursors = Cursors(b"made up")
    sealed = cursors.seal(place, question)
    for cursor, asked, reader in [
        (garbage, question, cursors),
        (sealed[:-1], question, cursors),
        (sealed + "A", question, cursors),
        (sealed, question + b"x", cursors),
        (sealed, question, Cursors(b"another key")),
        (sealed, other if other != question else other + b"x", cursors),
    ]:
        with pytest.raises(InvalidQuestion):
            reader.open(cursor, asked)


PAIRS = st.lists(st.tuples(st.text(max_size=5), st.text(max_size=5)), max_size=4)


@given(pairs=PAIRS, limit=st.text(max_size=3), cursor=st.text(max_size=3))
def test_a_list_is_the_same_whatever_its_page_and_the_order_of_its_words(pairs: list[tuple[str, str]], limit: str, cursor: str) -> None:
    kept = [pair for pair in pairs if pair[0] not in {"limit", "cursor"}]
    assert question_digest("/list", kept) == question_digest("/list", [("limit", limit), *reversed(kept), ("cursor", cursor)])


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("/a", []), ("/b", [])),
        (("/a", [("q", "1")]), ("/a", [])),
        (("/a", [("q", "1")]), ("/a", [("q", "2")])),
        (("/a", [("q", "1=2")]), ("/a", [("q=1", "2")])),
        (("/a", [("q", "1"), ("r", "")]), ("/a", [("q", ""), ("r", "1")])),
        (("/a", [("f", "1")]), ("/a", [("f", "1"), ("f", "1")])),
    ],
)
def test_different_questions_are_different_lists(left: tuple[str, list[tuple[str, str]]], right: tuple[str, list[tuple[str, str]]]) -> None:
    assert question_digest(*left) != question_digest(*right)
