"""One WebSocket connection, as a protocol class that uvicorn hands the upgraded transport to (`ws=`)."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING, Any

import httptools
from websockets.utils import accept_key

from narae.core.kit.limits import FRAME_BYTES, WRITE_BUFFER_BYTES
from narae.core.live import wire
from narae.core.live.many import word_of

if TYPE_CHECKING:
    from narae.core.live.gateway import Gateway
    from narae.core.live.session import Session

log = logging.getLogger("narae.live")


class _Upgrade:
    """The request that asked for the upgrade."""

    def __init__(self, raw: bytes) -> None:
        self.url = b""
        self.headers: dict[bytes, bytes] = {}
        parser = httptools.HttpRequestParser(self)
        with contextlib.suppress(httptools.HttpParserUpgrade):
            parser.feed_data(raw)

    def on_url(self, url: bytes) -> None:
        self.url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers[name.lower()] = value


class Connection(asyncio.Protocol):
    """Reads a client's frames for the gateway and writes what the hub hands it."""

    __slots__ = (
        "_closing",
        "_drained",
        "_gateway",
        "_held",
        "_open",
        "_reader",
        "_server_state",
        "_waits",
        "_word",
        "heard_at",
        "paused",
        "paused_at",
        "peer",
        "session",
        "transport",
    )

    def __init__(self, gateway: Gateway, server_state: Any) -> None:
        self._gateway = gateway
        self._server_state = server_state
        self.transport: Any = None
        self._reader = wire.Reader(FRAME_BYTES)
        self._open = False
        self._closing = False
        self.session: Session | None = None
        self.heard_at = gateway.time()
        self._waits = False
        self._word = 0
        self._held = False
        self._drained: asyncio.Event | None = None
        self.paused = False
        self.paused_at = 0.0
        self.peer = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.transport.set_write_buffer_limits(high=0)  # so that uvloop writes at once, not in a second round over all
        peer = transport.get_extra_info("peername")
        self.peer = str(peer[0]) if peer else ""
        if transport.get_extra_info("sslcontext") is None:
            self._word = word_of(transport.get_extra_info("socket").fileno())
        self._server_state.connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._server_state.connections.discard(self)
        self._closing = True
        self._release_waiting()
        self._gateway.lost(self)

    def data_received(self, data: bytes) -> None:
        if self._closing:
            return
        self.heard_at = self._gateway.time()
        if not self._open:
            self._upgrade(data)
            return
        try:
            for opcode, payload in self._reader.feed(data):
                self._take(opcode, payload)
        except wire.WireError as error:
            self.close(error.code, str(error))

    def _upgrade(self, data: bytes) -> None:
        request = _Upgrade(data)
        self._open = True
        key = request.headers.get(b"sec-websocket-key")
        if key is None or request.headers.get(b"sec-websocket-version") != b"13":
            self._refuse(b"426 Upgrade Required", b"Sec-WebSocket-Version: 13\r\n")
            return
        task = asyncio.get_running_loop().create_task(self._gateway.welcome(self, request.url, request.headers))
        task.add_done_callback(lambda done: self._welcomed(done, key.decode("latin-1")))

    def _welcomed(self, done: asyncio.Task[bytes | None], key: str) -> None:
        if done.cancelled() or done.exception() is not None:
            log.error("a socket could not be opened", exc_info=None if done.cancelled() else done.exception())
            self._refuse(b"503 Service Unavailable", b"Retry-After: 1\r\n")
        elif (status := done.result()) is not None:
            self._refuse(status)
        elif not self._closing:
            accept = accept_key(key).encode()
            self.transport.write(
                b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                + accept
                + b"\r\n\r\n"
            )

    def _refuse(self, status: bytes, headers: bytes = b"") -> None:
        if not self._closing:
            self._closing = True
            self.transport.write(b"HTTP/1.1 " + status + b"\r\n" + headers + b"Content-Length: 0\r\nConnection: close\r\n\r\n")
            self.transport.close()

    def _take(self, opcode: int, payload: bytes) -> None:
        if self._closing:
            return
        if opcode == wire.TEXT:
            self._gateway.take(self, payload)
        elif opcode == wire.PING:
            self.write(wire.frame(payload, wire.PONG))
        elif opcode == wire.CLOSE:
            self.close(wire.NORMAL)
        elif opcode == wire.BINARY:
            self.close(wire.BAD_DATA, "Frames are JSON text.")

    @property
    def word(self) -> int:
        """The socket, for writing past the transport; 0 while bytes wait in that, or when it changes them on their way (TLS)."""
        return 0 if self._waits or self._closing else self._word

    def write(self, data: bytes) -> None:
        """Write whole frames."""
        if not self._closing:
            self.transport.write(data)
            if self._waits and not self.paused and self.transport.get_write_buffer_size() > WRITE_BUFFER_BYTES:
                self._pause()

    def close(self, code: int, reason: str = "") -> None:
        """Say goodbye and close; what is buffered goes out first."""
        if not self._closing:
            self.transport.write(wire.close_frame(code, reason))
            self._closing = True
            self._gateway.parted(self)
            self.transport.close()

    def abort(self) -> None:
        """Drop the connection with what it has not read."""
        self._closing = True
        self._gateway.parted(self)
        self.transport.abort()

    def hold(self) -> None:
        """Keep events back until `release`: the client has not had its snapshot yet."""
        self._held = True
        self._pause()

    def _pause(self) -> None:
        self.paused = True
        self.paused_at = self._gateway.time()
        self._gateway.fell_behind(self)

    def release(self) -> None:
        """Let events through again."""
        self._held = False
        self._resume()

    def pause_writing(self) -> None:
        """Called by the transport when bytes wait that the client has not taken yet."""
        self._waits = True
        self._gateway.rewire(self)

    def resume_writing(self) -> None:
        """Called by the transport when the client has taken all."""
        self._waits = False
        self._gateway.rewire(self)
        self._resume()

    def _resume(self) -> None:
        if self.paused and not self._held and self.transport.get_write_buffer_size() <= WRITE_BUFFER_BYTES:
            self.paused = False
            self._gateway.caught_up(self)
            self._release_waiting()

    async def has_read(self) -> None:
        """Wait until the client reads on, or is gone."""
        if self.paused and not self._closing:
            self._drained = self._drained or asyncio.Event()
            await self._drained.wait()

    def _release_waiting(self) -> None:
        if self._drained is not None:
            self._drained.set()
            self._drained = None

    def shutdown(self) -> None:
        """Called by uvicorn when the server stops."""
        self._gateway.part(self)
