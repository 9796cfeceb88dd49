"""Looking after robots."""

from __future__ import annotations

from typing import Any

import pytest

from narae.core.kit import limits
from narae.core.rooms.actions import members
from tests.apps.bots.api.robots import Put, put
from tests.kit.world import World

pytestmark = pytest.mark.anyio
TEXT = {"msgtype": "text", "text": {"content": "안녕하세요"}}


async def calls_of(robot: Put) -> list[dict[str, Any]]:
    """Its last calls, once what is queued is written."""
    await robot.change()
    items: list[dict[str, Any]] = (await robot.owner.get(f"/api/robots/{robot.id}/calls")).json()["items"]
    return items


async def test_a_robot_stands_among_the_people_of_its_room_as_a_robot(world: World) -> None:
    robot = await put(world, "경보기")
    people = (await robot.owner.get(f"/api/orgs/{world.org}/people-by-id?ids={robot.id}")).json()["items"]
    assert [(p["name"], p["robot"], p["role"]) for p in people] == [("경보기", True, "guest")]
    listed = (await robot.owner.get(f"/api/orgs/{world.org}/robots")).json()["items"]
    assert [r["id"] for r in listed] == [robot.id]
    assert listed == (await robot.owner.get(f"/api/rooms/{robot.room}/robots")).json()["items"]


async def test_only_who_runs_the_room_looks_after_its_robots(world: World) -> None:
    robot, minsu = await put(world), await world.person("이민수")
    client = world.client(minsu)
    ways = [("GET", f"/api/robots/{robot.id}/calls", None), ("PATCH", f"/api/robots/{robot.id}", {"name": "x"}),
            ("POST", f"/api/robots/{robot.id}/rotate", None), ("DELETE", f"/api/robots/{robot.id}", None),
            ("POST", f"/api/robots/{robot.id}/test", None), ("POST", f"/api/robots/{robot.id}/sign", {"on": True}),
            ("POST", f"/api/rooms/{robot.room}/robots", {"name": "x"}), ("GET", f"/api/rooms/{robot.room}/robots", None)]  # fmt: skip
    outside = [(await client.request(method, path, json=body)).status_code for method, path, body in ways]
    await world.db.write(members.add_members, world.owner, robot.room, people=[minsu.person])
    inside = [(await client.request(method, path, json=body)).status_code for method, path, body in ways]
    assert outside == [404] * len(ways)
    assert inside == [403] * len(ways)
    assert (await client.get(f"/api/orgs/{world.org}/robots")).json()["items"] == []


async def test_after_a_rotation_the_old_addresses_are_dead(world: World) -> None:
    robot = await put(world)
    made = (await robot.owner.post(f"/api/robots/{robot.id}/rotate")).json()
    new = Put(world, robot.room, made)
    assert (await robot.tell(TEXT))["errcode"] == 400101
    assert (await robot.hear(json={"text": "x"})).status_code == 404
    assert (await new.tell(TEXT))["errcode"] == 0


async def test_a_test_is_said_in_the_room_and_noted(world: World) -> None:
    robot = await put(world)
    assert (await robot.owner.post(f"/api/robots/{robot.id}/test")).status_code == 204
    assert [m.text for m in await robot.said()] == ["👋"]
    assert [(c["way"], c["code"]) for c in await calls_of(robot)] == [("test", 0)]


async def test_the_last_hundred_calls_are_kept_with_their_answers(world: World) -> None:
    robot = await put(world)
    await robot.change(per_minute=1000)
    for _ in range(limits.ROBOT_CALLS_KEPT):
        await robot.tell({"msgtype": "voice"})
    await robot.tell(TEXT)
    calls = await calls_of(robot)
    assert len(calls) == limits.ROBOT_CALLS_KEPT
    assert (calls[0]["code"], calls[0]["answer"], calls[0]["way"]) == (0, "ok", "dingtalk")
    assert "안녕하세요" in calls[0]["excerpt"]
    assert calls[1]["code"] == 400105


async def test_a_renamed_robot_is_renamed_for_everybody(world: World) -> None:
    robot = await put(world)
    assert (await robot.change(name="새 이름"))["name"] == "새 이름"
    people = (await robot.owner.get(f"/api/orgs/{world.org}/people-by-id?ids={robot.id}")).json()["items"]
    assert [p["name"] for p in people] == ["새 이름"]


async def test_a_removed_robot_is_gone_and_what_it_said_stays(world: World) -> None:
    robot = await put(world)
    await robot.tell(TEXT)
    assert (await robot.owner.delete(f"/api/robots/{robot.id}")).status_code == 204
    assert (await robot.tell(TEXT))["errcode"] == 400101
    assert [m.text for m in await robot.said()] == ["안녕하세요"]
    people = (await robot.owner.get(f"/api/orgs/{world.org}/people-by-id?ids={robot.id}")).json()["items"]
    assert [p["active"] for p in people] == [False]
    assert robot.id not in [m["person"] for m in (await robot.owner.get(f"/api/rooms/{robot.room}/members")).json()["items"]]


@pytest.mark.parametrize(
    "body",
    [{"addresses": ["x"]}, {"addresses": ["1.2.3.4/40"]}, {"per_minute": 0}, {"per_minute": 10**6}, {"keywords": [""]},
     {"keywords": ["x"] * 11}, {"name": ""}],
)  # fmt: skip
async def test_a_bad_change_is_refused_and_nothing_is_changed(world: World, body: dict[str, Any]) -> None:
    robot = await put(world)
    before = (await robot.owner.get(f"/api/rooms/{robot.room}/robots")).json()
    assert (await robot.owner.patch(f"/api/robots/{robot.id}", json=body)).status_code == 400
    assert (await robot.owner.get(f"/api/rooms/{robot.room}/robots")).json() == before


async def test_a_room_has_only_so_many_robots(world: World) -> None:
    robot = await put(world)
    for _ in range(limits.ROBOTS_A_ROOM - 1):
        assert (await robot.owner.post(f"/api/rooms/{robot.room}/robots", json={"name": "또"})).status_code == 201
    assert (await robot.owner.post(f"/api/rooms/{robot.room}/robots", json={"name": "또"})).json()["code"] == "too_many_robots"
