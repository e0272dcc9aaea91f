"""A name from outside is shown without anything that a reader cannot see."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncdm.sources import displayable


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Study 1/a.xlsx", "Study 1/a.xlsx"),
        ("Étude 1 café.xlsx", "Étude 1 café.xlsx"),
        ("日本語.csv", "日本語.csv"),
        ("a\x00b\x1b[31m", "a<00>b<1B>[31m"),
        ("a\u202eb", "a<202E>b"),
        ("a\u2028b\ufeff", "a<2028>b<FEFF>"),
        ("\udcff.xlsx", "<DCFF>.xlsx"),
        ("", ""),
    ],
)
def test_unseen_characters_stand_as_their_codes(name: str, shown: str) -> None:
    assert displayable(name) == shown


@given(st.text())
def test_nothing_unseen_remains_and_doing_it_twice_changes_nothing(name: str) -> None:
    shown = displayable(name)
    assert not {unicodedata.category(sign) for sign in shown} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert displayable(shown) == shown
    shown.encode()
