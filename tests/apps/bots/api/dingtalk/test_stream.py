"""Streams: tickets, frames, answers, redelivery, sharing; and the vendor's own client, unmodified."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import websockets

from narae.apps.bots.api.dingtalk.stream import streams_of
from narae.core.kit import limits
from narae.core.kit.settings import Settings
from narae.core.rooms.actions import members, rooms
from narae.server import running
from tests.apps.bots.api.dingtalk.apps import EVENTS, MESSAGES, App, Client, app, receiving, told
from tests.kit.live import listening
from tests.kit.tree import ROOT
from tests.kit.world import World

pytestmark = pytest.mark.anyio
BOT = Path(__file__).parent / "stream_bot.py"


async def test_a_message_comes_as_a_frame(world: World, site: str) -> None:
    robot = await app(world)
    client = await Client(robot, site).open()
    sent = await robot.call("안녕")
    frame = await client.next()
    headers = frame["headers"]
    assert client.opening["endpoint"] == f"{site.replace('http', 'ws')}/connect"
    assert (frame["specVersion"], frame["type"], headers["topic"]) == ("1.0", "CALLBACK", "/v1.0/im/bot/messages/get")
    assert headers["messageId"] == f"msg{robot.room}-{sent.seq}" == told(frame)["msgId"]
    assert (headers["contentType"], headers["appId"]) == ("application/json", robot.id)
    assert told(frame)["text"] == {"content": " 안녕"}
    assert (await robot.owner.get(f"/api/robots/{robot.id}/app")).json()["connections"] == 1
    await client.ack(frame)
    assert await client.is_quiet()
    await client.close()


async def test_what_was_said_before_a_connection_waits_for_it(world: World, site: str) -> None:
    robot = await app(world)
    for n in range(3):
        await robot.call(str(n))
    client = await Client(robot, site).open()
    frames = [await client.next() for _ in range(3)]
    assert [told(f)["text"]["content"] for f in frames] == [" 0", " 1", " 2"]
    for frame in frames:
        await client.ack(frame)
    await client.close()
    await asyncio.sleep(0.2)
    again = await Client(robot, site).open()
    assert await again.is_quiet()
    await again.close()


async def test_what_is_not_answered_comes_again_under_the_same_name(world: World, site: str, clock: Any) -> None:
    robot = await app(world)
    client = await Client(robot, site).open()
    await robot.call("하나")
    first = await client.next()
    await client.ack(first, code=500)
    clock.forward(limits.STREAM_ACK_SECONDS * 1000 + 1)
    second = await client.next()
    while second["type"] == "SYSTEM":
        second = await client.next()
    assert second["headers"]["messageId"] == first["headers"]["messageId"]
    await client.ack(second)
    clock.forward(limits.STREAM_ACK_SECONDS * 1000 + 1)
    await asyncio.sleep(1.2)
    assert (await client.next())["headers"]["topic"] == "ping"
    assert await client.is_quiet()
    await client.close()


async def test_silence_blocks_nothing_and_is_given_up_with_a_note(world: World, site: str, clock: Any) -> None:
    robot = await app(world)
    client = await Client(robot, site).open()
    await robot.call("대답 없음")
    await client.next()
    for n in range(5):
        await robot.call(str(n))
    later = [await client.next() for _ in range(5)]
    assert [told(f)["text"]["content"] for f in later] == [f" {n}" for n in range(5)]
    for frame in later:
        await client.ack(frame)
    async with asyncio.timeout(60):
        while 502 not in [c["code"] for c in await robot.calls()]:
            clock.forward(limits.STREAM_ACK_SECONDS * 1000 + 1)
            await asyncio.sleep(0.5)
    await client.close()


async def test_three_connections_share_the_load(world: World, site: str) -> None:
    robot = await app(world)
    clients = [await Client(robot, site).open() for _ in range(3)]
    for n in range(30):
        await robot.call(str(n))
    for client in clients:
        for _ in range(10):
            await client.ack(await client.next())
    names = [f["headers"]["messageId"] for client in clients for f in client.frames]
    assert [len(client.frames) for client in clients] == [10, 10, 10]
    assert len(set(names)) == 30
    for client in clients:
        await client.close()


async def test_what_was_under_way_on_a_lost_connection_goes_to_another_at_once(world: World, site: str) -> None:
    robot = await app(world)
    first = await Client(robot, site).open()
    await robot.call("하나")
    await robot.call("둘")
    lost = [(await first.next())["headers"]["messageId"] for _ in range(2)]
    second = await Client(robot, site).open()
    first.socket.transport.abort()
    found = [await second.next() for _ in range(2)]
    assert [f["headers"]["messageId"] for f in found] == lost
    for frame in found:
        await second.ack(frame)
    await second.close()


async def test_at_most_a_hundred_frames_are_under_way_on_a_connection(world: World, site: str) -> None:
    robot = await app(world)
    client = await Client(robot, site).open()
    await asyncio.gather(*(robot.call(str(n)) for n in range(limits.STREAM_IN_FLIGHT + 20)))
    frames = [await client.next() for _ in range(limits.STREAM_IN_FLIGHT)]
    assert await client.is_quiet()
    for frame in frames[:20]:
        await client.ack(frame)
    assert len([await client.next() for _ in range(20)]) == 20
    await client.close()


async def test_a_stream_goes_before_the_callback(world: World, site: str) -> None:
    async with receiving() as receiver:
        robot = await app(world)
        await robot.callback(receiver.url)
        client = await Client(robot, site).open()
        await robot.call("하나")
        await client.ack(await client.next())
        await client.close()
        await asyncio.sleep(0.2)
        await robot.call("둘")
        await receiver.heard(1)
    assert receiver.texts == [" 둘"]


async def test_a_connection_that_wants_events_only_is_told_no_messages(world: World, site: str) -> None:
    robot = await app(world)
    client = await Client(robot, site).open(EVENTS)
    await robot.call("하나")
    assert await client.is_quiet()
    await client.close()


async def test_what_happens_in_its_rooms_comes_as_events(world: World, site: str) -> None:
    robot, elsewhere = await app(world), await world.room()
    minsu = await world.person("이민수")
    client = await Client(robot, site).open(EVENTS, MESSAGES)
    await world.db.write(rooms.change_room, world.owner, elsewhere, name="남의 방")
    await world.db.write(rooms.change_room, world.owner, robot.room, name="새 이름")
    await world.db.write(members.add_members, world.owner, robot.room, people=[minsu.person])
    await world.db.write(members.remove_member, world.owner, robot.room, minsu.person)
    await world.db.write(rooms.archive, world.owner, robot.room)
    frames = [await client.next() for _ in range(4)]
    kinds = [f["headers"]["eventType"] for f in frames]
    assert kinds == ["chat_update_title", "chat_add_member", "chat_remove_member", "chat_disband"]
    assert {(f["type"], f["headers"]["topic"], f["headers"]["eventCorpId"]) for f in frames} == {("EVENT", "*", world.org)}
    assert (told(frames[0])["Title"], told(frames[1])["UserId"]) == ("새 이름", [minsu.person])
    assert told(frames[0])["OpenConversationId"] == f"cid{robot.room}"
    await client.close()


async def test_new_credentials_end_the_old_connections(world: World, site: str) -> None:
    robot = await app(world)
    client = await Client(robot, site).open()
    await robot.call("하나")
    first = await client.next()
    await robot.get_ready()
    goodbye = await client.next()
    assert (goodbye["type"], goodbye["headers"]["topic"]) == ("SYSTEM", "disconnect")
    assert "credentials" in told(goodbye)["reason"]
    fresh = await Client(robot, site).open()
    again = await fresh.next()
    assert again["headers"]["messageId"] == first["headers"]["messageId"]
    with pytest.raises(websockets.ConnectionClosed) as closed:
        await client.next(10)
    assert closed.value.rcvd is not None and closed.value.rcvd.code == 1001
    await fresh.close()


async def test_a_ping_is_sent_now_and_then(world: World, site: str, clock: Any) -> None:
    robot = await app(world)
    client = await Client(robot, site).open()
    clock.forward(limits.STREAM_PING_SECONDS * 1000)
    frame = await client.next()
    assert (frame["type"], frame["headers"]["topic"], list(told(frame))) == ("SYSTEM", "ping", ["opaque"])
    await client.ack(frame)
    await client.close()


async def test_a_ticket_is_good_once_and_for_a_minute(world: World, site: str, clock: Any) -> None:
    robot = await app(world)
    client = await Client(robot, site).open()
    body = {"clientId": robot.id, "clientSecret": robot.secret, "subscriptions": [MESSAGES]}
    late = (await robot.stranger.post("/v1.0/gateway/connections/open", json=body)).json()["ticket"]
    stale = (await robot.stranger.post("/v1.0/gateway/connections/open", json=body)).json()["ticket"]
    await robot.get_ready()
    base = client.address.partition("?")[0]
    refused = [await _status(client.address), await _status(f"{base}?ticket={stale}")]
    clock.forward(limits.STREAM_TICKET_SECONDS * 1000)
    refused += [await _status(f"{base}?ticket={late}"), await _status(base), await _status(f"{base}?ticket=%00")]
    assert refused == [401] * 5
    await client.close()


async def _status(address: str) -> int:
    with pytest.raises(websockets.InvalidStatus) as refused:
        await websockets.connect(address)
    return refused.value.response.status_code


async def test_opening_is_refused_in_the_newer_form(world: World) -> None:
    robot = await app(world)
    path = "/v1.0/gateway/connections/open"
    wrong = await robot.stranger.post(path, json={"clientId": robot.id, "clientSecret": "x"})
    many = [{"type": "CALLBACK", "topic": str(n)} for n in range(limits.STREAM_TOPICS + 1)]
    crowded = await robot.stranger.post(path, json={"clientId": robot.id, "clientSecret": robot.secret, "subscriptions": many})
    garbage = await robot.stranger.post(path, content=b'{"subscriptions": 5}')
    assert [a.status_code for a in (wrong, crowded, garbage)] == [400, 400, 400]
    assert {frozenset(a.json()) for a in (wrong, crowded, garbage)} == {frozenset({"code", "message", "requestid"})}


async def test_garbage_from_a_client_harms_nothing(world: World, site: str) -> None:
    robot = await app(world)
    client = await Client(robot, site).open()
    for said in ("", "{", "null", "[]", '{"code":200}', '{"code":200,"headers":{"messageId":"x"}}', '{"code":"x"}', "[" * 5000):
        await client.socket.send(said)
    await robot.call("하나")
    frame = await client.next()
    await client.socket.send(json.dumps({"code": "200", "headers": {"messageId": frame["headers"]["messageId"]}}))
    assert await client.is_quiet()
    await client.close()


async def test_after_a_restart_what_was_not_answered_comes_again(database_url: str, settings: Settings) -> None:
    async with running(settings) as server:
        world = await World(server).found()
        robot = await app(world)
        async with listening(server, port=settings.port):
            client = await Client(robot, settings.public_url).open()
            for n in range(4):
                await robot.call(str(n))
            frames = [await client.next() for _ in range(4)]
            for frame in (frames[0], frames[2]):
                await client.ack(frame)
            await asyncio.sleep(0.2)
            goodbye = asyncio.create_task(client.next(10))
            await asyncio.sleep(0)
    assert (await goodbye)["headers"]["topic"] == "disconnect"
    async with running(settings) as server:
        world.server, world.db = server, server.db
        robot.stranger = world.client()
        async with listening(server, port=settings.port):
            client = await Client(robot, settings.public_url).open()
            again = [(await client.next())["headers"]["messageId"] for _ in range(3)]
            assert again == [f["headers"]["messageId"] for f in frames[1:]]
            assert await client.is_quiet()


async def test_five_hundred_connections_are_fine(world: World, site: str) -> None:
    robot = await app(world)
    before, clients = _resident(), []
    for _ in range(500):
        clients.append(await Client(robot, site).open())
    after = _resident()
    assert streams_of(world.db).count(robot.id) == 500
    assert (after - before) / 500 <= 120_000  # both ends of each live in this process
    for n in range(50):
        await robot.call(str(n))
    heard = await asyncio.gather(*(client.next(20) for client in clients[:50]))
    assert len({f["headers"]["messageId"] for f in heard}) == 50
    for client in clients:
        client.socket.transport.abort()


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096


class Bot:
    """The vendor's own client in a process of its own, pointed at the server by its environment variable only."""

    def __init__(self, robot: App, site: str, program: Path = BOT) -> None:
        words = [sys.executable, str(program), robot.id, robot.secret]
        self.process = subprocess.Popen(
            words, env={"DINGTALK_OPENAPI_ENDPOINT": site, "PATH": ""}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def stop(self) -> str:
        """End it; what it has said."""
        self.process.kill()
        return self.process.communicate()[0]


async def test_the_vendors_client_hears_and_answers_unmodified(world: World, site: str) -> None:
    robot = await app(world)
    bot = Bot(robot, site)
    try:
        await _until(lambda: streams_of(world.db).count(robot.id) == 1)
        await robot.call("안녕")
        await _wait(robot, 2)
        texts = await robot.texts()
        upload = await robot.owner.post(f"/api/rooms/{robot.room}/files?name=p.png", content=b"not really a picture")
        await robot.call("그림", files=[upload.json()["id"]])
        await _wait(robot, 3)
    finally:
        said = bot.stop()
    assert texts == ["되돌려: 안녕\n\n@김하나", "**되돌려** 안녕\n\n@김하나"], said
    assert (await robot.texts())[2].startswith("그림: 20 bytes"), said
    assert (await robot.said())[0].mentions.people == [world.owner.person]


async def test_the_program_in_the_documents_works_as_it_stands(world: World, site: str, tmp_path: Path) -> None:
    robot = await app(world)
    (program,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs/use/robots.md").read_text(), re.DOTALL)
    (tmp_path / "echo.py").write_text(program)
    bot = Bot(robot, site, tmp_path / "echo.py")
    try:
        await _until(lambda: streams_of(world.db).count(robot.id) == 1)
        await robot.call("안녕")
        await _wait(robot, 1)
    finally:
        said = bot.stop()
    assert await robot.texts() == ["You said: 안녕\n\n@김하나"], said


async def test_three_of_the_vendors_clients_share_the_load_and_come_back(world: World, site: str) -> None:
    robot = await app(world)
    bots = [Bot(robot, site) for _ in range(3)]
    try:
        await _until(lambda: streams_of(world.db).count(robot.id) == 3)
        for n in range(12):
            await robot.call(f"{n}")
        await _wait(robot, 24)
        counted = Counter(t.split("\n")[0] for t in await robot.texts())
        bots.pop().stop()
        await robot.call("살아남은 둘에게")
        await _wait(robot, 26)
    finally:
        said = [bot.stop() for bot in bots]
    assert set(counted.values()) == {1}
    assert all("되돌려" in one for one in said)


async def _wait(robot: App, count: int, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while len(await robot.texts()) < count and time.monotonic() < end:
        await asyncio.sleep(0.1)


async def _until(is_so: Any, seconds: float = 30) -> None:
    async with asyncio.timeout(seconds):
        while not is_so():
            await asyncio.sleep(0.05)
