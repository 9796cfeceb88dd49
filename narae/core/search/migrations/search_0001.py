"""The first search tables: an FTS5 index without content on SQLite, a GIN-indexed column on PostgreSQL."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "search_0001"
down_revision = None
branch_labels = ("search",)
depends_on = ("rooms_0001",)


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "search_doc",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("room", sa.String(length=20), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("grams", sa.Text().with_variant(TSVECTOR(), "postgresql"), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_doc")),
        sa.UniqueConstraint("room", "seq", name=op.f("uq_search_doc_room_seq")),
    )
    op.create_table(
        "search_place",
        sa.Column("room", sa.String(length=20), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("room", name=op.f("pk_search_place")),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.create_index("ix_search_doc_grams", "search_doc", ["grams"], postgresql_using="gin")
        op.execute("ALTER TABLE search_doc ALTER COLUMN grams SET STATISTICS 1000")
    else:
        op.execute("CREATE VIRTUAL TABLE search_text USING fts5(grams, content='', detail=none, tokenize='unicode61 remove_diacritics 0')")
