"""What robots call: hooks, commands, addresses for presses, what buttons do, the calls themselves, dialogs."""

import sqlalchemy as sa
from alembic import op

revision = "bots_0003"
down_revision = "bots_0002"
branch_labels = None
depends_on = ()
_ID = sa.String(length=20)


def _robot(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["robot"], ["bots_robot.id"], name=op.f(f"fk_{table}_robot"))


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "bots_hook",
        sa.Column("robot", _ID, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("starts", sa.Boolean(), nullable=False),
        sa.Column("urls", sa.Text(), nullable=False),
        sa.Column("form", sa.String(length=4), nullable=False),
        sa.Column("token", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        _robot("bots_hook"),
        sa.PrimaryKeyConstraint("robot", name=op.f("pk_bots_hook")),
    )
    op.create_table(
        "bots_command",
        sa.Column("robot", _ID, nullable=False),
        sa.Column("scope", _ID, nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("hint", sa.String(length=80), nullable=False),
        sa.Column("about", sa.String(length=200), nullable=False),
        sa.Column("everywhere", sa.Boolean(), nullable=False),
        sa.Column("token", sa.BigInteger(), nullable=False),
        _robot("bots_command"),
        sa.PrimaryKeyConstraint("robot", name=op.f("pk_bots_command")),
    )
    op.create_index("uq_bots_command_scope_name", "bots_command", ["scope", "name"], unique=True)
    op.create_table(
        "bots_request",
        sa.Column("robot", _ID, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("token", sa.BigInteger(), nullable=False),
        _robot("bots_request"),
        sa.PrimaryKeyConstraint("robot", name=op.f("pk_bots_request")),
    )
    op.create_table(
        "bots_offer",
        sa.Column("room", _ID, nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("robot", _ID, nullable=False),
        sa.Column("offer", sa.Text(), nullable=False),
        _robot("bots_offer"),
        sa.PrimaryKeyConstraint("room", "seq", name=op.f("pk_bots_offer")),
    )
    op.create_index(op.f("ix_bots_offer_robot"), "bots_offer", ["robot"], unique=False)
    op.create_table(
        "bots_ask",
        sa.Column("id", _ID, nullable=False),
        sa.Column("robot", _ID, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("room", _ID, nullable=False),
        sa.Column("person", _ID, nullable=False),
        sa.Column("ref", sa.String(length=64), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.Column("thread", sa.Integer(), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("replies", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        _robot("bots_ask"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bots_ask")),
    )
    for column in ("robot", "due_at", "at"):
        op.create_index(op.f(f"ix_bots_ask_{column}"), "bots_ask", [column], unique=False)
    op.create_index("uq_bots_ask_person_kind_ref", "bots_ask", ["person", "kind", "ref"], unique=True)
    op.create_table(
        "bots_dialog",
        sa.Column("id", _ID, nullable=False),
        sa.Column("ask", _ID, nullable=False),
        sa.Column("robot", _ID, nullable=False),
        sa.Column("person", _ID, nullable=False),
        sa.Column("room", _ID, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("elements", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        _robot("bots_dialog"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bots_dialog")),
        sa.UniqueConstraint("ask", name=op.f("uq_bots_dialog_ask")),
    )
    for column in ("robot", "at"):
        op.create_index(op.f(f"ix_bots_dialog_{column}"), "bots_dialog", [column], unique=False)
