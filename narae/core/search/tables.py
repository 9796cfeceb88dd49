"""The index of messages: which are in it and how far each room is. The words themselves are in FTS5 or a tsvector."""

from sqlalchemy import Column, Index, Integer, Table, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import TSVECTOR

from narae.core.db.schema import Id, Millis, metadata

doc = Table(
    "search_doc",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("room", Id, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("at", Millis, nullable=False),
    Column("grams", Text().with_variant(TSVECTOR(), "postgresql")),
    UniqueConstraint("room", "seq"),
    Index("ix_search_doc_grams", "grams", postgresql_using="gin").ddl_if(dialect="postgresql"),
)

place = Table(
    "search_place",
    metadata,
    Column("room", Id, primary_key=True),
    Column("rev", Integer, nullable=False),
)
