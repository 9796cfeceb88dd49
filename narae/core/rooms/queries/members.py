"""Who is in a room, how far each has read, and whom a guest may see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from sqlalchemy import Connection, Select, and_, func, or_, select

from narae.core.kit import limits
from narae.core.kit.errors import NotFound
from narae.core.kit.paging import Page, decoded, page_of
from narae.core.orgs.public import Invitation, Member
from narae.core.orgs.queries import members as org_members
from narae.core.orgs.queries import open_invite, require_member
from narae.core.orgs.rules import may_browse
from narae.core.orgs.tables import member as org_member
from narae.core.people.queries import avatar_url
from narae.core.people.tables import person
from narae.core.rooms.public import Draft, Reader, Readers, ReadPointer, Reads, RoomMember
from narae.core.rooms.queries.heads import require_room
from narae.core.rooms.queries.log import require_message
from narae.core.rooms.tables import confirmation, draft, member, room

Side = Literal["read", "unread", "confirmed"]


def members(
    conn: Connection, viewer: str, room_id: str, *, query: str | None = None, cursor: str | None = None, limit: int = limits.PAGE_ITEMS
) -> Page[RoomMember]:
    """The members of a room by name, a page at a time."""
    org_id = require_room(conn, room_id, viewer).org
    found = _members(org_id).where(member.c.room == room_id, member.c.left_at.is_(None))
    for word in (query or "").casefold().split():
        found = found.where(org_member.c.search.contains(word, autoescape=True))
    if after := decoded(cursor, str, str):
        found = found.where(or_(person.c.name > after[0], and_(person.c.name == after[0], person.c.id > after[1])))
    rows = conn.execute(found.order_by(person.c.name, person.c.id).limit(limit + 1)).all()
    page = page_of(rows, limit, lambda r: (r.name, r.person))
    return Page([_as_member(r) for r in page.items], page.next)


def some(conn: Connection, org_id: str, room_id: str, ids: list[str]) -> list[RoomMember]:
    """These members of a room; the caller has checked who asks."""
    rows = conn.execute(_members(org_id).where(member.c.room == room_id, member.c.person.in_(ids), member.c.left_at.is_(None)))
    return [_as_member(r) for r in rows]


def _members(org_id: str) -> Select[Any]:
    columns = select(member, person.c.name, person.c.avatar, org_member.c.title, org_member.c.role.label("org_role"))
    in_org = and_(org_member.c.person == member.c.person, org_member.c.org == org_id)
    return columns.join(person, person.c.id == member.c.person).join(org_member, in_org)


def _as_member(row: Any) -> RoomMember:
    return RoomMember(
        person=row.person,
        name=row.name,
        title=row.title,
        avatar=avatar_url(row.person, row.avatar),
        role=row.role,
        join_seq=row.join_seq,
        read_seq=row.read_seq,
        rev=row.rev,
        guest=row.org_role == "guest",
    )


def seen_people(conn: Connection, viewer: str, org_id: str) -> Select[Any] | None:
    """The ids of those whom the viewer may see in an organisation, as a sub-query; None for everybody."""
    if may_browse(require_member(conn, org_id, viewer)):
        return None
    mine = select(member.c.room).join(room, room.c.id == member.c.room)
    mine = mine.where(room.c.org == org_id, member.c.person == viewer, member.c.left_at.is_(None))
    return select(member.c.person).where(member.c.room.in_(mine))


def visible(conn: Connection, viewer: str, ids: Sequence[str]) -> set[str]:
    """Those of `ids` who are active in an organisation of the viewer's, and whom the viewer may see there."""
    mine = select(org_member.c.org).where(org_member.c.person == viewer, org_member.c.deactivated_at.is_(None))
    found: set[str] = set()
    for org_id in conn.execute(mine).scalars().all():
        there = select(org_member.c.person).where(org_member.c.org == org_id, org_member.c.deactivated_at.is_(None))
        seen = seen_people(conn, viewer, org_id)
        there = there if seen is None else there.where(org_member.c.person.in_(seen))
        found.update(conn.execute(there.where(org_member.c.person.in_(ids))).scalars())
    return found


def reads(conn: Connection, viewer: str, room_id: str) -> Reads:
    """How far each member has read, in rooms small enough to say."""
    if require_room(conn, room_id, viewer).member_count > limits.READS_PUSHED_UP_TO:
        return Reads([], large=True)
    rows = conn.execute(select(member).where(member.c.room == room_id, member.c.left_at.is_(None)).order_by(member.c.person))
    return Reads([ReadPointer(r.person, r.join_seq, r.read_seq) for r in rows], large=False)


def readers(
    conn: Connection, viewer: str, room_id: str, seq: int, *, side: Side = "read", cursor: str | None = None, limit: int = limits.PAGE_ITEMS
) -> Readers:
    """Who has read a message, who has not, who has confirmed it; its sender is on no side."""
    require_room(conn, room_id, viewer)
    sender = require_message(conn, room_id, seq).sender
    asked = and_(member.c.room == room_id, member.c.left_at.is_(None), member.c.join_seq < seq, member.c.person != (sender or ""))
    confirmed_it = and_(confirmation.c.room == room_id, confirmation.c.seq == seq, confirmation.c.person == member.c.person)
    side_is = {"read": member.c.read_seq >= seq, "unread": member.c.read_seq < seq, "confirmed": confirmation.c.person.is_not(None)}
    found = select(member.c.person, member.c.read_seq, person.c.name, person.c.avatar).join(person, person.c.id == member.c.person)
    found = found.outerjoin(confirmation, confirmed_it).where(asked, side_is[side])
    if after := decoded(cursor, str, str):
        found = found.where(or_(person.c.name > after[0], and_(person.c.name == after[0], person.c.id > after[1])))
    rows = conn.execute(found.order_by(person.c.name, person.c.id).limit(limit + 1)).all()
    page = page_of(rows, limit, lambda r: (r.name, r.person))
    people = [Reader(r.person, r.name, avatar_url(r.person, r.avatar), r.read_seq) for r in page.items]
    counts = select(func.count().filter(side_is["read"]), func.count().filter(side_is["unread"]), func.count().filter(side_is["confirmed"]))
    read, unread, confirmed = conn.execute(counts.select_from(member).outerjoin(confirmation, confirmed_it).where(asked)).one()
    return Readers(people, page.next, read, unread, confirmed, _has_confirmed(conn, viewer, room_id, seq))


def _has_confirmed(conn: Connection, viewer: str, room_id: str, seq: int) -> bool:
    mine = confirmation.c.room == room_id, confirmation.c.seq == seq, confirmation.c.person == viewer
    return conn.execute(select(confirmation.c.at).where(*mine)).first() is not None


def drafts(conn: Connection, viewer: str, room_id: str) -> Page[Draft]:
    """The viewer's unsent texts in a room."""
    require_room(conn, room_id, viewer)
    rows = conn.execute(select(draft).where(draft.c.room == room_id, draft.c.person == viewer).order_by(draft.c.thread))
    return Page([Draft(r.thread or None, r.text, r.at) for r in rows], None)


def seen_members(conn: Connection, viewer: str, org_id: str, ids: list[str]) -> list[Member]:
    """Those of `ids` whom the viewer may see, active or not."""
    seen = seen_people(conn, viewer, org_id)
    if seen is not None:
        ids = list(set(ids) & set(conn.execute(seen).scalars()))
    return org_members(conn, org_id, ids)


def seen_member(conn: Connection, viewer: str, org_id: str, person_id: str) -> Member:
    """One member whom the viewer may see."""
    found = seen_members(conn, viewer, org_id, [person_id])
    if not found:
        raise NotFound("There is no such person in this organisation.")
    return found[0]


def invitation(conn: Connection, secret: str, *, now: int) -> Invitation:
    """What an invitation is for, as far as somebody outside may know."""
    found = open_invite(conn, secret, now=now)
    room_name = conn.execute(select(room.c.name).where(room.c.id == found.room)).scalar()
    return Invitation(found.org_name, found.role, room_name, found.email)
