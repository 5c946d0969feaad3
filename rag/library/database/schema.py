"""The tables of the catalog, as SQLAlchemy knows them; ``migrations/`` makes them."""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

# sqlite_autoincrement: SQLite would hand out the id of a removed row again, and an index may still hold it.

bases = Table(
    "bases",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(80), nullable=False, unique=True),
    Column("embedder", String(200), nullable=False),
    Column("next_embedder", String(200)),
    Column("past_embedder", String(200)),
    sqlite_autoincrement=True,
)

documents = Table(
    "documents",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("base", Integer, ForeignKey("bases.id"), nullable=False),
    Column("name", String(255), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("size", Integer, nullable=False),
    Column("added", Float, nullable=False),
    Column("added_by", String(80), nullable=False),
    Column("state", String(20), nullable=False),
    Column("leaves", Integer, nullable=False, default=0),
    Column("passages", Integer, nullable=False, default=0),
    Column("done", Integer, nullable=False, default=0),
    Column("total", Integer, nullable=False, default=0),
    Column("seconds", Float, nullable=False, default=0.0),
    Column("notes", Text, nullable=False, default="[]"),
    Column("problem", Text),
    Column("extras", Text),
    Column("edition", Integer, nullable=False, default=0),
    Column("close_done", Integer, nullable=False, default=0),
    Column("close_version", Integer, nullable=False, default=0),
    Column("reread", Boolean, nullable=False, default=False),
    Column("search_hidden", Boolean, nullable=False, default=False),
    Column("about", Text, nullable=False, default="{}"),
    UniqueConstraint("base", "digest", name="one_copy_in_a_base"),
    UniqueConstraint("base", "name", name="names_tell_apart"),
    Index("documents_digest", "digest"),
    sqlite_autoincrement=True,
)

leaves = Table(
    "leaves",
    metadata,
    Column("document", Integer, ForeignKey("documents.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("name", Text),
    Column("width", Float, nullable=False),
    Column("height", Float, nullable=False),
    Column("characters", Integer, nullable=False),
    Column("kind", String(20), nullable=False, default="text"),
    Column("rotation", Integer, nullable=False, default=0),
    Column("confidence", Float),
    Column("hidden", Boolean, nullable=False, default=False),
    Column("topic", String(24), nullable=False, default=""),
    Column("notes", Text, nullable=False, default="[]"),
)

passages = Table(
    "passages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document", Integer, ForeignKey("documents.id"), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("edition", Integer, nullable=False, default=0),
    Column("last_leaf", Integer),
    Column("digest", LargeBinary),
    Index("passages_document", "document"),
    Index("passages_digest", "digest"),
    sqlite_autoincrement=True,
)

vectors = Table(
    "vectors",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("passage", Integer, ForeignKey("passages.id"), nullable=False),
    Column("base", Integer, nullable=False),
    Column("document", Integer, nullable=False),
    Column("vector", LargeBinary, nullable=False),
    Column("embedder", String(200), nullable=False),
    UniqueConstraint("passage", "embedder", name="one_vector_of_a_model"),
    Index("vectors_document", "document"),
    Index("vectors_model", "base", "embedder", "sequence"),
    sqlite_autoincrement=True,
)

figures = Table(
    "figures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document", Integer, ForeignKey("documents.id"), nullable=False),
    Column("page", Integer, nullable=False),
    Column("printed", Text),
    Column("x0", Float, nullable=False),
    Column("y0", Float, nullable=False),
    Column("x1", Float, nullable=False),
    Column("y1", Float, nullable=False),
    Column("caption", Text, nullable=False),
    Index("figures_document", "document", "page"),
    sqlite_autoincrement=True,
)

removals = Table(
    "removals",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("document", Integer, nullable=False),
    Column("passages", Text, nullable=False),
    sqlite_autoincrement=True,
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document", Integer, ForeignKey("documents.id"), nullable=False, unique=True),
    Column("state", String(20), nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("worker", String(80)),
    Column("lease_until", Float, nullable=False, default=0.0),
    Column("cancel", Boolean, nullable=False, default=False),
    Column("rank", Integer, nullable=False, default=0),
    Index("jobs_state", "state"),
    sqlite_autoincrement=True,
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("who", String(80), nullable=False),
    Column("title", Text, nullable=False),
    Column("started", Float, nullable=False),
    sqlite_autoincrement=True,
)

turns = Table(
    "turns",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation", Integer, ForeignKey("conversations.id"), nullable=False),
    Column("asked", Float, nullable=False),
    Column("answer", Text, nullable=False),
    Index("turns_conversation", "conversation"),
    sqlite_autoincrement=True,
)

preferences = Table(
    "preferences",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("value", Text, nullable=False),
)

tables = Table(
    "tables",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document", Integer, ForeignKey("documents.id"), nullable=False),
    Column("deep", Boolean, nullable=False),
    Column("shown", Boolean, nullable=False),
    Column("first_leaf", Integer, nullable=False),
    Column("last_leaf", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("heads", Integer, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("columns", Text, nullable=False),
    Column("numbers", Boolean, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("head", LargeBinary, nullable=False),
    Column("places", LargeBinary, nullable=False),
    Index("tables_document", "document"),
    sqlite_autoincrement=True,
)

table_parts = Table(
    "table_parts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("table", Integer, ForeignKey("tables.id"), nullable=False),
    Column("rows", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Index("table_parts_table", "table"),
)

# By document and digest: what a person set right outlives another reading of the same table.
table_edits = Table(
    "table_edits",
    metadata,
    Column("document", Integer, ForeignKey("documents.id"), primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("heads", Integer),
    Column("title", Text),
    Column("unit", Text),
    Column("under", String(64)),
    Column("position", Integer, nullable=False, default=0),
)

# By place: a view outlives another reading of its table.
views = Table(
    "views",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("document", Integer, ForeignKey("documents.id"), nullable=False),
    Column("name", String(80), nullable=False),
    Column("places", LargeBinary, nullable=False),
    Column("view", Text, nullable=False),
    UniqueConstraint("document", "name", name="views_tell_apart"),
    sqlite_autoincrement=True,
)

gold = Table(
    "gold",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("base", Integer, ForeignKey("bases.id"), nullable=False),
    Column("made", Float, nullable=False),
    Column("question", Text, nullable=False),
    Index("gold_base", "base"),
    sqlite_autoincrement=True,
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("base", Integer, ForeignKey("bases.id"), nullable=False),
    Column("made", Float, nullable=False),
    Column("name", String(120), nullable=False),
    Column("summary", LargeBinary, nullable=False),
    Index("runs_base", "base"),
    sqlite_autoincrement=True,
)
