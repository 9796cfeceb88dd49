"""How far imports have come: what of another messenger's is what here, and which of its days are in."""

from sqlalchemy import Column, ForeignKey, String, Table

from narae.core.db.schema import Id, metadata
from narae.core.orgs.tables import org

imported = Table(
    "chat_import",
    metadata,
    Column("org", Id, ForeignKey(org.c.id), primary_key=True),
    Column("source", String(80), primary_key=True),
    Column("kind", String(8), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("value", String(80), nullable=False),
)
