"""Robots that were put into rooms, what they were asked last, what they hear and say, what they follow and whom they call."""

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

hook = Table(
    "bots_hook",
    metadata,
    Column("robot", Id, ForeignKey(robot.c.id), primary_key=True),
    Column("words", Json, nullable=False),
    Column("starts", Boolean, nullable=False),
    Column("urls", Json, nullable=False),
    Column("form", String(4), nullable=False),
    Column("token", Millis, nullable=False),
    Column("seq", Integer, nullable=False),
)

command = Table(
    "bots_command",
    metadata,
    Column("robot", Id, ForeignKey(robot.c.id), primary_key=True),
    Column("scope", Id, nullable=False),
    Column("name", String(32), nullable=False),
    Column("url", Text, nullable=False),
    Column("hint", String(80), nullable=False),
    Column("about", String(200), nullable=False),
    Column("everywhere", Boolean, nullable=False),
    Column("token", Millis, nullable=False),
    Index("uq_bots_command_scope_name", "scope", "name", unique=True),
)

request = Table(
    "bots_request",
    metadata,
    Column("robot", Id, ForeignKey(robot.c.id), primary_key=True),
    Column("url", Text, nullable=False),
    Column("token", Millis, nullable=False),
)

offer = Table(
    "bots_offer",
    metadata,
    Column("room", Id, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("robot", Id, ForeignKey(robot.c.id), nullable=False, index=True),
    Column("offer", Json, nullable=False),
)

ask = Table(
    "bots_ask",
    metadata,
    Column("id", Id, primary_key=True),
    Column("robot", Id, ForeignKey(robot.c.id), nullable=False, index=True),
    Column("kind", String(8), nullable=False),
    Column("room", Id, nullable=False),
    Column("person", Id, nullable=False),
    Column("ref", String(64)),
    Column("seq", Integer),
    Column("thread", Integer),
    Column("url", Text, nullable=False),
    Column("said", Json, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("replies", Integer, nullable=False),
    Column("due_at", Millis, index=True),
    Column("at", Millis, nullable=False, index=True),
    Index("uq_bots_ask_person_kind_ref", "person", "kind", "ref", unique=True),
)

dialog = Table(
    "bots_dialog",
    metadata,
    Column("id", Id, primary_key=True),
    Column("ask", Id, nullable=False, unique=True),
    Column("robot", Id, ForeignKey(robot.c.id), nullable=False, index=True),
    Column("person", Id, nullable=False),
    Column("room", Id, nullable=False),
    Column("url", Text, nullable=False),
    Column("said", Json, nullable=False),
    Column("elements", Json, nullable=False),
    Column("at", Millis, nullable=False, index=True),
    Column("closed_at", Millis),
)

card = Table(
    "bots_card",
    metadata,
    Column("robot", Id, ForeignKey(robot.c.id), primary_key=True),
    Column("track", String(128), primary_key=True),
    Column("params", Json, nullable=False),
    Column("route", String(128)),
    Column("room", Id),
    Column("seq", Integer),
    Column("at", Millis, nullable=False, index=True),
    Index("uq_bots_card_room_seq", "room", "seq", unique=True),
)

route = Table(
    "bots_route",
    metadata,
    Column("robot", Id, ForeignKey(robot.c.id), primary_key=True),
    Column("key", String(128), primary_key=True),
    Column("url", Text, nullable=False),
    Column("secret", String(128), nullable=False),
)
