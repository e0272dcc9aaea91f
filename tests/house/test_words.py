"""Names and words: what the house calls things, and what it never says."""

import re
from collections.abc import Iterator, Mapping

import pytest

CODE = ("src/", "ui/src/", "tests/", "bench/", "docs/")
PRODUCT = ("src/", "ui/src/")

EMPTY_NAMES = frozenset(
    {"utils", "util", "helpers", "helper", "common", "manager", "managers", "service", "services", "misc", "shared", "lib"}
)
EMPTY_PREFIXES = ("enhanced_", "base_")

# The patterns are spelt so that this file does not find itself.
REGISTRY_HOST = r"(py[p]i|pythonh[o]sted|npm[j]s|(deb|ftp|security)\.debian)\.(org|com)"
MACHINE_PATH = r"(^|[^A-Za-z0-9_.])/(w[o]rk|f[a]rm|r[o]ot|h[o]me/[a-z])/"
UNFINISHED = r"NotImplemented[E]rror|raise NotImplemented|\bTO[D]O\b|\bFIX[M]E\b|\bXX[X]\b|placeholder [d]ata|mock [d]ata|lorem [i]psum"

# A source system's header, the trade's own term, and the sentences that state this very rule.
PATIENT_AS_THE_TRADE_SAYS_IT = re.compile(r"""["`]Patient(?: \w+)*["`]|(?:clean|strict)[ -]patient|never \W?patient""", re.IGNORECASE)
LONGEST = 400
LONGER_FOR_A_REASON: Mapping[str, str] = {
    "src/ncdm/contracts/kinds/cpid.py": "one workbook of fifteen sheets, declared in one place",
    "src/ncdm/serve/answers.py": "the whole vocabulary of the API, one dataclass an answer",
    "ui/src/api/schema.ts": "generated from the API's own description",
}
"""Module -> why it holds one idea in spite of its length."""


def hits(texts: Mapping[str, str], pattern: str, folders: tuple[str, ...] = ("",)) -> Iterator[str]:
    """Each line of the project in which the pattern occurs, as a place to mend."""
    wanted = re.compile(pattern)
    for path, text in texts.items():
        if path.startswith(folders):
            for number, line in enumerate(text.splitlines(), start=1):
                if wanted.search(line):
                    yield f"{path}:{number}: {line.strip()[:120]}"


def test_no_module_has_an_empty_name(texts: Mapping[str, str]) -> None:
    parts = {(part.split(".")[0].lower(), path) for path in texts if path.startswith(CODE) for part in path.split("/")}
    assert sorted(path for name, path in parts if name in EMPTY_NAMES or name.startswith(EMPTY_PREFIXES)) == []


def test_no_file_names_a_package_registry(texts: Mapping[str, str]) -> None:
    assert list(hits(texts, REGISTRY_HOST)) == []


def test_no_file_names_a_path_of_one_machine(texts: Mapping[str, str]) -> None:
    assert list(hits(texts, MACHINE_PATH)) == []


def test_nothing_is_left_unfinished(texts: Mapping[str, str]) -> None:
    assert list(hits(texts, UNFINISHED, PRODUCT)) == []


def test_a_subject_is_a_subject(texts: Mapping[str, str]) -> None:
    read_by_people = {path: text for path, text in texts.items() if path.startswith(PRODUCT) or path.endswith(".md")}
    said = {path: PATIENT_AS_THE_TRADE_SAYS_IT.sub("", text) for path, text in read_by_people.items()}
    assert list(hits(said, r"(?i)\bpatients?\b")) == []


def test_no_module_holds_two_ideas(texts: Mapping[str, str]) -> None:
    long = {
        path
        for path, text in texts.items()
        if path.startswith(PRODUCT) and path.endswith((".py", ".ts", ".tsx")) and text.count("\n") > LONGEST
    }
    assert long == set(LONGER_FOR_A_REASON), f"split by idea, or say why in {__file__}"


@pytest.fixture(scope="module")
def nouns(texts: Mapping[str, str]) -> list[str]:
    """The words of the glossary, in its order."""
    return re.findall(r"^\*\*(.+?)\*\*", texts["GLOSSARY.md"], flags=re.MULTILINE)


def test_the_glossary_explains_each_noun_once_and_in_order(nouns: list[str]) -> None:
    assert len(nouns) > 30
    assert nouns == sorted(set(nouns), key=str.lower)
