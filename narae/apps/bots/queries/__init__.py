"""Robots as those who run their rooms see them, and as a caller's token finds them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, bindparam, case, exists, func, or_, select

from narae.apps.bots.public import Call, Robot
from narae.apps.bots.tables import call, command, hook, robot
from narae.core.kit.errors import NotFound
from narae.core.kit.limits import ROBOT_CALLS_KEPT
from narae.core.kit.paging import Page
from narae.core.orgs.queries import require_member
from narae.core.people.tables import person
from narae.core.rooms.queries.heads import require_head
from narae.core.rooms.tables import member, room

NO_ROBOT = "There is no such robot."
_LAST = select(func.max(call.c.at)).where(call.c.robot == robot.c.id).scalar_subquery()
_KIND = case(
    (exists().where(hook.c.robot == robot.c.id), "hook"), (exists().where(command.c.robot == robot.c.id), "command"), else_="plain"
)
_ROBOTS: Select[Any] = select(robot, person.c.name, _LAST.label("called_at"), _KIND.label("kind")).join(person, person.c.id == robot.c.id)
_BY_TOKEN = select(robot, room.c.mention_all).join(room, room.c.id == robot.c.room).where(robot.c.token == bindparam("token"))


def in_room(conn: Connection, viewer: str, room_id: str) -> Page[Robot]:
    """The robots of a room that the viewer runs."""
    require_head(conn, room_id, viewer)
    return Page([as_robot(r) for r in conn.execute(_ROBOTS.where(robot.c.room == room_id).order_by(robot.c.id))], None)


def in_org(conn: Connection, viewer: str, org_id: str) -> Page[Robot]:
    """The robots of all rooms that the viewer runs."""
    require_member(conn, org_id, viewer)
    run = select(member.c.room).where(member.c.person == viewer, member.c.left_at.is_(None), member.c.role.in_(("owner", "admin")))
    found = _ROBOTS.where(robot.c.org == org_id, robot.c.room.in_(run)).order_by(robot.c.id)
    return Page([as_robot(r) for r in conn.execute(found)], None)


def require_robot(conn: Connection, viewer: str, robot_id: str) -> Robot:
    """A robot of a room that the viewer runs; NotFound or Refused for others."""
    row = conn.execute(_ROBOTS.where(robot.c.id == robot_id)).first()
    if row is None:
        raise NotFound(NO_ROBOT)
    require_head(conn, row.room, viewer)
    return as_robot(row)


def as_robot(row: Row[Any]) -> Robot:
    """A stored robot."""
    return Robot(
        id=row.id,
        org=row.org,
        room=row.room,
        name=row.name,
        enabled=row.enabled,
        signed=row.sign > 0,
        keywords=msgspec.json.decode(row.keywords),
        addresses=msgspec.json.decode(row.addresses),
        per_minute=row.per_minute,
        made_by=row.made_by,
        created_at=row.created_at,
        called_at=row.called_at,
        listens=row.app > 0,
        callback=row.callback,
        kind=row.kind,
    )


class Guarded(msgspec.Struct, frozen=True, kw_only=True):
    """What a call with a robot's token meets. `sign` numbers its signing secrets, `app` its client secrets; 0 is none."""

    id: str
    room: str
    sign: int
    keywords: list[str]
    addresses: list[str]
    per_minute: int
    enabled: bool
    may_call_all: bool
    org: str
    app: int = 0
    callback: str = ""


def by_token(conn: Connection, token: str) -> Guarded | None:
    """The robot whose token has this fingerprint."""
    row = conn.execute(_BY_TOKEN, {"token": token}).first()
    return None if row is None else _guarded(row, row.room)


def by_id(conn: Connection, robot_id: str, room_id: str | None = None) -> Guarded | None:
    """The robot with this id, to speak in another room than its own when one is named."""
    place = room.c.id == robot.c.room if room_id is None else room.c.id == room_id
    row = conn.execute(select(robot, room.c.mention_all).join(room, place).where(robot.c.id == robot_id)).first()
    return None if row is None else _guarded(row, room_id or row.room)


def _guarded(row: Row[Any], room_id: str) -> Guarded:
    return Guarded(
        id=row.id,
        room=room_id,
        sign=row.sign,
        keywords=msgspec.json.decode(row.keywords),
        addresses=msgspec.json.decode(row.addresses),
        per_minute=row.per_minute,
        enabled=row.enabled,
        may_call_all=row.mention_all == "all",
        org=row.org,
        app=row.app,
        callback=row.callback,
    )


def rooms_of(conn: Connection, robot_id: str) -> list[str]:
    """The rooms that a robot is in, without its direct talks."""
    mine = select(member.c.room).join(room, room.c.id == member.c.room)
    return list(conn.execute(mine.where(member.c.person == robot_id, member.c.left_at.is_(None), room.c.direct_key.is_(None))).scalars())


def calls(conn: Connection, viewer: str, robot_id: str) -> Page[Call]:
    """The last calls of a robot, the newest first."""
    require_robot(conn, viewer, robot_id)
    rows = conn.execute(select(call).where(call.c.robot == robot_id).order_by(call.c.id.desc()).limit(ROBOT_CALLS_KEPT))
    return Page([Call(at=r.at, way=r.way, ip=r.ip, code=r.code, answer=r.answer, excerpt=r.excerpt) for r in rows], None)


def addressed(conn: Connection, room_id: str, names: Iterable[str]) -> dict[str, tuple[str, str]]:
    """(id, name) of those members of a room who are meant by `names`, which are ids or mail addresses."""
    wanted = list(names)
    inside = select(person.c.id, person.c.name, person.c.email).join(member, member.c.person == person.c.id)
    inside = inside.where(member.c.room == room_id, member.c.left_at.is_(None))
    rows = conn.execute(inside.where(or_(person.c.id.in_(wanted), person.c.email.in_(wanted)))).all()
    return {key: (r.id, r.name) for r in rows for key in (r.id, r.email) if key in wanted}
