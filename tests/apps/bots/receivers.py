"""Real servers that robots call, and what people hear of it."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any, NamedTuple
from urllib.parse import parse_qs

from narae.core.db import Event
from tests.kit.world import World

WAIT = 15.0


class Heard(NamedTuple):
    """A request that a receiver got."""

    path: str
    headers: dict[str, str]
    raw: bytes

    @property
    def form(self) -> dict[str, str]:
        """The fields of a form."""
        return {name: values[0] for name, values in parse_qs(self.raw.decode(), keep_blank_values=True).items()}

    @property
    def json(self) -> Any:
        """The body, or what a form has in `payload`."""
        return json.loads(self.form["payload"]) if self.raw[:8] == b"payload=" else json.loads(self.raw)


class Receiver:
    """A small HTTP server: it notes what it is asked and answers what it was told to, in order, the last one for ever."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []
        self.answers: list[tuple[int, bytes]] = [(200, b"")]
        self.silent = False
        self.port = 0
        self._news = asyncio.Condition()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}/call"

    def answer(self, *answers: Any) -> None:
        """Answer these from now on: objects as JSON, bytes as they are, numbers as a status."""
        self.answers = [_answer(one) for one in answers]

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take requests of one connection."""
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                lines = head.split("\r\n")
                headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:] if line)}
                raw = await reader.readexactly(int(headers.get("content-length", "0")))
                async with self._news:
                    self.heard.append(Heard(lines[0].split(" ")[1], headers, raw))
                    self._news.notify_all()
                if self.silent:
                    await asyncio.sleep(3600)
                status, body = self.answers[0] if len(self.answers) == 1 else self.answers.pop(0)
                writer.write(f"HTTP/1.1 {status} X\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
                await writer.drain()

    async def wait(self, count: int = 1) -> list[Heard]:
        """What it heard, once that are `count` requests."""
        async with asyncio.timeout(WAIT), self._news:
            await self._news.wait_for(lambda: len(self.heard) >= count)
        return self.heard


def _answer(one: Any) -> tuple[int, bytes]:
    if isinstance(one, int):
        return one, b"no"
    return 200, one if isinstance(one, bytes) else json.dumps(one).encode()


@contextlib.asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    """A receiver that listens."""
    made = Receiver()
    running: set[asyncio.Task[None]] = set()

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        running.add(task)
        try:
            with contextlib.suppress(asyncio.CancelledError):
                await made.take(reader, writer)
        finally:
            running.discard(task)
            writer.close()

    server = await asyncio.start_server(take, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    yield made
    server.close()
    for task in tuple(running):
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)


class Ears:
    """What one person's devices hear."""

    def __init__(self, world: World, person: str) -> None:
        self._topic = f"person:{person}"
        self._world = world
        self._news = asyncio.Condition()
        self.heard: list[Any] = []
        world.db.listeners.append(self._hear)

    def _hear(self, events: Sequence[Event]) -> None:
        self.heard += [event.body for event in events if event.topic == self._topic]

    async def wait(self, kind: type, is_it: Callable[[Any], bool] = lambda _body: True) -> Any:
        """The first of this kind, once it comes."""
        async with asyncio.timeout(WAIT):
            while True:
                for body in self.heard:
                    if isinstance(body, kind) and is_it(body):
                        return body
                await asyncio.sleep(0.02)
