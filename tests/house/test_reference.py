"""The pages of docs/reference say what the declarations say."""

import importlib.util
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType

import pytest

from ncdm import errors

ROOT = Path(__file__).resolve().parents[2]


def _generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


GENERATOR = _generator()
PAGES: Mapping[str, Callable[[], str]] = GENERATOR.PAGES
ERRORS: list[type[errors.NcdmError]] = GENERATOR.every_error()


@pytest.mark.parametrize(("name", "page"), PAGES.items(), ids=list(PAGES))
def test_a_generated_page_is_up_to_date(name: str, page: Callable[[], str]) -> None:
    assert (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8") == page(), "the page is behind its declarations; run: make docs"


def test_every_error_has_a_code_of_its_own() -> None:
    codes = [error.code for error in ERRORS]
    assert len(codes) >= 10
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_every_error_stands_in_the_drawn_tree_with_its_status(error: type[errors.NcdmError]) -> None:
    drawn = [line.split() for line in (sys.modules[error.__module__].__doc__ or "").splitlines()]
    assert [words for words in drawn if error.__name__ in words and str(error.status) in words]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_every_error_has_a_line_on_its_page(error: type[errors.NcdmError]) -> None:
    page = (ROOT / "docs" / "reference" / "errors.md").read_text(encoding="utf-8")
    assert f"| `{error.code}` | {error.__name__} | {error.status} |" in page
