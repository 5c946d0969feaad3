"""The catalog as it was first made."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "bases",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(80), nullable=False, unique=True),
        sa.Column("embedder", sa.String(200), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "documents",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("base", sa.Integer, sa.ForeignKey("bases.id"), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("added", sa.Float, nullable=False),
        sa.Column("added_by", sa.String(80), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("leaves", sa.Integer, nullable=False),
        sa.Column("passages", sa.Integer, nullable=False),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("seconds", sa.Float, nullable=False),
        sa.Column("notes", sa.Text, nullable=False),
        sa.Column("problem", sa.Text),
        sa.UniqueConstraint("base", "digest", name="one_copy_in_a_base"),
        sa.UniqueConstraint("base", "name", name="names_tell_apart"),
        sqlite_autoincrement=True,
    )
    op.create_index("documents_digest", "documents", ["digest"])
    op.create_table(
        "leaves",
        sa.Column("document", sa.Integer, sa.ForeignKey("documents.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text),
        sa.Column("width", sa.Float, nullable=False),
        sa.Column("height", sa.Float, nullable=False),
        sa.Column("characters", sa.Integer, nullable=False),
    )
    op.create_table(
        "passages",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("document", sa.Integer, sa.ForeignKey("documents.id"), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("passages_document", "passages", ["document"])
    op.create_table(
        "vectors",
        sa.Column("sequence", sa.Integer, primary_key=True),
        sa.Column("passage", sa.Integer, sa.ForeignKey("passages.id"), nullable=False, unique=True),
        sa.Column("base", sa.Integer, nullable=False),
        sa.Column("document", sa.Integer, nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("vectors_document", "vectors", ["document"])
    op.create_table(
        "removals",
        sa.Column("sequence", sa.Integer, primary_key=True),
        sa.Column("document", sa.Integer, nullable=False),
        sa.Column("passages", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("document", sa.Integer, sa.ForeignKey("documents.id"), nullable=False, unique=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("worker", sa.String(80)),
        sa.Column("lease_until", sa.Float, nullable=False),
        sa.Column("cancel", sa.Boolean, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("jobs_state", "jobs", ["state"])
    op.create_table(
        "conversations",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("who", sa.String(80), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("started", sa.Float, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "turns",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("conversation", sa.Integer, sa.ForeignKey("conversations.id"), nullable=False),
        sa.Column("asked", sa.Float, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("turns_conversation", "turns", ["conversation"])
    op.create_table(
        "preferences",
        sa.Column("name", sa.String(80), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
