"""The first rooms tables."""

import sqlalchemy as sa
from alembic import op

revision = "rooms_0001"
down_revision = None
branch_labels = ("rooms",)
depends_on = ("orgs_0001",)


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "rooms_confirmation",
        sa.Column("room", sa.String(length=20), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person", sa.String(length=20), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("room", "seq", "person", name=op.f("pk_rooms_confirmation")),
    )
    op.create_table(
        "rooms_draft",
        sa.Column("room", sa.String(length=20), nullable=False),
        sa.Column("person", sa.String(length=20), nullable=False),
        sa.Column("thread", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("room", "person", "thread", name=op.f("pk_rooms_draft")),
    )
    op.create_table(
        "rooms_edit",
        sa.Column("room", sa.String(length=20), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("room", "seq", "version", name=op.f("pk_rooms_edit")),
    )
    op.create_table(
        "rooms_mention",
        sa.Column("target", sa.String(length=24), nullable=False),
        sa.Column("room", sa.String(length=20), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("target", "room", "seq", name=op.f("pk_rooms_mention")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_rooms_mention_room_seq", "rooms_mention", ["room", "seq"], unique=False)
    op.create_table(
        "rooms_message",
        sa.Column("room", sa.String(length=20), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("sender", sa.String(length=20), nullable=True),
        sa.Column("kind", sa.String(length=5), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("files", sa.Text(), nullable=True),
        sa.Column("card", sa.Text(), nullable=True),
        sa.Column("event", sa.Text(), nullable=True),
        sa.Column("reply_to", sa.Integer(), nullable=True),
        sa.Column("quote", sa.Text(), nullable=True),
        sa.Column("thread", sa.Integer(), nullable=True),
        sa.Column("also_room", sa.Boolean(), nullable=False),
        sa.Column("thread_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("thread_last_at", sa.BigInteger(), nullable=True),
        sa.Column("thread_people", sa.Text(), nullable=True),
        sa.Column("reactions", sa.Text(), nullable=True),
        sa.Column("mentions", sa.Text(), nullable=True),
        sa.Column("confirm", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("edited_at", sa.BigInteger(), nullable=True),
        sa.Column("recalled_at", sa.BigInteger(), nullable=True),
        sa.Column("recalled_by", sa.String(length=20), nullable=True),
        sa.Column("pinned_at", sa.BigInteger(), nullable=True),
        sa.Column("pinned_by", sa.String(length=20), nullable=True),
        sa.Column("nonce", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("room", "seq", name=op.f("pk_rooms_message")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_rooms_message_room_pinned",
        "rooms_message",
        ["room", "pinned_at"],
        unique=False,
        sqlite_where=sa.text("pinned_at IS NOT NULL"),
        postgresql_where=sa.text("pinned_at IS NOT NULL"),
    )
    op.create_index("ix_rooms_message_room_rev", "rooms_message", ["room", "rev"], unique=False)
    op.create_index(
        "ix_rooms_message_room_reply_to",
        "rooms_message",
        ["room", "reply_to"],
        unique=False,
        sqlite_where=sa.text("reply_to IS NOT NULL"),
        postgresql_where=sa.text("reply_to IS NOT NULL"),
    )
    op.create_index(
        "ix_rooms_message_room_thread",
        "rooms_message",
        ["room", "thread", "seq"],
        unique=False,
        sqlite_where=sa.text("thread IS NOT NULL"),
        postgresql_where=sa.text("thread IS NOT NULL"),
    )
    op.create_index(
        "ix_rooms_message_sender_thread",
        "rooms_message",
        ["sender", "room", "thread"],
        unique=False,
        sqlite_where=sa.text("thread IS NOT NULL"),
        postgresql_where=sa.text("thread IS NOT NULL"),
    )
    op.create_index("uq_rooms_message_sender_nonce", "rooms_message", ["sender", "nonce"], unique=True)
    op.create_table(
        "rooms_reaction",
        sa.Column("room", sa.String(length=20), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("emoji", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=20), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("room", "seq", "emoji", "person", name=op.f("pk_rooms_reaction")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "rooms_room",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("org", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("topic", sa.String(length=500), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("direct_key", sa.String(length=62), nullable=True),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("everyone", sa.Boolean(), nullable=False),
        sa.Column("posting", sa.String(length=6), nullable=False),
        sa.Column("mention_all", sa.String(length=6), nullable=False),
        sa.Column("owner", sa.String(length=20), nullable=True),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("last_rev", sa.Integer(), nullable=False),
        sa.Column("meta_rev", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("member_count", sa.Integer(), nullable=False),
        sa.Column("top", sa.Integer(), nullable=True),
        sa.Column("archived_at", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["org"], ["orgs_org.id"], name=op.f("fk_rooms_room_org")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rooms_room")),
        sa.UniqueConstraint("direct_key", name=op.f("uq_rooms_room_direct_key")),
    )
    op.create_index(op.f("ix_rooms_room_org"), "rooms_room", ["org"], unique=False)
    op.create_table(
        "rooms_file",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("room", sa.String(length=20), nullable=False),
        sa.Column("owner", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("mime", sa.String(length=120), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("thumb", sa.Boolean(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["room"], ["rooms_room.id"], name=op.f("fk_rooms_file_room")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rooms_file")),
    )
    op.create_index("ix_rooms_file_room_seq", "rooms_file", ["room", "seq"], unique=False)
    op.create_table(
        "rooms_member",
        sa.Column("room", sa.String(length=20), nullable=False),
        sa.Column("person", sa.String(length=20), nullable=False),
        sa.Column("role", sa.String(length=6), nullable=False),
        sa.Column("join_seq", sa.Integer(), nullable=False),
        sa.Column("read_seq", sa.Integer(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("muted", sa.Boolean(), nullable=False),
        sa.Column("starred", sa.Boolean(), nullable=False),
        sa.Column("joined_at", sa.BigInteger(), nullable=False),
        sa.Column("left_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["people_person.id"], name=op.f("fk_rooms_member_person")),
        sa.ForeignKeyConstraint(["room"], ["rooms_room.id"], name=op.f("fk_rooms_member_room")),
        sa.PrimaryKeyConstraint("room", "person", name=op.f("pk_rooms_member")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_rooms_member_person", "rooms_member", ["person"], unique=False)
    op.create_index("ix_rooms_member_room_rev", "rooms_member", ["room", "rev"], unique=False)
