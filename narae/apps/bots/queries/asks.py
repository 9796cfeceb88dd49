"""Calls that are to be made, with everything that they may say; and dialogs as who is to fill them sees them."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select

from narae.apps.bots.forms.asking import Facts
from narae.apps.bots.public import DialogElement, Offer
from narae.apps.bots.tables import ask, command, dialog, hook, offer, request, route
from narae.core.kit.errors import NotFound
from narae.core.orgs.tables import org
from narae.core.people.tables import person
from narae.core.rooms.queries.heads import require_room
from narae.core.rooms.queries.log import as_message
from narae.core.rooms.tables import message, room


def due(conn: Connection, now: int, limit: int) -> list[tuple[str, str]]:
    """(id, robot) of calls that are to be made now, the oldest first."""
    waiting = select(ask.c.id, ask.c.robot).where(ask.c.due_at <= now).order_by(ask.c.due_at, ask.c.id)
    return [(r.id, r.robot) for r in conn.execute(waiting.limit(limit))]


def next_due(conn: Connection) -> int | None:
    """When the next call is to be made."""
    found: int | None = conn.execute(select(ask.c.due_at).where(ask.c.due_at.is_not(None)).order_by(ask.c.due_at).limit(1)).scalar()
    return found


def facts(conn: Connection, ask_id: str) -> Facts | None:
    """Everything that a call may say; None when it is gone."""
    row = conn.execute(select(ask).where(ask.c.id == ask_id)).first()
    if row is None:
        return None
    place = conn.execute(select(room, org.c.name.label("org_name")).join(org, org.c.id == room.c.org).where(room.c.id == row.room)).one()
    named = conn.execute(select(person.c.id, person.c.name).where(person.c.id.in_([row.person, row.robot])))
    names = {r.id: r.name for r in named}
    pressed = _pressed(conn, row)
    return Facts(
        id=row.id,
        kind=row.kind,
        robot=row.robot,
        robot_name=names.get(row.robot, ""),
        org=place.org,
        org_name=place.org_name,
        room=row.room,
        room_name=place.name,
        direct=place.direct_key is not None,
        person=row.person,
        person_name=names.get(row.person, ""),
        seq=row.seq,
        url=row.url,
        said=msgspec.json.decode(row.said),
        number=token_number(conn, row.robot, row.kind),
        message=as_message(pressed) if pressed is not None else None,
        offer=_offer(conn, row) if pressed is not None else None,
        at=row.at,
    )


def _pressed(conn: Connection, row: Row[Any]) -> Row[Any] | None:
    if row.kind != "press":
        return None
    return conn.execute(select(message).where(message.c.room == row.room, message.c.seq == row.seq)).first()


def _offer(conn: Connection, row: Row[Any]) -> Offer | None:
    stored = conn.execute(select(offer.c.offer).where(offer.c.room == row.room, offer.c.seq == row.seq)).scalar()
    return msgspec.json.decode(stored, type=Offer) if stored else None


def token_number(conn: Connection, robot_id: str, kind: str) -> int:
    """The number of the token that a robot's calls of this kind are known by."""
    table = {"hook": hook, "command": command}.get(kind, request)
    number: int | None = conn.execute(select(table.c.token).where(table.c.robot == robot_id)).scalar()
    return number or 0


def route_secret(conn: Connection, robot_id: str, key: str) -> str:
    """What presses that go by a route are signed with."""
    found: str | None = conn.execute(select(route.c.secret).where(route.c.robot == robot_id, route.c.key == key)).scalar()
    return found or ""


class OpenDialog(msgspec.Struct, frozen=True, kw_only=True):
    """A dialog that waits for its person."""

    id: str
    room: str
    org: str
    robot: str
    url: str
    callback_id: str
    state: str
    notify: bool
    elements: list[DialogElement]


def require_dialog(conn: Connection, viewer: str, dialog_id: str) -> OpenDialog:
    """A dialog that was opened for the viewer, in a room that they are still in."""
    row = conn.execute(select(dialog).where(dialog.c.id == dialog_id, dialog.c.person == viewer)).first()
    if row is None:
        raise NotFound("There is no such dialog.")
    place = require_room(conn, row.room, viewer)
    said = msgspec.json.decode(row.said)
    return OpenDialog(
        id=row.id,
        room=row.room,
        org=place.org,
        robot=row.robot,
        url=row.url,
        callback_id=said["callback_id"],
        state=said["state"],
        notify=said["notify"],
        elements=msgspec.json.decode(row.elements, type=list[DialogElement]),
    )
