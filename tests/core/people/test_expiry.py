"""Sockets end with their session or token."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import websockets

from narae.core.kit.clock import DAY, MINUTE
from narae.core.kit.limits import SESSION_DAYS
from narae.core.people.actions import create_token
from narae.core.people.expiry import end_expired
from tests.kit.clock import FakeClock
from tests.kit.live import LiveClient, listening
from tests.kit.world import World

pytestmark = pytest.mark.anyio


@pytest.fixture
async def port(world: World) -> AsyncIterator[int]:
    """Where the server listens."""
    async with listening(world.server) as number:
        yield number


async def test_a_socket_ends_with_its_session(world: World, port: int, clock: FakeClock) -> None:
    member = await world.person("이민수")
    client, device = await LiveClient(port, world.secret(world.owner)).connect(), await LiveClient(port, world.secret(member)).connect()
    since = clock.now()
    clock.forward((SESSION_DAYS - 1) * DAY)
    await world.client(world.owner).get("/api/me")
    clock.forward(DAY + MINUTE)
    await end_expired(world.db, since)
    assert (await device.next("bye"))["code"] == "signed_out"
    with pytest.raises(websockets.ConnectionClosed) as closed:
        await device.socket.recv()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4401
    await client.say({"t": "ping"})
    await client.next("pong")


async def test_a_socket_ends_with_its_token(world: World, port: int, clock: FakeClock) -> None:
    token = await world.db.write(create_token, world.owner, name="봇", scopes=["read"], days=1)
    client = await LiveClient(port, token.secret).connect()
    since = clock.now()
    clock.forward(DAY - MINUTE)
    since = await end_expired(world.db, since)
    await client.say({"t": "ping"})
    await client.next("pong")
    clock.forward(2 * MINUTE)
    await end_expired(world.db, since)
    assert (await client.next("bye"))["code"] == "signed_out"
