"""The port of the pages over the real store: it asks, and puts the answers into the words of the API."""

import datetime as dt
import tempfile
from collections.abc import Callable
from pathlib import Path
from weakref import WeakKeyDictionary

from ncdm.contracts import KINDS
from ncdm.errors import InvalidQuestion, NotFound
from ncdm.pipeline import ingest
from ncdm.serve import answers as say
from ncdm.serve.figures import StudyFigures, figure_sources, figure_titles, known_sum, study_totals
from ncdm.serve.listed import LISTED, listed_as
from ncdm.serve.loaded import loaded_files
from ncdm.serve.progress import Loaded, Progress
from ncdm.serve.telling import (
    LINEAGE,
    columns,
    columns_of,
    file_facts,
    finding_of,
    quarantined,
    refused,
    report_cell,
    sheet_of,
    snapshot,
    value_of,
)
from ncdm.serve.window import Filter, Slice, Sort, Window
from ncdm.store.arrival import Progress as Walked
from ncdm.store.findings import findings
from ncdm.store.home import disk_full_named
from ncdm.store.mesh import Reading
from ncdm.store.report import reports
from ncdm.store.shown import StoredFile
from ncdm.store.source import Sources, lines, outcomes, rejections, row_at, sheet_receipt
from ncdm.store.spine import spine, spines
from ncdm.store.state import State, text_of
from ncdm.types import CellRef, FileOutcome, RowRef, Severity, StudyId, TableName, column_letters
from ncdm.wiring import Wiring

SHEET_COLUMN = "contract"
"""Which sheet a row comes from: no column that is shown, but rows can be filtered by it."""


class MeshOverStore:
    """`ncdm.serve.ports.Mesh` over a data folder, but for what is measured: the command line opens rows and cells by it, and need not wait for that."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._reading = Reading(wiring.home, wiring.engine)
        self._sources = Sources(wiring.home)
        self._totals: WeakKeyDictionary[State, dict[StudyId, StudyFigures]] = WeakKeyDictionary()

    def warm(self) -> None:
        """Compute what the first page asks for, so that nobody waits for it."""
        line = self._reading.state().line
        if line is not None:
            self.portfolio(line.snapshot)

    # -- snapshots

    def snapshot(self, as_of: int | dt.date | None) -> say.Snapshot | None:
        """See `Mesh.snapshot`."""
        line = self._reading.state(as_of).line
        return None if line is None else snapshot(line)

    def snapshots(self, at: int, window: Window) -> Slice[say.Snapshot]:
        """See `Mesh.snapshots`."""
        known = [snapshot(line) for line in reversed(self._reading.snapshots()) if line.snapshot <= at]
        return Slice(tuple(known[window.offset : window.offset + window.limit]), len(known))

    def _state(self, at: int) -> State:
        return self._reading.state(at) if at else self._reading.empty()

    # -- portfolio and study

    def portfolio(self, at: int) -> say.Portfolio:
        """See `Mesh.portfolio`."""
        state = self._state(at)
        studies = tuple(self._study_line(state, study) for study in reports(state))
        countries = {site.country for found in spines(state).values() for site in found.sites if site.country is not None}
        kinds = tuple(say.Kind(kind=kind.code, title=kind.title) for kind in KINDS)
        loose = [file for file in state.apart if file.receipt.study_id is None]
        totals = say.PortfolioTotals(
            studies=len(studies),
            subjects=known_sum([study.subjects for study in studies]),
            sites=known_sum([study.sites for study in studies]),
            countries=None if studies and all(study.countries is None for study in studies) else len(countries),
            files=len(state.shown | {file.file_no for file in state.apart}),
            rows=sum(study.rows for study in studies),
            rejected=sum(study.rejected for study in studies),
            refused=sum(study.refused for study in studies) + sum(refused(state, file) for file in loose),
            quarantined=sum(study.quarantined for study in studies) + sum(quarantined(state, file) for file in loose),
            findings=sum(study.findings for study in studies),
        )
        return say.Portfolio(snapshot=None if state.line is None else snapshot(state.line), kinds=kinds, totals=totals, studies=studies)

    def _study_line(self, state: State, study: StudyId) -> say.StudyLine:
        found = reports(state)[study]
        named = spine(state, study)
        readable = any(report.rows is not None for report in found.values())
        days = [report.as_of for report in found.values() if report.as_of is not None and not report.as_of_assumed]
        return say.StudyLine(
            study_id=study,
            subjects=sum(not subject.pseudo for subject in named.subjects) if readable else None,
            sites=len(named.sites) if readable else None,
            countries=named.countries if readable else None,
            lower_bound=named.lower_bound,
            as_of=max(days, default=None),
            demo=any(state.by_number[number].demo for number in state.shown if state.by_number[number].receipt.study_id == study),
            rows=sum(report.rows or 0 for report in found.values()),
            rejected=sum(report.rejected for report in found.values()),
            refused=sum(refused(state, file) for file in state.files if file.receipt.study_id == study),
            quarantined=sum(quarantined(state, file) for file in state.files if file.receipt.study_id == study),
            findings=sum(finding.study_id == study for finding in findings(state)),
            reports=tuple(report_cell(report) for report in found.values()),
        )

    def _known(self, state: State, study_id: StudyId) -> StudyId:
        if study_id not in reports(state):
            raise NotFound(f"there is no study {study_id}", todo="See the portfolio for the studies there are.")
        return study_id

    def study(self, at: int, study_id: StudyId) -> say.Study:
        """See `Mesh.study`."""
        state = self._state(at)
        line = self._study_line(state, self._known(state, study_id))
        counted: dict[str, tuple[str, Severity, int]] = {}
        for finding in findings(state):
            if finding.study_id == study_id:
                title, severity, count = counted.get(finding.code, (finding.title, finding.severity, 0))
                counted[finding.code] = (title, severity, count + 1)
        order = list(Severity)
        checks = [say.Check(code=code, title=title, severity=severity, count=count) for code, (title, severity, count) in counted.items()]
        checks.sort(key=lambda check: (order.index(check.severity), check.code))
        files = [file for file in state.files if file.receipt.study_id == study_id and (file.file_no in state.shown or file in state.apart)]
        fields = {
            name: getattr(line, name)
            for name in (
                "study_id",
                "subjects",
                "sites",
                "countries",
                "lower_bound",
                "as_of",
                "demo",
                "rows",
                "rejected",
                "refused",
                "quarantined",
                "findings",
                "reports",
            )
        }
        figures = self._study_totals(state).get(study_id, StudyFigures())
        return say.Study(
            **fields,
            files=tuple(self._file_line(state, file) for file in files),
            totals=figures.values,
            unread=figures.unread,
            checks=tuple(checks),
            titles=figure_titles(),
            sources=figure_sources(),
        )

    def _study_totals(self, state: State) -> dict[StudyId, StudyFigures]:
        found = self._totals.get(state)
        if found is None:
            found = self._totals[state] = study_totals(state)
        return found

    def findings(self, at: int, study_id: StudyId, code: str | None, window: Window) -> Slice[say.Finding]:
        """See `Mesh.findings`."""
        state = self._state(at)
        self._known(state, study_id)
        found = [finding for finding in findings(state) if finding.study_id == study_id and code in (None, finding.code)]
        return Slice(tuple(finding_of(finding) for finding in found[window.offset : window.offset + window.limit]), len(found))

    def sites(self, at: int, study_id: StudyId, q: str | None, window: Window) -> Slice[say.Site]:
        """See `Mesh.sites`."""
        state = self._state(at)
        self._known(state, study_id)
        found = [
            site for site in (spines(state)[study_id].sites if study_id in spines(state) else ()) if _has(q, site.site_id, site.country)
        ]
        part = found[window.offset : window.offset + window.limit]
        return Slice(
            tuple(say.Site(site_id=site.site_id, country=site.country, subjects=site.subjects, reports=site.reports) for site in part),
            len(found),
        )

    def subjects(self, at: int, study_id: StudyId, q: str | None, window: Window) -> Slice[say.Subject]:
        """See `Mesh.subjects`."""
        state = self._state(at)
        self._known(state, study_id)
        known = spines(state)[study_id].subjects if study_id in spines(state) else ()
        found = [subject for subject in known if _has(q, subject.subject_id, subject.site_id, subject.country, subject.subject_status)]
        return Slice(
            tuple(
                say.Subject(
                    subject_id=subject.subject_id,
                    site_id=subject.site_id,
                    country=subject.country,
                    subject_status=subject.subject_status,
                    status_source=subject.status_source,
                    reports=subject.reports,
                    pseudo=subject.pseudo,
                )
                for subject in found[window.offset : window.offset + window.limit]
            ),
            len(found),
        )

    # -- rows

    def tables(self, at: int, study_id: StudyId) -> tuple[say.Table, ...]:
        """See `Mesh.tables`."""
        state = self._state(at)
        self._known(state, study_id)
        counts: dict[str, int] = {}
        for number in state.shown:
            receipt = state.by_number[number].receipt
            for sheet in receipt.sheets if receipt.study_id == study_id else ():
                name = listed_as(sheet.table, sheet.kind)
                if name is not None:
                    counts[name] = counts.get(name, 0) + sheet.accepted
        return tuple(
            say.Table(
                table=listed.name,
                kind=listed.kind,
                title=listed.title,
                supporting=listed.supporting,
                rows=counts[listed.name],
                columns=columns(listed.table),
            )
            for listed in LISTED.values()
            if listed.name in counts
        )

    def rows(
        self, at: int, study_id: StudyId, table: TableName, sort: Sort | None, filters: tuple[Filter, ...], window: Window
    ) -> Slice[say.Row]:
        """See `Mesh.rows`."""
        state = self._state(at)
        self._known(state, study_id)
        listed = LISTED.get(table)
        if listed is None:
            raise InvalidQuestion(f"there is no table {table}", todo=f"Tables: {', '.join(LISTED)}.")
        shown = [column.name for column in columns(listed.table)]
        for name in [*(found.column for found in filters if found.column != SHEET_COLUMN), *([sort.column] if sort else [])]:
            if name not in shown:
                raise InvalidQuestion(f"the table {table} has no column {name}", todo=f"Columns: {', '.join(shown)}.")
        where, bound = ["study_id = ?", "kind = ?"], [str(study_id), str(listed.kind)]
        for found in filters:
            if found.value:
                where.append(f"\"{found.column}\"::VARCHAR IN (?, replace(?, 'T', ' '), (TRY_CAST(? AS TIMESTAMP))::VARCHAR)")
                bound += [found.value] * 3
            else:
                where.append(f'"{found.column}" IS NULL')
        condition = " AND ".join(where)
        total = int(str(state.ask(f'SELECT count(*) AS n FROM "{listed.table}" WHERE {condition}', bound)[0]["n"]))  # noqa: S608 - declared names, values bound
        order = "" if sort is None else f'"{sort.column}" {"DESC" if sort.descending else "ASC"} NULLS LAST, '
        names = ", ".join(f'"{name}"' for name in shown)
        part = state.ask(
            f'SELECT row_ref, {names} FROM "{listed.table}" WHERE {condition} ORDER BY {order}source_sha256, sheet_no, source_row LIMIT ? OFFSET ?',  # noqa: S608 - as above
            [*bound, window.limit, window.offset],
        )
        return Slice(tuple(say.Row(ref=str(row["row_ref"]), cells={name: value_of(row[name]) for name in shown}) for row in part), total)

    # -- files and cells

    def files(self, at: int, study_id: StudyId | None, outcome: FileOutcome | None, window: Window) -> Slice[say.FileLine]:
        """See `Mesh.files`."""
        state = self._state(at)
        every = (*state.files, *state.copies)
        found = [file for file in every if study_id in (None, file.receipt.study_id) and outcome in (None, file.receipt.outcome)]
        found.sort(key=lambda file: (-file.load_id, file.file_no))
        return Slice(tuple(self._file_line(state, file) for file in found[window.offset : window.offset + window.limit]), len(found))

    def _file_line(self, state: State, file: StoredFile) -> say.FileLine:
        return say.FileLine(**file_facts(state, file), sheets=len(file.receipt.sheets))

    def file(self, at: int, file_id: str) -> say.FileReceipt:
        """See `Mesh.file`."""
        state = self._state(at)
        file = state.find(file_id)
        days = {sheet.sheet_no: (sheet.as_of, sheet.assumed) for sheet in state.sheets if sheet.file_no == file.file_no}
        about = tuple(
            finding_of(finding)
            for finding in findings(state)
            if finding.file_no == file.file_no
            or (finding.file_no is None and any(ref.startswith(file.file_id) for ref in finding.refs[:1]))
        )
        return say.FileReceipt(
            **file_facts(state, file),
            sheets=tuple(sheet_of(sheet, days.get(sheet.number, (sheet.as_of, False))) for sheet in file.receipt.sheets),
            findings=about,
        )

    def lines(self, at: int, file_id: str, sheet: int, outcome: say.LineOutcome | None, from_row: int, window: Window) -> Slice[say.Line]:
        """See `Mesh.lines`."""
        state = self._state(at)
        file = state.find(file_id)
        receipt = sheet_receipt(file, sheet)
        rejected = rejections(state, file, sheet)
        became = outcomes(receipt, rejected)
        numbers = [row for row in range(max(from_row, 1), receipt.read + 1) if outcome is None or became[row - 1] == outcome]
        part = numbers[window.offset : window.offset + window.limit]
        cells = self._sources.sheet(file, sheet)
        return Slice(
            tuple(
                say.Line(
                    row=line.row,
                    outcome=say.LineOutcome(line.became),
                    reason=line.reason,
                    ref=f"{file.file_id}:{sheet}:{line.row}",
                    cells=tuple(text if text is not None else error for text, error in zip(line.texts, line.errors, strict=True)),
                )
                for line in lines(cells, receipt, rejected, iter(part))
            ),
            len(numbers),
        )

    def cell(self, at: int, ref: RowRef | CellRef, around: int) -> say.CellView:
        """See `Mesh.cell`."""
        state = self._state(at)
        place = ref.line if isinstance(ref, CellRef) else ref
        file = state.find(place.sha256)
        receipt = sheet_receipt(file, place.sheet)
        sheet = self._sources.sheet(file, place.sheet)
        width = sheet.cells.num_columns
        if not 1 <= place.row <= receipt.read:
            raise NotFound(f"the sheet has no line {place.row}", where=receipt.name, todo=f"It has {receipt.read} lines.")
        if isinstance(ref, CellRef) and not 1 <= ref.column <= width:
            raise NotFound(
                f"the sheet has no column {column_letters(ref.column)}",
                where=receipt.name,
                todo=f"Its last column is {column_letters(width)}.",
            )
        rejected = rejections(state, file, place.sheet)
        header = range(receipt.header_first, receipt.header_last + 1) if receipt.header_first and receipt.header_last else range(0)
        near = range(max(1, place.row - around), min(receipt.read, place.row + around) + 1)
        shown = lines(sheet, receipt, rejected, iter(sorted({*header, *near})))
        row = row_at(state, file, receipt, place.row)
        fault = rejected.get(place.row)
        days = {entry.sheet_no: (entry.as_of, entry.assumed) for entry in state.sheets if entry.file_no == file.file_no}
        return say.CellView(
            file=self._file_line(state, file),
            sheet=sheet_of(receipt, days.get(receipt.number, (receipt.as_of, False))),
            row=place.row,
            column_letter=column_letters(ref.column) if isinstance(ref, CellRef) else None,
            letters=tuple(column_letters(number) for number in range(1, width + 1)),
            lines=tuple(
                say.SourceLine(
                    row=line.row,
                    outcome=say.LineOutcome(line.became),
                    reason=line.reason,
                    cells=tuple(say.SourceCell(text=text, error=error) for text, error in zip(line.texts, line.errors, strict=True)),
                )
                for line in shown
            ),
            became=None
            if row is None or receipt.table is None
            else say.Became(
                table=listed_as(receipt.table, receipt.kind) or "",
                cells={name: value_of(value) for name, value in row.items() if name not in LINEAGE and name in columns_of(receipt)},
            ),
            rejected=None if fault is None else say.Rejected(reason=str(fault["detail"]), column=text_of(fault["column_name"])),
        )

    # -- loads

    def staging(self) -> Path:
        """See `Mesh.staging`."""
        with disk_full_named(self._wiring.home):
            self._wiring.home.uploads.mkdir(mode=0o700, exist_ok=True)
            return Path(tempfile.mkdtemp(dir=self._wiring.home.uploads))

    def ingest(self, folder: Path, tell: Callable[[Progress], None]) -> Loaded:
        """See `Mesh.ingest`."""

        def told(walked: Walked) -> None:
            tell(Progress(say.LoadState(str(walked.stage)), walked.done, walked.total, walked.current))

        committed = ingest(self._wiring, folder, told, waiting=lambda: None)
        self.warm()
        return Loaded(files=loaded_files(self._reading.state(), committed.files), ignored=committed.ignored, snapshot=committed.snapshot)


def _has(q: str | None, *texts: str | None) -> bool:
    """Whether any of the texts contains the words, in any case."""
    return not q or any(q.lower() in text.lower() for text in texts if text is not None)
