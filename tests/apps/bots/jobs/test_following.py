"""Outgoing hooks tell other servers what is said in a room, once a message, also after a restart."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from narae.apps.bots.jobs.asking import asking
from narae.apps.bots.jobs.following import following
from narae.apps.bots.tables import ask
from narae.core.kit import limits
from narae.core.kit.who import Who
from narae.core.rooms.actions import members
from narae.core.rooms.actions.send import Send, send_many
from narae.core.rooms.public import Message
from narae.server import running
from tests.apps.bots.receivers import Receiver, receiving
from tests.kit.clock import FakeClock
from tests.kit.world import World

pytestmark = pytest.mark.anyio


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """A server that hooks tell."""
    async with receiving() as made:
        yield made


class Hooked:
    """A room with an outgoing hook in it."""

    def __init__(self, world: World, room: str, made: dict[str, Any]) -> None:
        self.world, self.room = world, room
        self.id, self.token = made["robot"]["id"], made["token"]
        self.owner = world.client(world.owner)

    async def replies(self, count: int = 1) -> list[Message]:
        """What its robot has said, once that are `count` messages."""
        async with asyncio.timeout(15):
            while True:
                changed = await self.world.changes(self.world.owner, self.room)
                found = [m for m in changed.messages if m.sender == self.id]
                if len(found) >= count:
                    return found
                await asyncio.sleep(0.03)

    async def calls(self, is_it: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The newest of its calls that is so."""
        async with asyncio.timeout(15):
            while True:
                items = (await self.owner.get(f"/api/robots/{self.id}/calls")).json()["items"]
                with contextlib.suppress(StopIteration):
                    return next(call for call in items if is_it(call))
                await asyncio.sleep(0.05)


async def hook(world: World, *urls: str, people: tuple[Who, ...] = (), **more: Any) -> Hooked:
    """Put one into a new room."""
    room = await world.room(*people)
    wish = {"name": "귀", "urls": list(urls), **more}
    answer = await world.client(world.owner).post(f"/api/rooms/{room}/hooks", json=wish)
    assert answer.status_code == 201, answer.text
    return Hooked(world, room, answer.json())


async def test_what_begins_with_a_word_is_told_field_by_field(world: World, receiver: Receiver) -> None:
    minsu = await world.person("이민수")
    ear = await hook(world, receiver.url, people=(minsu,), words=["배포", "!도움"])
    await world.send(minsu, ear.room, "오늘 배포 합니까")
    await world.send(minsu, ear.room, "배포해 주세요")
    sent = await world.send(minsu, ear.room, "배포 v1.2 & 확인")
    (call,) = await receiver.wait()
    assert call.headers["content-type"] == "application/x-www-form-urlencoded"
    assert call.form == {
        "token": ear.token, "team_id": world.org, "team_domain": "나래상회", "channel_id": ear.room, "channel_name": "매장",
        "user_id": minsu.person, "user_name": "이민수", "post_id": f"{ear.room}.{sent.seq}", "text": "배포 v1.2 & 확인",
        "trigger_word": "배포", "timestamp": str(sent.at // 1000),
    }  # fmt: skip


async def test_in_json_and_by_beginnings_and_to_several_addresses(world: World, receiver: Receiver) -> None:
    ear = await hook(world, receiver.url, receiver.url + "/two", words=["배포"], starts=True, form="json")
    await world.send(world.owner, ear.room, "배포해 주세요")
    heard = await receiver.wait(2)
    assert {call.path for call in heard} == {"/call", "/call/two"}
    assert {call.headers["content-type"] for call in heard} == {"application/json"}
    assert heard[0].json["text"] == "배포해 주세요"
    assert isinstance(heard[0].json["timestamp"], int)


async def test_the_answer_is_said_by_the_robot_in_the_thread_or_the_room(world: World, receiver: Receiver) -> None:
    receiver.answer(
        {"text": "시작합니다", "response_type": "comment"}, {"text": "끝", "username": "배포기", "attachments": [{"text": "초록"}]}
    )
    ear = await hook(world, receiver.url)
    first = await world.send(world.owner, ear.room, "하나")
    await ear.replies()
    await world.send(world.owner, ear.room, "둘")
    said = [(m.text, m.thread) for m in await ear.replies(2)]
    assert said == [("시작합니다", first.seq), ("**배포기**\n\n끝\n\n> 초록", None)]


async def test_robots_do_not_answer_robots(world: World, receiver: Receiver) -> None:
    receiver.answer({"text": "메아리"})
    ear = await hook(world, receiver.url)
    await world.send(world.owner, ear.room, "메아리")
    await ear.calls(lambda call: call["code"] == 0)
    await asyncio.sleep(0.5)
    assert len(receiver.heard) == 1


async def test_a_failing_server_is_asked_again_later_and_knows_the_repeat(world: World, receiver: Receiver, clock: FakeClock) -> None:
    receiver.answer(500, {"text": "이제 됩니다"})
    ear = await hook(world, receiver.url)
    await world.send(world.owner, ear.room, "하나")
    failed = await ear.calls(lambda call: call["code"] == 1)
    assert failed["answer"] == f"The server answered 500. Trying again in {limits.HOOK_AGAIN_SECONDS} s."
    clock.forward(limits.HOOK_AGAIN_SECONDS * 1000)
    first, second = await receiver.wait(2)
    assert first.form["post_id"] == second.form["post_id"]
    assert [m.text for m in await ear.replies()] == ["이제 됩니다"]


async def test_after_the_last_try_it_gives_up_with_a_note(world: World, receiver: Receiver, clock: FakeClock) -> None:
    receiver.answer(503)
    ear = await hook(world, receiver.url)
    await world.send(world.owner, ear.room, "하나")
    for tries in range(1, limits.HOOK_TRIES + 1):
        await receiver.wait(tries)
        await ear.calls(lambda call: call["answer"].startswith("The server answered 503."))
        await asyncio.sleep(0.1)
        clock.forward(3_600_000)
    await ear.calls(lambda call: call["answer"] == "The server answered 503.")
    clock.forward(3_600_000)
    await asyncio.sleep(1.5)
    assert len(receiver.heard) == limits.HOOK_TRIES


async def test_what_is_said_while_it_is_off_or_away_is_not_told(world: World, receiver: Receiver) -> None:
    ear = await hook(world, receiver.url)
    await ear.owner.patch(f"/api/robots/{ear.id}", json={"enabled": False})
    await world.send(world.owner, ear.room, "귀 막음")
    await asyncio.sleep(0.3)
    await ear.owner.patch(f"/api/robots/{ear.id}", json={"enabled": True})
    await world.send(world.owner, ear.room, "들림")
    assert [call.form["text"] for call in await receiver.wait()] == ["들림"]
    await world.db.write(members.remove_member, world.owner, ear.room, ear.id)
    await world.send(world.owner, ear.room, "나간 뒤")
    await asyncio.sleep(0.5)
    assert len(receiver.heard) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_after_a_restart_nothing_is_lost(world: World, receiver: Receiver, clock: FakeClock) -> None:
    receiver.silent = True
    ear = await hook(world, receiver.url)
    sent = [await world.send(world.owner, ear.room, f"{n}") for n in range(3)]
    await receiver.wait(3)
    receiver.silent = False
    clock.forward(limits.ASK_LEASE_SECONDS * 1000)
    async with running(world.server.settings, clock=clock):
        heard = await receiver.wait(6)
    assert {call.form["post_id"] for call in heard[3:]} == {f"{ear.room}.{message.seq}" for message in sent}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_is_more_than_may_wait_stays_in_the_log(world: World, receiver: Receiver) -> None:
    receiver.answer(503)
    ear = await hook(world, receiver.url)
    count = limits.ASKS_QUEUED + limits.FOLLOWED_AT_ONCE * 3
    await asyncio.gather(*(world.send(world.owner, ear.room, f"{n}") for n in range(count)))
    await receiver.wait(50)
    await asyncio.sleep(1)
    waiting = await world.db.read(lambda conn: conn.execute(select(func.count()).where(ask.c.due_at.is_not(None))).scalar())
    assert limits.ASKS_QUEUED <= (waiting or 0) <= limits.ASKS_QUEUED + limits.FOLLOWED_AT_ONCE


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_works_end_at_once_at_whatever_moment_they_are_told_to(world: World) -> None:
    settings, room = world.server.settings, await world.room()
    async with asyncio.timeout(30):
        for turn in range(100):
            async with following(world.db, settings), asking(world.db, settings):
                for _ in range(turn % 25):
                    await asyncio.sleep(0)
                world.db.write_later(send_many, Send(who=world.owner, room=room, nonce=f"n{turn}", text="끝"), lambda _result, _error: None)
