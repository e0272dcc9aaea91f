"""Outside things have one door each."""

import ast
from collections.abc import Iterator, Mapping

READS_THE_ENVIRONMENT: Mapping[str, str] = {
    "src/ncdm/settings.py": "the only reader of the environment",
}


def _environment_reads(text: str) -> Iterator[int]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "environb", "getenv", "getenvb"}:
            yield node.lineno
        if isinstance(node, ast.ImportFrom) and node.module == "os" and {alias.name for alias in node.names} & {"environ", "getenv"}:
            yield node.lineno


def test_the_environment_has_one_reader(texts: Mapping[str, str]) -> None:
    sources = {path: text for path, text in texts.items() if path.startswith("src/") and path.endswith(".py")}
    assert {path for path, text in sources.items() if any(_environment_reads(text))} == set(READS_THE_ENVIRONMENT)


def test_nothing_is_caught_that_cannot_be_named(texts: Mapping[str, str]) -> None:
    for path, text in texts.items():
        if path.startswith("src/") and path.endswith(".py"):
            bare = [node.lineno for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ExceptHandler) and node.type is None]
            assert bare == [], path
