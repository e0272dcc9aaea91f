"""Facts: append-only Delta tables, one a contract table. What the ledger does not name is not there.

A load appends; its rows become visible when the ledger commits the versions it reached. What a stopped load appended is
taken back before the next one appends (trust.md 3.1, design.md section 4).
"""

import json
import os
import time
import uuid
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import reduce
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from deltalake import DeltaTable, Schema
from deltalake.exceptions import DeltaError, TableNotFoundError
from deltalake.transaction import AddAction, create_table_with_add_actions

from ncdm.contracts import tables
from ncdm.errors import StoreDamaged
from ncdm.ingest.receipt import FileReceipt
from ncdm.ingest.tables import all_tables, schema
from ncdm.store.home import Home
from ncdm.types import KindCode, TableName

_PACKED = pa.dictionary(pa.int32(), pa.string())
_WRITERS = 2
_PRUNED_BY = ["load_id", "study_id"]
"""Columns by which readers pass over files; statistics of the others cost time and help nobody."""
WAITING_BYTES = 24 * 2**20
"""When the rows that wait are this many, those of the largest table are written, so that memory stays flat."""
_COLUMN_BYTES = 1_750
"""What a column takes before its first value, measured: most sheets are so small that this is most of it."""


def _complete(rows: pa.Table, table: TableName) -> pa.Table:
    """Rows with the full schema of their table, in its order; absent columns are null, repeated texts stay packed."""
    columns: dict[str, pa.Array | pa.ChunkedArray] = {}
    for field in schema(table):
        kind = _PACKED if pa.types.is_string(field.type) else field.type
        if field.name not in rows.column_names:
            columns[field.name] = pa.nulls(rows.num_rows, kind)
        else:
            column = rows[field.name]
            columns[field.name] = column if column.type == kind else column.cast(kind)
    return pa.table(columns)


class Facts:
    """The tables while a load writes them."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._waiting: dict[TableName, list[pa.Table]] = {}
        self._bytes: dict[TableName, int] = {}
        self._first: dict[TableName, int] = {}
        """Table -> the first Delta version this load wrote."""
        self.versions: dict[TableName, int] = {}
        """Table -> Delta version this load reached."""

    def append(self, table: TableName, rows: pa.Table) -> None:
        """Add rows to a table; they are written when enough have come together."""
        self._waiting.setdefault(table, []).append(rows)
        self._bytes[table] = self._bytes.get(table, 0) + rows.nbytes + rows.num_columns * _COLUMN_BYTES
        if sum(self._bytes.values()) >= WAITING_BYTES:
            self._write(max(self._bytes, key=self._bytes.__getitem__))

    def finish(self) -> Mapping[TableName, int]:
        """Write what waits and make all of it durable; the versions reached."""
        if not self._waiting:
            return self.versions
        with ThreadPoolExecutor(_WRITERS) as writers:
            list(writers.map(self._write, list(self._waiting)))
        for table in self.versions:
            _sync_log(self._home.facts / table, self._first[table])
        _sync(self._home.facts)
        return self.versions

    def _write(self, table: TableName) -> None:
        """One file, durable before the Delta version that names it."""
        rows = _complete(pa.concat_tables(self._waiting.pop(table), promote_options="default"), table)
        rows = rows.unify_dictionaries().combine_chunks()  # the writer gives up packing where a dictionary changes
        self._bytes.pop(table)
        folder = self._home.facts / table
        wanted = Schema.from_arrow(schema(table))
        folder.mkdir(exist_ok=True)
        name = f"part-{uuid.uuid4()}.parquet"
        pq.write_table(rows, folder / name, compression="zstd", store_schema=False, write_statistics=_PRUNED_BY)
        _sync(folder / name)
        action = AddAction(
            name,
            (folder / name).stat().st_size,
            {},
            int(time.time() * 1000),
            data_change=True,
            stats=json.dumps({"numRecords": rows.num_rows}),
        )
        if (folder / "_delta_log").exists():
            known = DeltaTable(folder)
            self._first.setdefault(table, known.version() + 1)
            _widen(known, wanted)
            known.create_write_transaction([action], "append", wanted)
            known.update_incremental()
        else:
            create_table_with_add_actions(str(folder), wanted, [action])
            known = DeltaTable(folder)
            self._first.setdefault(table, 0)
        self.versions[table] = known.version()


def _widen(known: DeltaTable, wanted: Schema) -> None:
    """Add the columns that a newer contract brought; files written before read them as null."""
    there = {field.name for field in known.schema().fields}
    new = [field for field in wanted.fields if field.name not in there]
    if new:
        known.alter.add_columns(new)


def _sync_log(folder: Path, first: int) -> None:
    """Make the log of a table durable from a version on: an entry that is lost would take all later ones with it."""
    log = folder / "_delta_log"
    for entry in log.glob("*.json"):
        if int(entry.stem) >= first:
            _sync(entry)
    for place in (log, folder):
        _sync(place)


def _sync(place: Path) -> None:
    """Make a file or folder durable."""
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def take_back(home: Home, versions: Mapping[TableName, int]) -> tuple[TableName, ...]:
    """Undo what a stopped load appended beyond the versions the ledger names. Call with the lock held; the tables it undid."""
    undone: list[TableName] = []
    for table in all_tables():
        folder = home.facts / table
        if not folder.exists():
            if table in versions:
                raise StoreDamaged(
                    f"the table {table} is named by the ledger and absent",
                    where=str(folder),
                    todo="Restore the data folder from its backup.",
                )
            continue
        named = versions.get(table)
        if named is None:
            _remove(folder)
            undone.append(table)
            continue
        known = _opened(folder, named)
        if known is None:
            raise StoreDamaged(f"the table {table} cannot be read", where=str(folder), todo="Restore the data folder from its backup.")
        if known.version() < named:
            raise StoreDamaged(
                f"the table {table} is at version {known.version()}, the ledger names {named}",
                where=str(folder),
                todo="Restore the data folder from its backup.",
            )
        if known.version() > named:
            if set(known.file_uris()) != set(DeltaTable(folder, version=named).file_uris()):
                known.restore(named)
                undone.append(table)
            _sync_log(folder, named + 1)
        _remove_strays(folder, set(known.file_uris()))
    return tuple(undone)


def _opened(folder: Path, named: int) -> DeltaTable | None:
    """The table, without log entries beyond the named version that a power cut left torn; ``None`` when it cannot be opened."""
    while True:
        try:
            return DeltaTable(folder)
        except (TableNotFoundError, DeltaError):
            beyond = [entry for entry in (folder / "_delta_log").glob("*.json") if entry.stem.isdigit() and int(entry.stem) > named]
            if not beyond:
                return None
            for entry in beyond:
                entry.unlink()


def _remove(folder: Path) -> None:
    """A table that no committed load names: all of it is a stray."""
    for entry in sorted(folder.rglob("*"), reverse=True):
        if entry.is_dir():
            entry.rmdir()
        else:
            entry.unlink()
    folder.rmdir()


def _remove_strays(folder: Path, kept: set[str]) -> None:
    """Data files that no version in use names."""
    names = {uri.rsplit("/", 1)[-1] for uri in kept}
    for entry in folder.glob("*.parquet"):
        if entry.name not in names:
            entry.unlink()


def files(home: Home, table: TableName, version: int) -> list[Path]:
    """The data files of a table as of a version. The log names them as addresses; a path may hold what an address may not."""
    folder = home.facts / table
    try:
        return [folder / uri.rsplit("/", 1)[-1] for uri in DeltaTable(folder, version=version).file_uris()]
    except (TableNotFoundError, DeltaError) as error:
        raise StoreDamaged(
            f"the table {table} cannot be read at version {version}",
            where=str(home.facts / table),
            todo="Restore the data folder from its backup.",
        ) from error


def subjects_of(home: Home, versions: Mapping[TableName, int], kind: KindCode, receipt: FileReceipt, load_id: int) -> frozenset[str]:
    """The subjects that the rows of one report of a file name, as of these versions."""
    found: set[str] = set()
    of = {"load_id": load_id, "study_id": receipt.study_id, "source_sha256": receipt.sha256, "kind": kind}
    of_kind = [table for table, fillers in tables().items() if any(filler.code == kind for filler, _contract in fillers)]
    for table in of_kind:
        if table in versions and "subject_id" in schema(table).names:
            for path in files(home, table, versions[table]):
                rows = pq.ParquetFile(path).read(columns=["subject_id", *of])
                mine = [pc.equal(rows[column], value) for column, value in of.items()]
                found.update(filter(None, rows.filter(reduce(pc.and_, mine))["subject_id"].unique().to_pylist()))
    return frozenset(found)
