"""Rooms as their members see them in the list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, func, or_, select

from narae.core.kit import limits
from narae.core.kit.errors import NotFound, Refused
from narae.core.kit.paging import Page, decoded, page_of
from narae.core.orgs.queries import departments_above, require_member
from narae.core.orgs.rules import may_browse
from narae.core.people.tables import person
from narae.core.rooms import rules
from narae.core.rooms.public import PublicRoom, RoomFields, RoomHead
from narae.core.rooms.tables import draft, member, mention, room

NO_ROOM = "There is no such room, or you are not in it."


def require_room(conn: Connection, room_id: str, person_id: str) -> Row[Any]:
    """The room's row with the viewer's own pointer in it (role, join_seq, read_seq, muted, starred); NotFound for others."""
    row = conn.execute(_ONE, {"viewer": person_id, "room": room_id}).first()
    if row is None:
        raise NotFound(NO_ROOM)
    return row


def require_head(conn: Connection, room_id: str, person_id: str) -> Row[Any]:
    """`require_room` for whoever runs it; Refused for other members."""
    row = require_room(conn, room_id, person_id)
    if not rules.may_manage(row.role):
        raise Refused("Only the room's owner or an administrator of the room can do this.", code="room_heads_only")
    return row


def head(conn: Connection, viewer: str, room_id: str) -> RoomHead:
    """One room of the viewer's."""
    return _as_heads(conn, viewer, [require_room(conn, room_id, viewer)])[0]


def heads(conn: Connection, viewer: str) -> list[RoomHead]:
    """All rooms of the viewer in all organisations, the latest first: no member lists, no bodies."""
    rows = conn.execute(_ALL, {"viewer": viewer}).all()
    return _as_heads(conn, viewer, rows)


_HEAD_COLUMNS = (
    room.c.id, room.c.org, room.c.name, room.c.topic, room.c.direct_key, room.c.is_public, room.c.archived_at, room.c.posting,
    room.c.mention_all, room.c.owner, room.c.last_seq, room.c.last_rev, room.c.last_at, room.c.member_count, room.c.top,
    room.c.everyone, member.c.role, member.c.join_seq, member.c.read_seq, member.c.muted, member.c.starred,
)  # fmt: skip


# Built once: a statement costs more to put together than to run, and everybody who connects runs these.
_MINE: Select[Any] = (
    select(*_HEAD_COLUMNS)
    .join(member, member.c.room == room.c.id)
    .where(member.c.person == bindparam("viewer"), member.c.left_at.is_(None))
)
_ONE = _MINE.where(room.c.id == bindparam("room"))
_ALL = _MINE.order_by(room.c.last_at.desc(), room.c.id).limit(limits.ROOMS_A_PERSON)
_DRAFTS = select(draft.c.room, draft.c.text).where(draft.c.person == bindparam("viewer"), draft.c.thread == 0)
_NAMES = select(person.c.id, person.c.name).where(person.c.id.in_(bindparam("ids", expanding=True)))


def _as_heads(conn: Connection, viewer: str, rows: Sequence[Row[Any]]) -> list[RoomHead]:
    names = _names(conn, [other for r in rows if (other := other_in(r.direct_key, viewer))])
    drafts = _drafts(conn, viewer)
    counts = unread_mentions(conn, viewer, rows)
    return [_head(r, viewer, names, drafts.get(r.id, ""), counts.get(r.id, 0)) for r in rows]


def _head(row: Row[Any], viewer: str, names: dict[str, str], draft_text: str, mentions: int) -> RoomHead:
    other = other_in(row.direct_key, viewer)
    return RoomHead(
        id=row.id,
        org=row.org,
        name=names.get(other, "") if other else row.name,
        topic=row.topic,
        direct=row.direct_key is not None,
        other=other,
        is_public=row.is_public,
        archived=row.archived_at is not None,
        posting=row.posting,
        mention_all=row.mention_all,
        owner=row.owner,
        last_seq=row.last_seq,
        last_rev=row.last_rev,
        last_at=row.last_at,
        member_count=row.member_count,
        top=row.top,
        role=row.role,
        join_seq=row.join_seq,
        read_seq=row.read_seq,
        mentions=mentions,
        muted=row.muted,
        starred=row.starred,
        draft=draft_text,
    )


def fields(row: Row[Any]) -> RoomFields:
    """What a row of the room's table says to every member."""
    return RoomFields(
        id=row.id,
        org=row.org,
        name=row.name,
        topic=row.topic,
        is_public=row.is_public,
        archived=row.archived_at is not None,
        posting=row.posting,
        mention_all=row.mention_all,
        owner=row.owner,
        member_count=row.member_count,
        top=row.top,
    )


def direct_key(org_id: str, one: str, other: str) -> str:
    """What makes a direct talk the only one of two people in an organisation (with oneself: a room for notes)."""
    return f"{org_id}/{min(one, other)}:{max(one, other)}"


def other_in(key: str | None, viewer: str) -> str | None:
    """The other person of a direct talk."""
    if key is None:
        return None
    one, _, two = key.rpartition("/")[2].partition(":")
    return two if one == viewer else one


def _names(conn: Connection, ids: list[str]) -> dict[str, str]:
    return {r.id: r.name for r in conn.execute(_NAMES, {"ids": ids})} if ids else {}


def _drafts(conn: Connection, viewer: str) -> dict[str, str]:
    return {r.room: r.text for r in conn.execute(_DRAFTS, {"viewer": viewer})}


def mention_targets(conn: Connection, org_ids: Iterable[str], viewer: str) -> list[str]:
    """What messages may be addressed to so that `viewer` is meant: themselves, all, their departments."""
    above = {f"d:{d}" for org_id in org_ids for d in departments_above(conn, org_id, viewer)}
    return [viewer, "*", *sorted(above)]


def unread_mentions(conn: Connection, viewer: str, rows: Sequence[Row[Any]]) -> dict[str, int]:
    """How many unread messages mention the viewer, by room. Counted from the log, so it can't drift."""
    unread = [r for r in rows if r.last_seq > max(r.read_seq, r.join_seq)]
    if not unread:
        return {}
    targets = mention_targets(conn, {r.org for r in unread}, viewer)
    later = and_(mention.c.room == member.c.room, mention.c.seq > member.c.read_seq, mention.c.seq > member.c.join_seq)
    counted = select(mention.c.room, func.count(mention.c.seq.distinct()).label("n")).join(member, later)
    mine = counted.where(mention.c.target.in_(targets), member.c.person == viewer, member.c.left_at.is_(None))
    if len(unread) == 1:
        mine = mine.where(mention.c.room == unread[0].id)
    return {r.room: r.n for r in conn.execute(mine.group_by(mention.c.room))}


def public_rooms(
    conn: Connection, viewer: str, org_id: str, *, query: str | None = None, cursor: str | None = None, limit: int = limits.PAGE_ITEMS
) -> Page[PublicRoom]:
    """The rooms of an organisation that anybody in it may join, by name; none for guests."""
    if not may_browse(require_member(conn, org_id, viewer)):
        return Page([], None)
    mine = and_(member.c.room == room.c.id, member.c.person == viewer, member.c.left_at.is_(None))
    found = select(room, member.c.person.label("mine")).outerjoin(member, mine)
    found = found.where(room.c.org == org_id, room.c.is_public, room.c.archived_at.is_(None))
    for word in (query or "").casefold().split():
        found = found.where(room.c.search.contains(word, autoescape=True))
    if after := decoded(cursor, str, str):
        found = found.where(or_(room.c.name > after[0], and_(room.c.name == after[0], room.c.id > after[1])))
    rows = conn.execute(found.order_by(room.c.name, room.c.id).limit(limit + 1)).all()
    page = page_of(rows, limit, lambda r: (r.name, r.id))
    return Page([PublicRoom(r.id, r.name, r.topic, r.member_count, r.mine is not None) for r in page.items], page.next)
