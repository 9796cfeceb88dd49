"""A member's own reading: the read pointer, which only moves forward, and drafts that follow the person across devices."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, delete, insert, update

from narae.core.db import Tx
from narae.core.kit import limits, text
from narae.core.kit.who import Who
from narae.core.rooms.actions.members import tell_mine
from narae.core.rooms.public import DraftChanged, ReadMoved
from narae.core.rooms.queries.heads import require_room
from narae.core.rooms.tables import draft, member


def mark_read(tx: Tx, who: Who, room_id: str, seq: int) -> None:
    """Note that `who` has read up to `seq`. An older seq changes nothing; one that doesn't exist yet means the last."""
    place = require_room(tx.conn, room_id, who.person)
    upto = min(seq, place.last_seq)
    if upto <= place.read_seq:
        return
    _move(tx, who, place, upto)


def mark_unread(tx: Tx, who: Who, room_id: str, seq: int) -> None:
    """Put the pointer back before `seq`, so that it and what follows is unread again."""
    place = require_room(tx.conn, room_id, who.person)
    if place.join_seq < seq <= place.read_seq:
        _move(tx, who, place, seq - 1)


def _move(tx: Tx, who: Who, place: Row[Any], seq: int) -> None:
    tx.run(update(member).where(member.c.room == place.id, member.c.person == who.person).values(read_seq=seq))
    tell_mine(tx, who.person, place.id)
    if place.member_count <= limits.READS_PUSHED_UP_TO:
        tx.publish(f"room:{place.id}", ReadMoved(place.id, who.person, seq))


def save_draft(tx: Tx, who: Who, room_id: str, *, said: str, thread: int | None = None) -> None:
    """Keep an unsent text; an empty one is forgotten."""
    require_room(tx.conn, room_id, who.person)
    clean = text.body(said)
    clean = clean if clean.strip() else ""
    mine = {"room": room_id, "person": who.person, "thread": thread or 0}
    tx.run(delete(draft).filter_by(**mine))
    if clean:
        tx.run(insert(draft).values(**mine, text=clean, at=tx.now))
    tx.publish(f"person:{who.person}", DraftChanged(room_id, thread, clean, tx.now))
