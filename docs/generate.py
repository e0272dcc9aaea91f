"""Write the pages of docs/reference from the declarations they describe: ``make docs``.

A page is never edited by hand; a test of the house compares each with what this script would write.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from typer.testing import CliRunner

import ncdm
from ncdm import contracts, errors
from ncdm.__main__ import COMMANDS, app
from ncdm.catalogue import declared
from ncdm.contracts.contract import Column, Kind, SheetContract
from ncdm.measures.defined import DEFINED, Defined
from ncdm.measures.not_computable import NOT_COMPUTABLE
from ncdm.sources.refusal import RefusalCode, Unfit
from ncdm.store import checks
from ncdm.store.check import Check
from ncdm.store.notices import NOTICES, REMARKS

REFERENCE = Path(__file__).parent / "reference"
NOTE = "<!-- Made by `make docs`. Do not edit. -->"


def _tree(error: type[errors.NcdmError]) -> Iterator[type[errors.NcdmError]]:
    yield error
    for child in error.__subclasses__():
        if child.__module__.startswith("ncdm."):
            yield from _tree(child)


def every_error() -> list[type[errors.NcdmError]]:
    """Each error of any stage that has a code of its own, by its code; one that has none is its parent with more to say."""
    for module in pkgutil.walk_packages(ncdm.__path__, "ncdm."):
        if "__main__" not in module.name and ".migrations" not in module.name:
            importlib.import_module(module.name)
    return sorted((error for error in _tree(errors.NcdmError) if "code" in vars(error)), key=lambda error: error.code)


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
    for error in every_error():
        sentence = (inspect.getdoc(error) or "").splitlines()[0]
        lines.append(f"| `{error.code}` | {error.__name__} | {error.status} | {sentence} |")
    return "\n".join(lines) + "\n"


def refusals_page() -> str:
    """Every reason for which one file is refused, and what a person can do about it."""
    lines = [
        NOTE,
        "# Why a file is refused",
        "",
        "A refused file costs one receipt; the rest of the delivery loads. The receipt names the reason, where, and what to do.",
        "",
        "| reason | what is wrong | what to do |",
        "|---|---|---|",
    ]
    for code in RefusalCode:
        why = Unfit(code)
        lines.append(f"| `{code}` | {why.reason} | {why.todo} |")
    return "\n".join(lines) + "\n"


def checks_page() -> str:
    """Every check across sheets and reports, why it matters, and what it needs."""
    lines = [
        NOTE,
        "# Checks",
        "",
        "Each compares sheets or reports of one study and lists the rows that contradict each other, as findings for a person to read.",
        "Nothing is repaired or left out. A check whose reports did not arrive does not apply. The promises that single rows are held to",
        "stand with their [report kinds](report-kinds.md).",
        "",
        "| code | severity | finding | why it matters | needs |",
        "|---|---|---|---|---|",
    ]
    for check in sorted(declared(checks, Check), key=lambda each: each.code):
        needs = ", ".join(f"`{kind}`" for kind in check.needs)
        lines.append(f"| `{check.code}` | {check.severity} | {_inline(check.title)} | {_inline(check.why)} | {needs} |")
    lines += [
        "",
        "What receipts and single cells give reason to report:",
        "",
        "| code | severity | finding | why it matters |",
        "|---|---|---|---|",
    ]
    for notice in (*NOTICES, *REMARKS.values()):
        lines.append(f"| `{notice.code}` | {notice.severity} | {_inline(notice.title)} | {_inline(notice.why)} |")
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


def _help(*words: str) -> str:
    told = CliRunner().invoke(app(), [*words, "--help"], prog_name="ncdm", catch_exceptions=False)
    return "\n".join(line.rstrip() for line in told.output.strip().splitlines())


def commands_page() -> str:
    """What every command says of itself."""
    lines = [NOTE, "# Commands", "", "```", _help(), "```", ""]
    for name in COMMANDS:
        lines += [f"## ncdm {name}", "", "```", _help(name), "```", ""]
        if name == "stats":
            lines += ["### ncdm stats kri", "", "```", _help(name, "kri"), "```", ""]
    return "\n".join(lines).rstrip("\n") + "\n"


_HEADINGS: Mapping[str, str] = {
    "count": "Counts",
    "ratio": "Ratios",
    "spread": "Spreads",
    "key risk indicator": "Key risk indicators",
    "criterion": "Criteria of Clean Patient Status",
    "index": "Data quality indices",
    "feature": "Engineered features and the forecast",
}


def _defined(one: Defined) -> Iterator[str]:
    """One number with everything a reader must know to trust it."""
    said = one.definition
    yield f"### {one.title} (`{one.code}`)"
    yield ""
    yield f"{said.what} {said.why}"
    yield ""
    yield f"- Formula: {said.formula}"
    yield f"- Unit: {one.unit}"
    for name, fact in one.facts.items():
        codes = name in {"needs", "numerator", "denominator", "items"}
        told = fact if isinstance(fact, str) else (", " if codes else "; ").join(f"`{part}`" if codes else part for part in fact) or "none"
        yield f"- {name.capitalize()}: {told}"
    yield f"- Example: {said.example}"
    yield f"- Limits: {said.limits}"
    yield f"- Source: {said.source}"
    yield ""


def measures_page() -> str:
    """Everything that is computed, with its definition, and what cannot be computed."""
    lines = [
        NOTE,
        "# Measures",
        "",
        "Each is a declaration in a file of its own below `src/ncdm/measures`. Measures are told for subjects, sites, countries, regions, studies and the portfolio.",
        "A value is *known*, *at least* (a lower bound), *partial* (over the part that is known), *unknown* with its reason, or *not applicable*; unknown is never zero.",
        "On the command line: `ncdm explain CODE`; the values of a count, ratio or spread with `ncdm measure CODE`, with `--rows` for the rows behind a number.",
        "",
        "| code | what | unit | kind |",
        "|---|---|---|---|",
        *(f"| `{one.code}` | {_inline(one.title)} | {one.unit} | {one.kind} |" for one in DEFINED.values()),
        "",
    ]
    for kind, heading in _HEADINGS.items():
        lines += [f"## {heading}", ""]
        for one in DEFINED.values():
            if one.kind == kind:
                lines += _defined(one)
    lines += [
        "## Not computable",
        "",
        "What these exports do not tell, so that no measure of it exists.",
        "",
        "| code | what | why not | what would be needed | source |",
        "|---|---|---|---|---|",
        *(f"| `{one.code}` | {_inline(one.title)} | {_inline(one.why)} | {_inline(one.needed)} | {one.source} |" for one in NOT_COMPUTABLE),
    ]
    return "\n".join(lines) + "\n"


PAGES: Mapping[str, Callable[[], str]] = {
    "checks.md": checks_page,
    "commands.md": commands_page,
    "errors.md": errors_page,
    "measures.md": measures_page,
    "refusals.md": refusals_page,
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
