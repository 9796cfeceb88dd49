"""The statements that sending a message runs, written for each database by hand: the hot path.

A group is written in few steps. Each step of a SQLite statement lets the interpreter's lock go and has to get it back, which
beside a busy event loop takes longer than the step; each statement on PostgreSQL is a round trip, unless it is pipelined.
So both take a whole group at once, as JSON. Everything else in Narae goes through SQLAlchemy.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple, Protocol

import msgspec

from narae.core.db import Tx

_MESSAGE = {
    "room": "text", "seq": "int", "rev": "int", "sender": "text", "kind": "text", "text": "text", "body": "text", "files": "text",
    "card": "text", "event": "text", "reply_to": "int", "quote": "text", "thread": "int", "also_room": "bool", "mentions": "text",
    "confirm": "bool", "at": "bigint", "nonce": "text",
}  # fmt: skip
MESSAGE_COLUMNS = tuple(_MESSAGE)
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
Row = tuple[Any, ...]


class Found(NamedTuple):
    """What a group of messages needs to know: the rooms, who has which role in them, and where known nonces went."""

    rooms: dict[str, RoomState]
    roles: dict[Pair, Any]
    sent: dict[Pair, tuple[str, int]]


class Store(Protocol):
    """The hot statements of one database."""

    def lock_rooms(self, tx: Tx, ids: Iterable[str]) -> dict[str, RoomState]:
        """The rooms with these ids, locked until the transaction ends."""

    def look_up(self, tx: Tx, rooms: Iterable[str], members: Iterable[Pair], nonces: Iterable[Pair]) -> Found:
        """Lock `rooms`; the roles of those `members` (room, person) that are in; where (room, seq) each (sender, nonce) was sent."""

    def write(self, tx: Tx, messages: Sequence[Row], rooms: Iterable[RoomState], read: Sequence[tuple[int, str, str]]) -> None:
        """Store `messages` (as MESSAGE_COLUMNS), the numbers of `rooms`, and each (seq, room, person) as read."""


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
        return {row[0]: RoomState(*row) for row in _in_one(tx, _SQLITE_ROOMS, list(ids))}

    def look_up(self, tx: Tx, rooms: Iterable[str], members: Iterable[Pair], nonces: Iterable[Pair]) -> Found:
        roles = {(room, person): role for room, person, role in _in_one(tx, _SQLITE_ROLES, list(members))}
        sent = {(sender, nonce): (room, seq) for sender, nonce, room, seq in _in_one(tx, _SQLITE_SENT, list(nonces))}
        return Found(self.lock_rooms(tx, rooms), roles, sent)

    def write(self, tx: Tx, messages: Sequence[Row], rooms: Iterable[RoomState], read: Sequence[tuple[int, str, str]]) -> None:
        run, at = raw(tx).execute, 0
        while at < len(messages):
            size = min(_CHUNK, 1 << (len(messages) - at).bit_length() - 1)
            run(_SQLITE_INSERTS[size], [*chain.from_iterable(messages[at : at + size])])
            at += size
        run(_SQLITE_MOVE_ROOMS, (_json(_numbers(rooms)),))
        run(_SQLITE_MOVE_POINTERS, (_json(_latest(read)),))


_POSTGRES_ROOMS = f"SELECT {_ROOM} FROM rooms_room WHERE id IN (SELECT json_array_elements_text(%s::json)) ORDER BY id FOR UPDATE"
_POSTGRES_ROLES = (
    "SELECT m.room, m.person, m.role FROM json_array_elements(%s::json) w, LATERAL (SELECT * FROM rooms_member n "
    "WHERE n.room = w.value->>0 AND n.person = w.value->>1 AND n.left_at IS NULL LIMIT 1) m"
)
_POSTGRES_SENT = (
    "SELECT m.sender, m.nonce, m.room, m.seq FROM json_array_elements(%s::json) w, LATERAL (SELECT * FROM rooms_message n "
    "WHERE n.sender = w.value->>0 AND n.nonce = w.value->>1 LIMIT 1) m"
)
_POSTGRES_INSERT = (
    f"INSERT INTO rooms_message ({', '.join(MESSAGE_COLUMNS)}) SELECT {', '.join(MESSAGE_COLUMNS)} "
    f"FROM json_to_recordset(%s::json) w({', '.join(f'{name} {kind}' for name, kind in _MESSAGE.items())})"
)
_POSTGRES_MOVE_ROOMS = (
    "UPDATE rooms_room r SET last_seq = (w.value->>1)::int, last_rev = (w.value->>2)::int, last_at = (w.value->>3)::bigint "
    "FROM json_array_elements(%s::json) w WHERE r.id = w.value->>0"
)
_POSTGRES_MOVE_POINTERS = (
    "UPDATE rooms_member m SET read_seq = (w.value->>2)::int FROM json_array_elements(%s::json) w "
    "WHERE m.room = w.value->>0 AND m.person = w.value->>1"
)


class PostgresStore:
    """The hot statements on PostgreSQL, two round trips a group. LATERAL … LIMIT 1 holds the planner to the index while a table grows."""

    def lock_rooms(self, tx: Tx, ids: Iterable[str]) -> dict[str, RoomState]:
        return {row[0]: RoomState(*row) for row in raw(tx).execute(_POSTGRES_ROOMS, (_text(list(ids)),))}

    def look_up(self, tx: Tx, rooms: Iterable[str], members: Iterable[Pair], nonces: Iterable[Pair]) -> Found:
        run = raw(tx).execute
        with raw(tx).pipeline():
            locked = run(_POSTGRES_ROOMS, (_text(list(rooms)),))
            roles = run(_POSTGRES_ROLES, (_text(list(members)),))
            sent = run(_POSTGRES_SENT, (_text(list(nonces)),))
        return Found(
            {row[0]: RoomState(*row) for row in locked},
            {(room, person): role for room, person, role in roles},
            {(sender, nonce): (room, seq) for sender, nonce, room, seq in sent},
        )

    def write(self, tx: Tx, messages: Sequence[Row], rooms: Iterable[RoomState], read: Sequence[tuple[int, str, str]]) -> None:
        run = raw(tx).execute
        with raw(tx).pipeline():
            run(_POSTGRES_INSERT, (_text([dict(zip(MESSAGE_COLUMNS, row, strict=True)) for row in messages]),))
            run(_POSTGRES_MOVE_ROOMS, (_text(_numbers(rooms)),))
            run(_POSTGRES_MOVE_POINTERS, (_text(_latest(read)),))


def _text(value: Any) -> str:
    return _json(value).decode()


def _numbers(rooms: Iterable[RoomState]) -> list[Row]:
    return [(r.id, r.last_seq, r.last_rev, r.last_at) for r in rooms]


def _latest(read: Iterable[tuple[int, str, str]]) -> list[Row]:
    latest = {(room, person): seq for seq, room, person in read}
    return [(*pair, seq) for pair, seq in latest.items()]


_SQLITE, _POSTGRES = SqliteStore(), PostgresStore()


def store_of(tx: Tx) -> Store:
    """The hot statements for the database of `tx`."""
    return _POSTGRES if tx.is_postgres else _SQLITE


def raw(tx: Tx) -> Any:
    """The driver's own connection beneath `tx`, inside the same transaction."""
    return tx.conn.connection.driver_connection
