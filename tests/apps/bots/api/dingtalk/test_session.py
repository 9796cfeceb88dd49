"""Answers by a session's address."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from narae.core.rooms.actions import members
from tests.apps.bots.api.dingtalk.apps import App, Receiver, app, receiving
from tests.kit.world import World

pytestmark = pytest.mark.anyio
OK = {"errcode": 0, "errmsg": "ok"}
TEXT = {"msgtype": "text", "text": {"content": "네"}}
CARD = {"title": "배포", "text": "끝", "singleTitle": "보기", "singleURL": "https://example.com"}
KINDS: list[dict[str, Any]] = [
    TEXT,
    {"msgtype": "markdown", "markdown": {"title": "t", "text": "**네**"}},
    {"msgtype": "link", "link": {"title": "제목", "text": "글", "messageUrl": "https://example.com/a", "picUrl": ""}},
    {"msgtype": "actionCard", "actionCard": CARD},
    {"msgtype": "feedCard", "feedCard": {"links": [{"title": "하나", "messageURL": "https://example.com/1", "picURL": "x"}]}},
]


async def session(robot: App, receiver: Receiver, room: str | None = None) -> str:
    """The address by which what is said now is answered."""
    await robot.callback(receiver.url)
    await robot.call("질문", room=room)
    await receiver.heard(len(receiver.got) + 1)
    return str(receiver.got[-1][1]["sessionWebhook"])


async def test_every_kind_is_said_in_the_room_of_the_question(world: World) -> None:
    async with receiving() as receiver:
        robot, second = await app(world), await world.room()
        await world.db.write(members.add_members, world.owner, second, people=[robot.id])
        address = await session(robot, receiver, room=second)
    assert [await robot.tell(body, address) for body in KINDS] == [OK] * 5
    assert await robot.tell({"msgtype": "empty"}, address) == OK
    assert (len(await robot.texts(second)), len(await robot.texts())) == (5, 0)


async def test_who_asked_is_called(world: World) -> None:
    async with receiving() as receiver:
        robot = await app(world)
        address = await session(robot, receiver)
    assert await robot.tell({**TEXT, "at": {"atUserIds": [world.owner.person]}}, address) == OK
    (said,) = await robot.said()
    assert said.mentions.people == [world.owner.person]


async def test_the_same_uuid_is_said_once(world: World) -> None:
    async with receiving() as receiver:
        robot = await app(world)
        address = await session(robot, receiver)
    assert [await robot.tell({**TEXT, "msgUuid": "1"}, address) for _ in range(2)] == [OK, OK]
    assert await robot.texts() == ["네"]


async def test_a_session_ends_with_time_with_the_secret_and_with_the_robots_place(world: World, clock: Any) -> None:
    async with receiving() as receiver:
        robot = await app(world)
        first = await session(robot, receiver)
        clock.forward(90 * 60_000 + 1)
        late = await robot.tell(TEXT, first)
        second = await session(robot, receiver)
        assert await robot.tell(TEXT, second) == OK
        await robot.change(enabled=False)
        off = await robot.tell(TEXT, second)
        await robot.change(enabled=True)
        await world.db.write(members.remove_member, world.owner, robot.room, robot.id)
        away = await robot.tell(TEXT, second)
        await robot.get_ready()
        rotated = await robot.tell(TEXT, second)
    assert [a["errcode"] for a in (late, off, away, rotated)] == [300001, 400102, 400106, 300001]
    assert "session" in late["errmsg"]


@pytest.mark.parametrize("given", ["", "x", "a.b.c.d.e.f", "\x00", "가"])
async def test_what_is_no_session_is_told_so(world: World, given: str) -> None:
    robot = await app(world)
    answer = await robot.tell(TEXT, "/robot/sendBySession", session=given)
    assert answer == {"errcode": 300001, "errmsg": "session does not exist or has expired"}


async def test_bad_bodies_are_refused_by_their_codes(world: World) -> None:
    async with receiving() as receiver:
        robot = await app(world)
        address = await session(robot, receiver)
    bodies = [{}, {"msgtype": "voice"}, {"msgtype": "text"}, [], {"msgtype": "text", "text": {"content": "가" * 7000}}]
    assert [(await robot.tell(body, address))["errcode"] for body in bodies] == [400105, 400105, 40035, 40035, 460101]
    assert await robot.texts() == []


async def test_answers_are_slowed_down_and_noted(world: World) -> None:
    async with receiving() as receiver:
        robot = await app(world)
        address = await session(robot, receiver)
        codes = [a["errcode"] for a in await asyncio.gather(*(robot.tell(TEXT, address) for _ in range(200)))]
    assert codes.count(410100) > 0
    assert {c["way"] for c in await robot.calls()} >= {"session"}
