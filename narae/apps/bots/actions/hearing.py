"""Notes how far robots have been told what was said."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import and_, insert, select, update

from narae.apps.bots.tables import place, robot
from narae.core.db import Tx


class Told(msgspec.Struct, frozen=True):
    """Everything of a room up to `seq` is settled for a robot."""

    robot: str
    room: str
    seq: int


def note_told(tx: Tx, items: Sequence[Told]) -> list[None]:
    """Keep the furthest of each robot and room."""
    upto: dict[tuple[str, str], int] = {}
    for item in items:
        upto[item.robot, item.room] = max(item.seq, upto.get((item.robot, item.room), 0))
    there = set(tx.conn.execute(select(robot.c.id).where(robot.c.id.in_({r for r, _ in upto}))).scalars())
    for (robot_id, room_id), seq in upto.items():
        here = and_(place.c.robot == robot_id, place.c.room == room_id)
        known = tx.value(select(place.c.seq).where(here))
        if known is None and robot_id in there:
            tx.run(insert(place).values(robot=robot_id, room=room_id, seq=seq))
        elif known is not None and known < seq:
            tx.run(update(place).where(here).values(seq=seq))
    return [None] * len(items)
