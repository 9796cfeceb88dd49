"""Changes of rooms themselves: opening, naming, archiving, handing over, the top card."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select, update

from narae.core.audit import record
from narae.core.db import Tx
from narae.core.kit import limits, text
from narae.core.kit.errors import Conflict, Invalid, NotFound, Refused
from narae.core.kit.ids import new_id
from narae.core.kit.who import Who
from narae.core.orgs.queries import department_people, require_member, role_in
from narae.core.orgs.rules import may_browse
from narae.core.rooms.actions.change import store_fields
from narae.core.rooms.actions.members import put_in, set_role
from narae.core.rooms.actions.send import say
from narae.core.rooms.public import Posting, RoomEvent, RoomHead
from narae.core.rooms.queries.heads import direct_key, head, require_head, require_room
from narae.core.rooms.queries.log import require_message
from narae.core.rooms.queries.members import seen_people
from narae.core.rooms.tables import room


def create_room(
    tx: Tx, who: Who, org_id: str, *, name: str, topic: str = "", is_public: bool = False, everyone: bool = False,
    people: Sequence[str] = (), departments: Sequence[str] = (),
) -> RoomHead:  # fmt: skip
    """Open a room with these people and departments in it; `who` runs it."""
    if not may_browse(require_member(tx.conn, org_id, who.person)):
        raise Refused("Guests can't open rooms. Ask a member to do it.", code="members_only")
    room_id = _insert(tx, org_id, name=text.line(name, field="name"), topic=_topic(topic), is_public=is_public, everyone=everyone)
    tx.run(update(room).where(room.c.id == room_id).values(owner=who.person))
    put_in(tx, org_id, room_id, [who.person], role="owner")
    record(tx, who, "rooms.create", room_id, org=org_id, name=name)
    say(tx, room_id, who.person, RoomEvent("created"))
    others = (set(people) | department_people(tx.conn, org_id, departments)) - {who.person}
    if others:
        put_in(tx, org_id, room_id, sorted(others))
    return head(tx.conn, who.person, room_id)


def _topic(topic: str) -> str:
    return text.line(topic, field="topic", limit=limits.TOPIC_CHARS, empty=True)


def _insert(tx: Tx, org_id: str, **values: Any) -> str:
    name = values["name"]
    row = {"id": new_id(tx.now), "org": org_id, "search": text.search_key(name), "posting": "all", "mention_all": "all"}
    numbers = {"last_seq": 0, "last_rev": 0, "meta_rev": 0, "member_count": 0, "last_at": tx.now, "created_at": tx.now}
    tx.run(insert(room).values(**row, **numbers, **values))
    return str(row["id"])


def open_direct(tx: Tx, who: Who, org_id: str, *, other: str) -> RoomHead:
    """The direct talk with `other`, opened if there is none yet. With oneself it is a place for notes."""
    require_member(tx.conn, org_id, who.person)
    seen = seen_people(tx.conn, who.person, org_id)
    if role_in(tx.conn, org_id, other) is None or (seen is not None and other not in tx.conn.execute(seen).scalars().all()):
        raise NotFound("There is no such person in this organisation.", field="person")
    return head(tx.conn, who.person, place_direct(tx, who, org_id, other))


def place_direct(tx: Tx, who: Who, org_id: str, other: str) -> str:
    """The id of the direct talk with `other`, opened if there is none yet. The caller has checked who may."""
    key = direct_key(org_id, who.person, other)
    found = tx.value(select(room.c.id).where(room.c.direct_key == key))
    if found is None:
        found = _insert(tx, org_id, name="", topic="", is_public=False, everyone=False, direct_key=key)
        record(tx, who, "rooms.open_direct", found, org=org_id, other=other)
    put_in(tx, org_id, found, sorted({who.person, other}))
    return str(found)


def change_room(
    tx: Tx, who: Who, room_id: str, *, name: str | None = None, topic: str | None = None, is_public: bool | None = None,
    posting: Posting | None = None, mention_all: Posting | None = None,
) -> RoomHead:  # fmt: skip
    """Change a room's name, topic or who may do what in it; what is None stays."""
    old = _grown(tx, who, room_id)
    changes: dict[str, Any] = {}
    if name is not None and (label := text.line(name, field="name")) != old.name:
        changes |= {"name": label, "search": text.search_key(label)}
        say(tx, room_id, who.person, RoomEvent("renamed", text=label))
    if topic is not None and (line := _topic(topic)) != old.topic:
        changes["topic"] = line
        say(tx, room_id, who.person, RoomEvent("topic", text=line))
    given = {"is_public": is_public, "posting": posting, "mention_all": mention_all}
    changes |= {key: value for key, value in given.items() if value is not None}
    if changes:
        store_fields(tx, room_id, **changes)
        record(tx, who, "rooms.change", room_id, org=old.org, **changes)
    return head(tx.conn, who.person, room_id)


def _grown(tx: Tx, who: Who, room_id: str) -> Any:
    """The room for whoever runs it; a direct talk has nothing to run."""
    if require_room(tx.conn, room_id, who.person).direct_key is not None:
        raise Invalid("A direct talk can't be changed.", code="direct_talk")
    return require_head(tx.conn, room_id, who.person)


def archive(tx: Tx, who: Who, room_id: str) -> RoomHead:
    """Close a room for writing; it can still be read."""
    old = _grown(tx, who, room_id)
    if old.archived_at is None:
        say(tx, room_id, who.person, RoomEvent("archived"))
        store_fields(tx, room_id, archived_at=tx.now)
        record(tx, who, "rooms.archive", room_id, org=old.org)
    return head(tx.conn, who.person, room_id)


def unarchive(tx: Tx, who: Who, room_id: str) -> RoomHead:
    """Open an archived room again."""
    old = _grown(tx, who, room_id)
    if old.archived_at is not None:
        store_fields(tx, room_id, archived_at=None)
        say(tx, room_id, who.person, RoomEvent("unarchived"))
        record(tx, who, "rooms.unarchive", room_id, org=old.org)
    return head(tx.conn, who.person, room_id)


def give_owner(tx: Tx, who: Who, room_id: str, *, to: str) -> RoomHead:
    """Hand a room over to another member; the old owner helps to run it."""
    old = _grown(tx, who, room_id)
    if old.role != "owner":
        raise Refused("Only the owner can hand a room over.", code="owner_only")
    if to != who.person:
        set_role(tx, room_id, to, "owner")
        set_role(tx, room_id, who.person, "admin")
        store_fields(tx, room_id, owner=to)
        say(tx, room_id, who.person, RoomEvent("owner", people=[to]))
        record(tx, who, "rooms.owner", room_id, org=old.org, to=to)
    return head(tx.conn, who.person, room_id)


def set_top(tx: Tx, who: Who, room_id: str, seq: int | None) -> RoomHead:
    """Put a message on top of the room, or take the top away (None)."""
    place = require_room(tx.conn, room_id, who.person)
    if place.direct_key is None:
        require_head(tx.conn, room_id, who.person)
    if seq is not None and require_message(tx.conn, room_id, seq).recalled_at is not None:
        raise Conflict("This message has been recalled.", code="recalled", field="seq")
    store_fields(tx, room_id, top=seq)
    record(tx, who, "rooms.top", room_id, org=place.org, seq=seq)
    return head(tx.conn, who.person, room_id)
