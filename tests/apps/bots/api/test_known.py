"""Robots are remembered for a moment, and guessing their tokens is slow."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from sqlalchemy import update

from narae.apps.bots.tables import robot as table
from narae.core.kit import limits
from narae.core.kit.who import SYSTEM
from narae.core.rooms.actions import members, rooms
from tests.apps.bots.api.robots import Put, put
from tests.kit.clock import FakeClock
from tests.kit.world import World

pytestmark = pytest.mark.anyio
OK = {"errcode": 0, "errmsg": "ok"}
TEXT = {"msgtype": "text", "text": {"content": "안녕하세요"}}


async def guess(robot: Put, token: str) -> httpx.Response:
    """Call with a token."""
    return await robot.stranger.post(f"/robot/send?access_token={token}", json=TEXT)


async def guess_all(robot: Put) -> None:
    """Use up the guesses of the address."""
    for number in range(limits.ROBOT_WRONG_TOKENS_A_MINUTE):
        assert (await guess(robot, f"guess-{number}")).json()["errcode"] == 400101


async def test_new_addresses_and_removal_are_heard_at_once(world: World) -> None:
    robot = await put(world)
    assert await robot.tell(TEXT) == OK
    made = (await robot.owner.post(f"/api/robots/{robot.id}/rotate")).json()
    assert (await robot.tell(TEXT))["errcode"] == 400101
    renewed = Put(world, robot.room, made)
    assert await renewed.tell(TEXT) == OK
    await renewed.change(enabled=False)
    assert (await renewed.tell(TEXT))["errcode"] == 400102
    await renewed.owner.delete(f"/api/robots/{robot.id}")
    assert (await renewed.tell(TEXT))["errcode"] == 400101


async def test_what_a_room_lets_its_members_do_is_heard_at_once(world: World) -> None:
    robot = await put(world)
    call = {**TEXT, "at": {"isAtAll": True}}
    assert await robot.tell(call) == OK
    await world.db.write(rooms.change_room, world.owner, robot.room, mention_all="owners")
    assert await robot.tell(call) == OK
    assert [m.mentions.all for m in await robot.said()] == [True, False]


async def test_a_change_that_another_process_made_is_heard_within_half_a_minute(world: World, clock: FakeClock) -> None:
    robot = await put(world)
    assert await robot.tell(TEXT) == OK
    await world.db.write(lambda tx, _: tx.run(update(table).where(table.c.id == robot.id).values(enabled=False)), SYSTEM)
    clock.forward(limits.ROBOT_CACHE_SECONDS * 1000)
    assert (await robot.tell(TEXT))["errcode"] == 400102


async def test_an_address_that_guesses_has_to_wait(world: World, clock: FakeClock) -> None:
    robot = await put(world)
    await guess_all(robot)
    late = await guess(robot, "one-more")
    assert (late.json()["errcode"], int(late.headers["retry-after"]) > 0) == (410100, True)
    hook = await robot.stranger.post("/hooks/one-more", json={"text": "x"})
    assert (hook.status_code, hook.headers["retry-after"]) == (429, "60")
    clock.forward(60_000)
    assert (await guess(robot, "one-more")).json()["errcode"] == 400101
    assert await robot.tell(TEXT) == OK


async def test_a_robot_that_was_called_lately_is_not_held_up_by_others_guesses(world: World) -> None:
    robot = await put(world)
    assert await robot.tell(TEXT) == OK
    await guess_all(robot)
    assert await robot.tell(TEXT) == OK


async def test_an_old_address_that_is_called_again_and_again_is_one_guess(world: World) -> None:
    robot = await put(world)
    for _ in range(2 * limits.ROBOT_WRONG_TOKENS_A_MINUTE):
        assert (await guess(robot, "an-old-one")).json()["errcode"] == 400101
    assert await robot.tell(TEXT) == OK


async def test_what_is_over_the_limit_is_refused_before_it_is_decoded(world: World) -> None:
    robot = await put(world)
    await robot.change(per_minute=1)
    assert await robot.tell(TEXT) == OK
    answer = await robot.stranger.post(robot.address, content=b"{no json")
    assert (answer.json()["errcode"], answer.headers["retry-after"]) == (410100, "60")
    assert (await robot.hear(content=b"{no json")).text == "rate_limited"


async def test_a_person_writes_into_the_room_of_a_robot_that_floods(world: World) -> None:
    robot, minsu = await put(world), await world.person("이민수")
    await world.db.write(members.add_members, world.owner, robot.room, people=[minsu.person])
    await robot.change(per_minute=2)
    flood: list[asyncio.Future[Any]] = [asyncio.ensure_future(robot.tell(TEXT)) for _ in range(200)]
    await world.send(minsu, robot.room, "저는 사람입니다")
    codes = [answer["errcode"] for answer in await asyncio.gather(*flood)]
    assert (codes.count(0), codes.count(410100)) == (2, 198)
    texts = [m.text for m in await world.log(world.owner, robot.room) if m.text]
    assert sorted(texts) == sorted([*["안녕하세요"] * 2, "저는 사람입니다"])


async def test_only_post_is_taken(world: World) -> None:
    robot = await put(world)
    answer = await robot.stranger.get(robot.address)
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert await robot.said() == []
