"""A room's log as its members read it: stretches of messages, changes since a rev, edits, pins, files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, Select, and_, or_, select

from narae.core.kit import limits, markdown
from narae.core.kit.errors import NotFound
from narae.core.kit.paging import Page, decoded, page_of
from narae.core.orgs.queries import require_member
from narae.core.rooms.public import (
    Card,
    Changes,
    Edit,
    File,
    MemberChange,
    Mentions,
    Message,
    Messages,
    Quote,
    Reaction,
    RoomEvent,
    RoomFile,
)  # fmt: skip
from narae.core.rooms.queries.heads import fields, mention_targets, require_room
from narae.core.rooms.tables import edit, file, member, mention, message, reaction, room

T = TypeVar("T")
_BODY = msgspec.json.Decoder(list[markdown.Block])
_FILES = msgspec.json.Decoder(list[File])
_PEOPLE = msgspec.json.Decoder(list[str])
_REACTIONS = msgspec.json.Decoder(list[Reaction])
_NOBODY = Mentions()


def as_message(row: Row[Any]) -> Message:
    """A stored message. A plain text's tree is not stored: it is its one paragraph."""
    return Message(
        room=row.room,
        seq=row.seq,
        rev=row.rev,
        sender=row.sender,
        kind=row.kind,
        text=row.text,
        body=_BODY.decode(row.body) if row.body else markdown.plain(row.text),
        files=_FILES.decode(row.files) if row.files else [],
        card=msgspec.json.decode(row.card, type=Card) if row.card else None,
        event=msgspec.json.decode(row.event, type=RoomEvent) if row.event else None,
        reply_to=msgspec.json.decode(row.quote, type=Quote) if row.quote else None,
        thread=row.thread,
        also_room=bool(row.also_room),
        thread_count=row.thread_count,
        thread_last_at=row.thread_last_at,
        thread_people=_PEOPLE.decode(row.thread_people) if row.thread_people else [],
        reactions=_REACTIONS.decode(row.reactions) if row.reactions else [],
        mentions=msgspec.json.decode(row.mentions, type=Mentions) if row.mentions else _NOBODY,
        confirm=bool(row.confirm),
        at=row.at,
        edited_at=row.edited_at,
        recalled_at=row.recalled_at,
        recalled_by=row.recalled_by,
        pinned_at=row.pinned_at,
        pinned_by=row.pinned_by,
        nonce=row.nonce,
    )


def require_message(conn: Connection, room_id: str, seq: int) -> Row[Any]:
    """The stored message; the caller has checked that the viewer is in the room."""
    row = conn.execute(select(message).where(message.c.room == room_id, message.c.seq == seq)).first()
    if row is None:
        raise NotFound("There is no such message.", field="seq")
    return row


def one(conn: Connection, viewer: str, room_id: str, seq: int) -> Message:
    """One message."""
    require_room(conn, room_id, viewer)
    return seen_by(conn, viewer, [as_message(require_message(conn, room_id, seq))])[0]


def messages(
    conn: Connection, viewer: str, room_id: str, *, before: int | None = None, after: int | None = None, around: int | None = None,
    thread: int | None = None, limit: int = limits.PAGE_ITEMS,
) -> Messages:  # fmt: skip
    """A stretch of the room's log, or of a thread (its root first): the newest, or before, after or around a seq."""
    require_room(conn, room_id, viewer)
    log = select(message).where(message.c.room == room_id, _in_log(thread))
    if around is not None:
        older, has_before = _stretch(conn, log, message.c.seq < around, limit // 2, newest=True)
        newer, has_after = _stretch(conn, log, message.c.seq >= around, limit - limit // 2, newest=False)
        return Messages(seen_by(conn, viewer, [*older, *newer]), has_before, has_after)
    if after is not None:
        items, more = _stretch(conn, log, message.c.seq > after, limit, newest=False)
        return Messages(seen_by(conn, viewer, items), after > 0, more)
    older_than = message.c.seq < before if before is not None else message.c.seq > 0
    items, more = _stretch(conn, log, older_than, limit, newest=True)
    return Messages(seen_by(conn, viewer, items), more, before is not None)


def _in_log(thread: int | None) -> ColumnElement[bool]:
    if thread is not None:
        return or_(message.c.thread == thread, message.c.seq == thread)
    return or_(message.c.thread.is_(None), message.c.also_room)


def _stretch(conn: Connection, log: Select[Any], where: ColumnElement[bool], limit: int, *, newest: bool) -> tuple[list[Message], bool]:
    """At most `limit` messages from one end, in order of seq, and whether there are more."""
    order = message.c.seq.desc() if newest else message.c.seq
    rows = conn.execute(log.where(where).order_by(order).limit(limit + 1)).all()
    kept = [as_message(r) for r in rows[:limit]]
    return kept[::-1] if newest else kept, len(rows) > limit


def seen_by(conn: Connection, viewer: str, items: list[Message]) -> list[Message]:
    """`items` so that each crowded reaction that the viewer takes part in names them."""
    crowded = [m for m in items if is_crowded(m)]
    if not crowded:
        return items
    keys = [and_(reaction.c.room == m.room, reaction.c.seq == m.seq) for m in crowded]
    mine = select(reaction.c.room, reaction.c.seq, reaction.c.emoji).where(reaction.c.person == viewer, or_(*keys))
    reacted = {(r.room, r.seq, r.emoji) for r in conn.execute(mine)}
    return [_with_me(m, viewer, reacted) for m in items]


def _with_me(item: Message, viewer: str, reacted: set[tuple[str, int, str]]) -> Message:
    changed = [
        Reaction(r.emoji, r.count, [viewer, *r.by]) if (item.room, item.seq, r.emoji) in reacted and viewer not in r.by else r
        for r in item.reactions
    ]
    return msgspec.structs.replace(item, reactions=changed)


def changes(conn: Connection, viewer: str, room_id: str, *, since: int, limit: int = limits.PAGE_ITEMS_MAX) -> Changes:
    """Everything of a room whose rev is above `since`, in order of rev."""
    require_room(conn, room_id, viewer)
    found = changes_for_all(conn, room_id, since=since, limit=limit)
    return msgspec.structs.replace(found, messages=seen_by(conn, viewer, found.messages))


def changes_for_all(conn: Connection, room_id: str, *, since: int, limit: int = limits.PAGE_ITEMS_MAX) -> Changes:
    """The same as every member sees it, for callers that have checked; of `is_crowded` reactions it names the first people only."""
    row = conn.execute(select(room).where(room.c.id == room_id)).one()
    found = select(message).where(message.c.room == room_id, message.c.rev > since)
    said = conn.execute(found.order_by(message.c.rev).limit(limit + 1)).all()
    moved_from = select(member.c.person, member.c.rev, member.c.role, member.c.left_at).where(member.c.room == room_id)
    moved = conn.execute(moved_from.where(member.c.rev > since).order_by(member.c.rev).limit(limit + 1)).all()
    more = len(said) > limit or len(moved) > limit
    ends = [rows[limit - 1].rev for rows in (said, moved) if len(rows) > limit]
    upto = min(ends) if more else row.last_rev
    shown = [as_message(r) for r in said if r.rev <= upto]
    members = [MemberChange(r.person, r.rev, r.left_at is not None, r.role) for r in moved if r.rev <= upto]
    return Changes(fields(row), shown, members, upto, more)


def is_crowded(item: Message) -> bool:
    """Whether somebody reacted who is not named: then it looks different to each who did."""
    return any(r.count > len(r.by) for r in item.reactions)


def edits(conn: Connection, viewer: str, room_id: str, seq: int) -> Page[Edit]:
    """The earlier texts of a message, the first first; of a recalled one none."""
    require_room(conn, room_id, viewer)
    require_message(conn, room_id, seq)
    rows = conn.execute(select(edit).where(edit.c.room == room_id, edit.c.seq == seq).order_by(edit.c.version))
    return Page([Edit(r.version, r.text, r.at) for r in rows], None)


def pins(conn: Connection, viewer: str, room_id: str) -> Page[Message]:
    """The pinned messages, the last pinned first."""
    require_room(conn, room_id, viewer)
    pinned = select(message).where(message.c.room == room_id, message.c.pinned_at.is_not(None))
    rows = conn.execute(pinned.order_by(message.c.pinned_at.desc()).limit(limits.PINS_A_ROOM))
    return Page(seen_by(conn, viewer, [as_message(r) for r in rows]), None)


def as_file(row: Row[Any]) -> File:
    """A stored file."""
    return File(
        id=row.id,
        name=row.name,
        mime=row.mime,
        size=row.size,
        width=row.width,
        height=row.height,
        thumb=row.thumb,
        url=f"/files/{row.id}/{row.name.replace('/', '_')}",
    )


def files(conn: Connection, viewer: str, room_id: str, *, cursor: str | None = None, limit: int = limits.PAGE_ITEMS) -> Page[RoomFile]:
    """The files of a room's messages, the newest first."""
    require_room(conn, room_id, viewer)
    found = select(file, message.c.sender).join(message, and_(message.c.room == file.c.room, message.c.seq == file.c.seq))
    found = found.where(file.c.room == room_id, message.c.recalled_at.is_(None))
    if before := decoded(cursor, int, str):
        found = found.where(or_(file.c.seq < before[0], and_(file.c.seq == before[0], file.c.id < before[1])))
    rows = conn.execute(found.order_by(file.c.seq.desc(), file.c.id.desc()).limit(limit + 1)).all()
    page = page_of(rows, limit, lambda r: (r.seq, r.id))
    return Page([RoomFile(as_file(r), r.seq, r.sender, r.at) for r in page.items], page.next)


def mine_in(conn: Connection, viewer: str, org_id: str) -> Select[Any]:
    """The ids of the viewer's rooms in an organisation, as a sub-query."""
    require_member(conn, org_id, viewer)
    joined = select(room.c.id).join(member, member.c.room == room.c.id)
    return joined.where(room.c.org == org_id, member.c.person == viewer, member.c.left_at.is_(None))


def mentions(conn: Connection, viewer: str, org_id: str, *, cursor: str | None = None, limit: int = limits.PAGE_ITEMS) -> Page[Message]:
    """The messages of an organisation that mention the viewer, the newest first."""
    rooms = mine_in(conn, viewer, org_id)
    targets = mention_targets(conn, [org_id], viewer)
    meant = select(mention.c.room, mention.c.seq).where(mention.c.target.in_(targets), mention.c.room.in_(rooms)).distinct().subquery()
    found = select(message).join(meant, and_(meant.c.room == message.c.room, meant.c.seq == message.c.seq))
    return _newest(conn, viewer, found.where(message.c.sender.is_distinct_from(viewer)), cursor, limit)


def threads(conn: Connection, viewer: str, org_id: str, *, cursor: str | None = None, limit: int = limits.PAGE_ITEMS) -> Page[Message]:
    """The roots of the threads that the viewer began or answered in, the last answered first."""
    rooms = mine_in(conn, viewer, org_id)
    answered = (
        select(message.c.room, message.c.thread).where(message.c.sender == viewer, message.c.thread.is_not(None)).distinct().subquery()
    )
    found = select(message).outerjoin(answered, and_(answered.c.room == message.c.room, answered.c.thread == message.c.seq))
    mine = or_(answered.c.thread.is_not(None), message.c.sender == viewer)
    found = found.where(message.c.room.in_(rooms), message.c.thread_count > 0, mine)
    if before := decoded(cursor, int):
        found = found.where(message.c.thread_last_at < before[0])
    rows = conn.execute(found.order_by(message.c.thread_last_at.desc()).limit(limit + 1)).all()
    page = page_of(rows, limit, lambda r: (r.thread_last_at,))
    return Page(seen_by(conn, viewer, [as_message(r) for r in page.items]), page.next)


def _newest(conn: Connection, viewer: str, found: Select[Any], cursor: str | None, limit: int) -> Page[Message]:
    if before := decoded(cursor, int, str, int):
        at, room_id, seq = before
        older = or_(
            message.c.at < at, and_(message.c.at == at, or_(message.c.room < room_id, and_(message.c.room == room_id, message.c.seq < seq)))
        )
        found = found.where(older)
    order = message.c.at.desc(), message.c.room.desc(), message.c.seq.desc()
    rows: Sequence[Row[Any]] = conn.execute(found.order_by(*order).limit(limit + 1)).all()
    page = page_of(rows, limit, lambda r: (r.at, r.room, r.seq))
    return Page(seen_by(conn, viewer, [as_message(r) for r in page.items]), page.next)
