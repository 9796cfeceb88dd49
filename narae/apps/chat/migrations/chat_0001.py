"""The first chat tables."""

import sqlalchemy as sa
from alembic import op

revision = "chat_0001"
down_revision = None
branch_labels = ("chat",)
depends_on = ("orgs_0001",)


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "chat_import",
        sa.Column("org", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("value", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["org"], ["orgs_org.id"], name=op.f("fk_chat_import_org")),
        sa.PrimaryKeyConstraint("org", "source", "kind", "key", name=op.f("pk_chat_import")),
    )
