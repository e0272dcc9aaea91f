"""A portfolio of invented studies that carry every quirk, and the real exports where they are, each loaded once."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ncdm import demo
from ncdm.ingest.receipt import SheetReceipt
from ncdm.pipeline import ingest
from ncdm.settings import Settings
from ncdm.store.finding import Finding
from ncdm.store.findings import findings
from ncdm.store.mesh import Reading
from ncdm.store.state import Record, State
from ncdm.types import SheetOutcome
from ncdm.wiring import wired


@dataclass(frozen=True)
class Loaded:
    """A state and the questions tests put to it."""

    state: State

    def ask(self, sql: str) -> list[Record]:
        """The rows of a query."""
        return self.state.ask(sql)

    def values(self, sql: str) -> list[object]:
        """The first column of a query."""
        return [next(iter(row.values())) for row in self.state.ask(sql)]

    def one(self, sql: str) -> object:
        """The only value of a query."""
        (value,) = self.values(sql)
        return value

    def sheets(self, study: str, contract: str) -> list[SheetReceipt]:
        """The receipts of one kind of sheet of a study that the snapshot shows, in sheet order."""
        shown = [sheet for sheet in self.state.sheets if sheet.study_id == study and sheet.contract == contract]
        found = []
        for sheet in sorted(shown, key=lambda sheet: sheet.sheet_no):
            receipts = self.state.by_number[sheet.file_no].receipt.sheets
            found.append(next(receipt for receipt in receipts if receipt.number == sheet.sheet_no))
        return found

    def all_sheets(self) -> list[SheetReceipt]:
        """The receipts of every sheet of every file."""
        return [sheet for file in self.state.files for sheet in file.receipt.sheets]

    def found(self, study: str, code: str) -> list[Finding]:
        """The findings of a code in a study."""
        return [finding for finding in findings(self.state) if finding.study_id == study and finding.code == code]

    def rows_of(self, finding: Finding, table: str) -> list[Record]:
        """The rows of a table that a finding refers to."""
        refs = ", ".join(f"'{ref}'" for ref in finding.refs)
        return self.ask(f'SELECT * FROM "{table}" WHERE row_ref IN ({refs})')


@dataclass(frozen=True)
class Portfolio(Loaded):
    """The invented studies, loaded, with what their generator says of them."""

    written: demo.Written

    def carriers(self, code: str) -> tuple[str, ...]:
        """The studies that carry a quirk; there is always one."""
        studies = self.written.quirks[code]
        assert studies, f"no study carries {code}"
        return studies

    def truth(self, study: str) -> dict[str, dict[str, object]]:
        """What the generator meant to write for a study."""
        told: dict[str, dict[str, object]] = json.loads(self.written.truth[0].read_text(encoding="utf-8"))["studies"][study]
        return told

    def figure(self, study: str, name: str) -> object:
        """One figure of what it meant."""
        return self.truth(study)[name]


@pytest.fixture(scope="session")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portfolio]:
    """Six invented studies, which carry every quirk between them."""
    folder = tmp_path_factory.mktemp("quirks")
    written = demo.write(folder / "delivery", studies=6, subjects=12, seed=3)
    with wired(Settings(folder / "home", 0, 2)) as mesh:
        ingest(mesh, folder / "delivery", lambda _progress: None)
        yield Portfolio(Reading(mesh.home, mesh.engine).state(), written)


@pytest.fixture(scope="session")
def real(reference_studies: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    """The real studies, where they are."""
    with wired(Settings(tmp_path_factory.mktemp("real") / "home", 0, 2)) as mesh:
        ingest(mesh, reference_studies, lambda _progress: None)
        yield Loaded(Reading(mesh.home, mesh.engine).state())


def accepted(receipts: list[SheetReceipt]) -> int:
    """Rows accepted from sheets that bring facts."""
    return sum(receipt.accepted for receipt in receipts if receipt.outcome is SheetOutcome.ACCEPTED)
