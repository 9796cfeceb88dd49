"""What robots say where they are not asked: to rooms, to single people, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import delete, insert, select

from narae.apps.bots.queries.speaking import said_by
from narae.apps.bots.tables import media, said
from narae.core.db import Tx
from narae.core.kit.clock import HOUR
from narae.core.kit.errors import NotFound
from narae.core.kit.ids import new_id
from narae.core.kit.limits import ROBOT_MEDIA_HOURS, ROBOT_SAID_HOURS
from narae.core.kit.who import Who
from narae.core.orgs.rules import may_browse
from narae.core.orgs.tables import member as org_member
from narae.core.people.tables import person
from narae.core.rooms.actions.change import recall
from narae.core.rooms.actions.discarding import discard, keep
from narae.core.rooms.actions.rooms import place_direct
from narae.core.rooms.actions.send import Send, send
from narae.core.rooms.queries.log import require_message
from narae.core.rooms.queries.members import seen_people


def open_talks(tx: Tx, who: Who, org_id: str, *, people: Sequence[str]) -> dict[str, str]:
    """The direct talks of a robot with those of `people` that it may speak to: members, and guests of its own rooms."""
    active = select(org_member.c.person, org_member.c.role).join(person, person.c.id == org_member.c.person)
    active = active.where(org_member.c.org == org_id, org_member.c.deactivated_at.is_(None), person.c.robot.is_(False))
    roles = {r.person: r.role for r in tx.all(active.where(org_member.c.person.in_(people)))}
    seen = seen_people(tx.conn, who.person, org_id)
    near = set(tx.conn.execute(seen).scalars()) if seen is not None else set(people)
    reached = [one for one in dict.fromkeys(people) if one in roles and (may_browse(roles[one]) or one in near)]
    return {one: place_direct(tx, who, org_id, one) for one in reached}


class Saying(msgspec.Struct, frozen=True):
    """A message to send, and to whom if it is to one person."""

    send: Send
    person: str | None = None


def speak(tx: Tx, who: Who, *, sayings: Sequence[Saying]) -> str:
    """Send messages of one robot, all or none; the key by which they are asked after and recalled."""
    key = new_id(tx.now)
    tx.run(delete(said).where(said.c.at < tx.now - ROBOT_SAID_HOURS * HOUR))
    for n, saying in enumerate(sayings):
        made = send(tx, who, msgspec.structs.replace(saying.send, nonce=f"said-{key}-{n}"))
        row = {"key": key, "room": made.room, "seq": made.seq, "robot": who.person, "person": saying.person, "at": tx.now}
        tx.run(insert(said).values(**row))
    return key


def take_back(tx: Tx, who: Who, *, key: str, room: str | None = None) -> None:
    """Recall what was said under a key, in that room if one is named. What is recalled already stays so."""
    rows = [row for row in said_by(tx.conn, who.person, key) if room in (None, row.room)]
    if not rows:
        raise NotFound("Nothing was said under this key in the last day.", code="processQueryKeyNotExist")
    for row in rows:
        if require_message(tx.conn, row.room, row.seq).recalled_at is None:
            recall(tx, who, row.room, row.seq)


def note_media(tx: Tx, who: Who, *, media_id: str, name: str, mime: str, size: int) -> None:
    """Note what a robot has uploaded; it may be said for ROBOT_MEDIA_HOURS, and its bytes are deleted then."""
    tx.run(delete(media).where(media.c.at < tx.now - ROBOT_MEDIA_HOURS * HOUR))
    tx.run(insert(media).values(id=media_id, robot=who.person, name=name, mime=mime, size=size, at=tx.now))
    keep(tx, media_id)
    discard(tx, [media_id], at=tx.now + ROBOT_MEDIA_HOURS * HOUR)
