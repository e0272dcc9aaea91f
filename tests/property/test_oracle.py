"""A slow reader that opens each workbook cell by cell and adds up in plain Python agrees with the totals of the mesh.

It shares the declared spellings with the mesh and nothing else: no column of distinct texts, no mask, no table, no SQL.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from ncdm import demo
from ncdm.contracts import SHEETS, Column, Holds, SheetContract
from ncdm.ingest.countries import iso3
from ncdm.pipeline import ingest
from ncdm.settings import Settings
from ncdm.store.mesh import Reading
from ncdm.store.totals import ContractTotals, contract_totals
from ncdm.wiring import wired

Line = list[str]
NULLS = {"", "-", "na", "n/a", "#n/a", "#error", "not applicable"}
PAGE_LEVELS = {"Form 1": "visit", "Form 2": "summary"}


def text_of(value: object) -> str:
    """A cell as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    return " ".join(str(value).split())


def plain(text: str) -> str:
    """Letters and digits only."""
    return re.sub(r"[^a-z0-9]", "", text.lower())


def short(text: str) -> str:
    """A header without its note in brackets."""
    return plain(text.split(" (", maxsplit=1)[0])


def books(folder: Path) -> Iterator[tuple[str, str, str, list[Line]]]:
    """Study, file name, sheet name and lines of every sheet."""
    for path in sorted(folder.rglob("*.xlsx")):
        study = "Study " + re.findall(r"\d+", path.parent.name)[0]
        book = openpyxl.load_workbook(path, read_only=True)
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            yield study, path.name.lower(), sheet.title, [[text_of(cell) for cell in line] for line in sheet.iter_rows(values_only=True)]
        book.close()


def header_of(lines: list[Line], contract: SheetContract) -> tuple[int, dict[str, int]] | None:
    """The first line after the header, and where each column is; ``None`` when the header is another sheet's."""
    for first in range(min(4, len(lines))):
        depth = contract.header_rows
        heads = lines[first : first + depth]
        if len(heads) < depth:
            continue
        width = max(len(line) for line in heads)
        names = [next((line[place] for line in reversed(heads) if place < len(line) and line[place]), "") for place in range(width)]
        found: dict[str, int] = {}
        for place, name in enumerate(names):
            column = next(
                (column for column in contract.columns if plain(name) and plain(name) in {plain(word) for word in column.synonyms}), None
            )
            column = column or next(
                (column for column in contract.columns if name and short(name) in {short(word) for word in column.synonyms}), None
            )
            if column is None and re.fullmatch(r"Form \d+ Subject Status", name):
                column = contract.column("visit_subject_status")
            if column is not None:
                found[column.name] = place
        if set(contract.signature) <= set(found):
            return first + depth + contract.rows_below_header, found
    return None


def which(file: str, sheet: str, lines: list[Line]) -> SheetContract | None:
    """The contract of a sheet of the generator: by its name inside the CPID and the dashboard, by its file's name elsewhere."""
    named = {
        "Subject Level Metrics": "subject_metrics",
        "Region_Country View": "region_country_view",
        "Query Report - Cumulative": "query_cumulative",
        "Query Report - Site Action": "query_site_action",
        "Query Report - CRA Action": "query_cra_action",
        "Non conformant": "non_conformant",
        "PI Signature Report": "pi_signature",
        "SDV": "sdv",
        "Protocol Deviation": "protocol_deviation",
        "CRF Freeze": "crf_freeze",
        "CRF UnFreeze": "crf_unfreeze",
        "CRF Locked": "crf_locked",
        "CRF UnLocked": "crf_unlocked",
        "SV": "sv",
        "Reports info -reference": "report_description",
        "SAE Dashboard_DM": "sae_dm",
        "SAE Dashboard_Safety": "sae_safety",
    }
    words = {
        "visit": "visit_tracker",
        "lab": "labs",
        "lnr": "labs",
        "inactiv": "inactivated",
        "page": "missing_pages",
        "edrr": "edrr",
        "meddra": "meddra",
        "who": "whodrug",
    }
    code = named.get(sheet) or next(code for word, code in words.items() if word in file)
    contract = next(contract for _kind, contract in SHEETS if contract.code == code)
    assert header_of(lines, contract) is not None, (file, sheet)
    return contract


def value_of(column: Column, text: str) -> str | int | None:
    """What a cell counts as."""
    value: str | int | None = text
    if column.holds is Holds.SUBJECT:
        value = None if text in {"", "-"} else re.sub(r"\d{6}-", "[id]-", text)
    elif text.lower() in NULLS:
        value = None
    elif column.holds is Holds.INTEGER:
        value = int(text) if re.fullmatch(r"\d+", text) else None
    elif column.holds is Holds.COUNTRY:
        value = iso3(text)
    elif column.labels_vocabulary and text in PAGE_LEVELS:
        value = PAGE_LEVELS[text]
    else:
        for canonical, spellings in column.vocabulary.items():
            if text.lower() in {spelling.lower() for spelling in spellings}:
                value = canonical
    return value


def holds_no_number(text: str) -> bool:
    """Whether something stands in a cell of numbers that is none: a word, a code that says why, a spreadsheet's error."""
    return text.startswith("#") or (text.lower() not in NULLS and not re.fullmatch(r"\d+", text))


def totals(contract: SheetContract, sheets: list[list[Line]]) -> ContractTotals:
    """The figures of one kind of sheet, counted line by line."""
    rows: list[Mapping[str, str | int | None]] = []
    brought: set[str] = set()
    unread: Counter[str] = Counter()
    for lines in sheets:
        found = header_of(lines, contract)
        assert found is not None
        start, places = found
        brought |= set(places)
        for line in lines[start:]:
            cells = {name: line[place] if place < len(line) else "" for name, place in places.items()}
            if not cells[contract.data_column] or (contract.data_starts_with and not cells[contract.data_column].startswith("Study ")):
                continue
            unread.update(name for name, text in cells.items() if contract.column(name).holds is Holds.INTEGER and holds_no_number(text))
            rows.append({name: value_of(contract.column(name), text) for name, text in cells.items()})
    categories = [column.name for column in contract.columns if column.holds is Holds.CATEGORY]
    numbers = [column.name for column in contract.columns if column.holds is Holds.INTEGER]

    def distinct(name: str) -> int | None:
        return len({row.get(name) for row in rows} - {None}) if name in brought else None

    sums: dict[str, int | float | None] = {}
    for name in numbers:
        values = [value for row in rows if isinstance(value := row.get(name), int)]
        sums[name] = sum(values) if values or (name in brought and not rows) else None
    return ContractTotals(
        len(rows),
        distinct("subject_id"),
        distinct("site_id"),
        distinct("country_iso3"),
        sums,
        dict(unread),
        0,
        {
            name: dict(Counter("(blank)" if (value := row.get(name)) is None else str(value) for row in rows))
            for name in categories
            if name in brought
        },
    )


@pytest.mark.parametrize(("studies", "subjects", "seed"), [(12, 10, 33), (3, 20, 32)])
def test_the_slow_reader_agrees(studies: int, subjects: int, seed: int, tmp_path: Path) -> None:
    folder = tmp_path / "delivery"
    demo.write(folder, studies=studies, subjects=subjects, seed=seed)
    sheets: dict[tuple[str, str], list[list[Line]]] = {}
    for study, file, name, lines in books(folder):
        contract = which(file, name, lines)
        assert contract is not None
        sheets.setdefault((study, contract.code), []).append(lines)
    with wired(Settings(tmp_path / "home", 0, 2)) as mesh:
        ingest(mesh, folder, lambda _progress: None)
        found = contract_totals(Reading(mesh.home, mesh.engine).state())
    counted = {(study, code): total for study, kinds in found.items() for codes in kinds.values() for code, total in codes.items()}
    assert set(counted) == set(sheets)
    by_code = {contract.code: contract for _kind, contract in SHEETS}
    for (study, code), read in sheets.items():
        assert counted[study, code] == totals(by_code[code], read), (study, code)  # type: ignore[index]
    assert sum(total.rows for total in counted.values()) > 1000
