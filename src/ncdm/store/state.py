"""One snapshot as something to ask: every table a view that holds exactly the rows the snapshot shows.

A state never changes, so what is computed from it is computed once.
"""

import threading
from collections.abc import Hashable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import duckdb
import pyarrow as pa
from sqlalchemy import Engine

from ncdm.ingest.tables import all_tables, schema
from ncdm.store import facts
from ncdm.store.home import Home
from ncdm.store.shown import Shown
from ncdm.store.snapshot import SnapshotLine

Cell = str | int | float | bool | None | object
Record = dict[str, Cell]


def text_of(value: object) -> str | None:
    """A value as text, or nothing."""
    return None if value is None else str(value)


_VISIBLE = pa.schema(
    [
        pa.field("file_no", pa.int64()),
        pa.field("study_id", pa.string()),
        pa.field("source_sha256", pa.string()),
        pa.field("load_id", pa.int64()),
        pa.field("sheet_no", pa.int32()),
        pa.field("sheet_contract", pa.string()),
        pa.field("sheet_position", pa.int32()),
        pa.field("report_as_of", pa.date32()),
        pa.field("as_of_assumed", pa.bool_()),
    ]
)


class State(Shown):
    """The mesh at one snapshot. Safe to ask from several threads."""

    def __init__(self, home: Home, engine: Engine, line: SnapshotLine | None) -> None:
        super().__init__(engine, line)
        self._home = home
        self._lock = threading.Lock()
        self.made: dict[Hashable, object] = {}
        """What later stages made of this state, by their own keys. It lives and goes with the state, whatever of it points back here."""

    @cached_property
    def _database(self) -> duckdb.DuckDBPyConnection:
        """Views over the visible rows; nothing is copied."""
        database = duckdb.connect(":memory:", config={"threads": 2, "memory_limit": "1GB"})
        database.register("visible_now", self._visible())
        database.execute("CREATE TABLE visible_sheet AS SELECT * FROM visible_now")
        database.execute("CREATE MACRO ref(sha, sheet, line) AS sha[1:16] || ':' || sheet || ':' || line")
        loads = sorted({file.load_id for file in self.files if file.file_no in self.shown})
        for table in all_tables():
            database.register("nothing", schema(table).empty_table())
            database.execute(f'CREATE TABLE "empty_{table}" AS SELECT * FROM nothing')  # noqa: S608 - names are declared
            source = f'SELECT * FROM "empty_{table}"'  # noqa: S608 - the same
            if table in self.versions and loads:
                # By name: files that were written before a contract brought a column read it as null.
                # A folder named ``study_id=5`` above the tables is a name, no column.
                paths = _literals(facts.files(self._home, table, self.versions[table]))
                source += f" UNION ALL BY NAME SELECT * FROM read_parquet({paths}, union_by_name=true, hive_partitioning=false)"  # noqa: S608 - our own files
            database.execute(
                f'CREATE VIEW "every_{table}" AS SELECT *, ref(source_sha256, sheet_no, source_row) AS row_ref FROM ({source})'  # noqa: S608 - the same
            )
            within = f"WHERE t.load_id IN ({', '.join(str(load) for load in loads)})" if loads else ""
            database.execute(
                f'CREATE VIEW "{table}" AS SELECT t.*, v.file_no, v.report_as_of, v.as_of_assumed'  # noqa: S608 - the same
                f' FROM "every_{table}" t JOIN visible_sheet v USING (study_id, source_sha256, load_id, sheet_no) {within}'
            )
        return database

    def _visible(self) -> pa.Table:
        rows = []
        positions: dict[tuple[int, str], int] = {}
        for sheet in self.sheets:
            file = self.by_number[sheet.file_no]
            position = positions[sheet.file_no, sheet.contract] = positions.get((sheet.file_no, sheet.contract), 0) + 1
            rows.append(
                (
                    sheet.file_no,
                    sheet.study_id,
                    file.receipt.sha256,
                    file.load_id,
                    sheet.sheet_no,
                    sheet.contract,
                    position,
                    sheet.as_of,
                    sheet.assumed,
                )
            )
        columns = list(zip(*rows, strict=True)) if rows else [()] * len(_VISIBLE)
        return pa.table([pa.array(list(column), field.type) for column, field in zip(columns, _VISIBLE, strict=True)], schema=_VISIBLE)

    def ask(self, sql: str, parameters: Sequence[object] = ()) -> list[Record]:
        """The rows of a query over the views, as dictionaries."""
        with self._lock:
            cursor = self._database.cursor()
        with cursor:
            found = cursor.execute(sql, list(parameters))
            names = [column[0] for column in found.description or ()]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def put(self, beside: Mapping[str, pa.Table]) -> None:
        """Set tables beside the views, in place of those of the same names; they live as long as the state."""
        with self._lock:
            for name, rows in beside.items():
                self._database.register("beside", rows)
                self._database.execute(f'CREATE OR REPLACE TABLE "{name}" AS SELECT * FROM beside')  # noqa: S608 - names are our own

    def columns(self, sql: str) -> pa.Table:
        """The rows of a query over the views and what was set beside them, as columns."""
        with self._lock:
            cursor = self._database.cursor()
        with cursor:
            return cursor.execute(sql).to_arrow_table()

    def close(self) -> None:
        """Let go of the views."""
        if "_database" in self.__dict__:
            self._database.close()


def _literals(paths: Sequence[Path]) -> str:
    """Paths as a SQL list."""
    return "[" + ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths) + "]"
