"""``ncdm explain``: every declaration is told whole, and what cannot be computed says why."""

import json
from pathlib import Path

import pytest
from tests.cli.running import quickly

from ncdm.commands.explaining import DEFINED
from ncdm.measures.not_computable import NOT_COMPUTABLE

KEYS = {"code", "kind", "title", "what", "why", "formula", "source", "example", "limits"}


def test_no_two_declarations_share_a_code() -> None:
    codes = [*DEFINED, *NOT_COMPUTABLE]
    assert len({code.lower() for code in codes}) == len(codes)


@pytest.mark.parametrize("code", ["query_rate", "op01", "OP01", "Q", "sig", "open_query_age", "missing_pages"])
def test_a_code_in_any_letters_is_explained_whole(code: str, tmp_path: Path) -> None:
    told = json.loads(quickly(tmp_path / "home", "explain", code, "--json").out)
    assert set(told) >= KEYS
    assert all(told[key] for key in KEYS)
    assert told["what"] in quickly(tmp_path / "home", "explain", code).out


@pytest.mark.parametrize("code", NOT_COMPUTABLE)
def test_what_cannot_be_computed_says_why_and_what_it_needs(code: str, tmp_path: Path) -> None:
    told = json.loads(quickly(tmp_path / "home", "explain", code, "--json").out)
    assert set(told) == {"code", "kind", "title", "why", "needs"}
    assert told["why"]
    assert told["needs"]


def test_everything_is_listed(tmp_path: Path) -> None:
    told = json.loads(quickly(tmp_path / "home", "explain", "--json").out)
    assert {one["code"] for one in told["measures"]} == set(DEFINED)
    assert {one["code"] for one in told["not_computable"]} == set(NOT_COMPUTABLE)


def test_a_misspelt_code_names_the_nearest(tmp_path: Path) -> None:
    told = quickly(tmp_path / "home", "explain", "querry_rate")
    assert told.code == 2
    assert "query_rate" in told.err
