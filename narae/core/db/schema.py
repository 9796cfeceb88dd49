"""The one MetaData that every part's tables stand in, and the column types they share."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, MetaData, String, Table, Text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Id = String(20)
Hash = String(64)
Json = Text
Millis = BigInteger

once = Table(
    "db_once",
    metadata,
    Column("person", Id, primary_key=True),
    Column("key", String(128), primary_key=True),
    Column("fingerprint", Hash, nullable=False),
    Column("result", Json, nullable=False),
    Column("at", Millis, nullable=False, index=True),
)
