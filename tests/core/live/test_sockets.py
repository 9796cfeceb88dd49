"""WebSockets of apps beside the live socket."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import websockets

from narae.core.app import Knock, Line, Socket, Talk
from narae.core.db import Database
from narae.core.kit.settings import Settings
from narae.core.live.connection import Connection
from narae.core.live.sockets import Sockets
from tests.kit.live import listening
from tests.kit.world import World

pytestmark = pytest.mark.anyio


class Echo:
    """Says back what it hears, and notes what becomes of it."""

    notes: list[str]

    def __init__(self, line: Line, notes: list[str]) -> None:
        self.line = line
        self.notes = notes

    def opened(self) -> None:
        self.notes.append("opened")
        self.line.say("안녕하세요".encode())

    def take(self, text: bytes) -> None:
        self.line.say(text)

    def lost(self) -> None:
        self.notes.append("lost")

    def part(self) -> None:
        self.line.close(1001, "bye")


class Site:
    """A server with one app's socket."""

    def __init__(self, port: int, notes: list[str], sockets: Sockets) -> None:
        self.port = port
        self.notes = notes
        self.sockets = sockets

    def open(self, path: str) -> Any:
        """Ask for a WebSocket."""
        return websockets.connect(f"ws://127.0.0.1:{self.port}{path}")


@pytest.fixture
async def site(world: World, settings: Settings) -> AsyncIterator[Site]:
    """A server whose WebSockets are an app's."""
    notes: list[str] = []

    async def welcome(_db: Database, _settings: Settings, knock: Knock) -> Talk | bytes:
        return Echo(knock.line, notes) if knock.query == "ticket=1" else b"401 Unauthorized"

    sockets = Sockets(world.db, settings, [Socket(path="/echo", welcome=welcome)])
    async with listening(
        world.server, protocol=lambda config, server_state, app_state, _loop=None: Connection(sockets, server_state)
    ) as port:
        yield Site(port, notes, sockets)
    sockets.close()


async def test_an_app_speaks_on_its_own_path(site: Site) -> None:
    async with site.open("/echo?ticket=1") as socket:
        assert await socket.recv() == "안녕하세요"
        await socket.send("가" * 50_000)
        assert await socket.recv() == "가" * 50_000
        assert len(site.sockets) == 1
    await _until(lambda: site.notes == ["opened", "lost"])
    assert len(site.sockets) == 0


async def test_who_the_app_does_not_know_is_refused_by_its_word(site: Site) -> None:
    with pytest.raises(websockets.InvalidStatus) as refused:
        await site.open("/echo")
    assert refused.value.response.status_code == 401
    assert site.notes == []


async def test_a_path_that_no_app_has_is_not_there(site: Site) -> None:
    with pytest.raises(websockets.InvalidStatus) as refused:
        await site.open("/other")
    assert refused.value.response.status_code == 404


async def test_the_live_socket_and_apps_sockets_share_a_port(world: World) -> None:
    async with listening(world.server) as port:
        with pytest.raises(websockets.InvalidStatus) as refused:
            await websockets.connect(f"ws://127.0.0.1:{port}/nothing")
        assert refused.value.response.status_code == 404
        with pytest.raises(websockets.InvalidStatus) as unknown:
            await websockets.connect(f"ws://127.0.0.1:{port}/live")
        assert unknown.value.response.status_code == 401


async def test_a_broken_frame_closes_the_line_and_the_app_is_told_once(site: Site) -> None:
    async with site.open("/echo?ticket=1") as socket:
        await socket.recv()
        await socket.send(b"\x00\x01")
        with pytest.raises(websockets.ConnectionClosed):
            await socket.recv()
    await _until(lambda: site.notes == ["opened", "lost"])


async def _until(is_so: Any) -> None:
    async with asyncio.timeout(5):
        while not is_so():
            await asyncio.sleep(0.01)
