"""A server that really listens, in this process, and a client of its live socket."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

import uvicorn
import websockets

from narae.server import Server
from tests.kit.postgres import free_port


@contextlib.asynccontextmanager
async def listening(server: Server, *, port: int = 0, protocol: Any = None) -> AsyncIterator[int]:
    """`server` on a port of loopback, any free one unless it is named; its WebSockets speak `protocol`, the gateway's unless named."""
    port = port or free_port()
    ws = protocol or server.gateway.protocol
    config = uvicorn.Config(server.asgi, host="127.0.0.1", port=port, ws=ws, lifespan="off", log_config=None, access_log=False)
    uvicorn_server = uvicorn.Server(config)
    with contextlib.suppress(AttributeError):
        uvicorn_server.install_signal_handlers = lambda: None  # type: ignore[method-assign]
    task = asyncio.create_task(uvicorn_server.serve())
    while not uvicorn_server.started:
        await asyncio.sleep(0.01)
    try:
        yield port
    finally:
        uvicorn_server.should_exit = True
        uvicorn_server.force_exit = True
        await task


class LiveClient:
    """Speaks the protocol of docs/build/live.md, counting as a client must."""

    def __init__(self, port: int, secret: str) -> None:
        self.port = port
        self.secret = secret
        self.session: str | None = None
        self.seq = 0
        self.events: list[dict[str, Any]] = []
        self.welcome: dict[str, Any] = {}
        self._ids = 0

    UNCOUNTED = frozenset({"welcome", "ok", "error", "pong", "typing", "presence", "behind", "changes", "bye"})

    async def connect(self, *, resume: bool = False) -> LiveClient:
        """Open a socket and say hello."""
        headers = {"Cookie": f"narae_session={self.secret}"}
        self.socket = await websockets.connect(f"ws://127.0.0.1:{self.port}/live", additional_headers=headers, max_size=None)
        hello: dict[str, Any] = {"t": "hello", "v": 1}
        if resume:
            hello |= {"session": self.session, "seq": self.seq}
        await self.say(hello)
        self.welcome = await self.next("welcome")
        self.session, self.seq = self.welcome["session"], self.welcome["seq"]
        return self

    async def say(self, frame: dict[str, Any]) -> None:
        """Send a frame."""
        await self.socket.send(json.dumps(frame))

    async def read(self, seconds: float = 10) -> dict[str, Any]:
        """The next frame."""
        frame: dict[str, Any] = json.loads(await asyncio.wait_for(self.socket.recv(), seconds))
        if frame["t"] not in self.UNCOUNTED:
            self.seq += 1
            self.events.append(frame)
        return frame

    async def next(self, kind: str, seconds: float = 10) -> dict[str, Any]:
        """The next frame of a kind; those before it are kept in `events` if they count."""
        while True:
            frame = await self.read(seconds)
            if frame["t"] == kind:
                return frame

    async def send(self, room: str, text: str, nonce: str, **more: Any) -> dict[str, Any]:
        """Send a message; the answer (ok or error)."""
        self._ids += 1
        await self.say({"t": "send", "id": self._ids, "room": room, "nonce": nonce, "text": text, **more})
        while True:
            frame = await self.read()
            if frame["t"] in ("ok", "error") and frame.get("id") == self._ids:
                return frame

    async def close(self) -> None:
        """Close the socket."""
        await self.socket.close()
