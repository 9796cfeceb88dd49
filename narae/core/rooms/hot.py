"""The statements that sending a message runs, written for each database by hand: the hot path.

SQLite answers a prepared look-up by key in two microseconds, so it is asked row by row; PostgreSQL is a round trip away,
so it gets arrays and COPY. Everything else in Narae goes through SQLAlchemy.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Protocol

import msgspec

from narae.core.db import Tx

MESSAGE_COLUMNS = (
    "room", "seq", "rev", "sender", "kind", "text", "body", "files", "card", "event", "reply_to", "quote", "thread", "also_room",
    "mentions", "confirm", "at", "nonce",
)  # fmt: skip
_ROOM = "id, org, direct_key, posting, mention_all, archived_at, last_seq, last_rev, member_count, last_at"


@dataclass(slots=True)
class RoomState:
    """A room under the lane's hand: its numbers move as messages are put into it."""

    id: str
    org: str
    direct_key: str | None
    posting: Any
    mention_all: Any
    archived_at: int | None
    last_seq: int
    last_rev: int
    member_count: int
    last_at: int

    def take_rev(self) -> int:
        """The next rev."""
        self.last_rev += 1
        return self.last_rev

    def take_seq(self) -> int:
        """The next seq."""
        self.last_seq += 1
        return self.last_seq


Pair = tuple[str, str]


class Store(Protocol):
    """The hot statements of one database."""

    def lock_rooms(self, tx: Tx, ids: Iterable[str]) -> dict[str, RoomState]:
        """The rooms with these ids, locked until the transaction ends."""

    def roles(self, tx: Tx, pairs: Iterable[Pair]) -> dict[Pair, Any]:
        """The role of each (room, person) that is a member now."""

    def sent(self, tx: Tx, pairs: Iterable[Pair]) -> dict[Pair, tuple[str, int]]:
        """Where (room, seq) each (sender, nonce) has been sent before."""

    def add_messages(self, tx: Tx, rows: Sequence[tuple[Any, ...]]) -> None:
        """Store messages, as MESSAGE_COLUMNS."""

    def move_rooms(self, tx: Tx, rooms: Iterable[RoomState]) -> None:
        """Store the rooms' numbers."""

    def move_pointers(self, tx: Tx, read: Sequence[tuple[int, str, str]]) -> None:
        """Set (seq, room, person) as read."""


_CHUNK = 64
_SQLITE_ROOMS = f"SELECT json_group_array(json_array({_ROOM})) FROM rooms_room WHERE id IN (SELECT value FROM json_each(?))"
_SQLITE_ROLES = (
    "SELECT json_group_array(json_array(m.room, m.person, m.role)) FROM json_each(?) w CROSS JOIN rooms_member m "
    "ON m.room = json_extract(w.value, '$[0]') AND m.person = json_extract(w.value, '$[1]') WHERE m.left_at IS NULL"
)
_SQLITE_SENT = (
    "SELECT json_group_array(json_array(m.sender, m.nonce, m.room, m.seq)) FROM json_each(?) w CROSS JOIN rooms_message m "
    "ON m.sender = json_extract(w.value, '$[0]') AND m.nonce = json_extract(w.value, '$[1]')"
)
_SQLITE_INSERTS = {
    1 << n: f"INSERT INTO rooms_message ({', '.join(MESSAGE_COLUMNS)}) VALUES "
    + ", ".join([f"({', '.join('?' * len(MESSAGE_COLUMNS))})"] * (1 << n))
    for n in range(_CHUNK.bit_length())
}
_SQLITE_MOVE_ROOMS = (
    "UPDATE rooms_room SET last_seq = json_extract(w.value, '$[1]'), last_rev = json_extract(w.value, '$[2]'), "
    "last_at = json_extract(w.value, '$[3]') FROM json_each(?) w WHERE rooms_room.id = json_extract(w.value, '$[0]')"
)
_SQLITE_MOVE_POINTERS = (
    "UPDATE rooms_member SET read_seq = json_extract(w.value, '$[2]') FROM json_each(?) w "
    "WHERE rooms_member.room = json_extract(w.value, '$[0]') AND rooms_member.person = json_extract(w.value, '$[1]')"
)
_json = msgspec.json.encode


def _in_one(tx: Tx, sql: str, wanted: Sequence[Any]) -> list[Any]:
    """All rows that `sql` finds for `wanted`, in one step: the interpreter's lock is let go and taken back once."""
    return msgspec.json.decode(raw(tx).execute(sql, (_json(wanted),)).fetchone()[0])  # type: ignore[no-any-return]


class SqliteStore:
    """The hot statements on SQLite."""

    def lock_rooms(self, tx: Tx, ids: Iterable[str]) -> dict[str, RoomState]:
        found = _in_one(tx, _SQLITE_ROOMS, list(ids))
        return {row[0]: RoomState(*row) for row in found}

    def roles(self, tx: Tx, pairs: Iterable[Pair]) -> dict[Pair, Any]:
        return {(room, person): role for room, person, role in _in_one(tx, _SQLITE_ROLES, list(pairs))}

    def sent(self, tx: Tx, pairs: Iterable[Pair]) -> dict[Pair, tuple[str, int]]:
        return {(sender, nonce): (room, seq) for sender, nonce, room, seq in _in_one(tx, _SQLITE_SENT, list(pairs))}

    def add_messages(self, tx: Tx, rows: Sequence[tuple[Any, ...]]) -> None:
        run, at = raw(tx).execute, 0
        while at < len(rows):
            size = min(_CHUNK, 1 << (len(rows) - at).bit_length() - 1)
            run(_SQLITE_INSERTS[size], [*chain.from_iterable(rows[at : at + size])])
            at += size

    def move_rooms(self, tx: Tx, rooms: Iterable[RoomState]) -> None:
        raw(tx).execute(_SQLITE_MOVE_ROOMS, (_json([(r.id, r.last_seq, r.last_rev, r.last_at) for r in rooms]),))

    def move_pointers(self, tx: Tx, read: Sequence[tuple[int, str, str]]) -> None:
        latest = {(room, person): seq for seq, room, person in read}
        raw(tx).execute(_SQLITE_MOVE_POINTERS, (_json([(*pair, seq) for pair, seq in latest.items()]),))


class PostgresStore:
    """The hot statements on PostgreSQL."""

    def lock_rooms(self, tx: Tx, ids: Iterable[str]) -> dict[str, RoomState]:
        sql = f"SELECT {_ROOM} FROM rooms_room WHERE id = ANY(%s) ORDER BY id FOR UPDATE"
        return {row[0]: RoomState(*row) for row in raw(tx).execute(sql, (list(ids),))}

    def roles(self, tx: Tx, pairs: Iterable[Pair]) -> dict[Pair, Any]:
        wanted = list(pairs)
        sql = (
            "SELECT m.room, m.person, m.role FROM unnest(%s::text[], %s::text[]) AS w(room, person) "
            "JOIN rooms_member m ON m.room = w.room AND m.person = w.person WHERE m.left_at IS NULL"
        )
        rows = raw(tx).execute(sql, ([r for r, _ in wanted], [p for _, p in wanted]))
        return {(row[0], row[1]): row[2] for row in rows}

    def sent(self, tx: Tx, pairs: Iterable[Pair]) -> dict[Pair, tuple[str, int]]:
        wanted = list(pairs)
        sql = (
            "SELECT m.sender, m.nonce, m.room, m.seq FROM unnest(%s::text[], %s::text[]) AS w(sender, nonce) "
            "JOIN rooms_message m ON m.sender = w.sender AND m.nonce = w.nonce"
        )
        rows = raw(tx).execute(sql, ([s for s, _ in wanted], [n for _, n in wanted]))
        return {(row[0], row[1]): (row[2], row[3]) for row in rows}

    def add_messages(self, tx: Tx, rows: Sequence[tuple[Any, ...]]) -> None:
        with raw(tx).cursor() as cursor, cursor.copy(f"COPY rooms_message ({', '.join(MESSAGE_COLUMNS)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def move_rooms(self, tx: Tx, rooms: Iterable[RoomState]) -> None:
        moved = list(rooms)
        sql = (
            "UPDATE rooms_room r SET last_seq = w.seq, last_rev = w.rev, last_at = w.at "
            "FROM unnest(%s::text[], %s::int[], %s::int[], %s::bigint[]) AS w(id, seq, rev, at) WHERE r.id = w.id"
        )
        columns = [r.id for r in moved], [r.last_seq for r in moved], [r.last_rev for r in moved], [r.last_at for r in moved]
        raw(tx).execute(sql, columns)

    def move_pointers(self, tx: Tx, read: Sequence[tuple[int, str, str]]) -> None:
        latest = {(room, person): seq for seq, room, person in read}
        sql = (
            "UPDATE rooms_member m SET read_seq = w.seq FROM unnest(%s::int[], %s::text[], %s::text[]) AS w(seq, room, person) "
            "WHERE m.room = w.room AND m.person = w.person"
        )
        raw(tx).execute(sql, (list(latest.values()), [r for r, _ in latest], [p for _, p in latest]))


_SQLITE, _POSTGRES = SqliteStore(), PostgresStore()


def store_of(tx: Tx) -> Store:
    """The hot statements for the database of `tx`."""
    return _POSTGRES if tx.is_postgres else _SQLITE


def raw(tx: Tx) -> Any:
    """The driver's own connection beneath `tx`, inside the same transaction."""
    return tx.conn.connection.driver_connection
