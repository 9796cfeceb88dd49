"""What robots are to be told: what is said in their direct talks, and what mentions them in rooms.

Only people are heard, never other robots: two robots could talk to each other for ever.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, and_, case, exists, func, or_, select

from narae.apps.bots.tables import place, robot
from narae.core.orgs.tables import member as org_member
from narae.core.people.tables import person
from narae.core.rooms.public import Message
from narae.core.rooms.queries.log import as_message
from narae.core.rooms.tables import member, mention, message, room


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """A message that a robot is to be told, with where and by whom it was said."""

    message: Message
    org: str
    direct: bool
    title: str
    sender_name: str
    sender_role: str


class Stretch(NamedTuple):
    """What there is to tell of a room up to a seq, and whether there is more behind it."""

    items: list[Heard]
    upto: int
    more: bool


def listening(conn: Connection) -> list[str]:
    """The robots that have credentials and are switched on."""
    return list(conn.execute(select(robot.c.id).where(robot.c.app > 0, robot.c.enabled)).scalars())


def direct_talks(conn: Connection, robot_id: str) -> list[str]:
    """The direct talks of a robot."""
    mine = select(member.c.room).join(room, room.c.id == member.c.room)
    return list(conn.execute(mine.where(member.c.person == robot_id, room.c.direct_key.is_not(None))).scalars())


def behind(conn: Connection, robot_id: str) -> list[str]:
    """The rooms in which something may have been said that the robot has not been told."""
    upto = _upto()
    called = exists().where(mention.c.target == robot_id, mention.c.room == member.c.room, mention.c.seq > upto)
    spoken = and_(room.c.direct_key.is_not(None), room.c.last_seq > upto)
    return list(conn.execute(_rooms(robot_id).with_only_columns(member.c.room).where(or_(spoken, called))).scalars())


def _upto() -> ColumnElement[int]:
    return case((func.coalesce(place.c.seq, 0) > member.c.join_seq, place.c.seq), else_=member.c.join_seq)


def _rooms(robot_id: str) -> Any:
    columns = select(member.c.room, room.c.org, room.c.name, room.c.direct_key, room.c.last_seq, member.c.join_seq, place.c.seq)
    its = and_(place.c.robot == robot_id, place.c.room == member.c.room)
    found = columns.join(room, room.c.id == member.c.room).outerjoin(place, its)
    return found.where(member.c.person == robot_id, member.c.left_at.is_(None))


def heard_in(conn: Connection, robot_id: str, room_id: str, after: int | None, *, limit: int) -> Stretch:
    """At most `limit` messages of a room after a seq that a robot is to be told; None is as far as it has been told."""
    here = conn.execute(_rooms(robot_id).where(member.c.room == room_id)).first()
    if here is None:
        return Stretch([], after or 0, False)
    start = max((here.seq or 0) if after is None else after, here.join_seq)
    rows = conn.execute(_said(robot_id, here, start).limit(limit + 1)).all()
    more = len(rows) > limit
    upto = rows[limit - 1].seq if more else max(here.last_seq, start)
    return Stretch([_as_heard(r, here) for r in rows[:limit]], upto, more)


def _said(robot_id: str, here: Row[Any], after: int) -> Any:
    by = and_(org_member.c.person == message.c.sender, org_member.c.org == here.org)
    found = select(message, person.c.name.label("sender_name"), org_member.c.role.label("sender_role"))
    found = found.join(person, person.c.id == message.c.sender).outerjoin(org_member, by)
    if here.direct_key is None:
        called = and_(mention.c.target == robot_id, mention.c.room == message.c.room, mention.c.seq == message.c.seq)
        found = found.join(mention, called)
    said = message.c.room == here.room, message.c.seq > after, message.c.kind == "text", message.c.recalled_at.is_(None)
    return found.where(*said, person.c.robot.is_(False)).order_by(message.c.seq)


def _as_heard(row: Row[Any], here: Row[Any]) -> Heard:
    return Heard(
        message=as_message(row),
        org=here.org,
        direct=here.direct_key is not None,
        title=here.name,
        sender_name=row.sender_name,
        sender_role=row.sender_role or "guest",
    )


def thread_of(conn: Connection, room_id: str, seq: int) -> int | None:
    """The thread that a message stands in."""
    found: int | None = conn.execute(select(message.c.thread).where(message.c.room == room_id, message.c.seq == seq)).scalar()
    return found


def robots_in(conn: Connection, room_id: str, among: list[str]) -> tuple[str, list[str]]:
    """The organisation of a room, and those of `among` that are in it."""
    here = select(member.c.person).where(member.c.room == room_id, member.c.person.in_(among), member.c.left_at.is_(None))
    org = conn.execute(select(room.c.org).where(room.c.id == room_id)).scalar()
    return org or "", list(conn.execute(here).scalars())
