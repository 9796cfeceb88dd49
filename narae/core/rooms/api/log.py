"""A room's log: reading, sending, editing, recalling, reactions, pins, read lists."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import delete, get, patch, post, put
from litestar.params import Parameter
from msgspec import UNSET, UnsetType

from narae.core.app import CardKinds
from narae.core.db import Database
from narae.core.kit import limits
from narae.core.kit.pace import Pace
from narae.core.kit.paging import Page
from narae.core.kit.who import Who, without_once
from narae.core.orgs.api.org import Limit
from narae.core.rooms.actions import change
from narae.core.rooms.actions.press import press
from narae.core.rooms.actions.send import Send, send_many
from narae.core.rooms.api.rooms import Seq
from narae.core.rooms.public import Changes, Edit, Mentions, Message, Messages, Pressed, Readers, RoomFile
from narae.core.rooms.queries import log
from narae.core.rooms.queries import members as member_queries
from narae.core.rooms.queries.members import Side

Place = Annotated[int | None, Parameter(ge=0, le=2**31 - 1)]
PathSeq = Annotated[int, Parameter(ge=1, le=2**31 - 1)]


class NewMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A message to send. The same `nonce` from the same sender is answered with the first result."""

    nonce: str
    text: str = ""
    files: list[str] = []
    reply_to: Seq | None = None
    thread: Seq | None = None
    also_room: bool = False
    confirm: bool = False
    mentions: Mentions = msgspec.field(default_factory=Mentions)


class NewText(msgspec.Struct, frozen=True):
    """A message's new text. Without `mentions` it means whom it meant before, as far as the new text names them."""

    text: str
    mentions: Mentions | UnsetType = UNSET


class NewPress(msgspec.Struct, frozen=True):
    """A button to press. A choice in a menu goes as {"option": value}."""

    button: str
    nonce: str
    values: dict[str, str] = {}


def as_sent(who: Who, room_id: str, said: NewMessage) -> Send:
    """What `said` asks the lane to write."""
    return Send(
        who=who,
        room=room_id,
        nonce=said.nonce,
        text=said.text,
        files=said.files,
        reply_to=said.reply_to,
        thread=said.thread,
        also_room=said.also_room,
        confirm=said.confirm,
        mentions=said.mentions,
    )


@get("/api/rooms/{room_id:str}/messages")
async def list_messages(
    who: Who,
    db: Database,
    room_id: str,
    before: Place = None,
    after: Place = None,
    around: Place = None,
    thread: Place = None,
    limit: Limit = limits.PAGE_ITEMS,
) -> Messages:
    """A stretch of the log, or of a thread: the newest, or before, after or around a message."""
    return await db.read(log.messages, who.person, room_id, before=before, after=after, around=around, thread=thread, limit=limit)


@get("/api/rooms/{room_id:str}/messages/{seq:int}")
async def read_message(who: Who, db: Database, room_id: str, seq: PathSeq) -> Message:
    """One message."""
    return await db.read(log.one, who.person, room_id, seq)


@get("/api/rooms/{room_id:str}/changes")
async def list_changes(
    who: Who,
    db: Database,
    room_id: str,
    since: Annotated[int, Parameter(ge=0, le=2**31 - 1)],
    limit: Limit = limits.PAGE_ITEMS_MAX,
) -> Changes:
    """Everything that changed after a rev."""
    return await db.read(log.changes, who.person, room_id, since=since, limit=limit)


@post("/api/rooms/{room_id:str}/messages")
async def send(who: Who, db: Database, pace: Pace, room_id: str, data: NewMessage) -> Message:
    """Send a message; answered once it is durable."""
    pace.take(who.person)
    item = as_sent(who, room_id, data)
    sent: Message = await db.write_batched(send_many, item)
    return sent


@patch("/api/rooms/{room_id:str}/messages/{seq:int}")
async def edit(who: Who, db: Database, room_id: str, seq: PathSeq, data: NewText) -> Message:
    """Edit one's own message."""
    mentions = None if data.mentions is UNSET else data.mentions
    return await db.write(change.edit_message, who, room_id, seq, new=data.text, mentions=mentions)


@get("/api/rooms/{room_id:str}/messages/{seq:int}/edits")
async def list_edits(who: Who, db: Database, room_id: str, seq: PathSeq) -> Page[Edit]:
    """The earlier texts of a message."""
    return await db.read(log.edits, who.person, room_id, seq)


@post("/api/rooms/{room_id:str}/messages/{seq:int}/recall", status_code=200)
async def recall(who: Who, db: Database, room_id: str, seq: PathSeq) -> Message:
    """Take a message back; a tombstone stays."""
    return await db.write(change.recall, who, room_id, seq)


@post("/api/rooms/{room_id:str}/messages/{seq:int}/confirm", status_code=204)
async def confirm(who: Who, db: Database, room_id: str, seq: PathSeq) -> None:
    """Confirm a message that asks for it."""
    await db.write(change.confirm, who, room_id, seq)


@put("/api/rooms/{room_id:str}/messages/{seq:int}/reactions/{emoji:str}")
async def react(who: Who, db: Database, room_id: str, seq: PathSeq, emoji: str) -> Message:
    """React to a message."""
    return await db.write(change.react, who, room_id, seq, emoji)


@delete("/api/rooms/{room_id:str}/messages/{seq:int}/reactions/{emoji:str}", status_code=200)
async def unreact(who: Who, db: Database, room_id: str, seq: PathSeq, emoji: str) -> Message:
    """Take one's reaction back."""
    return await db.write(change.unreact, who, room_id, seq, emoji)


@put("/api/rooms/{room_id:str}/messages/{seq:int}/pin")
async def pin(who: Who, db: Database, room_id: str, seq: PathSeq) -> Message:
    """Pin a message."""
    return await db.write(change.pin, who, room_id, seq)


@delete("/api/rooms/{room_id:str}/messages/{seq:int}/pin", status_code=200)
async def unpin(who: Who, db: Database, room_id: str, seq: PathSeq) -> Message:
    """Unpin a message."""
    return await db.write(change.unpin, who, room_id, seq)


@post("/api/rooms/{room_id:str}/messages/{seq:int}/press", status_code=200)
async def press_button(who: Who, db: Database, pace: Pace, cards: CardKinds, room_id: str, seq: PathSeq, data: NewPress) -> Pressed:
    """Press a button of a card, or choose in its menu; answered once it is durable. The same `nonce` is the same press."""
    pace.take(who.person)
    pressed = msgspec.structs.asdict(data)
    return await db.write(press, without_once(who), room_id, seq, **pressed, kinds=cards)


@get("/api/rooms/{room_id:str}/messages/{seq:int}/readers")
async def readers(
    who: Who, db: Database, room_id: str, seq: PathSeq, side: Side = "read", cursor: str | None = None, limit: Limit = limits.PAGE_ITEMS
) -> Readers:
    """Who has read a message, who has not, who has confirmed it."""
    return await db.read(member_queries.readers, who.person, room_id, seq, side=side, cursor=cursor, limit=limit)


@get("/api/rooms/{room_id:str}/pins")
async def list_pins(who: Who, db: Database, room_id: str) -> Page[Message]:
    """The pinned messages."""
    return await db.read(log.pins, who.person, room_id)


@get("/api/rooms/{room_id:str}/files")
async def list_files(who: Who, db: Database, room_id: str, cursor: str | None = None, limit: Limit = limits.PAGE_ITEMS) -> Page[RoomFile]:
    """The files of a room."""
    return await db.read(log.files, who.person, room_id, cursor=cursor, limit=limit)


@get("/api/orgs/{org_id:str}/mentions")
async def list_mentions(who: Who, db: Database, org_id: str, cursor: str | None = None, limit: Limit = limits.PAGE_ITEMS) -> Page[Message]:
    """The messages that mention me."""
    return await db.read(log.mentions, who.person, org_id, cursor=cursor, limit=limit)


@get("/api/orgs/{org_id:str}/threads")
async def list_threads(who: Who, db: Database, org_id: str, cursor: str | None = None, limit: Limit = limits.PAGE_ITEMS) -> Page[Message]:
    """The threads that I take part in."""
    return await db.read(log.threads, who.person, org_id, cursor=cursor, limit=limit)


ROUTES = (
    list_messages, read_message, list_changes, send, edit, list_edits, recall, confirm, react, unreact, pin, unpin, press_button, readers,
    list_pins, list_files, list_mentions, list_threads,
)  # fmt: skip
