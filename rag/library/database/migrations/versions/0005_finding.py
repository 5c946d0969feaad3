"""What documents are about and what their pages hold; gold questions of a base, and what came of asking them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of documents that were read before, nothing is known until they are read again."""
    op.add_column("documents", sa.Column("about", sa.Text, nullable=False, server_default="{}"))
    op.add_column("leaves", sa.Column("topic", sa.String(24), nullable=False, server_default=""))
    op.create_table(
        "gold",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("base", sa.Integer, sa.ForeignKey("bases.id"), nullable=False),
        sa.Column("made", sa.Float, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("gold_base", "gold", ["base"])
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("base", sa.Integer, sa.ForeignKey("bases.id"), nullable=False),
        sa.Column("made", sa.Float, nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("summary", sa.LargeBinary, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("runs_base", "runs", ["base"])
