"""What robots call, as those who run their rooms see it; and the commands that a room knows."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection, Row, or_, select

from narae.apps.bots.public import Command, CommandHere, Hook, Ways
from narae.apps.bots.queries import require_robot
from narae.apps.bots.tables import command, hook, request, robot
from narae.core.kit.paging import Page
from narae.core.people.tables import person
from narae.core.rooms.queries.heads import require_room
from narae.core.rooms.tables import member, room


def as_hook(row: Row[Any] | None) -> Hook:
    """A stored hook."""
    assert row is not None
    return Hook(msgspec.json.decode(row.words), row.starts, msgspec.json.decode(row.urls), row.form)


def as_command(row: Row[Any] | None) -> Command:
    """A stored command."""
    assert row is not None
    return Command(row.name, row.url, row.hint, row.about, row.everywhere)


def ways(conn: Connection, viewer: str, robot_id: str) -> Ways:
    """What a robot calls."""
    require_robot(conn, viewer, robot_id)
    hook_row = conn.execute(select(hook).where(hook.c.robot == robot_id)).first()
    command_row = conn.execute(select(command).where(command.c.robot == robot_id)).first()
    url = conn.execute(select(request.c.url).where(request.c.robot == robot_id)).scalar()
    return Ways(as_hook(hook_row) if hook_row else None, as_command(command_row) if command_row else None, url)


def _known(conn: Connection, room_id: str, org_id: str) -> list[Row[Any]]:
    """The commands that a room knows, its own before the organisation's; those of robots that are off or were sent away are not."""
    found = select(command, person.c.name.label("robot_name")).join(robot, robot.c.id == command.c.robot)
    found = found.join(person, person.c.id == robot.c.id)
    there = (member.c.room == robot.c.room) & (member.c.person == robot.c.id) & member.c.left_at.is_(None)
    found = found.join(member, there).where(robot.c.enabled, or_(command.c.scope == room_id, command.c.scope == org_id))
    return list(conn.execute(found.order_by(command.c.everywhere, command.c.name)))


def commands_here(conn: Connection, viewer: str, room_id: str) -> Page[CommandHere]:
    """The commands that the viewer can give in a room."""
    place = require_room(conn, room_id, viewer)
    by_name: dict[str, CommandHere] = {}
    for row in _known(conn, room_id, place.org):
        by_name.setdefault(row.name, CommandHere(row.name, row.hint, row.about, row.robot_name))
    return Page([by_name[name] for name in sorted(by_name)], None)


def command_here(conn: Connection, room_id: str, org_id: str, name: str) -> Row[Any] | None:
    """The command of this name in a room."""
    return next((row for row in _known(conn, room_id, org_id) if row.name == name), None)


def behind(conn: Connection) -> list[tuple[str, str]]:
    """(robot, room) of hooks that have not looked at all that was said: of robots that are on and in their rooms."""
    there = (member.c.room == robot.c.room) & (member.c.person == robot.c.id) & member.c.left_at.is_(None)
    found = (
        select(robot.c.id, robot.c.room).join(hook, hook.c.robot == robot.c.id).join(room, room.c.id == robot.c.room).join(member, there)
    )
    return [(r.id, r.room) for r in conn.execute(found.where(robot.c.enabled, room.c.last_seq > hook.c.seq).order_by(robot.c.id))]
