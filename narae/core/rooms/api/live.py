"""What clients say about rooms on the live socket: send, read, type, keep a draft."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Annotated, Any

import msgspec

from narae.core.app import LiveCommand
from narae.core.kit import limits
from narae.core.kit.errors import NaraeError
from narae.core.live.frames import Failed, Ok
from narae.core.live.gateway import LiveContext, framed
from narae.core.rooms.actions import reading
from narae.core.rooms.actions.send import send_many
from narae.core.rooms.api.log import NewMessage, as_sent
from narae.core.rooms.api.rooms import Seq
from narae.core.rooms.public import CaughtUp
from narae.core.rooms.queries import log
from narae.core.rooms.queries.heads import NO_ROOM


class SendFrame(NewMessage, frozen=True, kw_only=True, tag_field="t", tag="send"):
    """Send a message. Answered by "ok" once it is durable, or by "error", with the same `id`."""

    id: int
    room: str


class ReadFrame(msgspec.Struct, frozen=True, tag_field="t", tag="read"):
    """I have read this room up to `seq`."""

    room: str
    seq: Seq


class TypingFrame(msgspec.Struct, frozen=True, tag_field="t", tag="typing"):
    """I am typing in this room."""

    room: str
    thread: Seq | None = None


class DraftFrame(msgspec.Struct, frozen=True, tag_field="t", tag="draft"):
    """Keep my unsent text."""

    room: str
    text: str
    thread: Seq | None = None


class CatchUpFrame(msgspec.Struct, frozen=True, tag_field="t", tag="catch_up"):
    """What changed in these rooms after these revs? Answered by "changes" for each."""

    rooms: Annotated[dict[str, Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]], msgspec.Meta(max_length=limits.CATCH_UP_ROOMS)]


class Typing(msgspec.Struct, frozen=True, tag_field="t", tag="typing"):
    """Somebody is typing; may be lost."""

    room: str
    person: str
    thread: int | None = None


def take_send(live: LiveContext, frame: SendFrame) -> None:
    """Queue a message for the lane; the answer comes from its callback, without a task of its own."""
    who, session = live.who, live.session
    _may_write(live)
    live.pace.take(who.person)
    item = as_sent(who, frame.room, frame)

    def answer(message: Any, error: BaseException | None) -> None:
        session.in_flight -= 1
        if error is None:
            live.answer(Ok(frame.id, message.room, message.seq, message.rev, message.at))
        else:
            live.gateway.refuse(session, frame, error if isinstance(error, NaraeError) else _internal())

    live.db.write_later(send_many, item, answer)
    session.in_flight += 1


def _internal() -> NaraeError:
    return NaraeError("Something went wrong on the server. Try again.", code="internal")


def _may_write(live: LiveContext) -> None:
    if live.who.scopes is not None and "write" not in live.who.scopes:
        raise NaraeError('This token lacks the scope "write".', code="scope_missing")


def take_read(live: LiveContext, frame: ReadFrame) -> Awaitable[None]:
    """Move my read pointer."""
    _may_write(live)
    return live.db.write(reading.mark_read, live.who, frame.room, frame.seq)


def take_typing(live: LiveContext, frame: TypingFrame) -> None:
    """Tell the room, if it is mine."""
    _may_write(live)
    live.whisper(f"room:{frame.room}", Typing(frame.room, live.who.person, frame.thread))


def take_draft(live: LiveContext, frame: DraftFrame) -> Awaitable[None]:
    """Keep my draft."""
    _may_write(live)
    return live.db.write(reading.save_draft, live.who, frame.room, said=frame.text, thread=frame.thread)


async def take_catch_up(live: LiveContext, frame: CatchUpFrame) -> None:
    """Tell what changed, room by room. After a restart a whole room asks the same: it is read once."""
    for room_id, since in frame.rooms.items():
        async with live.in_turn():
            if live.follows(f"room:{room_id}"):
                await _tell_changes(live, room_id, since)
            else:
                live.answer(Failed("not_found", NO_ROOM, field="rooms"))


async def _tell_changes(live: LiveContext, room_id: str, since: int) -> None:
    async def make() -> tuple[bool, bytes]:
        found = await live.db.read(log.changes_for_all, room_id, since=since)
        return any(map(log.is_crowded, found.messages)), framed(CaughtUp(room_id, since, found))

    differs, frame = await live.gateway.alike.answer(f"room:{room_id}", ("changes", since), make)
    if differs:
        live.answer(CaughtUp(room_id, since, await live.db.read(log.changes, live.who.person, room_id, since=since)))
    else:
        live.answer_framed(frame)


COMMANDS = (
    LiveCommand(frame=CatchUpFrame, take=take_catch_up),
    LiveCommand(frame=SendFrame, take=take_send),
    LiveCommand(frame=ReadFrame, take=take_read),
    LiveCommand(frame=TypingFrame, take=take_typing),
    LiveCommand(frame=DraftFrame, take=take_draft),
)
