"""PDFs are read twice: what the close reading finds, how far it is, and which reading a passage comes from."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was read before stays as it is: the first edition of its document, whose close reading has not begun."""
    op.add_column("documents", sa.Column("extras", sa.Text))
    for name in ("edition", "close_done", "close_version"):
        op.add_column("documents", sa.Column(name, sa.Integer, nullable=False, server_default="0"))
    for name in ("reread", "search_hidden"):
        op.add_column("documents", sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("leaves", sa.Column("kind", sa.String(20), nullable=False, server_default="text"))
    op.add_column("leaves", sa.Column("rotation", sa.Integer, nullable=False, server_default="0"))
    op.add_column("leaves", sa.Column("confidence", sa.Float))
    op.add_column("leaves", sa.Column("hidden", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("leaves", sa.Column("notes", sa.Text, nullable=False, server_default="[]"))
    op.add_column("passages", sa.Column("edition", sa.Integer, nullable=False, server_default="0"))
    op.add_column("passages", sa.Column("last_leaf", sa.Integer))
    op.add_column("passages", sa.Column("digest", sa.LargeBinary))
    op.create_index("passages_digest", "passages", ["digest"])
    op.add_column("jobs", sa.Column("rank", sa.Integer, nullable=False, server_default="0"))
    op.create_table(
        "figures",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("document", sa.Integer, sa.ForeignKey("documents.id"), nullable=False),
        sa.Column("page", sa.Integer, nullable=False),
        sa.Column("printed", sa.Text),
        sa.Column("x0", sa.Float, nullable=False),
        sa.Column("y0", sa.Float, nullable=False),
        sa.Column("x1", sa.Float, nullable=False),
        sa.Column("y1", sa.Float, nullable=False),
        sa.Column("caption", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("figures_document", "figures", ["document", "page"])
