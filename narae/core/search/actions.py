"""Brings the index up to a room's change feed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Row, delete, func, insert, select, text, update

from narae.core.db import Tx
from narae.core.kit.grams import grams
from narae.core.kit.limits import INDEX_BATCH
from narae.core.kit.who import Who
from narae.core.rooms.tables import message, room
from narae.core.search.tables import doc, place


def index_room(tx: Tx, who: Who, room_id: str) -> bool:
    """Index what changed in a room since it was last looked at, up to INDEX_BATCH; whether there may be more.

    A changed message gets a new row, and its old entry in the full-text index points nowhere from then on.
    """
    last_rev = tx.value(select(room.c.last_rev).where(room.c.id == room_id)) or 0
    known = tx.value(select(place.c.rev).where(place.c.room == room_id))
    changed = select(message.c.seq, message.c.rev, message.c.text, message.c.at).where(message.c.room == room_id)
    rows = tx.all(changed.where(message.c.rev > (known or 0)).order_by(message.c.rev).limit(INDEX_BATCH))
    tx.run(delete(doc).where(doc.c.room == room_id, doc.c.seq.in_([row.seq for row in rows])))
    _add(tx, room_id, [row for row in rows if row.text])
    more = len(rows) == INDEX_BATCH
    upto = rows[-1].rev if more else last_rev
    if known is None:
        tx.run(insert(place).values(room=room_id, rev=upto))
    elif upto > known:
        tx.run(update(place).where(place.c.room == room_id).values(rev=upto))
    return more


_ADD_ON_POSTGRES = text(
    "INSERT INTO search_doc (room, seq, at, grams) SELECT :room, (w.value->>0)::int, (w.value->>1)::bigint, "
    "array_to_tsvector(ARRAY(SELECT json_array_elements_text(w.value->2))) FROM json_array_elements(CAST(:added AS json)) w"
)


def _add(tx: Tx, room_id: str, rows: Sequence[Row[Any]]) -> None:
    if not rows:
        return
    if tx.is_postgres:
        added = msgspec.json.encode([(r.seq, r.at, grams(r.text)) for r in rows]).decode()
        tx.conn.execute(_ADD_ON_POSTGRES, {"room": room_id, "added": added})
        return
    first = (tx.value(select(func.max(doc.c.id))) or 0) + 1
    first = max(first, (tx.conn.exec_driver_sql("SELECT max(rowid) FROM search_text").scalar() or 0) + 1)
    tx.run(insert(doc), [{"id": first + n, "room": room_id, "seq": r.seq, "at": r.at} for n, r in enumerate(rows)])
    words = [(first + n, " ".join(grams(r.text))) for n, r in enumerate(rows)]
    tx.conn.exec_driver_sql("INSERT INTO search_text (rowid, grams) VALUES (?, ?)", words)
