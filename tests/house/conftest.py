"""The project's own files, as the house tests read them."""

from collections.abc import Mapping
from fnmatch import fnmatch
from pathlib import Path
from types import MappingProxyType

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _ignored() -> tuple[str, ...]:
    lines = (line.strip() for line in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines())
    return (".git", *(line.rstrip("/") for line in lines if line and not line.startswith("#")))


def _walk(folder: Path, ignored: tuple[str, ...]) -> list[Path]:
    found: list[Path] = []
    for entry in sorted(folder.iterdir()):
        path = entry.relative_to(ROOT).as_posix()
        if any(fnmatch(path if "/" in pattern else entry.name, pattern) for pattern in ignored):
            continue
        found += _walk(entry, ignored) if entry.is_dir() else [entry]
    return found


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def texts() -> Mapping[str, str]:
    """Every text file of the project: its path from the root, and what it says."""
    found: dict[str, str] = {}
    for path in _walk(ROOT, _ignored()):
        data = path.read_bytes()
        if b"\0" not in data:
            found[path.relative_to(ROOT).as_posix()] = data.decode("utf-8")
    return MappingProxyType(found)
