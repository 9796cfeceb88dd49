"""The first people tables."""

import sqlalchemy as sa
from alembic import op

revision = "people_0001"
down_revision = None
branch_labels = ("people",)
depends_on = ()


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "people_person",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("password", sa.Text(), nullable=True),
        sa.Column("lang", sa.String(length=2), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("avatar", sa.String(length=200), nullable=True),
        sa.Column("robot", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people_person")),
        sa.UniqueConstraint("email", name=op.f("uq_people_person_email")),
    )
    op.create_table(
        "people_device",
        sa.Column("person", sa.String(length=20), nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people_person.id"], name=op.f("fk_people_device_person")),
        sa.PrimaryKeyConstraint("person", "secret", name=op.f("pk_people_device")),
    )
    op.create_table(
        "people_link",
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=10), nullable=False),
        sa.Column("person", sa.String(length=20), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["people_person.id"], name=op.f("fk_people_link_person")),
        sa.PrimaryKeyConstraint("secret", name=op.f("pk_people_link")),
    )
    op.create_table(
        "people_session",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=20), nullable=False),
        sa.Column("device", sa.String(length=200), nullable=False),
        sa.Column("ip", sa.String(length=45), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people_person.id"], name=op.f("fk_people_session_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people_session")),
        sa.UniqueConstraint("secret", name=op.f("uq_people_session_secret")),
    )
    op.create_index(op.f("ix_people_session_person"), "people_session", ["person"], unique=False)
    op.create_table(
        "people_token",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["people_person.id"], name=op.f("fk_people_token_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people_token")),
        sa.UniqueConstraint("secret", name=op.f("uq_people_token_secret")),
    )
    op.create_index(op.f("ix_people_token_person"), "people_token", ["person"], unique=False)
