"""Rooms: opening, joining, changing, members, one's own place in them."""

from __future__ import annotations

from typing import Annotated, TypeVar

import msgspec
from litestar import delete, get, patch, post, put
from msgspec import UNSET, UnsetType

from narae.core.db import Database
from narae.core.kit import limits
from narae.core.kit.paging import Page
from narae.core.kit.who import Who
from narae.core.orgs.api.org import Limit, Query
from narae.core.rooms.actions import members, reading, rooms
from narae.core.rooms.public import Draft, Posting, PublicRoom, Reads, RoomHead, RoomMember, RoomRole
from narae.core.rooms.queries import heads
from narae.core.rooms.queries import members as member_queries

Seq = Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)]


T = TypeVar("T")


class NewRoom(msgspec.Struct, frozen=True):
    """A room to open, with whom to put into it."""

    name: str
    topic: str = ""
    is_public: bool = False
    people: list[str] = []
    departments: list[str] = []


class DirectWith(msgspec.Struct, frozen=True):
    """Whom to talk to."""

    person: str


class RoomChanges(msgspec.Struct, frozen=True):
    """What to change about a room."""

    name: str | UnsetType = UNSET
    topic: str | UnsetType = UNSET
    is_public: bool | UnsetType = UNSET
    posting: Posting | UnsetType = UNSET
    mention_all: Posting | UnsetType = UNSET


class People(msgspec.Struct, frozen=True):
    """People, and the people of departments."""

    people: list[str] = []
    departments: list[str] = []


class NewRole(msgspec.Struct, frozen=True):
    """A member's role in a room."""

    role: RoomRole


class MyPlace(msgspec.Struct, frozen=True):
    """One's own settings in a room."""

    muted: bool | UnsetType = UNSET
    starred: bool | UnsetType = UNSET


class LogPlace(msgspec.Struct, frozen=True):
    """A place in the log."""

    seq: Seq


class DraftText(msgspec.Struct, frozen=True):
    """An unsent text; empty to forget it."""

    text: str
    thread: Seq | None = None


def given(value: T | UnsetType) -> T | None:
    """None for what was not sent."""
    return None if isinstance(value, UnsetType) else value


@get("/api/orgs/{org_id:str}/rooms")
async def list_public(
    who: Who, db: Database, org_id: str, search: Query = None, cursor: str | None = None, limit: Limit = limits.PAGE_ITEMS
) -> Page[PublicRoom]:
    """The rooms that one may join."""
    return await db.read(heads.public_rooms, who.person, org_id, query=search, cursor=cursor, limit=limit)


@post("/api/orgs/{org_id:str}/rooms")
async def create_room(who: Who, db: Database, org_id: str, data: NewRoom) -> RoomHead:
    """Open a room."""
    return await db.write(
        rooms.create_room,
        who,
        org_id,
        name=data.name,
        topic=data.topic,
        is_public=data.is_public,
        people=data.people,
        departments=data.departments,
    )


@post("/api/orgs/{org_id:str}/direct", status_code=200)
async def open_direct(who: Who, db: Database, org_id: str, data: DirectWith) -> RoomHead:
    """The direct talk with somebody."""
    return await db.write(rooms.open_direct, who, org_id, other=data.person)


@get("/api/rooms")
async def list_mine(who: Who, db: Database) -> Page[RoomHead]:
    """All rooms that one is in, in all organisations."""
    return Page(await db.read(heads.heads, who.person))


@get("/api/rooms/{room_id:str}")
async def read_room(who: Who, db: Database, room_id: str) -> RoomHead:
    """One room."""
    return await db.read(heads.head, who.person, room_id)


@patch("/api/rooms/{room_id:str}")
async def change_room(who: Who, db: Database, room_id: str, data: RoomChanges) -> RoomHead:
    """Change a room."""
    return await db.write(
        rooms.change_room,
        who,
        room_id,
        name=given(data.name),
        topic=given(data.topic),
        is_public=given(data.is_public),
        posting=given(data.posting),
        mention_all=given(data.mention_all),
    )


@post("/api/rooms/{room_id:str}/join", status_code=200)
async def join(who: Who, db: Database, room_id: str) -> RoomHead:
    """Join a public room."""
    return await db.write(members.join, who, room_id)


@post("/api/rooms/{room_id:str}/leave", status_code=204)
async def leave(who: Who, db: Database, room_id: str) -> None:
    """Leave a room."""
    await db.write(members.leave, who, room_id)


@post("/api/rooms/{room_id:str}/archive", status_code=200)
async def archive(who: Who, db: Database, room_id: str) -> RoomHead:
    """Close a room for writing."""
    return await db.write(rooms.archive, who, room_id)


@post("/api/rooms/{room_id:str}/unarchive", status_code=200)
async def unarchive(who: Who, db: Database, room_id: str) -> RoomHead:
    """Open an archived room again."""
    return await db.write(rooms.unarchive, who, room_id)


@post("/api/rooms/{room_id:str}/owner", status_code=200)
async def give_owner(who: Who, db: Database, room_id: str, data: DirectWith) -> RoomHead:
    """Hand a room over."""
    return await db.write(rooms.give_owner, who, room_id, to=data.person)


@put("/api/rooms/{room_id:str}/top")
async def set_top(who: Who, db: Database, room_id: str, data: LogPlace) -> RoomHead:
    """Put a message on top of the room."""
    return await db.write(rooms.set_top, who, room_id, data.seq)


@delete("/api/rooms/{room_id:str}/top", status_code=200)
async def clear_top(who: Who, db: Database, room_id: str) -> RoomHead:
    """Take the top away."""
    return await db.write(rooms.set_top, who, room_id, None)


@get("/api/rooms/{room_id:str}/members")
async def list_members(
    who: Who, db: Database, room_id: str, search: Query = None, cursor: str | None = None, limit: Limit = limits.PAGE_ITEMS
) -> Page[RoomMember]:
    """Who is in a room."""
    return await db.read(member_queries.members, who.person, room_id, query=search, cursor=cursor, limit=limit)


@post("/api/rooms/{room_id:str}/members", status_code=200)
async def add_members(who: Who, db: Database, room_id: str, data: People) -> Page[RoomMember]:
    """Bring people into a room; answers those who were not in it."""
    added = await db.write(members.add_members, who, room_id, people=data.people, departments=data.departments)
    return Page(added)


@patch("/api/rooms/{room_id:str}/members/{person_id:str}")
async def change_member(who: Who, db: Database, room_id: str, person_id: str, data: NewRole) -> RoomMember:
    """Let a member help to run the room, or no longer."""
    return await db.write(members.change_member, who, room_id, person_id, role=data.role)


@delete("/api/rooms/{room_id:str}/members/{person_id:str}")
async def remove_member(who: Who, db: Database, room_id: str, person_id: str) -> None:
    """Take somebody out of a room."""
    await db.write(members.remove_member, who, room_id, person_id)


@patch("/api/rooms/{room_id:str}/me")
async def change_mine(who: Who, db: Database, room_id: str, data: MyPlace) -> RoomHead:
    """Mute or star a room for oneself."""
    return await db.write(members.change_mine, who, room_id, muted=given(data.muted), starred=given(data.starred))


@get("/api/rooms/{room_id:str}/reads")
async def reads(who: Who, db: Database, room_id: str) -> Reads:
    """How far each member has read, in small rooms."""
    return await db.read(member_queries.reads, who.person, room_id)


@post("/api/rooms/{room_id:str}/read", status_code=204)
async def mark_read(who: Who, db: Database, room_id: str, data: LogPlace) -> None:
    """Note that one has read up to a message."""
    await db.write(reading.mark_read, who, room_id, data.seq)


@post("/api/rooms/{room_id:str}/unread", status_code=204)
async def mark_unread(who: Who, db: Database, room_id: str, data: LogPlace) -> None:
    """Make a message and what follows it unread again."""
    await db.write(reading.mark_unread, who, room_id, data.seq)


@get("/api/rooms/{room_id:str}/drafts")
async def list_drafts(who: Who, db: Database, room_id: str) -> Page[Draft]:
    """One's unsent texts in a room."""
    return await db.read(member_queries.drafts, who.person, room_id)


@put("/api/rooms/{room_id:str}/draft", status_code=204)
async def save_draft(who: Who, db: Database, room_id: str, data: DraftText) -> None:
    """Keep an unsent text."""
    await db.write(reading.save_draft, who, room_id, said=data.text, thread=data.thread)


ROUTES = (
    list_public, create_room, open_direct, list_mine, read_room, change_room, join, leave, archive, unarchive, give_owner, set_top,
    clear_top, list_members, add_members, change_member, remove_member, change_mine, reads, mark_read, mark_unread, list_drafts, save_draft,
)  # fmt: skip
