"""Founding an organisation and coming into one: membership, and the rooms that come with it."""

from __future__ import annotations

from collections.abc import Sequence

from narae.core.db import Tx
from narae.core.kit.errors import NotFound
from narae.core.kit.who import Who
from narae.core.orgs import actions as orgs_actions
from narae.core.orgs.public import Invite, Me, Member, MyOrg, Role
from narae.core.orgs.queries import me
from narae.core.people.queries import profile
from narae.core.rooms.actions.members import enter_everyone_rooms, put_in
from narae.core.rooms.actions.rooms import create_room
from narae.core.rooms.queries.heads import require_room

_FIRST_ROOM = {
    "ko": ("모두", "모든 구성원이 함께 보는 방입니다."),
    "en": ("Everyone", "All members are in this room."),
    "zh": ("所有人", "所有成员都在这个房间。"),
}


def found_org(tx: Tx, who: Who, *, name: str) -> MyOrg:
    """Found an organisation with a room that everybody will be in."""
    made = orgs_actions.create_org(tx, who, name=name)
    room_name, topic = _FIRST_ROOM[profile(tx.conn, who.person).lang]
    create_room(tx, who, made.id, name=room_name, topic=topic, is_public=True, everyone=True)
    return made


def accept(tx: Tx, who: Who, secret: str) -> Me:
    """Accept an invitation: into the organisation, its rooms for everybody, and the room that it names."""
    accepted = orgs_actions.accept_invite(tx, who, secret)
    if accepted.role != "guest":
        enter_everyone_rooms(tx, accepted.org, who.person)
    if accepted.room is not None:
        put_in(tx, accepted.org, accepted.room, [who.person])
    return me(tx.conn, who.person)


def reactivate(tx: Tx, who: Who, org_id: str, person_id: str) -> Member:
    """Let a deactivated member in again, into the rooms for everybody."""
    member = orgs_actions.reactivate(tx, who, org_id, person_id)
    if member.role != "guest":
        enter_everyone_rooms(tx, org_id, person_id)
    return member


def invite(
    tx: Tx, who: Who, org_id: str, *, role: Role, department_id: str | None, room: str | None, emails: Sequence[str], uses: int, days: int
) -> list[tuple[Invite, str]]:
    """Make invitations; the room that they name must be one of the inviter's in the same organisation."""
    if room is not None and require_room(tx.conn, room, who.person).org != org_id:
        raise NotFound("There is no such room in this organisation.", field="room")
    return orgs_actions.create_invites(
        tx, who, org_id, role=role, department_id=department_id, room=room, emails=emails, uses=uses, days=days
    )
