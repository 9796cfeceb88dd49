"""Changes of a message after it was sent: edit, recall, reactions, pins, confirmations. Each takes the room's next rev."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Row, delete, func, insert, select, update

from narae.core.audit import record
from narae.core.db import Tx
from narae.core.kit import limits, markdown, text
from narae.core.kit.errors import Conflict, Invalid, Refused
from narae.core.kit.who import Who
from narae.core.rooms import rules
from narae.core.rooms.actions.discarding import discard_files
from narae.core.rooms.actions.send import NOBODY, meant, mention_rows
from narae.core.rooms.hot import store_of
from narae.core.rooms.public import Card, Mentions, Message, MessageChanged, Quote, Reaction, RoomChanged, RoomRole
from narae.core.rooms.queries.heads import fields, require_room
from narae.core.rooms.queries.log import as_message, require_message
from narae.core.rooms.tables import confirmation, edit, mention, message, reaction, room


def take_rev(tx: Tx, room_id: str) -> int:
    """The room's next rev, with its row locked until the commit."""
    taken = update(room).where(room.c.id == room_id).values(last_rev=room.c.last_rev + 1).returning(room.c.last_rev)
    return int(tx.value(taken))


def store_fields(tx: Tx, room_id: str, **values: Any) -> None:
    """Store a room's own fields under the next rev, and tell its members."""
    rev = take_rev(tx, room_id)
    tx.run(update(room).where(room.c.id == room_id).values(meta_rev=rev, **values))
    row = tx.first(select(room).where(room.c.id == room_id))
    tx.publish(f"room:{room_id}", RoomChanged(fields(row), rev), rev=rev)  # type: ignore[arg-type]


def change_message(tx: Tx, room_id: str, seq: int, **values: Any) -> Message:
    """Store new values of a message under the next rev, and tell the room."""
    one = update(message).where(message.c.room == room_id, message.c.seq == seq)
    tx.run(one.values(rev=take_rev(tx, room_id), **values))
    changed = as_message(require_message(tx.conn, room_id, seq))
    tx.publish(f"room:{room_id}", MessageChanged(changed), rev=changed.rev)
    return changed


def open_message(tx: Tx, viewer: str, room_id: str, seq: int) -> tuple[Row[Any], Row[Any]]:
    """(room, message) to change for a member, of a room that is not archived and a message that is not recalled."""
    place = require_room(tx.conn, room_id, viewer)
    if place.archived_at is not None:
        raise Conflict("This room is archived. Take it out of the archive to change anything in it.", code="room_archived")
    found = require_message(tx.conn, room_id, seq)
    if found.recalled_at is not None:
        raise Conflict("This message has been recalled.", code="recalled", field="seq")
    return place, found


def edit_message(tx: Tx, who: Who, room_id: str, seq: int, *, new: str, mentions: Mentions | None = None) -> Message:
    """Replace the text of one's own message; the old one is kept among its edits.

    Without `mentions` it means whom it meant before, as far as the new text still names them.
    """
    place, old = open_message(tx, who.person, room_id, seq)
    if not rules.may_edit(old.sender, who.person, old.kind):
        raise Refused("You can edit your own messages only.", code="not_yours")
    said = text.body(new)
    if not said.strip() and not old.files:
        raise Invalid("Write something, or recall the message.", code="empty", field="text")
    asked, role = (mentions, place.role) if mentions is not None else _meant_before(old)
    state = store_of(tx).lock_rooms(tx, [room_id])[room_id]
    who_is_meant, names = meant(tx, asked, said, state, role) if asked != NOBODY else (NOBODY, {})
    _keep_old_text(tx, room_id, seq, old)
    changed = change_message(
        tx,
        room_id,
        seq,
        text=said,
        body=None if markdown.is_plain(said) else msgspec.json.encode(markdown.parse(said, names)).decode(),
        mentions=msgspec.json.encode(who_is_meant).decode(),
        edited_at=tx.now,
    )
    tx.run(delete(mention).where(mention.c.room == room_id, mention.c.seq == seq))
    if rows := mention_rows(changed):
        tx.run(insert(mention), rows)
    return changed


def _meant_before(old: Row[Any]) -> tuple[Mentions, RoomRole]:
    """Whom a message means, and as whom: who was allowed to call everybody then need not be so still, to mend a word."""
    return as_message(old).mentions, "owner"


def _keep_old_text(tx: Tx, room_id: str, seq: int, old: Row[Any]) -> None:
    kept = tx.value(select(func.max(edit.c.version)).where(edit.c.room == room_id, edit.c.seq == seq)) or 0
    if kept >= limits.EDITS_KEPT:
        raise Conflict("This message has been edited as often as it can be.", code="too_many_edits")
    at = old.edited_at or old.at
    tx.run(insert(edit).values(room=room_id, seq=seq, version=kept + 1, text=old.text, at=at))


def change_card(tx: Tx, who: Who, room_id: str, seq: int, *, card: Card | None, said: str | None = None) -> Message:
    """Put another card in the place of one's own, or with None a text; `said` is the new text beside it, None leaves it."""
    _, old = open_message(tx, who.person, room_id, seq)
    if old.card is None:
        raise Conflict("This message has no card.", code="no_card", field="seq")
    if old.sender != who.person:
        raise Refused("Only the app that sent a card can change it.", code="not_yours")
    new = old.text if said is None else text.body(said)
    if card is None and not new.strip():
        raise Invalid("Without its card the message would be empty.", code="empty", field="card")
    values: dict[str, Any] = {"kind": "card" if card else "text", "card": msgspec.json.encode(card).decode() if card else None}
    if said is not None:
        body = None if markdown.is_plain(new) else msgspec.json.encode(markdown.parse(new, {})).decode()
        values |= {"text": new, "body": body}
    return change_message(tx, room_id, seq, **values)


def recall(tx: Tx, who: Who, room_id: str, seq: int) -> Message:
    """Take a message back: a tombstone stays, its text, files, edits and reactions go."""
    place, old = open_message(tx, who.person, room_id, seq)
    if not rules.may_recall(place.role, old.sender, who.person, at=old.at, now=tx.now):
        own = old.sender == who.person
        late = f"A message can be recalled for {limits.RECALL_HOURS} hours."
        raise Refused(late if own else "You can recall your own messages only.", code="too_late" if own else "not_yours")
    for table in (mention, reaction, edit, confirmation):
        tx.run(delete(table).where(table.c.room == room_id, table.c.seq == seq))
    discard_files(tx, room_id, seq)
    gone = {
        "text": "",
        "body": None,
        "files": None,
        "card": None,
        "reactions": None,
        "mentions": None,
        "pinned_at": None,
        "pinned_by": None,
    }
    if tx.value(select(room.c.top).where(room.c.id == room_id)) == seq:
        store_fields(tx, room_id, top=None)
    _forget_quotes(tx, room_id, seq, old.sender)
    record(tx, who, "rooms.recall", f"{room_id}/{seq}", org=place.org, sender=old.sender)
    return change_message(tx, room_id, seq, **gone, recalled_at=tx.now, recalled_by=who.person)


def _forget_quotes(tx: Tx, room_id: str, seq: int, sender: str | None) -> None:
    """Empty what replies quote of a recalled message."""
    empty = msgspec.json.encode(Quote(seq, sender, "")).decode()
    replies = select(message.c.seq).where(message.c.room == room_id, message.c.reply_to == seq, message.c.recalled_at.is_(None))
    for reply in tx.all(replies.order_by(message.c.seq)):
        change_message(tx, room_id, reply.seq, quote=empty)


def react(tx: Tx, who: Who, room_id: str, seq: int, emoji: str) -> Message:
    """React to a message; doing it twice changes nothing."""
    _, found = open_message(tx, who.person, room_id, seq)
    emoji = text.line(emoji, field="emoji", limit=limits.EMOJI_CHARS)
    mine = reaction.c.room == room_id, reaction.c.seq == seq, reaction.c.emoji == emoji, reaction.c.person == who.person
    if tx.first(select(reaction.c.at).where(*mine)) is not None:
        return as_message(found)
    kinds = select(func.count(reaction.c.emoji.distinct())).where(
        reaction.c.room == room_id, reaction.c.seq == seq, reaction.c.emoji != emoji
    )
    if (tx.value(kinds) or 0) >= limits.REACTIONS_A_MESSAGE:
        raise Conflict(f"A message takes at most {limits.REACTIONS_A_MESSAGE} different reactions.", code="too_many_reactions")
    tx.run(insert(reaction).values(room=room_id, seq=seq, emoji=emoji, person=who.person, at=tx.now))
    return _count_reactions(tx, room_id, seq)


def unreact(tx: Tx, who: Who, room_id: str, seq: int, emoji: str) -> Message:
    """Take one's reaction back; without one nothing changes."""
    _, found = open_message(tx, who.person, room_id, seq)
    mine = reaction.c.room == room_id, reaction.c.seq == seq, reaction.c.emoji == emoji, reaction.c.person == who.person
    if not tx.run(delete(reaction).where(*mine)):
        return as_message(found)
    return _count_reactions(tx, room_id, seq)


def _count_reactions(tx: Tx, room_id: str, seq: int) -> Message:
    rows = tx.all(select(reaction).where(reaction.c.room == room_id, reaction.c.seq == seq).order_by(reaction.c.at, reaction.c.person))
    by: dict[str, list[str]] = {}
    for row in rows:
        by.setdefault(row.emoji, []).append(row.person)
    counted = [Reaction(emoji, len(people), people[: limits.REACTORS_SHOWN]) for emoji, people in by.items()]
    return change_message(tx, room_id, seq, reactions=msgspec.json.encode(counted).decode() if counted else None)


def pin(tx: Tx, who: Who, room_id: str, seq: int) -> Message:
    """Pin a message for the room; pinning twice changes nothing."""
    place, found = open_message(tx, who.person, room_id, seq)
    if found.pinned_at is not None:
        return as_message(found)
    pinned = select(func.count()).where(message.c.room == room_id, message.c.pinned_at.is_not(None))
    if (tx.value(pinned) or 0) >= limits.PINS_A_ROOM:
        raise Conflict(f"A room has at most {limits.PINS_A_ROOM} pins. Unpin one first.", code="too_many_pins")
    record(tx, who, "rooms.pin", f"{room_id}/{seq}", org=place.org)
    return change_message(tx, room_id, seq, pinned_at=tx.now, pinned_by=who.person)


def unpin(tx: Tx, who: Who, room_id: str, seq: int) -> Message:
    """Unpin a message: one's own pin, or any for those who run the room."""
    place, found = open_message(tx, who.person, room_id, seq)
    if found.pinned_at is None:
        return as_message(found)
    if found.pinned_by != who.person and not rules.may_manage(place.role):
        raise Refused("Only who pinned this, or who runs the room, can unpin it.", code="not_yours")
    record(tx, who, "rooms.unpin", f"{room_id}/{seq}", org=place.org)
    return change_message(tx, room_id, seq, pinned_at=None, pinned_by=None)


def confirm(tx: Tx, who: Who, room_id: str, seq: int) -> None:
    """Confirm a message that asks for it; twice is once."""
    _, found = open_message(tx, who.person, room_id, seq)
    if not found.confirm:
        raise Conflict("This message does not ask to be confirmed.", code="not_asked")
    mine = confirmation.c.room == room_id, confirmation.c.seq == seq, confirmation.c.person == who.person
    if tx.first(select(confirmation.c.at).where(*mine)) is None:
        tx.run(insert(confirmation).values(room=room_id, seq=seq, person=who.person, at=tx.now))
        change_message(tx, room_id, seq)
