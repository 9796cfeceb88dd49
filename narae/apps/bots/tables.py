"""Robots that were put into rooms, what they were asked last, how far they have heard, and what they have said."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from narae.core.db.schema import Hash, Id, Json, Millis, metadata
from narae.core.people.tables import person
from narae.core.rooms.tables import room

robot = Table(
    "bots_robot",
    metadata,
    Column("id", Id, ForeignKey(person.c.id), primary_key=True),
    Column("org", Id, nullable=False),
    Column("room", Id, ForeignKey(room.c.id), nullable=False, index=True),
    Column("token", Hash, nullable=False, unique=True),
    Column("sign", Millis, nullable=False),
    Column("keywords", Json, nullable=False),
    Column("addresses", Json, nullable=False),
    Column("per_minute", Integer, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("app", Millis, nullable=False, server_default="0"),
    Column("callback", Text, nullable=False, server_default=""),
    Column("made_by", Id, nullable=False),
    Column("created_at", Millis, nullable=False),
)

call = Table(
    "bots_call",
    metadata,
    Column("id", Id, primary_key=True),
    Column("robot", Id, ForeignKey(robot.c.id), nullable=False),
    Column("at", Millis, nullable=False),
    Column("way", String(8), nullable=False),
    Column("ip", String(45), nullable=False),
    Column("code", Integer, nullable=False),
    Column("answer", String(200), nullable=False),
    Column("excerpt", Json, nullable=False),
    Index("ix_bots_call_robot_id", "robot", "id"),
)

place = Table(
    "bots_place",
    metadata,
    Column("robot", Id, ForeignKey(robot.c.id), primary_key=True),
    Column("room", Id, primary_key=True),
    Column("seq", Integer, nullable=False),
)

said = Table(
    "bots_said",
    metadata,
    Column("key", Id, primary_key=True),
    Column("room", Id, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("robot", Id, ForeignKey(robot.c.id), nullable=False, index=True),
    Column("person", Id),
    Column("at", Millis, nullable=False, index=True),
)

media = Table(
    "bots_media",
    metadata,
    Column("id", Id, primary_key=True),
    Column("robot", Id, ForeignKey(robot.c.id), nullable=False, index=True),
    Column("name", String(255), nullable=False),
    Column("mime", String(120), nullable=False),
    Column("size", Integer, nullable=False),
    Column("at", Millis, nullable=False, index=True),
)
