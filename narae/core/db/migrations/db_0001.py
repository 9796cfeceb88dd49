"""The first db tables."""

import sqlalchemy as sa
from alembic import op

revision = "db_0001"
down_revision = None
branch_labels = ("db",)
depends_on = ()


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "db_once",
        sa.Column("person", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person", "key", name=op.f("pk_db_once")),
    )
    op.create_index(op.f("ix_db_once_at"), "db_once", ["at"], unique=False)
