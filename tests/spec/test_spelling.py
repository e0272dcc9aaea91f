"""How two spellings are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncdm.ingest.spelling import NEAR, collapse, similarity, squeeze, without_note

WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789", max_size=24)


@pytest.mark.parametrize(
    ("text", "collapsed", "squeezed"),
    [
        ("Data on Form/\nRecord    ", "Data on Form/ Record", "dataonformrecord"),
        (" Site  Number ", "Site Number", "sitenumber"),
        ("SiteNumber", "SiteNumber", "sitenumber"),
        ("# Days\u00a0Outstanding", "# Days Outstanding", "daysoutstanding"),
        ("\uff26\uff4f\uff52\uff4d", "\uff26\uff4f\uff52\uff4d", "form"),
        ("\t\r\n", "", ""),
        ("#", "#", ""),
    ],
)
def test_white_space_and_marks(text: str, collapsed: str, squeezed: str) -> None:
    assert collapse(text) == collapsed
    assert squeeze(text) == squeezed


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("# Days Outstanding (TODAY - PROJECTED\nDATE)", "# Days Outstanding"),
        ("# Expected Visits (Rave EDC : BO4)", "# Expected Visits"),
        ("Latest Visit (SV) (Source: Rave EDC: BO4)", "Latest Visit (SV)"),
        ("Page status (Source: (Rave EDC : BO4))", "Page status"),
        ("Country", "Country"),
        ("(all)", ""),
    ],
)
def test_a_trailing_note_is_no_part_of_a_header(text: str, short: str) -> None:
    assert without_note(text) == short


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("recordposition", "recordpostion"),
        ("subjectname", "subjctname"),
        ("projecteddate", "projectddate"),
        ("verificationstatus", "verificationstatuss"),
        ("inactiv", "inactve"),
    ],
)
def test_misspellings_are_near(left: str, right: str) -> None:
    assert similarity(left, right) >= NEAR


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("site", "date"),
        ("45daysofdataentry", "90daysofdataentry"),
        ("visit1", "visit2"),
        ("abc", "abd"),
        ("", ""),
        ("answered", "unanswered"),
        ("verified", "unverified"),
        ("verified", "notverified"),
        ("crfsfrozen", "crfsnotfrozen"),
        ("conformant", "nonconformant"),
        ("reviewcompleted", "reviewincompleted"),
        ("crfslocked", "crfsunlocked"),
    ],
)
def test_different_words_are_not_near(left: str, right: str) -> None:
    assert similarity(left, right) == 0


@given(WORDS, WORDS)
def test_likeness_lies_between_zero_and_one_and_is_none_below_the_bar(left: str, right: str) -> None:
    score = similarity(left, right)
    assert score == 0 or NEAR <= score <= 1


@given(WORDS)
def test_a_word_is_like_itself_unless_it_is_too_short_to_tell(word: str) -> None:
    assert similarity(word, word) == (1 if len(word) >= 4 else 0)


@given(st.text(max_size=40))
def test_collapsing_and_squeezing_twice_change_nothing(text: str) -> None:
    assert collapse(collapse(text)) == collapse(text)
    assert squeeze(squeeze(text)) == squeeze(text)
    assert squeeze(collapse(text)) == squeeze(text)
