"""What a snapshot shows, as the ledger tells it: its sheets, and every file up to it with its receipt. No row is opened."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Engine, select

from ncdm.errors import NotFound
from ncdm.ingest.receipt import FileReceipt, SheetReceipt
from ncdm.store import schema as db
from ncdm.store.apart import last_deliveries, set_apart
from ncdm.store.as_of import VisibleSheet
from ncdm.store.duplicates import as_duplicate, duplicates
from ncdm.store.receipts import file_receipt, sheet_receipt
from ncdm.store.snapshot import SnapshotLine, resolve, snapshots, table_versions, visible_sheets
from ncdm.types import TableName


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file as the ledger keeps it."""

    file_no: int
    file_id: str
    load_id: int
    demo: bool
    receipt: FileReceipt


class Shown:
    """One snapshot in the ledger; it never changes."""

    def __init__(self, engine: Engine, line: SnapshotLine | None) -> None:
        self.line = line
        number = None if line is None else line.snapshot
        with engine.connect() as connection:
            self.sheets: tuple[VisibleSheet, ...] = visible_sheets(connection, number)
            self.before: tuple[VisibleSheet, ...] = visible_sheets(connection, None if number is None else number - 1)
            """The sheets that the snapshot before this one showed."""
            self.versions: Mapping[TableName, int] = table_versions(connection, number)
            rows = (
                connection.execute(select(db.FILE).where(db.FILE.c.load_id <= (number or 0)).order_by(db.FILE.c.file_no)).mappings().all()
            )
            sheet_rows = connection.execute(
                select(db.SHEET)
                .join(db.FILE, db.FILE.c.file_no == db.SHEET.c.file_no)
                .where(db.FILE.c.load_id <= (number or 0))
                .order_by(db.SHEET.c.file_no, db.SHEET.c.number)
            ).mappings()
            receipts: dict[int, list[SheetReceipt]] = {}
            for row in sheet_rows:
                receipts.setdefault(row["file_no"], []).append(sheet_receipt(row))
            last = last_deliveries(connection, number)
            apart = set_apart(connection, self.sheets, last)
            twice = duplicates(connection, number)
        self.delivered: frozenset[int] = frozenset(file_no for file_no, load in last.items() if load == number)
        """The files of the delivery that made this snapshot."""
        self.files: tuple[StoredFile, ...] = tuple(
            StoredFile(
                row["file_no"], row["file_id"], row["load_id"], row["demo"], file_receipt(row, tuple(receipts.get(row["file_no"], ())))
            )
            for row in rows
        )
        self.by_number: Mapping[int, StoredFile] = {file.file_no: file for file in self.files}
        self.copies: tuple[StoredFile, ...] = tuple(
            replace(
                self.by_number[copy.file_no],
                load_id=copy.load_id,
                receipt=as_duplicate(self.by_number[copy.file_no].receipt, copy.name, copy.first),
            )
            for copy in twice
        )
        """Files whose bytes stood twice in their delivery, each under the number of the file that was taken."""
        self.shown: frozenset[int] = frozenset(sheet.file_no for sheet in self.sheets)
        """The files of which the snapshot shows a sheet."""
        self.apart: tuple[StoredFile, ...] = tuple(self.by_number[file_no] for file_no in sorted(apart))
        """Files that were refused or quarantined, and that nothing good of their study and report came after."""

    def receipt_of(self, sheet: VisibleSheet) -> SheetReceipt:
        """The receipt of a sheet that is shown."""
        return next(receipt for receipt in self.by_number[sheet.file_no].receipt.sheets if receipt.number == sheet.sheet_no)

    def find(self, file_id: str) -> StoredFile:
        """The file whose id or hash starts so; the reading that the snapshot shows, else the latest. Raises `NotFound`."""
        found = [file for file in self.files if file.file_id.startswith(file_id) or (file.receipt.sha256 or "").startswith(file_id)]
        if not found:
            raise NotFound(f"there is no file {file_id}", todo="List the files: ncdm receipts.")
        return max(found, key=lambda file: (file.file_no in self.shown, file.file_no))


def latest(engine: Engine) -> Shown:
    """What the latest snapshot shows."""
    with engine.connect() as connection:
        line = resolve(snapshots(connection), None)
    return Shown(engine, line)
