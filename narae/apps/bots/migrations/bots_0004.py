"""Interactive cards by the names that their robots gave them, and where presses of them are posted."""

import sqlalchemy as sa
from alembic import op

revision = "bots_0004"
down_revision = "bots_0003"
branch_labels = None
depends_on = ()
_ID = sa.String(length=20)


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "bots_card",
        sa.Column("robot", _ID, nullable=False),
        sa.Column("track", sa.String(length=128), nullable=False),
        sa.Column("params", sa.Text(), nullable=False),
        sa.Column("route", sa.String(length=128), nullable=True),
        sa.Column("room", _ID, nullable=True),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["robot"], ["bots_robot.id"], name=op.f("fk_bots_card_robot")),
        sa.PrimaryKeyConstraint("robot", "track", name=op.f("pk_bots_card")),
    )
    op.create_index("uq_bots_card_room_seq", "bots_card", ["room", "seq"], unique=True)
    op.create_index(op.f("ix_bots_card_at"), "bots_card", ["at"], unique=False)
    op.create_table(
        "bots_route",
        sa.Column("robot", _ID, nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("secret", sa.String(length=128), nullable=False),
        sa.ForeignKeyConstraint(["robot"], ["bots_robot.id"], name=op.f("fk_bots_route_robot")),
        sa.PrimaryKeyConstraint("robot", "key", name=op.f("pk_bots_route")),
    )
