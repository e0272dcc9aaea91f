"""Measures over rows that a test makes up: tables in memory, any engine that runs expressions, and the groups they name."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from random import Random
from typing import Any

import ibis
import ibis.expr.operations as ops
import pyarrow as pa
from duckdb import connect

from ncdm.contracts import SHEETS, Holds, Role
from ncdm.ingest.tables import fields_of, schema
from ncdm.measures.catalogue import COUNTS, MEASURES
from ncdm.measures.compute import Measures
from ncdm.measures.grouped import Ask
from ncdm.measures.presence import Presence, presence
from ncdm.measures.universe import Universe, universe
from ncdm.measures.value import Level
from ncdm.store.report import reports
from ncdm.store.spine import Site, Spine, Subject, spines
from ncdm.store.state import State
from ncdm.types import KindCode, SiteId, StudyId, SubjectId

Row = dict[str, Any]
"""Whatever the cells of a row hold."""
WITH_EACH_ROW = (
    pa.field("row_ref", pa.string()),
    pa.field("file_no", pa.int64()),
    pa.field("report_as_of", pa.date32()),
    pa.field("as_of_assumed", pa.bool_()),
)
FACTS = [contract for _kind, contract in SHEETS if contract.role is Role.FACTS]
TABLES = sorted({contract.table for contract in FACTS})
KIND = {contract.code: kind.code for kind, contract in SHEETS}


@dataclass(frozen=True)
class Made:
    """Studies with everything that measures ask about."""

    rows: Mapping[str, list[Row]]
    spine: Mapping[StudyId, Spine]
    sheets: Mapping[StudyId, frozenset[str]]

    def universe(self) -> Universe:
        """Their groups."""
        return universe(self.spine)

    def delivered(self) -> dict[StudyId, Presence]:
        """What each study has."""
        return {
            study: Presence(sheets, frozenset(), dict.fromkeys({KindCode(KIND[code]) for code in sheets}, 0), {})
            for study, sheets in self.sheets.items()
        }

    def tables(self) -> dict[str, pa.Table]:
        """Their rows as tables, and their groups."""
        return {name: table_of(name, self.rows.get(name, [])) for name in TABLES} | dict(self.universe().tables)

    def measures(self, ask: Ask) -> Measures:
        """The measures of these studies, computed by an engine that holds their tables."""
        return Measures(ask, self.universe(), self.delivered(), COUNTS)

    def without(self, study: StudyId, *codes: str) -> "Made":
        """The same without some sheets of a study."""
        kept = {name: [row for row in rows if row["study_id"] != study or row["contract"] not in codes] for name, rows in self.rows.items()}
        return replace(self, rows=kept, sheets={**self.sheets, study: self.sheets[study] - set(codes)})


def table_of(name: str, rows: Sequence[Row]) -> pa.Table:
    """Rows as a table of the store; what a row does not name is null."""
    fields = pa.schema([*schema(next(table for table in TABLES if table == name)), *WITH_EACH_ROW])
    return pa.table({field.name: pa.array([row.get(field.name) for row in rows], field.type) for field in fields}, schema=fields)


def duckdb(tables: Mapping[str, pa.Table]) -> Ask:
    """Run expressions with DuckDB in memory."""
    engine = connect(config={"threads": 1})
    for name, table in tables.items():
        engine.register(name, table)
    return lambda expression: engine.execute(_sql(expression.op())).to_arrow_table()


@lru_cache(maxsize=1_024)
def _sql(operation: ops.Node) -> str:
    return str(ibis.to_sql(operation.to_expr(), dialect="duckdb"))


def told(found: Measures, levels: Iterable[Level] = Level) -> dict[tuple[str, str], list[tuple[object, ...]]]:
    """Every measure at every level, as values that can be compared: value, parts, state and reason of each group."""
    return {
        (code, level): [
            (value.group, value.value, value.numerator, value.denominator, value.state, value.reason)
            for value in found.values(measure, level)
        ]
        for code, measure in MEASURES.items()
        for level in levels
    }


def of_state(state: State) -> Made:
    """What a snapshot shows, read back row by row."""
    rows: dict[str, list[Row]] = {name: state.ask(f'SELECT * FROM "{name}"') for name in TABLES}
    delivered = presence(state.sheets, reports(state))
    return Made(rows, spines(state), {study: one.sheets & {contract.code for contract in FACTS} for study, one in delivered.items()})


# ---------------------------------------------------------------------------------------------------------------- making up

_DAYS = [dt.date(2025, 11, 1) + dt.timedelta(days=7 * week) for week in range(3)]
_WORDS: Mapping[str, Sequence[str]] = {
    "marking_group": (
        "Site from System",
        "Site from Data Manager",
        "DM from System",
        "Monitor from DM",
        "FM from Clinical Review",
        "Site from Safety",
        "Nobody",
    ),
    "inactivated_object": ("page", "record"),
    "inactivation_reason": ("none", "not_applicable", "not_done"),
    "inactivation_actor": ("user", "amendment_manager"),
    "is_unplanned": ("yes", "no"),
    "folder_name": ("Visit 1", "Visit 2"),
    "visit_date_text": ("01NOV2025", "08NOV2025"),
}


def make_up(seed: int) -> Made:
    """A few small studies with blanks, unheard words, rows of no subject, sites that rows contradict, and sheets that are missing.

    Equal labels stand in several studies, and Subject 1 beside Subject 10.
    """
    chance = Random(seed)
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    spine, sheets = {}, {}
    for study in (StudyId("Study 1"), StudyId("Study 2"), StudyId("Study 10"))[: chance.randint(1, 3)]:
        places = tuple(
            Site(SiteId(f"Site {n}"), chance.choice(("FRA", "JPN", None)), chance.choice(("EMEA", "ASIA", None)), 0, (), ())
            for n in (1, 2, 10)
        )
        people = tuple(_subject(chance, n, places) for n in (1, 2, 3, 10))
        spine[study] = Spine(places, people, lower_bound=False)
        sheets[study] = frozenset(contract.code for contract in FACTS if chance.random() < 0.8)
        for contract in FACTS:
            if contract.code in sheets[study]:
                listed = chance.sample(people, chance.randint(0, len(people))) if contract.code == "subject_metrics" else None
                for line in range(chance.randint(0, 9) if listed is None else len(listed)):
                    subject = chance.choice((*people, None)) if listed is None else listed[line]
                    rows[contract.table].append(_row(chance, study, contract.code, line, subject, places))
    return Made(rows, spine, sheets)


def _subject(chance: Random, number: int, places: Sequence[Site]) -> Subject:
    site = chance.choice((*places, None))
    return Subject(SubjectId(f"Subject {number}"), None if site is None else site.site_id, None, None, None, (), (), pseudo=False)


def _row(chance: Random, study: StudyId, code: str, line: int, subject: Subject | None, places: Sequence[Site]) -> Row:
    contract = next(contract for contract in FACTS if contract.code == code)
    row: Row = {field.name: _cell(chance, code, field) for field in fields_of(contract)} | dict(contract.constants)
    sha, sheet = chance.choice("ab") * 16, chance.randint(0, 1)
    row |= {"study_id": study, "kind": KIND[code], "contract": code, "source_sha256": sha, "sheet_no": sheet, "source_row": line}
    row |= {
        "row_ref": f"{code}:{study}:{line}",
        "report_as_of": chance.choice((*_DAYS, None)),
        "subject_id": subject and subject.subject_id,
    }
    if "site_id" in row:
        row["site_id"] = chance.choice((subject and subject.site_id, subject and subject.site_id, None, chance.choice(places).site_id))
    return row


def _cell(chance: Random, code: str, field: pa.Field) -> object:
    contract = next(contract for contract in FACTS if contract.code == code)
    column = next((column for column in contract.columns if column.name == field.name), None)
    if chance.random() < 0.15:
        return None
    if field.type in {pa.int64(), pa.int32()}:
        return chance.choice((0, 0, 1, 2, 14, 15, 31, 61, 100))
    if field.type == pa.date32():
        return chance.choice(_DAYS)
    if field.type == pa.timestamp("us"):
        return dt.datetime(2025, 10, 1) + dt.timedelta(days=chance.randint(0, 45), seconds=chance.randint(0, 86_399))  # noqa: DTZ001 - cells have no zone
    if column is not None and column.holds is Holds.CATEGORY and column.vocabulary:
        return chance.choice((*column.vocabulary, *column.vocabulary, "Unheard"))
    return chance.choice(_WORDS.get(field.name, ("A", "B")))
