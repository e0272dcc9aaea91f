"""The documents are true: what they name exists, and what exists is named."""

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from ncdm.sources.limits import LIMITS

DECISION_SECTIONS = ["Context", "Decision", "Consequences"]


def _documents(texts: Mapping[str, str]) -> dict[str, str]:
    return {path: text for path, text in texts.items() if path.endswith(".md")}


def _commands(texts: Mapping[str, str], program: str) -> set[str]:
    """Each `program word` that a document tells the reader to type."""
    said = "\n".join(_documents(texts).values())
    typed = "\n".join(re.findall(r"```.*?```|`[^`\n]+`", said, flags=re.DOTALL))
    return set(re.findall(rf"(?:^|[\s`(/]){program} ([a-z][a-z-]+)\b", typed, flags=re.MULTILINE))


def test_every_make_target_that_a_document_names_exists(texts: Mapping[str, str]) -> None:
    targets = set(re.findall(r"^([a-z-]+):", texts["Makefile"], flags=re.MULTILINE))
    named = _commands(texts, "make")
    assert {"up", "test", "setup", "lock", "docs"} <= named <= targets


def _help(*words: str) -> str:
    told = subprocess.run(
        [sys.executable, "-m", "ncdm", *words, "--help"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env=os.environ | {"NO_COLOR": "1"},
    )
    return told.stdout


def test_every_command_is_in_the_readme_and_every_named_command_exists(texts: Mapping[str, str]) -> None:
    offered = set(re.findall(r"^\W*([a-z][a-z-]*)  +\S", _help().split("Commands", 1)[1], flags=re.MULTILINE))
    assert len(offered) >= 9
    assert offered == _commands({"README.md": texts["README.md"]}, "ncdm")
    assert _commands(texts, "ncdm") <= offered


def test_every_folder_of_tests_is_explained(texts: Mapping[str, str]) -> None:
    folders = {path.split("/")[1] for path in texts if re.match(r"tests/[a-z0-9]+/", path)}
    assert folders <= set(re.findall(r"^\| `tests/([a-z0-9]+)` \|", texts["CONTRIBUTING.md"], flags=re.MULTILINE))


def test_every_link_between_documents_leads_somewhere(root: Path, texts: Mapping[str, str]) -> None:
    broken = [
        f"{path}: {target}"
        for path, text in _documents(texts).items()
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text)
        if "://" not in target and not (root / path).parent.joinpath(target).exists()
    ]
    assert broken == []


def test_the_readme_opens_with_the_walk_and_the_two_commands(texts: Mapping[str, str]) -> None:
    first_screen = "\n".join(texts["README.md"].splitlines()[:45])
    for promised in ("make up", "make test", "sheet", "contract", "rejection", "snapshot", "RowRef"):
        assert promised in first_screen


def test_the_licence_is_the_whole_apache_licence(root: Path, texts: Mapping[str, str]) -> None:
    licence = texts["LICENSE"]
    assert "Apache License" in licence
    assert "Version 2.0, January 2004" in licence
    assert "END OF TERMS AND CONDITIONS" in licence
    assert tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["license"] == "Apache-2.0"


def test_the_changelog_says_what_is_coming(texts: Mapping[str, str]) -> None:
    assert re.findall(r"^## (.+)$", texts["CHANGELOG.md"], flags=re.MULTILINE)[0] == "Unreleased"


def test_the_intended_use_is_said_where_people_look(texts: Mapping[str, str]) -> None:
    for page in ("README.md", "SECURITY.md"):
        assert "trial data quality and oversight; not for treatment decisions" in texts[page].lower()


def test_the_limits_of_trust_are_the_ones_that_hold(texts: Mapping[str, str]) -> None:
    said = " ".join(texts["SECURITY.md"].split())
    for figure in (
        f"{LIMITS.packed_bytes // 1_000_000} MB packed",
        f"{LIMITS.unpacked_bytes >> 30} GiB unpacked",
        f"{LIMITS.members} members",
        f"ratio {LIMITS.ratio} per member",
        f"{LIMITS.sheet_cells // 1_000_000} million cells a sheet",
        f"{LIMITS.file_cells // 1_000_000} million a file",
        f"{LIMITS.cpu_seconds} seconds of processor time",
        f"{LIMITS.memory_bytes / (1 << 30):g} GiB of memory",
    ):
        assert figure in said


@pytest.fixture
def decisions(texts: Mapping[str, str]) -> dict[str, str]:
    """Each decision: its file's name, and its page."""
    return {path.rsplit("/", 1)[1]: text for path, text in texts.items() if re.match(r"docs/decisions/\d{4}-", path)}


def test_decisions_are_numbered_without_a_gap(decisions: Mapping[str, str]) -> None:
    assert [int(name[:4]) for name in sorted(decisions)] == list(range(1, len(decisions) + 1))
    assert len(decisions) >= 13


def test_a_decision_is_one_page_of_context_decision_and_consequences(decisions: Mapping[str, str]) -> None:
    for name, text in decisions.items():
        assert re.findall(r"^## (.+)$", text, flags=re.MULTILINE) == DECISION_SECTIONS, name
        assert re.match(rf"# {int(name[:4])}\. \S.*\n", text), name
        assert len(text.splitlines()) <= 60, name


def test_the_index_of_decisions_is_complete_and_carries_their_titles(decisions: Mapping[str, str], texts: Mapping[str, str]) -> None:
    index = re.findall(r"^- \[(\d+\. .+)\]\((\d{4}-[a-z0-9-]+\.md)\)$", texts["docs/decisions/README.md"], flags=re.MULTILINE)
    assert index == [(text.splitlines()[0].removeprefix("# "), name) for name, text in sorted(decisions.items())]
