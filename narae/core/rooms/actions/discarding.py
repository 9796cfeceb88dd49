"""Lets go of stored bytes: the transaction that forgets them notes their keys, and files/sweeper.py deletes them after it.

So a crash between the two loses nothing: what is noted is deleted at the next start.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, insert, select

from narae.core.db import Tx
from narae.core.rooms.tables import discarded, file


def discard(tx: Tx, keys: Sequence[str], *, at: int) -> None:
    """Note that nothing will name these bytes from `at` on (ms)."""
    if keys:
        tx.run(insert(discarded), [{"key": key, "at": at} for key in keys])


def keep(tx: Tx, key: str) -> None:
    """Note that these bytes are wanted after all."""
    tx.run(delete(discarded).where(discarded.c.key == key))


def discard_files(tx: Tx, room_id: str, seq: int) -> None:
    """Forget the files that a message brought; from the commit on they are not there for anybody."""
    its = file.c.room == room_id, file.c.seq == seq
    gone = [row.id for row in tx.all(select(file.c.id).where(*its))]
    tx.run(delete(file).where(*its))
    discard(tx, gone, at=tx.now)
