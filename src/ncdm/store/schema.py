"""The ledger's tables. Migrations make them; a test compares both."""

from sqlalchemy import (
    DDL,
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    event,
)

METADATA = MetaData()

LOAD = Table(
    "load",
    METADATA,
    Column("load_id", Integer, primary_key=True, autoincrement=False),
    Column("committed_at", DateTime, nullable=False),
    Column("source", String, nullable=False),
    Column("demo", Boolean, nullable=False),
    Column("as_of", Date),
    Column("files_loaded", Integer, nullable=False),
    Column("files_unchanged", Integer, nullable=False),
    Column("files_refused", Integer, nullable=False),
    Column("software", String, nullable=False),
)
"""One committed load is one snapshot. No row is ever changed."""

TABLE_VERSION = Table(
    "table_version",
    METADATA,
    Column("load_id", Integer, ForeignKey("load.load_id"), primary_key=True),
    Column("table_name", String, primary_key=True),
    Column("version", BigInteger, nullable=False),
)
"""The Delta version of each table that a snapshot reads."""

FILE = Table(
    "file",
    METADATA,
    Column("file_no", Integer, primary_key=True),
    Column("file_id", String, nullable=False, index=True),
    Column("sha256", String, index=True),
    Column("load_id", Integer, ForeignKey("load.load_id"), nullable=False),
    Column("name", String, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("study_id", String, index=True),
    Column("study_from", String),
    Column("named_study", String),
    Column("content_study", String),
    Column("kinds", JSON, nullable=False),
    Column("outcome", String, nullable=False),
    Column("code", String),
    Column("reason", String),
    Column("todo", String),
    Column("notes", JSON, nullable=False),
    Column("demo", Boolean, nullable=False),
    Column("contracts", String, nullable=False),
)
"""One file as it was read once: (study, SHA-256, contracts) is its identity."""

SHEET = Table(
    "sheet",
    METADATA,
    Column("file_no", Integer, ForeignKey("file.file_no"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("visible", Boolean, nullable=False),
    Column("outcome", String, nullable=False),
    Column("kind", String),
    Column("contract", String),
    Column("table_name", String),
    Column("reason", String),
    Column("nearest", String),
    Column("header_first", Integer),
    Column("header_last", Integer),
    Column("headers", JSON, nullable=False),
    Column("missing_columns", JSON, nullable=False),
    Column("read", Integer, nullable=False),
    Column("accepted", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
    Column("held", Integer, nullable=False),
    Column("scrubbed", Integer, nullable=False),
    Column("set_aside", JSON, nullable=False),
    Column("runs", JSON, nullable=False),
    Column("as_of", Date),
    Column("as_of_counts", JSON, nullable=False),
)
"""The receipt of one sheet."""

DELIVERY = Table(
    "delivery",
    METADATA,
    Column("load_id", Integer, ForeignKey("load.load_id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("file_no", Integer, ForeignKey("file.file_no"), nullable=False),
    Column("name", String, nullable=False),
    Column("outcome", String, nullable=False),
)
"""Every file of a delivery, in order, and what became of it."""

VISIBLE = Table(
    "visible",
    METADATA,
    Column("load_id", Integer, ForeignKey("load.load_id"), primary_key=True),
    Column("file_no", Integer, ForeignKey("file.file_no"), primary_key=True),
    Column("sheet_no", Integer, primary_key=True),
    Column("as_of", Date),
    Column("as_of_assumed", Boolean, nullable=False),
)
"""The sheets that a snapshot shows, each with the day it stands for."""

VERSION = Table(
    "version",
    METADATA,
    Column("version_id", Integer, primary_key=True),
    Column("study_id", String, nullable=False),
    Column("number", Integer, nullable=False),
    Column("saved_at", DateTime, nullable=False),
    Column("author", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("milestone", String, nullable=False),
    Column("shape", Integer, nullable=False),
    Column("change", JSON, nullable=False),
    Column("config_hash", String, nullable=False),
    Column("load_id", Integer, ForeignKey("load.load_id"), nullable=False),
    Column("software", String, nullable=False),
    UniqueConstraint("study_id", "number"),
)
"""Every change of thresholds, weights, caps, gates or targets that somebody saved for a study, with author and reason."""

KEPT_AS_WRITTEN = tuple(
    f"CREATE TRIGGER version_is_kept_from_{name} BEFORE {name.upper()} ON version BEGIN SELECT RAISE(ABORT, 'a saved version is never changed'); END"
    for name in ("update", "delete")
)
"""The database itself refuses to change or remove a saved version."""
for _trigger in KEPT_AS_WRITTEN:
    event.listen(VERSION, "after_create", DDL(_trigger))  # type: ignore[no-untyped-call]  # the library says nothing there
