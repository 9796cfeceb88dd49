"""Robots that listen: their credentials and callbacks, how far they have heard, what they have said and uploaded."""

import sqlalchemy as sa
from alembic import op

revision = "bots_0002"
down_revision = "bots_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them."""
    op.add_column("bots_robot", sa.Column("app", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("bots_robot", sa.Column("callback", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "bots_place",
        sa.Column("robot", sa.String(length=20), nullable=False),
        sa.Column("room", sa.String(length=20), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["robot"], ["bots_robot.id"], name=op.f("fk_bots_place_robot")),
        sa.PrimaryKeyConstraint("robot", "room", name=op.f("pk_bots_place")),
    )
    op.create_table(
        "bots_said",
        sa.Column("key", sa.String(length=20), nullable=False),
        sa.Column("room", sa.String(length=20), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("robot", sa.String(length=20), nullable=False),
        sa.Column("person", sa.String(length=20), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["robot"], ["bots_robot.id"], name=op.f("fk_bots_said_robot")),
        sa.PrimaryKeyConstraint("key", "room", name=op.f("pk_bots_said")),
    )
    op.create_index(op.f("ix_bots_said_at"), "bots_said", ["at"], unique=False)
    op.create_index(op.f("ix_bots_said_robot"), "bots_said", ["robot"], unique=False)
    op.create_table(
        "bots_media",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("robot", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("mime", sa.String(length=120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["robot"], ["bots_robot.id"], name=op.f("fk_bots_media_robot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bots_media")),
    )
    op.create_index(op.f("ix_bots_media_at"), "bots_media", ["at"], unique=False)
    op.create_index(op.f("ix_bots_media_robot"), "bots_media", ["robot"], unique=False)
