"""Write the pages of docs/reference from the declarations they describe: ``make docs``.

A page is never edited by hand; a test of the house compares each with what this script would write.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from ncdm import contracts, errors
from ncdm.contracts.contract import Column, Kind, SheetContract

REFERENCE = Path(__file__).parent / "reference"
NOTE = "<!-- Made by `make docs`. Do not edit. -->"


def _tree(error: type[errors.NcdmError]) -> Iterator[type[errors.NcdmError]]:
    yield error
    for child in sorted(error.__subclasses__(), key=lambda each: each.code):
        yield from _tree(child)


def errors_page() -> str:
    """Every error the mesh raises on purpose, with its code, its HTTP status and what it means."""
    lines = [
        NOTE,
        "# Errors",
        "",
        "Each message says what happened, where, and what to do. Its code names a line of this page.",
        "",
        "| code | name | HTTP | what it means |",
        "|---|---|---|---|",
    ]
    for error in _tree(errors.NcdmError):
        sentence = (inspect.getdoc(error) or "").splitlines()[0]
        lines.append(f"| `{error.code}` | {error.__name__} | {error.status} | {sentence} |")
    return "\n".join(lines) + "\n"


def _spellings(column: Column) -> str:
    return ", ".join(f"`{_inline(spelling)}`" for spelling in column.synonyms)


def _inline(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _sheet(sheet: SheetContract) -> Iterator[str]:
    yield f"### {sheet.title} (`{sheet.code}` -> table `{sheet.table}`)"
    yield ""
    yield f"Recognised by: {', '.join(f'`{name}`' for name in sheet.signature)}. A line is data when `{sheet.data_column}` is not empty."
    if sheet.key:
        yield f"Natural key, to match rows of two snapshots: {', '.join(f'`{name}`' for name in sheet.key)}."
    yield ""
    yield "| column | holds | unit | CDISC | spellings seen |"
    yield "|---|---|---|---|---|"
    for column in sheet.columns:
        yield f"| `{column.name}` | {column.holds} | {column.unit} | {column.cdisc} | {_spellings(column)} |"
    yield ""
    for invariant in sheet.invariants:
        yield f"- `{invariant.code}` ({invariant.severity}) {invariant.title}: `{_inline(invariant.holds)}`"
    if sheet.invariants:
        yield ""


def _kind(kind: Kind) -> Iterator[str]:
    yield f"## {kind.title} (`{kind.code}`)"
    yield ""
    for sheet in kind.sheets:
        yield from _sheet(sheet)


def kinds_page() -> str:
    """Every report kind: its sheets, how each is recognised, its columns and the promises it is held to."""
    lines = [
        NOTE,
        "# Report kinds",
        "",
        "What the mesh recognises, by content and never by file name alone. One file of `src/ncdm/contracts/kinds` each.",
        "",
    ]
    for kind in contracts.KINDS:
        lines += _kind(kind)
    return "\n".join(lines).rstrip("\n") + "\n"


PAGES: Mapping[str, Callable[[], str]] = {
    "errors.md": errors_page,
    "report-kinds.md": kinds_page,
}


def main() -> None:
    """Write every page."""
    REFERENCE.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page(), encoding="utf-8")
        print(f"wrote docs/reference/{name}")


if __name__ == "__main__":
    main()
