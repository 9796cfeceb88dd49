"""WebSockets of apps: other protocols at paths of their own, on the same port and with the same reader as the live socket."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from urllib.parse import urlsplit

from narae.core.app import Knock, Socket, Talk
from narae.core.db import Database
from narae.core.kit.limits import SLOW_SECONDS, SOCKET_SILENCE_SECONDS
from narae.core.kit.settings import Settings
from narae.core.live import wire
from narae.core.live.connection import Connection


class _Line:
    """What an app writes on."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def peer(self) -> str:
        return self._connection.peer

    def say(self, text: bytes) -> None:
        self._connection.write(wire.frame(text))

    def close(self, code: int, reason: str = "") -> None:
        self._connection.close(code, reason)


class Sockets:
    """The connections of this process to apps' sockets. To each it is what the gateway is to a live one."""

    def __init__(self, db: Database, settings: Settings, kinds: Sequence[Socket]) -> None:
        self._db = db
        self._settings = settings
        self._kinds = {kind.path.encode(): kind for kind in kinds}
        self._talks: dict[Connection, Talk] = {}
        self.time = asyncio.get_running_loop().time
        self._sweeper: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        return len(self._talks)

    async def welcome(self, connection: Connection, url: bytes, headers: dict[bytes, bytes]) -> bytes | None:
        """Whether to accept an upgrade at a path of an app: None, or the HTTP status that refuses it."""
        asked = urlsplit(url)
        kind = self._kinds.get(asked.path)
        if kind is None:
            return b"404 Not Found"
        knock = Knock(query=asked.query.decode("latin-1"), headers=headers, line=_Line(connection))
        connection.turn_to(self)
        talk = await kind.welcome(self._db, self._settings, knock)
        if isinstance(talk, bytes):
            return talk
        if connection.is_closing:
            return b"503 Service Unavailable"
        self._talks[connection] = talk
        if self._sweeper is None:
            self._sweeper = asyncio.get_running_loop().create_task(self._sweep())
        return None

    def opened(self, connection: Connection) -> None:
        """A connection is open: from now on it can be written to."""
        if (talk := self._talks.get(connection)) is not None:
            talk.opened()

    def take(self, connection: Connection, payload: bytes) -> None:
        """Hand a message to the app."""
        if (talk := self._talks.get(connection)) is not None:
            talk.take(payload)

    def lost(self, connection: Connection) -> None:
        """A connection is gone."""
        self.parted(connection)

    def parted(self, connection: Connection) -> None:
        """Nothing more is written to a connection."""
        if (talk := self._talks.pop(connection, None)) is not None:
            talk.lost()

    def part(self, connection: Connection) -> None:
        """Say that the server stops."""
        if (talk := self._talks.get(connection)) is not None:
            talk.part()
        else:
            connection.close(wire.RESTART, "server restarts")

    def rewire(self, connection: Connection) -> None:
        """Nothing: an app writes through the connection."""

    def caught_up(self, connection: Connection) -> None:
        """Nothing: an app has few messages under way."""

    def fell_behind(self, connection: Connection) -> None:
        """Nothing at once: who reads nothing for SLOW_SECONDS is cut off."""

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(random.uniform(4, 6))
            now = self.time()
            for connection in tuple(self._talks):
                stuck = connection.paused and now - connection.paused_at > SLOW_SECONDS
                if stuck or now - connection.heard_at > SOCKET_SILENCE_SECONDS:
                    connection.abort()

    def close(self) -> None:
        """Stop sweeping."""
        if self._sweeper is not None:
            self._sweeper.cancel()
