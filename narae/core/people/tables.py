"""Accounts and what signs them in: sessions, access tokens, one-time links, known devices."""

from sqlalchemy import Boolean, Column, ForeignKey, String, Table, Text

from narae.core.db.schema import Hash, Id, Json, Millis, metadata

person = Table(
    "people_person",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(80), nullable=False),
    Column("email", String(254), unique=True),
    Column("password", Text),
    Column("lang", String(2), nullable=False),
    Column("settings", Json, nullable=False),
    Column("avatar", String(200)),
    Column("robot", Boolean, nullable=False),
    Column("created_at", Millis, nullable=False),
)

session = Table(
    "people_session",
    metadata,
    Column("id", Id, primary_key=True),
    Column("secret", Hash, nullable=False, unique=True),
    Column("person", Id, ForeignKey(person.c.id), nullable=False, index=True),
    Column("device", String(200), nullable=False),
    Column("ip", String(45), nullable=False),
    Column("created_at", Millis, nullable=False),
    Column("seen_at", Millis, nullable=False),
    Column("expires_at", Millis, nullable=False),
)

token = Table(
    "people_token",
    metadata,
    Column("id", Id, primary_key=True),
    Column("secret", Hash, nullable=False, unique=True),
    Column("person", Id, ForeignKey(person.c.id), nullable=False, index=True),
    Column("name", String(80), nullable=False),
    Column("scopes", Json, nullable=False),
    Column("created_at", Millis, nullable=False),
    Column("used_at", Millis),
    Column("expires_at", Millis),
)

link = Table(
    "people_link",
    metadata,
    Column("secret", Hash, primary_key=True),
    Column("purpose", String(10), nullable=False),
    Column("person", Id, ForeignKey(person.c.id)),
    Column("created_at", Millis, nullable=False),
    Column("expires_at", Millis, nullable=False),
    Column("used_at", Millis),
)

device = Table(
    "people_device",
    metadata,
    Column("person", Id, ForeignKey(person.c.id), primary_key=True),
    Column("secret", Hash, primary_key=True),
    Column("at", Millis, nullable=False),
)
