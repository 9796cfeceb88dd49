"""Looking after what robots call."""

from __future__ import annotations

from typing import Any

import pytest

from narae.core.kit import limits
from tests.apps.bots.api.robots import put
from tests.kit.world import World

pytestmark = pytest.mark.anyio
HOOK = {"name": "귀", "urls": ["https://example.com/a"], "words": ["배포"]}
COMMAND = {"name": "점심", "command": "점심", "url": "https://example.com"}


async def test_a_hook_and_a_command_are_made_with_a_token_that_is_shown_once(world: World) -> None:
    room, owner = await world.room(), world.client(world.owner)
    ear = (await owner.post(f"/api/rooms/{room}/hooks", json=HOOK)).json()
    lunch = (await owner.post(f"/api/rooms/{room}/slash-commands", json=COMMAND)).json()
    assert [(made["robot"]["kind"], len(made["token"])) for made in (ear, lunch)] == [("hook", 64), ("command", 64)]
    ways = [(await owner.get(f"/api/robots/{made['robot']['id']}/ways")).json() for made in (ear, lunch)]
    assert ways[0]["hook"] == {"words": ["배포"], "starts": False, "urls": ["https://example.com/a"], "form": "form"}
    assert ways[1]["command"]["name"] == "점심"
    assert ear["token"] not in str(ways)
    again = (await owner.post(f"/api/robots/{ear['robot']['id']}/token")).json()["token"]
    assert again != ear["token"]


async def test_they_are_changed_and_taken_away(world: World) -> None:
    room, owner = await world.room(), world.client(world.owner)
    ear = (await owner.post(f"/api/rooms/{room}/hooks", json=HOOK)).json()["robot"]["id"]
    lunch = (await owner.post(f"/api/rooms/{room}/slash-commands", json=COMMAND)).json()["robot"]["id"]
    changed = await owner.put(f"/api/robots/{ear}/hook", json={"urls": ["https://example.com/b"], "form": "json"})
    assert changed.json() == {"words": [], "starts": False, "urls": ["https://example.com/b"], "form": "json"}
    renamed = await owner.put(f"/api/robots/{lunch}/command", json={"command": "저녁", "url": "https://example.com", "everywhere": True})
    assert (renamed.json()["name"], renamed.json()["everywhere"]) == ("저녁", True)
    assert [(await owner.delete(f"/api/robots/{robot}")).status_code for robot in (ear, lunch)] == [204, 204]
    assert (await owner.get(f"/api/rooms/{room}/commands")).json()["items"] == []


async def test_what_a_robot_does_not_call_can_not_be_changed_or_tried(world: World) -> None:
    robot = await put(world)
    answers = [
        await robot.owner.put(f"/api/robots/{robot.id}/hook", json={"urls": ["https://example.com"]}),
        await robot.owner.put(f"/api/robots/{robot.id}/command", json={"command": "x", "url": "https://example.com"}),
        await robot.owner.post(f"/api/robots/{robot.id}/token"),
        await robot.owner.post(f"/api/robots/{robot.id}/try"),
    ]
    assert [answer.status_code for answer in answers] == [404] * 4


async def test_the_address_for_presses_is_set_and_taken_back(world: World) -> None:
    robot = await put(world)
    first = (await robot.owner.put(f"/api/robots/{robot.id}/request", json={"url": "https://example.com"})).json()["token"]
    same = (await robot.owner.put(f"/api/robots/{robot.id}/request", json={"url": "https://example.com/2"})).json()["token"]
    assert first == same != ""
    assert (await robot.owner.put(f"/api/robots/{robot.id}/request", json={"url": None})).json()["token"] == ""
    assert (await robot.owner.get(f"/api/robots/{robot.id}/ways")).json()["request"] is None


BAD: list[tuple[dict[str, Any], str]] = [
    ({"urls": []}, "urls"), ({"urls": ["https://example.com"] * 6}, "urls"), ({"urls": ["ftp://x"]}, "urls"), ({"urls": ["x"]}, "urls"),
    ({"words": [""]}, "words"), ({"words": ["x"] * (limits.HOOK_WORDS + 1)}, "words"), ({"name": ""}, "name"), ({"form": "xml"}, "form"),
]  # fmt: skip


@pytest.mark.parametrize(("wish", "field"), BAD)
async def test_what_is_no_hook_is_refused_by_its_field_and_leaves_no_robot(world: World, wish: dict[str, Any], field: str) -> None:
    room, owner = await world.room(), world.client(world.owner)
    answer = await owner.post(f"/api/rooms/{room}/hooks", json={**HOOK, **wish})
    assert answer.status_code == 400
    assert field in (answer.json().get("field") or answer.json()["message"])
    assert (await owner.get(f"/api/rooms/{room}/robots")).json()["items"] == []


async def test_only_who_runs_the_room_looks_after_them(world: World) -> None:
    minsu = await world.person("이민수")
    room = await world.room(minsu)
    member = world.client(minsu)
    made = [await member.post(f"/api/rooms/{room}/{way}", json=body) for way, body in (("hooks", HOOK), ("slash-commands", COMMAND))]
    assert [answer.status_code for answer in made] == [403, 403]
