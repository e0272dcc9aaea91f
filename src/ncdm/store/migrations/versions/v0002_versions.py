"""Saved versions of thresholds, weights, caps, gates and targets."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and let nothing in it be changed or removed."""
    op.create_table(
        "version",
        sa.Column("version_id", sa.Integer, primary_key=True),
        sa.Column("study_id", sa.String, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("saved_at", sa.DateTime, nullable=False),
        sa.Column("author", sa.String, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("milestone", sa.String, nullable=False),
        sa.Column("shape", sa.Integer, nullable=False),
        sa.Column("change", sa.JSON, nullable=False),
        sa.Column("config_hash", sa.String, nullable=False),
        sa.Column("load_id", sa.Integer, sa.ForeignKey("load.load_id"), nullable=False),
        sa.Column("software", sa.String, nullable=False),
        sa.UniqueConstraint("study_id", "number"),
    )
    for name in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER version_is_kept_from_{name} BEFORE {name.upper()} ON version"
            " BEGIN SELECT RAISE(ABORT, 'a saved version is never changed'); END"
        )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("version")
