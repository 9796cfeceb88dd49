"""Finds messages that the viewer may see, the newest first, each hit checked against its text; and what the index lacks."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, cast, func, or_, select, text
from sqlalchemy.dialects.postgresql import TSQUERY

from narae.core.kit import limits
from narae.core.kit.grams import folded, grams, wanted
from narae.core.kit.paging import Page, decoded, page_of
from narae.core.rooms.public import Message
from narae.core.rooms.queries.log import as_message, mine_in, seen_by
from narae.core.rooms.tables import message, room
from narae.core.search.tables import doc, place


def search(
    conn: Connection, viewer: str, org_id: str, *, query: str, room_id: str | None = None, sender: str | None = None,
    cursor: str | None = None, limit: int = limits.PAGE_ITEMS,
) -> Page[Message]:  # fmt: skip
    """The messages of the viewer's rooms that hold every word of `query`, anywhere in a word for Korean and Chinese."""
    rooms, asked = mine_in(conn, viewer, org_id), wanted(query)
    if not asked:
        return Page([], None)
    found = select(message, doc.c.id.label("doc_id")).join(doc, and_(doc.c.room == message.c.room, doc.c.seq == message.c.seq))
    found = found.where(_matches(conn, asked), doc.c.room.in_(rooms), *_holds(query))
    if room_id is not None:
        found = found.where(doc.c.room == room_id)
    if sender is not None:
        found = found.where(message.c.sender == sender)
    if before := decoded(cursor, int, int):
        found = found.where(or_(doc.c.at < before[0], and_(doc.c.at == before[0], doc.c.id < before[1])))
    rows = conn.execute(found.order_by(doc.c.at.desc(), doc.c.id.desc()).limit(limit + 1)).all()
    page = page_of(rows, limit, lambda r: (r.at, r.doc_id))
    return Page(seen_by(conn, viewer, [as_message(r) for r in page.items]), page.next)


def _matches(conn: Connection, asked: list[tuple[str, bool]]) -> ColumnElement[Any]:
    if conn.dialect.name == "postgresql":
        words = " & ".join(f"'{gram}'{':*' if begins else ''}" for gram, begins in asked)
        return doc.c.grams.op("@@")(cast(words, TSQUERY))
    words = " ".join(f'"{gram}"{"*" if begins else ""}' for gram, begins in asked)
    hits = text("SELECT rowid FROM search_text WHERE search_text MATCH :words").bindparams(words=words)
    return doc.c.id.in_(hits.columns(doc.c.id))


def _holds(query: str) -> list[ColumnElement[bool]]:
    """Each word as it was written, so that pairs from different words do not make a hit."""
    return [func.lower(message.c.text).contains(word, autoescape=True) for word in folded(query).split()]


def behind(conn: Connection) -> list[str]:
    """The rooms whose index is not up to date."""
    late = select(room.c.id).outerjoin(place, place.c.room == room.c.id)
    return list(conn.execute(late.where(room.c.last_rev > func.coalesce(place.c.rev, 0))).scalars())


class Bite(msgspec.Struct, frozen=True, kw_only=True):
    """What the index of a room lacks, or the first of it: the `changed` messages by seq, and (seq, at, grams) of those with words.

    The index is at rev `known` (None: it has nothing of the room), and at `upto` with this; `more` says that there may be more.
    """

    room: str
    known: int | None
    upto: int
    more: bool
    changed: list[int]
    words: list[tuple[int, int, list[str]]]


def bite(conn: Connection, room_id: str) -> Bite:
    """What changed in a room since it was last indexed, up to INDEX_BATCH messages, taken apart into grams."""
    last_rev = conn.execute(select(room.c.last_rev).where(room.c.id == room_id)).scalar() or 0
    known = conn.execute(select(place.c.rev).where(place.c.room == room_id)).scalar()
    changed = select(message.c.seq, message.c.rev, message.c.text, message.c.at).where(message.c.room == room_id)
    rows = conn.execute(changed.where(message.c.rev > (known or 0)).order_by(message.c.rev).limit(limits.INDEX_BATCH)).all()
    more = len(rows) == limits.INDEX_BATCH
    words = [(row.seq, row.at, grams(row.text)) for row in rows if row.text]
    upto = rows[-1].rev if more else last_rev
    return Bite(room=room_id, known=known, upto=upto, more=more, changed=[row.seq for row in rows], words=words)
