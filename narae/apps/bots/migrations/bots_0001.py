"""Robots, and their last calls."""

import sqlalchemy as sa
from alembic import op

revision = "bots_0001"
down_revision = None
branch_labels = ("bots",)
depends_on = ("rooms_0001",)


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "bots_robot",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("org", sa.String(length=20), nullable=False),
        sa.Column("room", sa.String(length=20), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("sign", sa.BigInteger(), nullable=False),
        sa.Column("keywords", sa.Text(), nullable=False),
        sa.Column("addresses", sa.Text(), nullable=False),
        sa.Column("per_minute", sa.Integer(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("made_by", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["people_person.id"], name=op.f("fk_bots_robot_id")),
        sa.ForeignKeyConstraint(["room"], ["rooms_room.id"], name=op.f("fk_bots_robot_room")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bots_robot")),
        sa.UniqueConstraint("token", name=op.f("uq_bots_robot_token")),
    )
    op.create_index(op.f("ix_bots_robot_room"), "bots_robot", ["room"], unique=False)
    op.create_table(
        "bots_call",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("robot", sa.String(length=20), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("ip", sa.String(length=45), nullable=False),
        sa.Column("code", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=200), nullable=False),
        sa.Column("excerpt", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["robot"], ["bots_robot.id"], name=op.f("fk_bots_call_robot")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bots_call")),
    )
    op.create_index(op.f("ix_bots_call_robot_id"), "bots_call", ["robot", "id"], unique=False)
