"""``ncdm snapshots``, ``studies``, ``totals`` and ``findings``."""

from difflib import get_close_matches
from typing import Annotated

import typer

from ncdm.commands.asking import state_at, study_of
from ncdm.commands.console import OUT, AsOf, Json, MaybeStudy, as_json, as_table, errors_told, opened
from ncdm.contracts import KIND_BY_CODE, KINDS
from ncdm.errors import InvalidQuestion
from ncdm.store.findings import CODES
from ncdm.store.findings import findings as all_findings
from ncdm.store.mesh import Reading
from ncdm.store.report import reports
from ncdm.store.spine import spines
from ncdm.store.totals import Number, contract_totals, headlines
from ncdm.types import ReportState

NO_STUDY = "No study: no file of this snapshot says which study it is about. See ncdm receipts."


def snapshots(json: Json = False) -> None:
    """List the committed states, newest first."""
    with errors_told(), opened() as wiring:
        lines = Reading(wiring.home, wiring.engine).snapshots()[::-1]
        if json:
            as_json(list(lines))
        else:
            rows = [
                (
                    line.snapshot,
                    line.as_of,
                    line.committed_at.strftime("%d %b %Y %H:%M UTC"),
                    line.files_loaded,
                    line.files_unchanged,
                    line.files_refused,
                    line.demo,
                )
                for line in lines
            ]
            as_table(
                "Snapshots",
                ("snapshot", "as of", "committed", "loaded", "unchanged", "refused", "demo"),
                rows,
                numbers=("snapshot", "loaded", "unchanged", "refused"),
                empty="Nothing is loaded yet. Load a folder of exports: ncdm ingest FOLDER. Without data: ncdm demo FOLDER.",
            )


def studies(as_of: AsOf = None, json: Json = False) -> None:
    """List the studies: subjects, sites, countries and which reports there are."""
    with errors_told(), state_at(as_of) as state:
        found = reports(state)
        spine = spines(state)
        lines = [
            {
                "study": study,
                "subjects": sum(not subject.pseudo for subject in spine[study].subjects) if study in spine else None,
                "sites": len(spine[study].sites) if study in spine else None,
                "countries": spine[study].countries if study in spine else None,
                "lower_bound": study not in spine or spine[study].lower_bound,
                "demo": any(state.by_number[sheet.file_no].demo for sheet in state.sheets if sheet.study_id == study),
                "reports": {kind: report.state for kind, report in of_study.items()},
            }
            for study, of_study in found.items()
        ]
        if json:
            as_json(lines)
            return
        marks = {ReportState.MISSING: "-", ReportState.QUARANTINED: "!", ReportState.REFUSED: "x"}
        rows = [
            (
                line["study"],
                *(
                    None if line[name] is None else f"{'>= ' if line['lower_bound'] else ''}{line[name]:,}"
                    for name in ("subjects", "sites", "countries")
                ),
                *(marks.get(report.state, f"{report.rows or 0:,}{'*' if report.note else ''}") for report in of_study.values()),
            )
            for line, of_study in zip(lines, found.values(), strict=True)
        ]
        columns = ("study", "subjects", "sites", "countries", *(kind.code for kind in KINDS))
        as_table("Studies, and the rows of each report", columns, rows, numbers=columns[1:], empty=NO_STUDY)
        if not rows:
            return
        OUT.print(
            "0: there and empty, a true zero. -: missing, so unknown. !: quarantined. x: refused."
            " >=: the subject sheet is not there or not whole, so only what some row names is known. *: not the newest, see ncdm totals."
        )


def totals(study: MaybeStudy = None, as_of: AsOf = None, json: Json = False) -> None:
    """Rows, subjects, sites, as-of dates and headline sums per study and report."""
    with errors_told(), state_at(as_of) as state:
        wanted = [study_of(state, study)] if study is not None else list(reports(state))
        counted, figures, spine = contract_totals(state), headlines(state), spines(state)
        tree = {}
        for name in wanted:
            kinds = {}
            for kind, report in reports(state)[name].items():
                sheets = counted.get(name, {}).get(kind, {})
                kinds[kind] = {
                    "state": report.state,
                    "rows": report.rows,
                    "rejected": report.rejected if report.rows is not None else None,
                    "as_of": report.as_of,
                    "as_of_assumed": report.as_of_assumed,
                    "note": report.note,
                    "sums": figures.get(name, {}).get(kind, {}),
                    "sheets": sheets,
                }
            own = spine.get(name)
            tree[name] = {
                "subjects": None if own is None else sum(not subject.pseudo for subject in own.subjects),
                "sites": None if own is None else len(own.sites),
                "countries": None if own is None else own.countries,
                "lower_bound": own is None or own.lower_bound,
                "kinds": kinds,
            }
        if json:
            as_json(
                {
                    "snapshot": state.line.snapshot if state.line else None,
                    "as_of": state.line.as_of if state.line else None,
                    "studies": tree,
                }
            )
            return
        rows: list[tuple[object, ...]] = []
        for name in wanted:
            for kind, report in reports(state)[name].items():
                day = (
                    ""
                    if report.as_of is None
                    else f"{report.as_of:%d %b %Y}"
                    + (" (assumed)" if report.as_of_assumed else "")
                    + (f"; {report.note}" if report.note else "")
                )
                rows.append((name, KIND_BY_CODE[kind].title, report.state, "rows", report.rows, day))
                for code, sheet in counted.get(name, {}).get(kind, {}).items():
                    rows.append(("", "", "", f"{code} rows", *_at_least(sheet.rows, 0, sheet.rejected)))
                    rows.extend(
                        ("", "", "", column, *_at_least(value, sheet.unread.get(column, 0), sheet.rejected))
                        for column, value in sheet.sums.items()
                        if not column.startswith(("days_", "record_"))
                    )
                rows.extend(("", "", "", figure, value, "") for figure, value in figures.get(name, {}).get(kind, {}).items())
        as_table("Totals", ("study", "report", "state", "figure", "value", "as of"), rows, numbers=("value",), empty=NO_STUDY)


def _at_least(value: Number | None, unread: int, rejected: int) -> tuple[object, str]:
    """A figure, which is a lower bound where cells hold no number or lines were rejected, and that they do."""
    cells = [] if not unread else ["1 cell holds no number" if unread == 1 else f"{unread} cells hold no number"]
    lines = [] if not rejected else ["1 line was rejected" if rejected == 1 else f"{rejected} lines were rejected"]
    told = "; ".join((*cells, *lines))
    return (f">= {value:,}" if told and value is not None else value), told


def findings(
    study: MaybeStudy = None,
    code: Annotated[str | None, typer.Option(help="Only this check.")] = None,
    as_of: AsOf = None,
    json: Json = False,
) -> None:
    """Every exception to what contracts and checks promise, with its rows. Ends with 1 when there is any."""
    with errors_told(), state_at(as_of) as state:
        if code is not None and code not in CODES:
            near = get_close_matches(code, CODES) or CODES
            raise InvalidQuestion(f"there is no check {code}", where="--code", todo=f"Ask for {', '.join(near)}.")
        wanted = None if study is None else study_of(state, study)
        found = [finding for finding in all_findings(state) if wanted in (None, finding.study_id) and code in (None, finding.code)]
        if json:
            as_json(found)
        else:
            rows = [
                (
                    finding.study_id,
                    finding.severity,
                    finding.code,
                    finding.title,
                    finding.subject_id or finding.site_id or "",
                    finding.what,
                    len(finding.refs),
                )
                for finding in found
            ]
            of = ", ".join(part for part in (wanted, code) if part is not None)
            columns = ("study", "severity", "code", "check", "subject or site", "what", "rows")
            as_table("Findings", columns, rows, numbers=("rows",), empty=f"{of}: no finding." if of else "No finding.")
    if found:
        raise typer.Exit(1)
