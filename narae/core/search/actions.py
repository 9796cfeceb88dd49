"""Puts into the index what was read from a room's change feed."""

from __future__ import annotations

import msgspec
from sqlalchemy import delete, insert, select, text, update

from narae.core.db import Tx
from narae.core.kit.who import Who
from narae.core.search.queries import Bite
from narae.core.search.tables import doc, place


def put(tx: Tx, who: Who, bite: Bite) -> None:
    """Index `bite`, unless the room has got further meanwhile (another process did it).

    A changed message gets a new row, and its old entry in the full-text index points nowhere from then on.
    """
    known = tx.value(select(place.c.rev).where(place.c.room == bite.room))
    if known != bite.known or bite.upto == known:
        return
    tx.run(delete(doc).where(doc.c.room == bite.room, doc.c.seq.in_(bite.changed)))
    if bite.words:
        _add(tx, bite)
    if known is None:
        tx.run(insert(place).values(room=bite.room, rev=bite.upto))
    else:
        tx.run(update(place).where(place.c.room == bite.room).values(rev=bite.upto))


_ADD_ON_POSTGRES = text(
    "INSERT INTO search_doc (room, seq, at, grams) SELECT :room, (w.value->>0)::int, (w.value->>1)::bigint, "
    "array_to_tsvector(ARRAY(SELECT json_array_elements_text(w.value->2))) FROM json_array_elements(CAST(:added AS json)) w"
)
_NEXT_ON_SQLITE = "SELECT max(coalesce((SELECT max(id) FROM search_doc), 0), coalesce((SELECT max(rowid) FROM search_text), 0)) + 1"
_ADD_ON_SQLITE = (
    "INSERT INTO search_doc (id, room, seq, at) SELECT :first + w.key, :room, w.value->>0, w.value->>1 FROM json_each(:added) w",
    "INSERT INTO search_text (rowid, grams) SELECT :first + w.key, w.value->>2 FROM json_each(:added) w",
)


def _add(tx: Tx, bite: Bite) -> None:
    """One step for all: the lane lets the interpreter's lock go once, not for each message."""
    if tx.is_postgres:
        added = msgspec.json.encode(bite.words).decode()
        tx.conn.execute(_ADD_ON_POSTGRES, {"room": bite.room, "added": added})
        return
    first = tx.conn.exec_driver_sql(_NEXT_ON_SQLITE).scalar()
    added = msgspec.json.encode([(seq, at, " ".join(grams)) for seq, at, grams in bite.words]).decode()
    for statement in _ADD_ON_SQLITE:
        tx.conn.exec_driver_sql(statement, {"first": first, "room": bite.room, "added": added})
