"""Rooms and their logs: one row a message, one pointer a member, never a row per member per message."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, text

from narae.core.db.schema import Id, Json, Millis, metadata
from narae.core.orgs.tables import org
from narae.core.people.tables import person

room = Table(
    "rooms_room",
    metadata,
    Column("id", Id, primary_key=True),
    Column("org", Id, ForeignKey(org.c.id), nullable=False, index=True),
    Column("name", String(80), nullable=False),
    Column("topic", String(500), nullable=False),
    Column("search", Text, nullable=False),
    Column("direct_key", String(62), unique=True),
    Column("is_public", Boolean, nullable=False),
    Column("everyone", Boolean, nullable=False),
    Column("posting", String(6), nullable=False),
    Column("mention_all", String(6), nullable=False),
    Column("owner", Id),
    Column("last_seq", Integer, nullable=False),
    Column("last_rev", Integer, nullable=False),
    Column("meta_rev", Integer, nullable=False),
    Column("last_at", Millis, nullable=False),
    Column("member_count", Integer, nullable=False),
    Column("top", Integer),
    Column("archived_at", Millis),
    Column("created_at", Millis, nullable=False),
)

member = Table(
    "rooms_member",
    metadata,
    Column("room", Id, ForeignKey(room.c.id), primary_key=True),
    Column("person", Id, ForeignKey(person.c.id), primary_key=True),
    Column("role", String(6), nullable=False),
    Column("join_seq", Integer, nullable=False),
    Column("read_seq", Integer, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("muted", Boolean, nullable=False),
    Column("starred", Boolean, nullable=False),
    Column("joined_at", Millis, nullable=False),
    Column("left_at", Millis),
    Index("ix_rooms_member_person", "person"),
    Index("ix_rooms_member_room_rev", "room", "rev"),
    sqlite_with_rowid=False,
)

message = Table(
    "rooms_message",
    metadata,
    Column("room", Id, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("rev", Integer, nullable=False),
    Column("sender", Id),
    Column("kind", String(5), nullable=False),
    Column("text", Text, nullable=False),
    Column("body", Json),
    Column("files", Json),
    Column("card", Json),
    Column("event", Json),
    Column("reply_to", Integer),
    Column("quote", Json),
    Column("thread", Integer),
    Column("also_room", Boolean, nullable=False),
    Column("thread_count", Integer, nullable=False, server_default="0"),
    Column("thread_last_at", Millis),
    Column("thread_people", Json),
    Column("reactions", Json),
    Column("mentions", Json),
    Column("confirm", Boolean, nullable=False),
    Column("at", Millis, nullable=False),
    Column("edited_at", Millis),
    Column("recalled_at", Millis),
    Column("recalled_by", Id),
    Column("pinned_at", Millis),
    Column("pinned_by", Id),
    Column("nonce", String(64)),
    Index("ix_rooms_message_room_rev", "room", "rev"),
    Index("uq_rooms_message_sender_nonce", "sender", "nonce", unique=True),
    Index(
        "ix_rooms_message_room_thread",
        "room",
        "thread",
        "seq",
        sqlite_where=text("thread IS NOT NULL"),
        postgresql_where=text("thread IS NOT NULL"),
    ),
    Index(
        "ix_rooms_message_room_reply_to",
        "room",
        "reply_to",
        sqlite_where=text("reply_to IS NOT NULL"),
        postgresql_where=text("reply_to IS NOT NULL"),
    ),
    Index(
        "ix_rooms_message_sender_thread",
        "sender",
        "room",
        "thread",
        sqlite_where=text("thread IS NOT NULL"),
        postgresql_where=text("thread IS NOT NULL"),
    ),
    Index(
        "ix_rooms_message_room_pinned",
        "room",
        "pinned_at",
        sqlite_where=text("pinned_at IS NOT NULL"),
        postgresql_where=text("pinned_at IS NOT NULL"),
    ),
    sqlite_with_rowid=False,
)

mention = Table(
    "rooms_mention",
    metadata,
    Column("target", String(24), primary_key=True),
    Column("room", Id, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Millis, nullable=False),
    Index("ix_rooms_mention_room_seq", "room", "seq"),
    sqlite_with_rowid=False,
)

reaction = Table(
    "rooms_reaction",
    metadata,
    Column("room", Id, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("emoji", String(32), primary_key=True),
    Column("person", Id, primary_key=True),
    Column("at", Millis, nullable=False),
    sqlite_with_rowid=False,
)

confirmation = Table(
    "rooms_confirmation",
    metadata,
    Column("room", Id, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("person", Id, primary_key=True),
    Column("at", Millis, nullable=False),
)

edit = Table(
    "rooms_edit",
    metadata,
    Column("room", Id, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
    Column("at", Millis, nullable=False),
)

draft = Table(
    "rooms_draft",
    metadata,
    Column("room", Id, primary_key=True),
    Column("person", Id, primary_key=True),
    Column("thread", Integer, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
    Column("at", Millis, nullable=False),
)

file = Table(
    "rooms_file",
    metadata,
    Column("id", Id, primary_key=True),
    Column("room", Id, ForeignKey(room.c.id), nullable=False),
    Column("owner", Id, nullable=False),
    Column("name", String(255), nullable=False),
    Column("mime", String(120), nullable=False),
    Column("size", Millis, nullable=False),
    Column("width", Integer),
    Column("height", Integer),
    Column("thumb", Boolean, nullable=False),
    Column("seq", Integer),
    Column("at", Millis, nullable=False),
    Index("ix_rooms_file_room_seq", "room", "seq"),
    Index("ix_rooms_file_unsent", "at", sqlite_where=text("seq IS NULL"), postgresql_where=text("seq IS NULL")),
)

discarded = Table(
    "rooms_discarded",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("at", Millis, nullable=False, index=True),
)

press = Table(
    "rooms_press",
    metadata,
    Column("person", Id, primary_key=True),
    Column("nonce", String(64), primary_key=True),
    Column("room", Id, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("button", String(80), nullable=False),
    Column("done", Boolean, nullable=False),
    Column("at", Millis, nullable=False, index=True),
)
