"""Who is in a room: joining, adding, leaving, removing, roles, and each member's own place in it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, insert, select, update

from narae.core.audit import record
from narae.core.db import Tx
from narae.core.kit import limits
from narae.core.kit.errors import Conflict, Invalid, NotFound, Refused
from narae.core.kit.who import Who
from narae.core.orgs import actions as orgs_actions
from narae.core.orgs.public import Member
from narae.core.orgs.queries import department_people, require_member
from narae.core.orgs.rules import may_browse
from narae.core.orgs.tables import member as org_member
from narae.core.people.tables import person
from narae.core.rooms import rules
from narae.core.rooms.actions.change import store_fields, take_rev
from narae.core.rooms.actions.send import say
from narae.core.rooms.public import Joined, Left, MemberChanged, Mine, RoomEvent, RoomHead, RoomMember, RoomRole
from narae.core.rooms.queries.heads import head, require_head, require_room, unread_mentions
from narae.core.rooms.queries.members import some
from narae.core.rooms.tables import member, room


def put_in(tx: Tx, org_id: str, room_id: str, people: Sequence[str], *, role: RoomRole = "member") -> list[str]:
    """Make `people` members who see what comes from now on as unread; those who were not. The caller has checked who may."""
    active = select(org_member.c.person).where(org_member.c.org == org_id, org_member.c.deactivated_at.is_(None))
    allowed = set(tx.conn.execute(active.where(org_member.c.person.in_(people))).scalars())
    if missing := [p for p in people if p not in allowed]:
        raise NotFound(f"{len(missing)} of these people are not in the organisation.", field="people")
    old = select(member.c.person, member.c.left_at).where(member.c.room == room_id, member.c.person.in_(people))
    known = {r.person: r.left_at for r in tx.all(old)}
    new = [p for p in people if p not in known or known[p] is not None]
    _check_room_for(tx, room_id, len(new))
    _check_lists(tx, new)
    for person_id in new:
        _place(tx, room_id, person_id, role, is_new=person_id not in known)
    for person_id in new:
        tx.publish(f"person:{person_id}", Joined(head(tx.conn, person_id, room_id)), follow=f"room:{room_id}")
    return new


def _check_room_for(tx: Tx, room_id: str, more: int) -> None:
    count = tx.value(select(room.c.member_count).where(room.c.id == room_id)) or 0
    if count + more > limits.MEMBERS_A_ROOM:
        raise Conflict(f"A room has at most {limits.MEMBERS_A_ROOM:,} members.", code="room_full")


def crowded(tx: Tx, people: Sequence[str]) -> list[str]:
    """Those of `people` who are in as many rooms as a list shows."""
    mine = select(member.c.person).where(member.c.person.in_(people), member.c.left_at.is_(None)).group_by(member.c.person)
    return list(tx.conn.execute(mine.having(func.count() >= limits.ROOMS_A_PERSON)).scalars())


def _check_lists(tx: Tx, people: Sequence[str]) -> None:
    if full := crowded(tx, people):
        name = tx.value(select(person.c.name).where(person.c.id == full[0]))
        who = f"{name} is" if len(full) == 1 else f"{name} and {len(full) - 1} more are"
        message = f"{who} in {limits.ROOMS_A_PERSON:,} rooms, as many as can be. Leave one first."
        raise Conflict(message, code="too_many_rooms", field="people")


def _place(tx: Tx, room_id: str, person_id: str, role: RoomRole, *, is_new: bool) -> None:
    rev = take_rev(tx, room_id)
    last_seq = tx.value(select(room.c.last_seq).where(room.c.id == room_id))
    values = {"role": role, "join_seq": last_seq, "read_seq": last_seq, "rev": rev, "joined_at": tx.now, "left_at": None}
    if is_new:
        tx.run(insert(member).values(room=room_id, person=person_id, muted=False, starred=False, **values))
    else:
        tx.run(_membership(room_id, person_id).values(**values))
    _tell(tx, room_id, person_id, rev, role, more=1)


def _tell(tx: Tx, room_id: str, person_id: str, rev: int, role: RoomRole, *, more: int) -> None:
    """Count `more` members (one came, one left, or none did) and tell the room."""
    counted = update(room).where(room.c.id == room_id).values(member_count=room.c.member_count + more).returning(room.c.member_count)
    count = int(tx.value(counted))
    tx.publish(f"room:{room_id}", MemberChanged(room_id, rev, person_id, left=more < 0, role=role, member_count=count), rev=rev)


def _membership(room_id: str, person_id: str):  # type: ignore[no-untyped-def]
    return update(member).where(member.c.room == room_id, member.c.person == person_id)


def join(tx: Tx, who: Who, room_id: str) -> RoomHead:
    """Join a public room of one's organisation."""
    row = tx.first(select(room.c.org, room.c.is_public, room.c.archived_at).where(room.c.id == room_id))
    if row is None or not row.is_public or row.archived_at is not None or not may_browse(require_member(tx.conn, row.org, who.person)):
        raise NotFound("There is no such room to join.")
    if put_in(tx, row.org, room_id, [who.person]):
        record(tx, who, "rooms.join", room_id, org=row.org)
    return head(tx.conn, who.person, room_id)


def add_members(tx: Tx, who: Who, room_id: str, *, people: Sequence[str] = (), departments: Sequence[str] = ()) -> list[RoomMember]:
    """Bring people into a room; those who were not in it."""
    place = require_room(tx.conn, room_id, who.person)
    if place.direct_key is not None:
        raise Invalid("A direct talk has two people. Open a room for more.", code="direct_talk")
    if not may_browse(require_member(tx.conn, place.org, who.person)):
        raise Refused("Guests can't bring others in.", code="members_only")
    asked = sorted(set(people) | department_people(tx.conn, place.org, departments))
    if not asked or len(asked) > limits.ADDED_AT_ONCE:
        raise Invalid(f"Choose 1 to {limits.ADDED_AT_ONCE:,} people.", field="people")
    _check_robots(tx, place.role, asked)
    new = put_in(tx, place.org, room_id, asked)
    if new:
        say(tx, room_id, who.person, RoomEvent("added", people=new[: limits.LISTED_IN_EVENT], text=str(len(new))))
        record(tx, who, "rooms.add", room_id, org=place.org, people=new)
    return some(tx.conn, place.org, room_id, new)


def _check_robots(tx: Tx, role: RoomRole, people: Sequence[str]) -> None:
    """A robot hears and speaks for somebody outside the room, so who runs the room decides."""
    robots = select(person.c.id).where(person.c.id.in_(people), person.c.robot)
    if not rules.may_manage(role) and tx.first(robots) is not None:
        message = "Only the room's owner or an administrator of the room can bring a robot in."
        raise Refused(message, code="room_heads_only", field="people")


def leave(tx: Tx, who: Who, room_id: str) -> None:
    """Leave a room. Its owner hands it over first, unless they are the last."""
    place = require_room(tx.conn, room_id, who.person)
    if place.direct_key is not None:
        raise Invalid("A direct talk can't be left. You can mute it.", code="direct_talk")
    if place.role == "owner" and place.member_count > 1:
        raise Conflict("You own this room. Hand it over to somebody first.", code="owner_leaves")
    if place.member_count > 1:
        say(tx, room_id, who.person, RoomEvent("left", people=[who.person]))
    take_out(tx, room_id, who.person)
    record(tx, who, "rooms.leave", room_id, org=place.org)


def remove_member(tx: Tx, who: Who, room_id: str, person_id: str) -> None:
    """Take somebody out of a room."""
    place = require_head(tx.conn, room_id, who.person)
    target = role_of(tx, room_id, person_id)
    if place.direct_key is not None or not rules.may_remove(place.role, target) or person_id == who.person:
        raise Refused("You can't take this person out of the room.", code="not_removable")
    say(tx, room_id, who.person, RoomEvent("removed", people=[person_id]))
    take_out(tx, room_id, person_id)
    record(tx, who, "rooms.remove", room_id, org=place.org, person=person_id)


def role_of(tx: Tx, room_id: str, person_id: str) -> RoomRole:
    """The role of a member; NotFound for others."""
    mine = select(member.c.role).where(member.c.room == room_id, member.c.person == person_id, member.c.left_at.is_(None))
    found: RoomRole | None = tx.value(mine)
    if found is None:
        raise NotFound("This person is not in the room.", field="person")
    return found


def take_out(tx: Tx, room_id: str, person_id: str) -> None:
    """End a membership, and tell both sides."""
    rev = take_rev(tx, room_id)
    tx.run(_membership(room_id, person_id).values(left_at=tx.now, rev=rev, role="member"))
    _tell(tx, room_id, person_id, rev, "member", more=-1)
    tx.publish(f"person:{person_id}", Left(room_id), unfollow=f"room:{room_id}")


def change_member(tx: Tx, who: Who, room_id: str, person_id: str, *, role: RoomRole) -> RoomMember:
    """Let a member help to run the room, or no longer."""
    place = require_head(tx.conn, room_id, who.person)
    if role == "owner" or role_of(tx, room_id, person_id) == "owner" or place.role != "owner":
        raise Refused("Only the owner appoints those who help to run a room; hand over ownership by itself.", code="owner_only")
    set_role(tx, room_id, person_id, role)
    record(tx, who, "rooms.role", room_id, org=place.org, person=person_id, role=role)
    return some(tx.conn, place.org, room_id, [person_id])[0]


def set_role(tx: Tx, room_id: str, person_id: str, role: RoomRole) -> None:
    """Store a member's role under the next rev."""
    role_of(tx, room_id, person_id)
    rev = take_rev(tx, room_id)
    tx.run(_membership(room_id, person_id).values(role=role, rev=rev))
    _tell(tx, room_id, person_id, rev, role, more=0)


def change_mine(tx: Tx, who: Who, room_id: str, *, muted: bool | None = None, starred: bool | None = None) -> RoomHead:
    """Mute or star a room for oneself."""
    require_room(tx.conn, room_id, who.person)
    values = {key: value for key, value in (("muted", muted), ("starred", starred)) if value is not None}
    if values:
        tx.run(_membership(room_id, who.person).values(**values))
        tell_mine(tx, who.person, room_id)
    return head(tx.conn, who.person, room_id)


def tell_mine(tx: Tx, person_id: str, room_id: str) -> None:
    """Tell one's devices one's place in a room."""
    row = require_room(tx.conn, room_id, person_id)
    count = unread_mentions(tx.conn, person_id, [row]).get(room_id, 0)
    tx.publish(f"person:{person_id}", Mine(room_id, row.read_seq, count, row.muted, row.starred))


def deactivate_person(tx: Tx, who: Who, org_id: str, person_id: str) -> Member:
    """Shut a member out of the organisation and of all its rooms, handing on those that they own."""
    shut = orgs_actions.deactivate(tx, who, org_id, person_id)
    take_out_of_all(tx, org_id, person_id)
    return shut


def take_out_of_all(tx: Tx, org_id: str, person_id: str) -> None:
    """End every membership of somebody in an organisation's rooms, handing on those that they own."""
    mine = select(member.c.room, member.c.role).join(room, room.c.id == member.c.room)
    for row in tx.all(mine.where(room.c.org == org_id, member.c.person == person_id, member.c.left_at.is_(None))):
        if row.role == "owner":
            _hand_on(tx, row.room, person_id)
        take_out(tx, row.room, person_id)


def _hand_on(tx: Tx, room_id: str, person_id: str) -> None:
    """Give a room to whoever helps to run it, else to who has been in it longest."""
    rest = select(member.c.person).where(member.c.room == room_id, member.c.person != person_id, member.c.left_at.is_(None))
    heir = tx.value(rest.order_by(member.c.role, member.c.joined_at, member.c.person).limit(1))
    if heir is not None:
        set_role(tx, room_id, heir, "owner")
        store_fields(tx, room_id, owner=heir)


def enter_everyone_rooms(tx: Tx, org_id: str, person_id: str) -> None:
    """Put a new member into the rooms that everybody is in."""
    rooms = select(room.c.id).where(room.c.org == org_id, room.c.everyone, room.c.archived_at.is_(None))
    for row in tx.all(rooms):
        put_in(tx, org_id, row.id, [person_id])
