"""What a robot has said and uploaded, and who has read it. Every query begins with the robot itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, and_, select

from narae.apps.bots.tables import media, said
from narae.core.people.tables import person
from narae.core.rooms.tables import member, message


def said_by(conn: Connection, robot_id: str, key: str) -> Sequence[Any]:
    """The messages that were sent under a key: room, seq, person, at; and whether each is recalled."""
    found = select(said.c.room, said.c.seq, said.c.person, said.c.at, message.c.recalled_at)
    found = found.join(message, and_(message.c.room == said.c.room, message.c.seq == said.c.seq))
    return conn.execute(found.where(said.c.key == key, said.c.robot == robot_id).order_by(said.c.room)).all()


class Readers(NamedTuple):
    """Some of those who have read a message, in order of their ids, and whether there are more."""

    people: list[str]
    more: bool


def readers(conn: Connection, robot_id: str, room_id: str, seq: int, *, after: str, limit: int) -> Readers:
    """Who has read a robot's message, from after an id on."""
    read = member.c.room == room_id, member.c.left_at.is_(None), member.c.join_seq < seq, member.c.read_seq >= seq
    ids = select(member.c.person).where(*read, member.c.person != robot_id, member.c.person > after)
    rows = list(conn.execute(ids.order_by(member.c.person).limit(limit + 1)).scalars())
    return Readers(rows[:limit], len(rows) > limit)


def read_states(conn: Connection, robot_id: str, key: str) -> list[tuple[str, str, bool]]:
    """(id, name, whether read) of each person to whom something was said under a key."""
    here = and_(member.c.room == said.c.room, member.c.person == said.c.person)
    found = select(said.c.person, person.c.name, member.c.read_seq, said.c.seq).join(member, here)
    found = found.join(person, person.c.id == said.c.person).where(said.c.key == key, said.c.robot == robot_id)
    return [(r.person, r.name, r.read_seq >= r.seq) for r in conn.execute(found.order_by(said.c.person))]


def media_of(conn: Connection, robot_id: str, media_id: str, *, since: int) -> Row[Any] | None:
    """What a robot uploaded under this id, not before a time (ms)."""
    mine = media.c.id == media_id, media.c.robot == robot_id, media.c.at >= since
    return conn.execute(select(media).where(*mine)).first()
