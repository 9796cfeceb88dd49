"""Commands after a slash: who can give them where, what their server is told, and what comes back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.webhook import WebhookClient

from narae.apps.bots.public import Told
from narae.core.kit import limits
from narae.core.kit.clock import MINUTE
from narae.core.kit.who import Who
from narae.core.rooms.actions import members, rooms
from narae.core.rooms.public import Answered
from tests.apps.bots.receivers import Ears, Receiver, receiving
from tests.kit.clock import FakeClock
from tests.kit.world import World

pytestmark = pytest.mark.anyio


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """A server that commands call."""
    async with receiving() as made:
        yield made


class Commanded:
    """A room in which /점심 is known, and a member of it."""

    def __init__(self, world: World, room: str, who: Who, made: dict[str, Any]) -> None:
        self.world, self.room, self.who = world, room, who
        self.id, self.token = made["robot"]["id"], made["token"]
        self.client = world.client(who)
        self.ears = Ears(world, who.person)

    async def give(self, text: str, nonce: str = "n", room: str = "", **more: Any) -> Answered:
        """Give a command and wait until it is answered."""
        body = {"text": text, "nonce": nonce, **more}
        answer = await self.client.post(f"/api/rooms/{room or self.room}/commands", json=body)
        assert (answer.status_code, answer.json()) == (202, {"ref": nonce})
        answered: Answered = await self.ears.wait(Answered, lambda said: said.ref == nonce)
        return answered

    async def said(self, room: str = "") -> list[str]:
        """What its robot has said."""
        return [m.text for m in await self.world.log(self.who, room or self.room) if m.sender == self.id]


async def commanded(world: World, url: str, **more: Any) -> Commanded:
    """Define it."""
    minsu = await world.person("이민수")
    room = await world.room(minsu)
    wish = {"name": "점심", "command": "/점심", "url": url, "hint": "[메뉴]", "about": "무엇을 먹을지", **more}
    answer = await world.client(world.owner).post(f"/api/rooms/{room}/slash-commands", json=wish)
    assert answer.status_code == 201, answer.text
    return Commanded(world, room, minsu, answer.json())


async def test_its_server_is_told_field_by_field_and_its_words_reach_who_asked_only(world: World, receiver: Receiver) -> None:
    receiver.answer({"text": "국수 <https://example.com|집>", "response_type": "ephemeral"})
    lunch = await commanded(world, receiver.url)
    before = await world.head(world.owner, lunch.room)
    assert await lunch.give("/점심 국수  두 그릇") == Answered(lunch.room, "n")
    (call,) = await receiver.wait()
    form = call.form
    assert form["response_url"].startswith("http://127.0.0.1:8000/hooks/reply/")
    assert {**form, "response_url": "", "trigger_id": ""} == {
        "token": lunch.token, "team_id": world.org, "team_domain": "나래상회", "channel_id": lunch.room, "channel_name": "매장",
        "user_id": lunch.who.person, "user_name": "이민수", "command": "/점심", "text": "국수  두 그릇", "response_url": "",
        "trigger_id": "",
    }  # fmt: skip
    told = await lunch.ears.wait(Told)
    assert (told.room, told.name, told.text) == (lunch.room, "점심", "국수 [집](https://example.com)")
    assert await world.head(world.owner, lunch.room) == before


async def test_in_channel_is_said_in_the_room_or_in_the_thread_it_was_given_in(world: World, receiver: Receiver) -> None:
    receiver.answer({"text": "국수!", "response_type": "in_channel"})
    lunch = await commanded(world, receiver.url)
    root = await world.send(lunch.who, lunch.room, "점심?")
    await lunch.give("/점심", thread=root.seq)
    await lunch.give("/점심", nonce="n2")
    found = [m for m in await world.log(lunch.who, lunch.room, thread=root.seq) if m.sender == lunch.id]
    assert [m.text for m in found] == ["국수!"]
    assert await lunch.said() == ["국수!"]


async def test_plain_text_and_a_place_to_go(world: World, receiver: Receiver) -> None:
    receiver.answer(b"*\xea\xb5\xad\xec\x88\x98*", {"goto_location": "https://example.com/menu"}, {"goto_location": "javascript:alert(1)"})
    lunch = await commanded(world, receiver.url)
    assert (await lunch.give("/점심", "a")).url is None
    assert (await lunch.ears.wait(Told)).text == r"\*국수\*"
    assert (await lunch.give("/점심", "b")).url == "https://example.com/menu"
    assert (await lunch.give("/점심", "c")).url is None


async def test_the_same_nonce_is_the_same_command(world: World, receiver: Receiver) -> None:
    lunch = await commanded(world, receiver.url)
    for _ in range(3):
        await lunch.give("/점심")
    assert len(await receiver.wait()) == 1


async def test_it_is_known_in_its_room_only_unless_it_is_everywhere(world: World, receiver: Receiver) -> None:
    receiver.answer({"text": "여기도", "response_type": "in_channel"})
    near, far = await commanded(world, receiver.url), await commanded(world, receiver.url, everywhere=True, command="어디나")
    other = await world.room(near.who, far.who, name="다른 방")
    names = [c["name"] for c in (await far.client.get(f"/api/rooms/{other}/commands")).json()["items"]]
    assert names == ["어디나"]
    refused = await near.client.post(f"/api/rooms/{other}/commands", json={"text": "/점심"})
    assert (refused.status_code, refused.json()["code"]) == (404, "no_command")
    assert (await far.give("/어디나", room=other)).code is None
    assert await far.said(other) == ["여기도"]
    assert far.id in [m.person for m in (await world.changes(far.who, other)).members]


async def test_in_a_talk_of_two_it_speaks_to_who_asked_only(world: World, receiver: Receiver) -> None:
    receiver.answer({"text": "둘이서", "response_type": "in_channel"})
    lunch = await commanded(world, receiver.url, everywhere=True)
    direct = (await world.db.write(rooms.open_direct, lunch.who, world.org, other=world.owner.person)).id
    await lunch.give("/점심", room=direct)
    assert (await lunch.ears.wait(Told)).text == "둘이서"
    assert await lunch.said(direct) == []


async def test_only_who_may_speak_in_a_room_gives_commands_there(world: World, receiver: Receiver) -> None:
    lunch = await commanded(world, receiver.url)
    await world.db.write(rooms.change_room, world.owner, lunch.room, posting="owners")
    refused = await lunch.client.post(f"/api/rooms/{lunch.room}/commands", json={"text": "/점심"})
    assert (refused.status_code, refused.json()["code"]) == (403, "posting_limited")
    await world.db.write(rooms.archive, world.owner, lunch.room)
    refused = await lunch.client.post(f"/api/rooms/{lunch.room}/commands", json={"text": "/점심"})
    assert refused.json()["code"] == "room_archived"
    await world.db.write(members.leave, lunch.who, lunch.room)
    assert (await lunch.client.post(f"/api/rooms/{lunch.room}/commands", json={"text": "/점심"})).status_code == 404


async def test_who_is_gone_before_the_answer_hears_nothing(world: World, receiver: Receiver) -> None:
    lunch = await commanded(world, receiver.url)
    await lunch.give("/점심")
    url = (await receiver.wait())[0].form["response_url"]
    await world.db.write(members.leave, lunch.who, lunch.room)
    answer = await world.client().post(url.partition(":8000")[2], json={"text": "비밀"})
    assert answer.status_code == 404
    assert not [body for body in lunch.ears.heard if isinstance(body, Told)]


async def test_late_answers_come_five_times_within_half_an_hour(world: World, site: str, receiver: Receiver, clock: FakeClock) -> None:
    lunch = await commanded(world, receiver.url)
    await lunch.give("/점심")
    path = (await receiver.wait())[0].form["response_url"].partition(":8000")[2]
    later = WebhookClient(f"{site}{path}")
    answers = [await asyncio.to_thread(later.send, text=f"{n}", response_type="in_channel") for n in range(limits.RESPONSES + 1)]
    assert [(a.status_code, a.body) for a in answers] == [(200, "ok")] * limits.RESPONSES + [(404, "used_url")]
    assert await lunch.said() == [str(n) for n in range(limits.RESPONSES)]
    await lunch.give("/점심", "n2")
    path = (await receiver.wait(2))[1].form["response_url"].partition(":8000")[2]
    stranger = world.client()
    assert (await stranger.post(path, json={"text": "<@x> 나만"})).text == "ok"
    assert (await lunch.ears.wait(Told)).text == "@x 나만"
    clock.forward((limits.RESPONSE_MINUTES + 1) * MINUTE)
    assert (await stranger.post(path, json={"text": "늦음"})).status_code == 404
    assert (await stranger.post(path[:-1] + "0", json={"text": "x"})).status_code == 404
    assert (await stranger.post(path, content=b"{}")).status_code == 400


BAD: list[tuple[dict[str, Any], str]] = [
    ({"command": "두 낱말"}, "not_command"), ({"command": "/"}, "empty"), ({"command": "x" * 40}, "too_large"),
    ({"url": "ftp://x"}, "not_address"),
    ({"url": "http://user:pw@example.com"}, "not_address"), ({"about": "x" * 201}, "too_large"),
]  # fmt: skip


@pytest.mark.parametrize(("wish", "code"), BAD)
async def test_what_is_no_command_is_refused_and_leaves_no_robot(world: World, wish: dict[str, Any], code: str) -> None:
    room, owner = await world.room(), world.client(world.owner)
    body = {"name": "x", "command": "x", "url": "https://example.com", **wish}
    answer = await owner.post(f"/api/rooms/{room}/slash-commands", json=body)
    assert answer.json()["code"] == code
    assert (await owner.get(f"/api/rooms/{room}/robots")).json()["items"] == []


async def test_a_name_is_taken_once_a_place_and_everywhere_is_for_administrators(world: World) -> None:
    lunch = await commanded(world, "https://example.com")
    wish = {"name": "둘째", "command": "점심", "url": "https://example.com"}
    again = await world.client(world.owner).post(f"/api/rooms/{lunch.room}/slash-commands", json=wish)
    assert (again.status_code, again.json()["code"]) == (409, "command_taken")
    mine = await world.room(owner=lunch.who)
    wide = await lunch.client.post(f"/api/rooms/{mine}/slash-commands", json={**wish, "everywhere": True})
    assert wide.status_code == 403
    assert (await lunch.client.post(f"/api/rooms/{mine}/slash-commands", json=wish)).status_code == 201
