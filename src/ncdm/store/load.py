"""One load: files come in, rows are appended, and one ledger transaction makes all of it visible, or nothing.

Under the lock of the data folder loads follow each other, so any two of them equal some serial order.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from sqlalchemy import Connection, Engine, Insert, func, insert, select

from ncdm import __version__
from ncdm.ingest.file import ConformedFile
from ncdm.ingest.receipt import FileReceipt, SheetReceipt
from ncdm.ingest.version import rules
from ncdm.store import schema as db
from ncdm.store.apart import last_deliveries, set_apart
from ncdm.store.as_of import VisibleSheet, effective
from ncdm.store.duplicates import as_duplicate
from ncdm.store.facts import Facts, subjects_of, take_back
from ncdm.store.follow import outdone
from ncdm.store.home import Home, disk_full_named
from ncdm.store.ledger import writing
from ncdm.store.receipts import file_id, file_receipt, file_row, sheet_row
from ncdm.store.snapshot import table_versions, visible_sheets
from ncdm.types import FileOutcome, KindCode, Sha256, SheetOutcome, StudyId, TableName

_AT_A_TIME = 1_000
_TRANSIENT = frozenset({"cpu", "time", "memory", "crashed", "unreadable", "changed"})
"""Refusals that another try may overcome; the others are remembered by the file's hash."""


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file that an earlier load read by the rules in force."""

    file_no: int
    load_id: int
    content_study: StudyId | None
    receipt: FileReceipt


@dataclass(frozen=True, slots=True)
class Committed:
    """What a load came to."""

    snapshot: int | None
    """The snapshot that shows it; the earlier one when nothing changed, ``None`` when there is none."""
    changed: bool
    files: tuple[FileReceipt, ...]
    """Every file of the delivery, in the order it was taken."""
    ignored: tuple[str, ...] = ()
    """The names of its files that are no spreadsheets; nothing of them was read."""


class _Added(NamedTuple):
    """A file that was read now."""

    file_no: int
    receipt: FileReceipt
    content_study: StudyId | None
    demo: bool


class Load:
    """Collects one delivery. Use it inside the lock of its data folder."""

    def __init__(self, home: Home, engine: Engine, source: str) -> None:
        self._home = home
        self._engine = engine
        self._source = source
        self._started = dt.datetime.now(dt.UTC).replace(tzinfo=None)
        with engine.connect() as connection:
            self._previous: int | None = connection.execute(select(func.max(db.LOAD.c.load_id))).scalar()
            self._next_file: int = (connection.execute(select(func.max(db.FILE.c.file_no))).scalar() or 0) + 1
            self._versions = table_versions(connection, self._previous)
            self._known = _known_files(connection)
        self._by_hash: dict[Sha256, tuple[KnownFile, ...]] = {}
        for known in self._known:
            if known.receipt.sha256 is not None and known.receipt.code not in _TRANSIENT:
                self._by_hash[known.receipt.sha256] = (*self._by_hash.get(known.receipt.sha256, ()), known)
        self._load_id = (self._previous or 0) + 1
        self.taken_back = take_back(home, self._versions)
        """Tables from which the rows of a stopped load were taken back."""
        self._facts = Facts(home)
        self._added: list[_Added] = []
        self._delivered: list[tuple[int, FileReceipt]] = []
        self._shown: dict[int, tuple[VisibleSheet, ...]] = {}

    def known(self, sha256: Sha256) -> tuple[KnownFile, ...]:
        """The readings of these bytes by the rules in force, one for each study they were delivered for."""
        return self._by_hash.get(sha256, ())

    def again(self, known: KnownFile, name: str) -> FileReceipt:
        """The delivery brings bytes that are known: nothing is read again."""
        outcome = FileOutcome.UNCHANGED if known.receipt.outcome is FileOutcome.LOADED else known.receipt.outcome
        return self._deliver(known.file_no, replace(known.receipt, name=name, outcome=outcome))

    def twice(self, first: FileReceipt, name: str) -> FileReceipt:
        """The delivery brings the same bytes for the same study a second time."""
        file_no = next(number for number, receipt in self._delivered if receipt is first)
        return self._deliver(file_no, as_duplicate(first, name, first.name))

    def add(self, file: ConformedFile, content_study: StudyId | None, *, demo: bool) -> FileReceipt:
        """A file that was read now: keep its receipt and append its rows."""
        receipt = file.receipt
        if receipt.outcome is FileOutcome.REFUSED:
            for known in self._known:
                if (
                    known.receipt.code == receipt.code
                    and known.receipt.study_id == receipt.study_id
                    and file_id(known.receipt) == file_id(receipt)
                ):
                    return self._deliver(known.file_no, receipt)
        number = self._next_file
        self._next_file += 1
        self._added.append(_Added(number, receipt, content_study, demo))
        if receipt.study_id is not None:
            self._shown[number] = tuple(
                VisibleSheet(number, sheet.number, receipt.study_id, sheet.kind, sheet.contract or "", sheet.as_of)
                for sheet in receipt.sheets
                if sheet.kind is not None
            )
        for sheet, table, rows in file.rows:
            self._facts.append(table, self._stamped(rows, receipt, sheet.receipt))
        return self._deliver(number, receipt)

    def _deliver(self, file_no: int, receipt: FileReceipt) -> FileReceipt:
        self._delivered.append((file_no, receipt))
        return receipt

    def _stamped(self, rows: pa.Table, file: FileReceipt, sheet: SheetReceipt) -> pa.Table:
        """The rows with where they come from."""
        lineage: dict[str, str | None] = {
            "study_id": file.study_id,
            "kind": sheet.kind,
            "contract": sheet.contract,
            "source_file": file.name,
            "source_sha256": file.sha256,
            "source_sheet": sheet.name,
        }
        count = rows.num_rows
        zeros = pa.array(np.zeros(count, dtype=np.int32))
        stamp: dict[str, pa.Array] = {
            name: pa.DictionaryArray.from_arrays(zeros, pa.array([value], pa.string())) for name, value in lineage.items()
        }
        stamp["sheet_no"] = pa.array(np.full(count, sheet.number, dtype=np.int32))
        stamp["load_id"] = pa.array(np.full(count, self._load_id, dtype=np.int64))
        stamp["ingested_at"] = pa.array(np.full(count, np.datetime64(self._started, "us")))
        return pa.table([*stamp.values(), *rows.columns], names=[*stamp, *rows.column_names])

    def commit(self) -> Committed:
        """Make the load visible. Nothing is written when the delivery changes nothing."""
        receipts = tuple(receipt for _number, receipt in self._delivered)
        with self._engine.connect() as connection:
            before = visible_sheets(connection, self._previous)
            brought = self._newest(self._brought(connection))
            last = last_deliveries(connection, self._previous)
            now = {**last, **dict.fromkeys((number for number, _receipt in self._delivered), self._load_id)}
            waiting = set_apart(connection, before, last)
        replaced = {(sheet.study_id, sheet.kind) for sheet in brought}
        kept = [sheet for sheet in before if (sheet.study_id, sheet.kind) not in replaced]
        after = effective([*kept, *brought])
        with self._engine.connect() as connection:
            still_waiting = set_apart(connection, after, now)
        if not self._added and set(after) == set(before) and still_waiting == waiting and not self._brought_back(last):
            return Committed(self._previous, changed=False, files=receipts)
        versions = {**self._versions, **self._facts.finish()}
        with disk_full_named(self._home), writing(self._engine) as connection:
            self._write(connection, after, versions)
        return Committed(self._load_id, changed=True, files=receipts)

    def _brought_back(self, last: Mapping[int, int]) -> bool:
        """Whether a file comes again that the load before left out although it brought others of its study: until now it was told as missing there."""
        before = {number for number, load_id in last.items() if load_id == self._previous}
        studies = {known.receipt.study_id for known in self._known if known.file_no in before}
        return any(number not in before and receipt.study_id in studies for number, receipt in self._delivered)

    def _brought(self, connection: Connection) -> tuple[VisibleSheet, ...]:
        """The sheets this delivery shows: of files read now, and of known files delivered again."""
        again = {number for number, _receipt in self._delivered} - {added.file_no for added in self._added}
        statement = (
            select(db.SHEET, db.FILE.c.study_id)
            .join(db.FILE, db.FILE.c.file_no == db.SHEET.c.file_no)
            .where(db.SHEET.c.kind.is_not(None), db.SHEET.c.outcome != SheetOutcome.QUARANTINED, db.FILE.c.study_id.is_not(None))
        )
        known = [
            VisibleSheet(row["file_no"], row["number"], StudyId(row["study_id"]), KindCode(row["kind"]), row["contract"], row["as_of"])
            for row in connection.execute(statement).mappings()
            if row["file_no"] in again
        ]
        return tuple(known) + tuple(sheet for sheets in self._shown.values() for sheet in sheets)

    def _newest(self, brought: tuple[VisibleSheet, ...]) -> tuple[VisibleSheet, ...]:
        """Those of the sheets that no newer delivery in this same load replaces."""
        names = {number: receipt.name for number, receipt in self._delivered}
        receipts = dict(self._delivered)
        read_before = {known.file_no: known.load_id for known in self._known}

        def subjects(file_no: int, kind: KindCode) -> frozenset[str]:
            receipt, load_id = receipts[file_no], read_before.get(file_no, self._load_id)
            return subjects_of(self._home, {**self._versions, **self._facts.finish()}, kind, receipt, load_id)

        replaced = outdone(brought, names, subjects)
        return tuple(sheet for sheet in brought if (sheet.file_no, sheet.kind) not in replaced)

    def _write(self, connection: Connection, after: tuple[VisibleSheet, ...], versions: Mapping[TableName, int]) -> None:
        """The whole load in one transaction."""
        outcomes = [receipt.outcome for _number, receipt in self._delivered]
        connection.execute(
            insert(db.LOAD),
            {
                "load_id": self._load_id,
                "committed_at": dt.datetime.now(dt.UTC).replace(tzinfo=None),
                "source": self._source,
                "demo": any(added.demo for added in self._added),
                "as_of": max((sheet.derived for sheet in after if sheet.derived is not None), default=None),
                "files_loaded": outcomes.count(FileOutcome.LOADED),
                "files_unchanged": outcomes.count(FileOutcome.UNCHANGED),
                "files_refused": outcomes.count(FileOutcome.REFUSED),
                "software": __version__,
            },
        )
        _insert_all(
            connection,
            insert(db.TABLE_VERSION),
            ({"load_id": self._load_id, "table_name": table, "version": version} for table, version in versions.items()),
        )
        _insert_all(
            connection,
            insert(db.FILE),
            (file_row(added.receipt, added.file_no, self._load_id, added.content_study, demo=added.demo) for added in self._added),
        )
        _insert_all(
            connection,
            insert(db.SHEET),
            (sheet_row(sheet, added.file_no) for added in self._added for sheet in added.receipt.sheets),
        )
        _insert_all(
            connection,
            insert(db.DELIVERY),
            (
                {"load_id": self._load_id, "position": position, "file_no": number, "name": receipt.name, "outcome": str(receipt.outcome)}
                for position, (number, receipt) in enumerate(self._delivered)
            ),
        )
        _insert_all(
            connection,
            insert(db.VISIBLE),
            (
                {
                    "load_id": self._load_id,
                    "file_no": sheet.file_no,
                    "sheet_no": sheet.sheet_no,
                    "as_of": sheet.as_of,
                    "as_of_assumed": sheet.assumed,
                }
                for sheet in after
            ),
        )


def _insert_all(connection: Connection, statement: Insert, rows: Iterable[Mapping[str, object]]) -> None:
    """Insert the rows, if there are any, some at a time: those of a large load are large."""
    coming = iter(rows)
    while found := list(islice(coming, _AT_A_TIME)):
        connection.execute(statement, found)


def _known_files(connection: Connection) -> tuple[KnownFile, ...]:
    """Every file that was read by the rules in force."""
    rows = connection.execute(select(db.FILE).where(db.FILE.c.contracts == rules()).order_by(db.FILE.c.file_no)).mappings()
    return tuple(
        KnownFile(
            row["file_no"], row["load_id"], None if row["content_study"] is None else StudyId(row["content_study"]), file_receipt(row)
        )
        for row in rows
    )
