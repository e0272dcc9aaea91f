"""The pages of docs/reference say what the declarations say."""

import importlib.util
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ncdm import errors

ROOT = Path(__file__).resolve().parents[2]


def _pages() -> Mapping[str, Callable[[], str]]:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    pages: Mapping[str, Callable[[], str]] = module.PAGES
    return pages


@pytest.mark.parametrize(("name", "page"), _pages().items(), ids=list(_pages()))
def test_a_generated_page_is_up_to_date(name: str, page: Callable[[], str]) -> None:
    assert (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8") == page(), "the page is behind its declarations; run: make docs"


def _errors() -> list[type[errors.NcdmError]]:
    return [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, errors.NcdmError)]


def test_every_error_has_a_code_of_its_own() -> None:
    codes = [error.__dict__.get("code") for error in _errors()]
    assert None not in codes
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("error", _errors(), ids=lambda error: error.__name__)
def test_every_error_stands_in_the_drawn_tree_with_its_status(error: type[errors.NcdmError]) -> None:
    drawn = [line.split() for line in (errors.__doc__ or "").splitlines()]
    assert [words for words in drawn if error.__name__ in words and str(error.status) in words]


@pytest.mark.parametrize("error", _errors(), ids=lambda error: error.__name__)
def test_every_error_has_a_line_on_its_page(error: type[errors.NcdmError]) -> None:
    page = (ROOT / "docs" / "reference" / "errors.md").read_text(encoding="utf-8")
    assert f"| `{error.code}` | {error.__name__} | {error.status} |" in page
