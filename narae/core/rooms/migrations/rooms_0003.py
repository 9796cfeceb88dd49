"""Presses of cards' buttons, so that a repeated one is the same."""

import sqlalchemy as sa
from alembic import op

revision = "rooms_0003"
down_revision = "rooms_0002"
branch_labels = None
depends_on = ()


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "rooms_press",
        sa.Column("person", sa.String(length=20), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("room", sa.String(length=20), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("button", sa.String(length=80), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person", "nonce", name=op.f("pk_rooms_press")),
    )
    op.create_index(op.f("ix_rooms_press_at"), "rooms_press", ["at"], unique=False)
