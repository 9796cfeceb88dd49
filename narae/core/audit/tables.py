"""The audit trail's table. Lines are only ever added."""

from sqlalchemy import Column, Index, Integer, String, Table

from narae.core.db.schema import Id, Json, Millis, metadata

line = Table(
    "audit_line",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("org", Id),
    Column("at", Millis, nullable=False),
    Column("actor", Id),
    Column("verb", String(60), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("detail", Json, nullable=False),
    Column("request_id", String(40), nullable=False),
    Column("ip", String(45), nullable=False),
    Index("ix_audit_line_org_id", "org", "id"),
)
