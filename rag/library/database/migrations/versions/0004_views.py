"""Views of tables that are kept under a name."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make their table."""
    op.create_table(
        "views",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("document", sa.Integer, sa.ForeignKey("documents.id"), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("places", sa.LargeBinary, nullable=False),
        sa.Column("view", sa.Text, nullable=False),
        sa.UniqueConstraint("document", "name", name="views_tell_apart"),
        sqlite_autoincrement=True,
    )
