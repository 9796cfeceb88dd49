"""A list of stored bytes to delete, and on it the files of all messages that have been recalled."""

import sqlalchemy as sa
from alembic import op

revision = "rooms_0002"
down_revision = "rooms_0001"
branch_labels = None
depends_on = ()

_RECALLED = "SELECT f.id FROM rooms_file f JOIN rooms_message m ON m.room = f.room AND m.seq = f.seq WHERE m.recalled_at IS NOT NULL"


def upgrade() -> None:
    """Make it, and fill it."""
    op.create_table(
        "rooms_discarded",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_rooms_discarded")),
    )
    op.create_index(op.f("ix_rooms_discarded_at"), "rooms_discarded", ["at"], unique=False)
    unsent = sa.text("seq IS NULL")
    op.create_index("ix_rooms_file_unsent", "rooms_file", ["at"], unique=False, sqlite_where=unsent, postgresql_where=unsent)
    op.execute(f"INSERT INTO rooms_discarded (key, at) SELECT id, 0 FROM ({_RECALLED}) AS gone")
    op.execute("DELETE FROM rooms_file WHERE id IN (SELECT key FROM rooms_discarded)")
