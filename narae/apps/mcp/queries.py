"""What an assistant may be told: exactly what the person whose token it holds may see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection

from narae.apps.mcp.public import People, PersonLine, RoomLine, Rooms, Said, Talk
from narae.core.orgs.public import Member, MyOrg
from narae.core.orgs.queries import me, people
from narae.core.rooms.public import Message, RoomHead
from narae.core.rooms.queries import log
from narae.core.rooms.queries.heads import head, heads
from narae.core.rooms.queries.members import seen_members, seen_people
from narae.core.search.queries import search


def rooms(conn: Connection, viewer: str, *, unread: bool, query: str, limit: int) -> Rooms:
    """The viewer's rooms, the latest first; only those with unread messages, or with `query` in their names."""
    names = {org.id: org.name for org in me(conn, viewer).orgs}
    found = [room for room in heads(conn, viewer) if query.casefold() in room.name.casefold() and (not unread or _unread(room))]
    return Rooms([_room(room, names) for room in found[:limit]], len(found) > limit)


def _unread(room: RoomHead) -> int:
    return room.last_seq - max(room.read_seq, room.join_seq)


def _room(room: RoomHead, orgs: dict[str, str]) -> RoomLine:
    return RoomLine(
        room=room.id,
        name=room.name,
        organisation=orgs.get(room.org, ""),
        direct=room.direct,
        unread=_unread(room),
        mentions=room.mentions,
        members=room.member_count,
        last_at=_time(room.last_at),
    )


def _time(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="seconds")


def talk(conn: Connection, viewer: str, room_id: str, *, before: int | None, thread: int | None, limit: int) -> Talk:
    """What was said last in a room of the viewer, or before a seq, or in a thread."""
    found = log.messages(conn, viewer, room_id, before=before, thread=thread, limit=limit)
    room = head(conn, viewer, room_id)
    return Talk(_said(conn, viewer, {room_id: room}, found.items), found.has_before)


def finds(conn: Connection, viewer: str, *, query: str, room_id: str | None, limit: int) -> Talk:
    """The newest messages of the viewer's rooms that hold every word of `query`."""
    if room_id is not None:
        head(conn, viewer, room_id)
    found = [message for org in me(conn, viewer).orgs for message in _hits(conn, viewer, org, query, room_id, limit)]
    newest = sorted(found, key=lambda message: message.at, reverse=True)
    places = {room.id: room for room in heads(conn, viewer)}
    return Talk(_said(conn, viewer, places, newest[:limit]), len(newest) > limit)


def _hits(conn: Connection, viewer: str, org: MyOrg, query: str, room_id: str | None, limit: int) -> list[Message]:
    return search(conn, viewer, org.id, query=query, room_id=room_id, limit=limit + 1).items


def _said(conn: Connection, viewer: str, places: dict[str, RoomHead], items: Sequence[Message]) -> list[Said]:
    names: dict[str, str] = {}
    for org in {places[message.room].org for message in items if message.room in places}:
        ids = list({message.sender for message in items if message.sender})
        names |= {member.id: member.name for member in seen_members(conn, viewer, org, ids)}
    return [_line(message, places[message.room].name, names) for message in items if message.room in places]


def _line(message: Message, room_name: str, names: dict[str, str]) -> Said:
    return Said(
        room=message.room,
        room_name=room_name,
        seq=message.seq,
        at=_time(message.at),
        sender=names.get(message.sender or "", "") if message.kind != "event" else "",
        text=message.event.verb if message.event else message.text,
        card=message.card.title if message.card else None,
        files=[file.name for file in message.files],
        thread=message.thread,
        replies=message.thread_count,
    )


def who_is(conn: Connection, viewer: str, *, query: str, limit: int) -> People:
    """The people of the viewer's organisations whose names, titles or addresses hold every word of `query`."""
    found = [line for org in me(conn, viewer).orgs for line in _people(conn, viewer, org, query, limit)]
    return People(found[:limit])


def _people(conn: Connection, viewer: str, org: MyOrg, query: str, limit: int) -> list[PersonLine]:
    page = people(conn, viewer, org.id, query=query, limit=limit, seen=seen_people(conn, viewer, org.id))
    return [_person(member, org) for member in page.items]


def _person(member: Member, org: MyOrg) -> PersonLine:
    return PersonLine(person=member.id, name=member.name, title=member.title, organisation=org.name, role=member.role, robot=member.robot)


def orgs_of(conn: Connection, viewer: str, room_id: str | None) -> list[str]:
    """The organisations that a call is about: the room's, or else all of the viewer's."""
    return [head(conn, viewer, room_id).org] if room_id else [org.id for org in me(conn, viewer).orgs]
