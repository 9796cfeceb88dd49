"""What assistants are told: rooms, what was said in them, people. Times as ISO 8601 in UTC."""

from __future__ import annotations

import msgspec


class RoomLine(msgspec.Struct, frozen=True, kw_only=True):
    """A room of the person. `unread` counts messages."""

    room: str
    name: str
    organisation: str
    direct: bool
    unread: int
    mentions: int
    members: int
    last_at: str


class Rooms(msgspec.Struct, frozen=True):
    """Rooms, the latest first."""

    rooms: list[RoomLine]
    more: bool


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A message. `sender` is a name, and "" for lines about the room itself; `thread` is the seq of the message that it answers."""

    room: str
    room_name: str
    seq: int
    at: str
    sender: str
    text: str
    card: str | None
    files: list[str]
    thread: int | None
    replies: int


class Talk(msgspec.Struct, frozen=True):
    """Messages, and whether there are more before the first of them."""

    messages: list[Said]
    more: bool


class PersonLine(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody in an organisation of the person."""

    person: str
    name: str
    title: str
    organisation: str
    role: str
    robot: bool


class People(msgspec.Struct, frozen=True):
    """People, by name."""

    people: list[PersonLine]


class Sent(msgspec.Struct, frozen=True):
    """Where a message stands now."""

    room: str
    seq: int
