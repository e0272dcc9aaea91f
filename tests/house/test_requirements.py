"""The requirement files: hashed, free of hosts, complete, permissive, and no longer than what is used."""

import ast
import re
import sys
import tomllib
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-spark.txt")

NOT_IMPORTED: Mapping[str, str] = {
    "httptools": "the HTTP parser that uvicorn picks up",
}
"""Dependency -> who uses it, since our own source does not name it."""

PERMISSIVE = ("MIT", "BSD", "APACHE", "ISC", "PSF", "0BSD", "ZLIB", "CC0", "PYTHON SOFTWARE FOUNDATION", "UNLICENSE")
NOT_PERMISSIVE = re.compile(r"GPL|MPL|EPL|CDDL|SSPL|BUSL|PROPRIETARY|MOZILLA|GNU", re.IGNORECASE)


def _locked(text: str) -> dict[Requirement, str]:
    """Each locked requirement, and the lines that belong to it."""
    blocks = re.split(r"\n(?=[a-z0-9])", text.split("\n", 1)[1])
    return {Requirement(block.split(" \\", 1)[0].strip()): block for block in blocks if block.strip()}


def _declared(root: Path) -> list[Requirement]:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [Requirement(each) for each in project["dependencies"]]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_requirement_is_exact_and_hashed(lock: str, texts: Mapping[str, str]) -> None:
    locked = _locked(texts[lock])
    assert len(locked) > (2 if lock == "requirements-spark.txt" else 30)
    for requirement, block in locked.items():
        assert re.fullmatch(r"==[^*]+", str(requirement.specifier)), requirement
        assert "--hash=sha256:" in block, requirement


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_and_no_folder(lock: str, texts: Mapping[str, str]) -> None:
    assert re.findall(r"://|--(?:extra-)?index-url|--find-links|@ file|^[./]", texts[lock], flags=re.MULTILINE) == []


def test_the_lock_follows_the_declaration(root: Path, texts: Mapping[str, str]) -> None:
    locked = {_plain(each.name): each for each in _locked(texts["requirements.txt"])}
    for declared in _declared(root):
        version = str(locked[_plain(declared.name)].specifier).removeprefix("==")
        assert declared.specifier.contains(version), f"{declared} is locked at {version}; run: make lock"


def test_what_developers_install_contains_what_users_install(texts: Mapping[str, str]) -> None:
    users, developers = (set(_locked(texts[lock])) for lock in LOCKS[:2])
    assert users < developers


def test_spark_is_locked_below_the_version_that_is_not_supported(texts: Mapping[str, str]) -> None:
    groups = tomllib.loads(texts["pyproject.toml"])["dependency-groups"]
    locked = {_plain(each.name): str(each.specifier).removeprefix("==") for each in _locked(texts["requirements-spark.txt"])}
    for declared in map(Requirement, groups["spark"]):
        assert declared.specifier.contains(locked[_plain(declared.name)]), f"{declared}; run: make lock"


def _imported(texts: Mapping[str, str]) -> set[str]:
    found: set[str] = set()
    for path, text in texts.items():
        if path.startswith("src/ncdm/") and path.endswith(".py"):
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Import):
                    found |= {alias.name.split(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module:
                    found.add(node.module.split(".")[0])
    return found - sys.stdlib_module_names - {"ncdm"}


def test_what_is_imported_is_declared_and_what_is_declared_is_used(root: Path, texts: Mapping[str, str]) -> None:
    distributions = metadata.packages_distributions()
    used = {_plain(distributions[module][0]) for module in _imported(texts)}
    declared = {_plain(each.name) for each in _declared(root)}
    assert used - declared == set(), "imported and not declared in pyproject.toml"
    assert declared - used == set(NOT_IMPORTED), "declared and not used"


def _licence(name: str) -> str:
    about = metadata.metadata(name)
    classifiers = [each.rsplit(" :: ", 1)[1] for each in about.get_all("Classifier") or [] if each.startswith("License ::")]
    said = [about[field] for field in ("License-Expression", "License") if field in about]
    return said[0] if "License-Expression" in about else " AND ".join(classifiers) or "".join(said) or "unknown"


def test_everything_that_is_shipped_with_is_permissive(texts: Mapping[str, str]) -> None:
    here = [each.name for each in _locked(texts["requirements.txt"]) if each.marker is None or each.marker.evaluate()]
    licences = {name: _licence(name) for name in here}
    assert {
        name: licence for name, licence in licences.items() if NOT_PERMISSIVE.search(licence) or not licence.upper().startswith(PERMISSIVE)
    } == {}


def test_the_page_of_licences_lists_every_dependency(root: Path, texts: Mapping[str, str]) -> None:
    listed = re.findall(r"^\| `([a-z0-9-]+)` \|", texts["docs/explanation/licences.md"], flags=re.MULTILINE)
    assert listed == sorted(_plain(each.name) for each in _declared(root))


def test_the_page_lock_of_the_ui_names_no_host(texts: Mapping[str, str]) -> None:
    assert '"integrity": "sha512-' in texts["ui/package-lock.json"]
    assert '"resolved"' not in texts["ui/package-lock.json"]
