"""Thousands of damaged files, each read beside honest ones: no crash of ours, no hang, no cell of another file lost.

``NCDM_FUZZ_CASES`` sets how many (default 2,000). A case is named by its batch and number; the same seed makes it again.
"""

import datetime as dt
import io
import os
from itertools import islice
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from tests.hostile.conftest import GOOD_CELLS, cells
from tests.hostile.forge import ods, xls, xlsb
from tests.hostile.mutate import mutations

from ncdm.sources import LIMITS, Limits, Reader, RefusalCode, Refused, Workbook, digest

CASES = int(os.environ.get("NCDM_FUZZ_CASES", "2000"))
BATCHES = 8
HONEST_EVERY = 10
BOUNDS = Limits(memory_bytes=384 << 20, cpu_seconds=2, wall_seconds=60)
"""Tighter than in life, so that a case that would take much shows itself soon."""


def tracker() -> bytes:
    """A listing as a clinical system exports it: banner lines, merged title, dates, an error cell, a formula, a hidden sheet."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        date = book.add_format({"num_format": "dd-mmm-yyyy"})
        sheet = book.add_worksheet("Visit Tracker")
        sheet.merge_range("A1:F1", "Visit projection tracker")
        sheet.write_row("A3", ["Country", "Site", "Subject", "Visit", "Projected Date", "# Days Outstanding"])
        for line in range(4, 40):
            sheet.write_row(line - 1, 0, ["USA", f"Site {line % 5}", f"Subject {line}", "Cycle 1\nDay 1"])
            sheet.write_datetime(line - 1, 4, dt.datetime(2025, 11, 1 + line % 28), date)  # noqa: DTZ001 - a sheet knows no zones
            sheet.write_number(line - 1, 5, line * 3)
        sheet.write_formula("F41", "=SUM(F4:F39)", value="774")
        sheet.write_formula("G4", "=NA()", value="#N/A")
        hidden = book.add_worksheet("lists")
        hidden.write_column("A1", ["Open", "Answered", True, 1.5])
        hidden.hide()
    return buffer.getvalue()


def query_list() -> bytes:
    """Several sheets written by another library, which stores its markup otherwise."""
    book = openpyxl.Workbook()
    for title in ("Subject Level Metrics", "Query Report - Cumulative", "SV"):
        sheet = book.create_sheet(title)
        for line in range(1, 25):
            sheet.append([f"Study {line}", f"Site {line % 3}", f"Subject {line}", line, line / 7, None, "x" * (line % 9)])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def originals() -> list[bytes]:
    """One honest file of each format."""
    cell = '<table:table-cell office:value-type="string"><text:p>Site 1</text:p></table:table-cell>'
    table = f"<table:table-row>{cell * 4}</table:table-row>" * 6
    places = {(line, column): f"Subject {line}" if column else float(line) for line in range(12) for column in range(4)}
    workbooks = [tracker(), query_list()]
    return [*workbooks * 4, ods(table), xls(places, {(13, 1): 42}), xlsb(places, {(13, 1): 42})]


def test_the_originals_are_read(tmp_path: Path) -> None:
    items = []
    for number, content in enumerate(originals()):
        path = tmp_path / str(number)
        path.write_bytes(content)
        items.append((f"{number}.xlsx", path, digest(path)))
    with Reader(workers=2, limits=LIMITS) as reader:
        assert all(isinstance(outcome, Workbook) for outcome in reader.read(items))


@pytest.mark.parametrize("batch", range(BATCHES))
def test_fuzz(batch: int, tmp_path: Path, good: bytes) -> None:
    count = CASES // BATCHES + (batch < CASES % BATCHES)
    cases = mutations(batch, count, originals())
    honest = tmp_path / "honest.xlsx"
    honest.write_bytes(good)
    honest_sha256 = digest(honest)
    read = 0
    with Reader(workers=2, limits=BOUNDS) as reader:
        number = 0
        while some := list(islice(cases, HONEST_EVERY * 20)):
            items = []
            for content in some:
                number += 1
                path = tmp_path / f"{batch}-{number}"
                path.write_bytes(content)
                items.append((path.name, path, digest(path)))
                if number % HONEST_EVERY == 0:
                    items.append((honest.name, honest, honest_sha256))
            outcomes = list(reader.read(items))
            assert [outcome.name for outcome in outcomes] == [name for name, _, _ in items]
            for outcome in outcomes:
                if outcome.name == honest.name:
                    assert cells(outcome) == GOOD_CELLS
                    read += 1
                if isinstance(outcome, Refused):
                    assert outcome.code not in (RefusalCode.CRASHED, RefusalCode.TIME), outcome
            for _, path, _ in items:
                if path != honest:
                    path.unlink(missing_ok=True)
    assert read == count // HONEST_EVERY
