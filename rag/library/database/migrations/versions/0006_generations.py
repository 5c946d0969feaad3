"""A passage may have a vector of each of two models: the one its base is searched with, and the one it is to have."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Every vector there is was made by the model of its base."""
    op.add_column("bases", sa.Column("next_embedder", sa.String(200)))
    op.add_column("bases", sa.Column("past_embedder", sa.String(200)))
    op.create_table(
        "vectors_of_models",
        sa.Column("sequence", sa.Integer, primary_key=True),
        sa.Column("passage", sa.Integer, sa.ForeignKey("passages.id"), nullable=False),
        sa.Column("base", sa.Integer, nullable=False),
        sa.Column("document", sa.Integer, nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
        sa.Column("embedder", sa.String(200), nullable=False),
        sa.UniqueConstraint("passage", "embedder", name="one_vector_of_a_model"),
        sqlite_autoincrement=True,
    )
    op.execute(
        "insert into vectors_of_models (sequence, passage, base, document, vector, embedder)"
        " select sequence, passage, vectors.base, document, vector, bases.embedder"
        " from vectors join bases on bases.id = vectors.base order by sequence"
    )
    # The numbers go on from where they were: an index may hold one that is gone.
    op.execute(
        "insert into sqlite_sequence (name, seq) select 'vectors_of_models', seq from sqlite_sequence"
        " where name = 'vectors' and not exists (select 1 from sqlite_sequence where name = 'vectors_of_models')"
    )
    op.execute(
        "update sqlite_sequence set seq = (select max(seq) from sqlite_sequence"
        " where name in ('vectors', 'vectors_of_models')) where name = 'vectors_of_models'"
    )
    op.drop_table("vectors")
    op.rename_table("vectors_of_models", "vectors")
    op.create_index("vectors_document", "vectors", ["document"])
    op.create_index("vectors_model", "vectors", ["base", "embedder", "sequence"])
