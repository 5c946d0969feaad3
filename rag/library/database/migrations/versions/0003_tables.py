"""Whole tables, and what was set right in them by hand."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the three of them."""
    op.create_table(
        "tables",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("document", sa.Integer, sa.ForeignKey("documents.id"), nullable=False),
        sa.Column("deep", sa.Boolean, nullable=False),
        sa.Column("shown", sa.Boolean, nullable=False),
        sa.Column("first_leaf", sa.Integer, nullable=False),
        sa.Column("last_leaf", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("heads", sa.Integer, nullable=False),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.Column("columns", sa.Text, nullable=False),
        sa.Column("numbers", sa.Boolean, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("head", sa.LargeBinary, nullable=False),
        sa.Column("places", sa.LargeBinary, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("tables_document", "tables", ["document"])
    op.create_table(
        "table_parts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("table", sa.Integer, sa.ForeignKey("tables.id"), nullable=False),
        sa.Column("rows", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_index("table_parts_table", "table_parts", ["table"])
    op.create_table(
        "table_edits",
        sa.Column("document", sa.Integer, sa.ForeignKey("documents.id"), primary_key=True),
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("heads", sa.Integer),
        sa.Column("title", sa.Text),
        sa.Column("unit", sa.Text),
        sa.Column("under", sa.String(64)),
        sa.Column("position", sa.Integer, nullable=False),
    )
