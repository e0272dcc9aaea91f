"""The first ledger: loads, files, sheets, deliveries and what each snapshot shows."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "load",
        sa.Column("load_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("committed_at", sa.DateTime, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("demo", sa.Boolean, nullable=False),
        sa.Column("as_of", sa.Date),
        sa.Column("files_loaded", sa.Integer, nullable=False),
        sa.Column("files_unchanged", sa.Integer, nullable=False),
        sa.Column("files_refused", sa.Integer, nullable=False),
        sa.Column("software", sa.String, nullable=False),
    )
    op.create_table(
        "table_version",
        sa.Column("load_id", sa.Integer, sa.ForeignKey("load.load_id"), primary_key=True),
        sa.Column("table_name", sa.String, primary_key=True),
        sa.Column("version", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "file",
        sa.Column("file_no", sa.Integer, primary_key=True),
        sa.Column("file_id", sa.String, nullable=False),
        sa.Column("sha256", sa.String),
        sa.Column("load_id", sa.Integer, sa.ForeignKey("load.load_id"), nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("study_id", sa.String),
        sa.Column("study_from", sa.String),
        sa.Column("named_study", sa.String),
        sa.Column("content_study", sa.String),
        sa.Column("kinds", sa.JSON, nullable=False),
        sa.Column("outcome", sa.String, nullable=False),
        sa.Column("code", sa.String),
        sa.Column("reason", sa.String),
        sa.Column("todo", sa.String),
        sa.Column("notes", sa.JSON, nullable=False),
        sa.Column("demo", sa.Boolean, nullable=False),
        sa.Column("contracts", sa.String, nullable=False),
    )
    op.create_index("ix_file_file_id", "file", ["file_id"])
    op.create_index("ix_file_sha256", "file", ["sha256"])
    op.create_index("ix_file_study_id", "file", ["study_id"])
    op.create_table(
        "sheet",
        sa.Column("file_no", sa.Integer, sa.ForeignKey("file.file_no"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("visible", sa.Boolean, nullable=False),
        sa.Column("outcome", sa.String, nullable=False),
        sa.Column("kind", sa.String),
        sa.Column("contract", sa.String),
        sa.Column("table_name", sa.String),
        sa.Column("reason", sa.String),
        sa.Column("nearest", sa.String),
        sa.Column("header_first", sa.Integer),
        sa.Column("header_last", sa.Integer),
        sa.Column("headers", sa.JSON, nullable=False),
        sa.Column("missing_columns", sa.JSON, nullable=False),
        sa.Column("read", sa.Integer, nullable=False),
        sa.Column("accepted", sa.Integer, nullable=False),
        sa.Column("rejected", sa.Integer, nullable=False),
        sa.Column("held", sa.Integer, nullable=False),
        sa.Column("scrubbed", sa.Integer, nullable=False),
        sa.Column("set_aside", sa.JSON, nullable=False),
        sa.Column("runs", sa.JSON, nullable=False),
        sa.Column("as_of", sa.Date),
        sa.Column("as_of_counts", sa.JSON, nullable=False),
    )
    op.create_table(
        "delivery",
        sa.Column("load_id", sa.Integer, sa.ForeignKey("load.load_id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("file_no", sa.Integer, sa.ForeignKey("file.file_no"), nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("outcome", sa.String, nullable=False),
    )
    op.create_table(
        "visible",
        sa.Column("load_id", sa.Integer, sa.ForeignKey("load.load_id"), primary_key=True),
        sa.Column("file_no", sa.Integer, sa.ForeignKey("file.file_no"), primary_key=True),
        sa.Column("sheet_no", sa.Integer, primary_key=True),
        sa.Column("as_of", sa.Date),
        sa.Column("as_of_assumed", sa.Boolean, nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("visible")
    op.drop_table("delivery")
    op.drop_table("sheet")
    op.drop_table("file")
    op.drop_table("table_version")
    op.drop_table("load")
