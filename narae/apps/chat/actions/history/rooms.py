"""Brings the rooms of a history in: who founded them, who is in them, and at the end whether they are archived.

People who have left an organisation can't open rooms in it. Where one of them did, they are a member again for as long
as the transaction that opens the room takes, which nobody can see, so that the room and its first line are theirs.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import or_, select, update

from narae.apps.chat.actions.history import Import, Place, Talk
from narae.apps.chat.actions.history.people import note
from narae.apps.chat.queries import brought, ever_in, members_in, messages_in, pins_in
from narae.core.audit import record
from narae.core.db import Tx
from narae.core.kit import limits
from narae.core.kit.errors import NotFound
from narae.core.kit.who import Who
from narae.core.orgs.tables import member as org_member
from narae.core.people.tables import person
from narae.core.rooms.actions import rooms
from narae.core.rooms.actions.change import store_fields
from narae.core.rooms.actions.members import crowded, put_in, set_role, take_out
from narae.core.rooms.actions.send import say
from narae.core.rooms.public import RoomEvent
from narae.core.rooms.tables import member, room


def open_place(tx: Tx, who: Who, into: Import, talk: Talk, room_id: str | None, people: dict[str, str]) -> Place:
    """The room of `talk`, opened now or by an earlier run (`room_id`), with what is in it so far."""
    now = tx.now
    inside = _those_inside(tx, into, talk, people)
    if room_id is None:
        tx.now = talk.created_at or now
        room_id = _open(tx, into, talk, inside, people)
        tx.now = now
        note(tx, into.org, into.source, "room", [(talk.key, room_id)])
    elif not talk.direct:
        known = ever_in(tx.conn, room_id)
        put_in(tx, into.org, room_id, [p for p in inside if p not in known])
    roots, replies = messages_in(tx.conn, room_id, f"{into.messenger}:{talk.key}:")
    return Place(
        room=room_id,
        talk=talk,
        people=people,
        roots=roots,
        replies=replies,
        days=brought(tx.conn, into.org, into.source, "day", within=f"{talk.key}/"),
        members=members_in(tx.conn, room_id),
        pins=pins_in(tx.conn, room_id),
    )


def _those_inside(tx: Tx, into: Import, talk: Talk, people: Mapping[str, str]) -> list[str]:
    """The active members of `talk`, as many as a room takes; where everybody is, all of the organisation but guests and robots.

    Who is in as many rooms as can be is left out.
    """
    active = select(org_member.c.person, org_member.c.role, person.c.robot).join(person, person.c.id == org_member.c.person)
    rows = tx.all(active.where(org_member.c.org == into.org, org_member.c.deactivated_at.is_(None)))
    roles = {row.person: "guest" if row.robot else row.role for row in rows}
    keys = dict.fromkeys(people[key] for key in talk.members or () if key in people)
    if talk.everyone:
        keys |= dict.fromkeys(p for p, role in roles.items() if role != "guest")
    full = set(crowded(tx, list(keys)))
    return [p for p in keys if p in roles and p not in full][: limits.MEMBERS_A_ROOM]


def _open(tx: Tx, into: Import, talk: Talk, inside: Sequence[str], people: Mapping[str, str]) -> str:
    if talk.direct:
        found = _open_direct(tx, into, talk, people)
        if found is not None:
            return found
    heirs = _fit_to_own(tx, into, inside)
    founder = people.get(talk.creator, "")
    if _role(tx, into, founder) in (None, "guest") or crowded(tx, [founder]):
        founder = heirs[0] if heirs else into.owner
    with _awake(tx, into, [founder]):
        made = rooms.create_room(
            tx, Who(person=founder), into.org, name=talk.name, topic=talk.topic, is_public=talk.is_public, everyone=talk.everyone,
            people=inside,
        ).id  # fmt: skip
    if founder not in inside:
        _hand_over(tx, made, founder, (heirs or list(inside))[:1])
    _catch_up(tx, made)
    return made


def _open_direct(tx: Tx, into: Import, talk: Talk, people: Mapping[str, str]) -> str | None:
    """The direct talk of two people, or of one with themselves; None where it has to be an ordinary room."""
    pair = list(dict.fromkeys(people[key] for key in talk.members or () if key in people))
    if not 1 <= len(pair) <= 2:
        return None
    one, other = sorted((pair[0], pair[-1]), key=lambda p: _role(tx, into, p) == "guest")
    with _awake(tx, into, {one, other}) as asleep:
        try:
            made = rooms.open_direct(tx, Who(person=one), into.org, other=other).id
        except NotFound:  # two guests who share no room
            return None
        for person_id in asleep:
            take_out(tx, made, person_id)
    return made


def let_in(tx: Tx, into: Import, place: Place, people: Mapping[str, str], keys: Sequence[str]) -> set[str]:
    """Let those who write into a room whose members nobody knows be members, unless they have left the organisation."""
    new = {people[key] for key in keys if key in people} - place.members
    if not new:
        return set()
    active = select(org_member.c.person).where(org_member.c.org == into.org, org_member.c.deactivated_at.is_(None))
    able = set(tx.conn.execute(active.where(org_member.c.person.in_(new))).scalars()) - ever_in(tx.conn, place.room)
    able -= set(crowded(tx, sorted(able)))
    return set(put_in(tx, into.org, place.room, sorted(able)))


def _role(tx: Tx, into: Import, person_id: str) -> str | None:
    """The role of a member, active or not."""
    found: str | None = tx.value(select(org_member.c.role).where(org_member.c.org == into.org, org_member.c.person == person_id))
    return found


def _fit_to_own(tx: Tx, into: Import, inside: Sequence[str]) -> list[str]:
    """Those of `inside` who may own a room, in their order: no guests, and no robots."""
    fit = select(org_member.c.person).join(person, person.c.id == org_member.c.person)
    fit = fit.where(org_member.c.org == into.org, org_member.c.role != "guest", person.c.robot.is_(False), org_member.c.person.in_(inside))
    able = set(tx.conn.execute(fit).scalars())
    return [p for p in inside if p in able]


@contextlib.contextmanager
def _awake(tx: Tx, into: Import, people: Sequence[str] | set[str]) -> Iterator[dict[str, int]]:
    """Let those of `people` who have left be members again for a moment of this transaction."""
    mine = select(org_member.c.person, org_member.c.deactivated_at).where(org_member.c.org == into.org, org_member.c.person.in_(people))
    asleep = {row.person: row.deactivated_at for row in tx.all(mine) if row.deactivated_at is not None}
    _set_asleep(tx, into, dict.fromkeys(asleep))
    try:
        yield asleep
    finally:
        _set_asleep(tx, into, asleep)


def _set_asleep(tx: Tx, into: Import, since: Mapping[str, int | None]) -> None:
    for person_id, at in since.items():
        tx.run(update(org_member).where(org_member.c.org == into.org, org_member.c.person == person_id).values(deactivated_at=at))


def _hand_over(tx: Tx, room_id: str, founder: str, heirs: Sequence[str]) -> None:
    """Take a founder out who is not a member any more; who comes next owns the room."""
    for heir in heirs:
        set_role(tx, room_id, heir, "owner")
    store_fields(tx, room_id, owner=heirs[0] if heirs else None)
    take_out(tx, room_id, founder)


def _catch_up(tx: Tx, room_id: str) -> None:
    last_seq = tx.value(select(room.c.last_seq).where(room.c.id == room_id))
    tx.run(update(member).where(member.c.room == room_id).values(read_seq=last_seq))


def read_on(tx: Tx, room_id: str, *, before: int, after: int) -> None:
    """Move the pointers of those who had read up to `before`: what an import brings is not news. Others keep what they have unread."""
    had_read = or_(member.c.read_seq >= before, member.c.join_seq >= before)
    tx.run(update(member).where(member.c.room == room_id, member.c.left_at.is_(None), had_read).values(read_seq=after))


def archive(tx: Tx, who: Who, into: Import, place: Place, *, at: int, by: str) -> None:
    """Archive a room whose history is in, once: somebody may have opened it again since."""
    before = tx.first(select(room.c.last_seq, room.c.last_at, room.c.archived_at).where(room.c.id == place.room))
    note(tx, into.org, into.source, "archived", [(place.talk.key, str(at))])
    if before is None or before.archived_at is not None:
        return
    now, tx.now = tx.now, at or before.last_at
    said = say(tx, place.room, place.people.get(by), RoomEvent("archived"))
    read_on(tx, place.room, before=before.last_seq, after=said.seq)
    store_fields(tx, place.room, archived_at=tx.now)
    tx.now = now
    record(tx, who, "rooms.archive", place.room, org=into.org)
