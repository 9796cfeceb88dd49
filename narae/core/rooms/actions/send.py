"""Sending messages: what waits in the lane is written as one set of statements, each message failing alone.

A message is its own audit line: its row says who, when and what, and is never deleted (edits keep the old texts, a
recall leaves a tombstone). See docs/decisions/0003. Speaking in a room is having read it: the sender's pointer moves to
the new message, and everybody can tell from the message itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import insert, select, update

from narae.core.db import Tx
from narae.core.kit import limits, markdown, text
from narae.core.kit.errors import Conflict, Invalid, NaraeError, NotFound, Refused
from narae.core.kit.markdown import At
from narae.core.kit.who import Who
from narae.core.orgs.tables import department
from narae.core.people.tables import person
from narae.core.rooms import rules
from narae.core.rooms.hot import RoomState, store_of
from narae.core.rooms.public import Card, File, Mentions, Message, MessageChanged, Quote, RoomEvent, RoomRole
from narae.core.rooms.queries.heads import NO_ROOM
from narae.core.rooms.queries.log import as_file, as_message, require_message
from narae.core.rooms.tables import file, mention, message
from narae.core.rooms.tables import member as member_table

NOBODY = Mentions()
_encode = msgspec.json.Encoder().encode
EMPTY = Message(
    room="",
    seq=0,
    rev=0,
    sender=None,
    kind="text",
    text="",
    body=[],
    files=[],
    card=None,
    event=None,
    reply_to=None,
    thread=None,
    also_room=False,
    thread_count=0,
    thread_last_at=None,
    thread_people=[],
    reactions=[],
    mentions=NOBODY,
    confirm=False,
    at=0,
    edited_at=None,
    recalled_at=None,
    recalled_by=None,
    pinned_at=None,
    pinned_by=None,
    nonce=None,
)


class Send(msgspec.Struct, frozen=True, kw_only=True):
    """A message to send. `who` is its sender."""

    who: Who
    room: str
    nonce: str | None
    text: str = ""
    files: list[str] = []
    reply_to: int | None = None
    thread: int | None = None
    also_room: bool = False
    confirm: bool = False
    mentions: Mentions = NOBODY
    card: Card | None = None


def send(tx: Tx, who: Who, item: Send) -> Message:
    """Send one message, for callers that are in a transaction already."""
    result = send_many(tx, [item])[0]
    if isinstance(result, NaraeError):
        raise result
    return result


def send_many(tx: Tx, items: Sequence[Send]) -> list[Message | NaraeError]:
    """Send `items` in their order; for each the message, or why it was refused. A known nonce answers as the first time."""
    batch = _Batch(tx, items)
    results: list[Message | NaraeError] = []
    for item in items:
        try:
            results.append(batch.add(item))
        except NaraeError as error:
            results.append(error)
    batch.write()
    return results


class _Batch:
    """What one set of statements will write."""

    def __init__(self, tx: Tx, items: Sequence[Send]) -> None:
        self.tx = tx
        self.store = store_of(tx)
        members = {(item.room, item.who.person) for item in items}
        nonces = {(item.who.person, item.nonce) for item in items if item.nonce}
        self.rooms, self.roles, self.sent = self.store.look_up(tx, sorted({item.room for item in items}), members, nonces)
        self.rows: list[tuple[Any, ...]] = []
        self.read: list[tuple[int, str, str]] = []
        self.new: dict[tuple[str, int], Message] = {}
        self.moved: dict[str, RoomState] = {}
        self.mentioned: list[dict[str, Any]] = []
        self.brought: list[tuple[int, list[File]]] = []

    def add(self, item: Send) -> Message:
        room = self.rooms.get(item.room)
        role = self.roles.get((item.room, item.who.person))
        if room is None or role is None:
            raise NotFound(NO_ROOM, field="room")
        if item.nonce and (known := self.sent.get((item.who.person, item.nonce))):
            return self._again(item, *known)
        made = self._compose(item, room, role)
        self._keep(made, item)
        if made.thread is not None:
            self._grow_thread(made, room)
        return made

    def _again(self, item: Send, room_id: str, seq: int) -> Message:
        if room_id != item.room:
            raise Conflict("This nonce was used in another room.", code="nonce_reused", field="nonce")
        return self.new.get((room_id, seq)) or as_message(require_message(self.tx.conn, room_id, seq))

    def _compose(self, item: Send, room: RoomState, role: RoomRole) -> Message:
        said = _checked(item, room, role)
        files = _files(self.tx, item) if item.files else []
        mentions, names = meant(self.tx, item.mentions, said, room, role) if item.mentions != NOBODY else (NOBODY, {})
        quote = _quote(self.tx, item.room, item.reply_to) if item.reply_to is not None else None
        thread = self._root(item).seq if item.thread is not None else None
        body = markdown.parse(said, names)
        return msgspec.structs.replace(
            EMPTY,
            room=room.id,
            seq=room.take_seq(),
            rev=room.take_rev(),
            sender=item.who.person,
            kind="card" if item.card else "text",
            text=said,
            body=body,
            files=files,
            card=item.card,
            reply_to=quote,
            thread=thread,
            also_room=item.also_room and thread is not None,
            mentions=mentions,
            confirm=item.confirm,
            at=self.tx.now,
            nonce=item.nonce,
        )

    def _root(self, item: Send) -> Message:
        """The thread's root, as this batch has left it."""
        assert item.thread is not None
        root = self.new.get((item.room, item.thread)) or as_message(require_message(self.tx.conn, item.room, item.thread))
        if root.thread is not None:
            raise Invalid("A thread has one level: answer in the thread of its first message.", code="nested_thread", field="thread")
        return root

    def _keep(self, made: Message, item: Send) -> None:
        room = self.rooms[made.room]
        room.last_at = made.at
        self.moved[room.id] = room
        self.new[made.room, made.seq] = made
        if made.nonce:
            self.sent[item.who.person, made.nonce] = (made.room, made.seq)
        self.rows.append(as_row(made))
        self.read.append((made.seq, made.room, item.who.person))
        self.mentioned += mention_rows(made)
        if made.files:
            self.brought.append((made.seq, made.files))
        self.tx.publish(f"room:{made.room}", MessageChanged(made), rev=made.rev)

    def _grow_thread(self, made: Message, room: RoomState) -> None:
        """Count the reply at its root, which takes a rev of its own."""
        self._flush()
        root = as_message(require_message(self.tx.conn, made.room, made.thread or 0))
        people = [p for p in (made.sender, *root.thread_people) if p]
        people = list(dict.fromkeys(people))[: limits.THREAD_PEOPLE_SHOWN]
        self.moved[room.id] = room
        values = {"rev": room.take_rev(), "thread_count": root.thread_count + 1, "thread_last_at": made.at}
        grown = msgspec.structs.replace(root, thread_people=people, **values)
        at_root = update(message).where(message.c.room == made.room, message.c.seq == root.seq)
        self.tx.run(at_root.values(**values, thread_people=_encode(people).decode()))
        self.new[made.room, root.seq] = grown
        self.tx.publish(f"room:{made.room}", MessageChanged(grown), rev=grown.rev)

    def _flush(self) -> None:
        if self.moved:
            self.store.write(self.tx, self.rows, self.moved.values(), self.read)
            self.rows, self.read, self.moved = [], [], {}

    def write(self) -> None:
        self._flush()
        if self.mentioned:
            self.tx.run(insert(mention), self.mentioned)
        for seq, files in self.brought:
            self.tx.run(update(file).where(file.c.id.in_([f.id for f in files])).values(seq=seq))


def _checked(item: Send, room: RoomState, role: RoomRole) -> str:
    """The clean text of what may be sent here."""
    if room.archived_at is not None:
        raise Conflict("This room is archived. Take it out of the archive to write in it.", code="room_archived")
    if (item.thread is None or item.also_room) and not rules.may_post(role, room.posting):
        raise Refused("Only those who run this room may post here. You can answer in a thread.", code="posting_limited")
    if item.nonce is not None and not 0 < len(item.nonce) <= limits.NONCE_CHARS:
        raise Invalid(f"A nonce has 1 to {limits.NONCE_CHARS} characters.", field="nonce")
    if len(item.files) > limits.FILES_A_MESSAGE:
        raise Invalid(f"A message carries at most {limits.FILES_A_MESSAGE} files.", field="files")
    said = text.body(item.text)
    if not said.strip() and not item.files and item.card is None:
        raise Invalid("Write something, or add a file.", code="empty", field="text")
    return said


def _files(tx: Tx, item: Send) -> list[File]:
    ids = list(dict.fromkeys(item.files))
    mine = select(file).where(file.c.id.in_(ids), file.c.room == item.room, file.c.owner == item.who.person, file.c.seq.is_(None))
    found = {row.id: as_file(row) for row in tx.all(mine)}
    if len(found) != len(ids):
        raise NotFound("A file is missing: it was not uploaded to this room by you, or has been sent already.", field="files")
    return [found[i] for i in ids]


def _quote(tx: Tx, room_id: str, seq: int) -> Quote:
    row = require_message(tx.conn, room_id, seq)
    return Quote(seq, row.sender, text.excerpt(row.text))


def meant(tx: Tx, asked: Mentions, said: str, room: RoomState, role: RoomRole) -> tuple[Mentions, dict[str, At]]:
    """Who is really mentioned: named in the text, in the room, and allowed; with what each "@name" stands for."""
    if len(asked.people) + len(asked.departments) > limits.MENTIONS_A_MESSAGE:
        raise Invalid(f"A message mentions at most {limits.MENTIONS_A_MESSAGE} people.", field="mentions")
    if (asked.all or asked.departments) and not rules.may_mention_all(role, room.mention_all):
        raise Refused("Only those who run this room may call everybody.", code="mention_all_limited", field="mentions")
    names: dict[str, At] = {}
    inside = select(person.c.id, person.c.name).join(member_table, member_table.c.person == person.c.id)
    for row in tx.all(inside.where(member_table.c.room == room.id, member_table.c.left_at.is_(None), person.c.id.in_(asked.people))):
        names[row.name] = At("person", row.id, row.name)
    for row in tx.all(select(department).where(department.c.org == room.org, department.c.id.in_(asked.departments))):
        names[row.name] = At("department", row.id, row.name)
    if asked.all:
        names |= {word: At("all", "", word) for word in ("all", "모두", "所有人")}
    named = {name: at for name, at in names.items() if f"@{name}" in said}
    people = [at.id for at in named.values() if at.kind == "person"]
    departments = [at.id for at in named.values() if at.kind == "department"]
    return Mentions(people, departments, any(at.kind == "all" for at in named.values())), named


def mention_rows(made: Message) -> list[dict[str, Any]]:
    """The rows by which the mentioned are found: a person's id, "d:" and a department's, "*" for all."""
    m = made.mentions
    if m == NOBODY:
        return []
    targets = [*m.people, *(f"d:{d}" for d in m.departments), *(["*"] if m.all else [])]
    return [{"target": t, "room": made.room, "seq": made.seq, "at": made.at} for t in targets if t != made.sender]


def as_row(made: Message) -> tuple[Any, ...]:
    """A new message as MESSAGE_COLUMNS; what is empty is stored as null, and so is a plain text's tree."""
    return (
        made.room,
        made.seq,
        made.rev,
        made.sender,
        made.kind,
        made.text,
        None if made.body == markdown.plain(made.text) else _json(made.body),
        _json(made.files),
        _json(made.card),
        _json(made.event),
        made.reply_to.seq if made.reply_to else None,
        _json(made.reply_to),
        made.thread,
        made.also_room,
        None if made.mentions == NOBODY else _json(made.mentions),
        made.confirm,
        made.at,
        made.nonce,
    )


def _json(value: Any) -> str | None:
    return _encode(value).decode() if value else None


def say(tx: Tx, room_id: str, sender: str | None, event: RoomEvent) -> Message:
    """Put a line about the room itself into its log."""
    store = store_of(tx)
    room = store.lock_rooms(tx, [room_id])[room_id]
    made = msgspec.structs.replace(
        EMPTY, room=room_id, seq=room.take_seq(), rev=room.take_rev(), sender=sender, kind="event", event=event, at=tx.now
    )
    room.last_at = tx.now
    store.write(tx, [as_row(made)], [room], [(made.seq, room_id, sender)] if sender else [])
    tx.publish(f"room:{room_id}", MessageChanged(made), rev=made.rev)
    return made
