"""The live socket as its clients see it."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest
import websockets
from sqlalchemy import event as database_event

from narae.core.kit import limits
from narae.core.people.actions import end_session
from narae.core.rooms.actions import change, members, reading
from narae.core.rooms.actions.joining import found_org
from narae.core.rooms.actions.rooms import create_room
from tests.kit.live import LiveClient, listening
from tests.kit.world import World

pytestmark = pytest.mark.anyio
GARBAGE = [
    "",
    "{",
    "null",
    "[]",
    '{"t":"nonsense"}',
    '{"t":"send"}',
    '{"t":"send","id":"x"}',
    "[" * 10_000,
    '{"t":"read","room":1,"seq":0}',
]


@pytest.fixture
async def port(world: World) -> AsyncIterator[int]:
    """Where the server listens."""
    async with listening(world.server) as number:
        yield number


async def test_a_stranger_is_refused(port: int) -> None:
    with pytest.raises(websockets.InvalidStatus) as refused:
        await LiveClient(port, "nobody").connect()
    assert refused.value.response.status_code == 401


async def test_a_page_of_another_site_is_refused(world: World, port: int) -> None:
    headers = {"Cookie": f"narae_session={world.secret(world.owner)}", "Origin": "https://evil.example"}
    with pytest.raises(websockets.InvalidStatus) as refused:
        await websockets.connect(f"ws://127.0.0.1:{port}/live", additional_headers=headers)
    assert refused.value.response.status_code == 403


async def test_the_snapshot_has_rooms_with_heads_and_no_messages(world: World, port: int) -> None:
    room = await world.room()
    sent = await world.send(world.owner, room)
    client = await LiveClient(port, world.secret(world.owner)).connect()
    head = next(r for r in client.welcome["rooms"] if r["id"] == room)
    assert (head["last_seq"], head["last_rev"]) == (sent.seq, sent.rev)
    assert set(client.welcome) == {"t", "session", "seq", "resumed", "now", "beat", "me", "rooms"}


async def test_a_sent_message_is_answered_and_reaches_the_others(world: World, port: int) -> None:
    member = await world.person("이민수")
    room = await world.room(member)
    one = await LiveClient(port, world.secret(world.owner)).connect()
    two = await LiveClient(port, world.secret(member)).connect()
    answer = await one.send(room, "**안녕**", "n1")
    heard = await two.next("message")
    assert answer["t"] == "ok"
    assert (heard["message"]["seq"], heard["message"]["rev"]) == (answer["seq"], answer["rev"])
    assert heard["message"]["body"] == [{"t": "p", "c": [{"t": "b", "c": [{"t": "text", "s": "안녕"}]}]}]


async def test_a_refused_message_says_why_and_nobody_hears_it(world: World, port: int) -> None:
    room = await world.room()
    stranger = await world.person("이민수")
    client = await LiveClient(port, world.secret(stranger)).connect()
    answer = await client.send(room, "들어가도 되나요", "n1")
    assert (answer["t"], answer["code"], answer["field"]) == ("error", "not_found", "room")
    assert all(m.kind == "event" for m in await world.log(world.owner, room))


async def test_somebody_put_into_a_room_hears_of_it_and_what_is_said_there(world: World, port: int) -> None:
    member = await world.person("이민수")
    client = await LiveClient(port, world.secret(member)).connect()
    room = await world.room(member)
    joined = await client.next("joined")
    await world.send(world.owner, room, "어서 오세요")
    heard = await client.next("message")
    assert joined["room"]["id"] == room
    assert heard["message"]["text"] == "어서 오세요"


async def test_who_leaves_a_room_hears_no_more_of_it(world: World, port: int) -> None:
    member = await world.person("이민수")
    room = await world.room(member)
    client = await LiveClient(port, world.secret(member)).connect()
    await world.db.write(members.remove_member, world.owner, room, member.person)
    await client.next("left")
    await world.send(world.owner, room, "비밀")
    await client.say({"t": "ping"})
    await client.next("pong")
    assert not [e for e in client.events if e["t"] == "message" and e["message"]["text"] == "비밀"]


async def test_a_client_that_comes_back_gets_exactly_what_it_missed(world: World, port: int) -> None:
    room = await world.room()
    client = await LiveClient(port, world.secret(world.owner)).connect()
    await world.send(world.owner, room, "하나")
    await client.next("message")
    await client.close()
    for text in ("둘", "셋"):
        await world.send(world.owner, room, text)
    await client.connect(resume=True)
    assert client.welcome["resumed"]
    texts = [(await client.next("message"))["message"]["text"] for _ in range(2)]
    assert texts == ["둘", "셋"]


async def test_a_client_that_missed_too_much_gets_a_fresh_snapshot(world: World, port: int) -> None:
    room = await world.room()
    client = await LiveClient(port, world.secret(world.owner)).connect()
    await client.close()
    for number in range(limits.RING_FRAMES + 10):
        await world.send(world.owner, room, f"m{number}")
    await client.connect(resume=True)
    assert not client.welcome["resumed"]
    head = next(r for r in client.welcome["rooms"] if r["id"] == room)
    assert head["last_seq"] == limits.RING_FRAMES + 11


async def test_a_session_can_not_be_resumed_by_somebody_else(world: World, port: int) -> None:
    member = await world.person("이민수")
    client = await LiveClient(port, world.secret(world.owner)).connect()
    await client.close()
    thief = LiveClient(port, world.secret(member))
    thief.session, thief.seq = client.session, 0
    await thief.connect(resume=True)
    assert not thief.welcome["resumed"]
    assert thief.welcome["me"]["person"]["id"] == member.person


async def test_deactivation_closes_the_sockets_within_a_second(world: World, port: int) -> None:
    member = await world.person("이민수")
    client = await LiveClient(port, world.secret(member)).connect()
    await world.db.write(members.deactivate_person, world.owner, world.org, member.person)
    assert (await client.next("bye", seconds=1))["code"] == "signed_out"
    with pytest.raises(websockets.ConnectionClosed) as closed:
        await client.socket.recv()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4401


async def test_my_other_devices_follow_what_i_read_and_write(world: World, port: int) -> None:
    member = await world.person("이민수")
    room = await world.room(member)
    sent = await world.send(world.owner, room)
    device = await LiveClient(port, world.secret(member)).connect()
    await world.db.write(reading.mark_read, member, room, sent.seq)
    await world.db.write(reading.save_draft, member, room, said="쓰다 만 글")
    assert (await device.next("mine"))["read_seq"] == sent.seq
    assert (await device.next("draft"))["text"] == "쓰다 만 글"


@pytest.mark.parametrize(
    "frame",
    ["", "{", "null", "[]", '{"t":"nonsense"}', '{"t":"send"}', '{"t":"send","id":"x"}', "[" * 10_000, '{"t":"read","room":1,"seq":0}'],
)
async def test_a_garbage_frame_is_answered_and_the_socket_stays_open(world: World, port: int, frame: str) -> None:
    client = await LiveClient(port, world.secret(world.owner)).connect()
    await client.socket.send(frame)
    assert (await client.next("error"))["code"] == "bad_frame"
    await client.say({"t": "ping"})
    await client.next("pong")


async def test_an_oversized_frame_closes_the_socket(world: World, port: int) -> None:
    client = await LiveClient(port, world.secret(world.owner)).connect()
    await client.socket.send("x" * (limits.FRAME_BYTES + 1))
    with pytest.raises(websockets.ConnectionClosed) as closed:
        while True:
            await client.socket.recv()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1009


async def test_commands_before_hello_are_refused(world: World, port: int) -> None:
    headers = {"Cookie": f"narae_session={world.secret(world.owner)}"}
    async with websockets.connect(f"ws://127.0.0.1:{port}/live", additional_headers=headers) as socket:
        await socket.send('{"t":"ping"}')
        assert json.loads(await socket.recv())["code"] == "hello_first"


async def test_a_client_that_stops_reading_is_told_how_far_its_rooms_are(world: World, port: int) -> None:
    room = await world.room()
    client = await LiveClient(port, world.secret(world.owner)).connect()
    client.socket.transport.pause_reading()
    big = "글" * 5_000
    for number in range(400):
        await world.send(world.owner, room, f"{number} {big}")
    last = (await world.head(world.owner, room)).last_rev
    client.socket.transport.resume_reading()
    behind = await client.next("behind", seconds=20)
    assert behind["rooms"] == {room: last}
    seen = {e["message"]["rev"] for e in client.events if e["t"] == "message"}
    missed: set[int] = set()
    while max(seen | missed) < last:
        missed |= {m.rev for m in (await world.changes(world.owner, room, since=max(seen | missed))).messages}
    assert sorted(seen | missed)[-400:] == list(range(last - 399, last + 1))


async def test_in_a_crowd_one_who_stops_reading_and_one_who_is_gone_hold_up_nobody(world: World, port: int) -> None:
    room = await world.room()
    clients = [await LiveClient(port, world.secret(world.owner)).connect() for _ in range(12)]
    stuck, gone, *quick = clients
    stuck.socket.transport.pause_reading()
    gone.socket.transport.abort()
    texts = [f"{number} " + "글" * 5_000 for number in range(60)]
    for text in texts:
        await world.send(world.owner, room, text)
    for client in quick:
        heard = [(await client.next("message"))["message"] for _ in texts]
        assert [m["text"] for m in heard] == texts
    stuck.socket.transport.resume_reading()
    last = (await world.head(world.owner, room)).last_rev
    heard = [e["message"]["rev"] async for e in _until(stuck, last)]
    assert heard == sorted(set(heard))


async def _until(client: LiveClient, rev: int) -> AsyncIterator[dict[str, Any]]:
    """The messages that a client hears until it is told of `rev`, by a message or because it is behind."""
    while True:
        frame = await client.read()
        if frame["t"] == "message":
            yield frame
        if rev in (frame.get("message", {}).get("rev"), *frame.get("rooms", {}).values()):
            return


async def test_typing_reaches_the_room_only(world: World, port: int) -> None:
    member, outsider = await world.person("이민수"), await world.person("박지호")
    room = await world.room(member)
    inside = await LiveClient(port, world.secret(world.owner)).connect()
    typist = await LiveClient(port, world.secret(member)).connect()
    other = await LiveClient(port, world.secret(outsider)).connect()
    await other.say({"t": "typing", "room": room})
    await typist.say({"t": "typing", "room": room})
    assert (await inside.next("typing"))["person"] == member.person


async def test_presence_is_told_to_who_watches(world: World, port: int) -> None:
    member = await world.person("이민수")
    watcher = await LiveClient(port, world.secret(world.owner)).connect()
    await watcher.say({"t": "watch", "people": [member.person]})
    assert (await watcher.next("presence"))["people"] == {member.person: "off"}
    client = await LiveClient(port, world.secret(member)).connect()
    assert (await watcher.next("presence"))["people"] == {member.person: "on"}
    await client.close()
    assert (await watcher.next("presence"))["people"] == {member.person: "off"}


async def test_presence_of_those_whom_one_may_not_see_is_not_told(world: World, port: int) -> None:
    member, guest, colleague = await world.person("이민수"), await world.person("손님", "guest"), await world.person("박지호")
    stranger = await world.account("다른 회사 사람")
    await world.db.write(found_org, stranger, name="다른 회사")
    await world.room(guest, member)
    people = [who.person for who in (world.owner, member, guest, colleague, stranger)]
    told = []
    for who in (member, guest, stranger):
        client = await LiveClient(port, world.secret(who)).connect()
        await client.say({"t": "watch", "people": [*people, "nobody"]})
        told.append([*(await client.next("presence"))["people"]])
    assert told == [people[:4], people[:3], people[4:]]


async def test_the_last_of_several_wishes_to_watch_counts(world: World, port: int) -> None:
    one, two = await world.person("이민수"), await world.person("박지호")
    watcher = await LiveClient(port, world.secret(world.owner)).connect()
    for who in (one, two):
        await watcher.say({"t": "watch", "people": [who.person]})
    while (await watcher.next("presence"))["people"] != {two.person: "off"}:
        pass
    await LiveClient(port, world.secret(one)).connect()
    await LiveClient(port, world.secret(two)).connect()
    assert (await watcher.next("presence"))["people"] == {two.person: "on"}


async def test_every_device_ends_where_a_fresh_one_begins(world: World, port: int) -> None:
    member = await world.person("이민수")
    room = await world.room(member)
    old = await LiveClient(port, world.secret(member)).connect()
    sent = [await world.send(world.owner, room, f"m{i}") for i in range(5)]
    await asyncio.gather(
        world.db.write(change.edit_message, world.owner, room, sent[0].seq, new="고침"),
        world.db.write(change.recall, world.owner, room, sent[1].seq),
        world.db.write(change.react, member, room, sent[2].seq, "👍"),
        world.db.write(change.pin, member, room, sent[3].seq),
    )
    await world.db.write(create_room, world.owner, world.org, name="끝")
    await world.send(world.owner, room, "끝")
    while not [e for e in old.events if e["t"] == "message" and e["message"]["text"] == "끝"]:
        await old.read()
    seen: dict[int, dict[str, object]] = {}
    for event in old.events:
        if event["t"] == "message" and event["message"]["room"] == room:
            seen[event["message"]["seq"]] = event["message"]
    fresh = {m.seq: m for m in await world.log(member, room) if m.seq in seen}
    assert seen == {seq: msgspec.to_builtins(m) for seq, m in fresh.items()}


async def test_a_device_signed_out_while_its_snapshot_is_read_follows_nothing(world: World, port: int) -> None:
    member = await world.person("이민수")
    room = await world.room(member)
    headers = {"Cookie": f"narae_session={world.secret(member)}"}
    gate = threading.Event()
    async with websockets.connect(f"ws://127.0.0.1:{port}/live", additional_headers=headers) as socket:
        busy = [asyncio.create_task(world.db.read(lambda _conn: gate.wait(10))) for _ in range(limits.READ_THREADS)]
        await asyncio.sleep(0.1)
        await socket.send('{"t":"hello","v":1}')
        await asyncio.sleep(0.1)
        await world.db.write(end_session, member, member.session or "")
        gate.set()
        await asyncio.gather(*busy)
        with pytest.raises(websockets.ConnectionClosed):
            while True:
                await socket.recv()
    await asyncio.sleep(0.3)
    assert world.server.gateway.hub.followers(f"room:{room}") == ()


async def test_a_client_that_asks_is_told_what_changed_in_its_rooms(world: World, port: int) -> None:
    member = await world.person("이민수")
    room = await world.room(member)
    since = (await world.send(world.owner, room, "먼저")).rev
    client = await LiveClient(port, world.secret(member)).connect()
    sent = [await world.send(world.owner, room, text) for text in ("하나", "둘")]
    await world.db.write(change.edit_message, world.owner, room, sent[0].seq, new="하나!")
    await client.say({"t": "catch_up", "rooms": {room: since}})
    told = await client.next("changes")
    assert (told["room"], told["since"]) == (room, since)
    assert [m["text"] for m in told["changes"]["messages"]] == ["둘", "하나!"]
    assert told["changes"] == msgspec.to_builtins(await world.changes(member, room, since))


async def test_who_asks_for_a_room_of_others_is_told_that_there_is_none(world: World, port: int) -> None:
    room, stranger = await world.room(), await world.person("이민수")
    await world.send(world.owner, room, "비밀")
    client = await LiveClient(port, world.secret(stranger)).connect()
    await client.say({"t": "catch_up", "rooms": {room: 0}})
    assert (await client.next("error"))["code"] == "not_found"
    assert "비밀" not in json.dumps(client.events)


async def test_many_who_ask_the_same_are_answered_by_one_reading(world: World, port: int) -> None:
    room = await world.room()
    await world.send(world.owner, room, "하나")
    clients = [await LiveClient(port, world.secret(world.owner)).connect() for _ in range(8)]
    statements: list[str] = []
    database_event.listen(world.db.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    for client in clients:
        await client.say({"t": "catch_up", "rooms": {room: 0}})
    first = [await client.next("changes") for client in clients]
    await world.send(world.owner, room, "둘")
    await clients[0].say({"t": "catch_up", "rooms": {room: 0}})
    second = await clients[0].next("changes")
    assert len([said for said in statements if said.startswith("SELECT rooms_message.room") and "rooms_message.rev >" in said]) == 2
    assert len({json.dumps(told) for told in first}) == 1
    assert [m["text"] for m in second["changes"]["messages"] if m["kind"] == "text"] == ["하나", "둘"]
