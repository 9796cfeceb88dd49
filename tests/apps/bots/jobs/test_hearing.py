"""Robots that are called back over HTTP: what they are told, how they answer, and what a slow or dead one costs."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
from typing import Any

import httpx
import pytest

from narae.apps.bots.queries.hearing import behind
from narae.core.kit import limits
from narae.core.rooms.actions import change, members
from tests.apps.bots.api.dingtalk.apps import App, Receiver, app, receiving
from tests.kit.world import World

pytestmark = pytest.mark.anyio
HOUR = 3_600_000


async def until(is_so: Any, seconds: float = 30) -> None:
    """Wait for something."""
    async with asyncio.timeout(seconds):
        while not await is_so():
            await asyncio.sleep(0.05)


async def put_forward(clock: Any, step: int, receiver: Receiver, count: int) -> None:
    """Let time pass, `step` ms at a time, until `receiver` has been posted so many."""
    async with asyncio.timeout(30):
        while len(receiver.got) < count:
            clock.forward(step)
            await asyncio.sleep(0.3)


async def called(world: World, receiver: Receiver, name: str = "비서") -> App:
    """A robot that is called back at `receiver`."""
    robot = await app(world, name)
    assert (await robot.callback(receiver.url)).status_code == 200
    return robot


async def test_a_mention_is_posted_signed_and_whole(world: World) -> None:
    minsu = await world.person("이민수")
    async with receiving() as receiver:
        robot = await called(world, receiver)
        await world.db.write(members.add_members, world.owner, robot.room, people=[minsu.person])
        sent = await robot.call("오늘 매출은?", who=minsu)
        await receiver.heard(1)
    ((headers, body),) = receiver.got
    right = hmac.new(robot.secret.encode(), f"{headers['timestamp']}\n{robot.secret}".encode(), hashlib.sha256).digest()
    assert headers["sign"] == base64.b64encode(right).decode()
    assert abs(int(headers["timestamp"]) - world.db.clock.now()) < 60_000
    assert headers["content-type"] == "application/json; charset=utf-8"
    assert body.pop("sessionWebhook").startswith(f"{world.server.settings.public_url}/robot/sendBySession?session=")
    assert body == {
        "senderPlatform": "Web", "conversationId": f"cid{robot.room}", "conversationType": "2", "conversationTitle": "매장",
        "chatbotCorpId": world.org, "chatbotUserId": robot.id, "robotCode": robot.id, "msgId": f"msg{robot.room}-{sent.seq}",
        "senderNick": "이민수", "senderId": minsu.person, "senderStaffId": minsu.person, "senderCorpId": world.org, "isAdmin": False,
        "createAt": sent.at, "sessionWebhookExpiredTime": sent.at + 90 * 60_000, "isInAtList": True,
        "atUsers": [{"dingtalkId": robot.id}], "msgtype": "text", "text": {"content": " 오늘 매출은?"},
    }  # fmt: skip


async def test_only_mentions_are_heard_in_rooms_and_everything_in_direct_talks(world: World) -> None:
    async with receiving() as receiver:
        robot = await called(world, receiver)
        other = await app(world, "다른 비서")
        talk = await robot.direct(world.owner)
        await world.send(world.owner, robot.room, "아무도 부르지 않음")
        await world.send(world.owner, talk, "둘이서")
        await world.db.write(members.add_members, world.owner, robot.room, people=[other.id])
        await other.ask("/v1.0/robot/groupMessages/send", openConversationId=f"cid{robot.room}", msgKey="sampleText",
                        msgParam='{"content": "@비서 로봇끼리"}')  # fmt: skip
        await robot.call("불렀음")
        await receiver.heard(2)
        await asyncio.sleep(0.2)
    bodies = {body["conversationType"]: body for _, body in receiver.got}
    assert len(receiver.got) == 2
    assert bodies["1"]["text"]["content"] == "둘이서"
    assert bodies["1"]["conversationId"] == f"cid{talk}"
    assert "conversationTitle" not in bodies["1"]
    assert bodies["1"]["isAdmin"] is True
    assert bodies["2"]["text"]["content"] == " 불렀음"


async def test_what_the_callback_answers_is_said_in_the_room(world: World) -> None:
    async with receiving() as receiver:
        robot = await called(world, receiver)
        receiver.answers = [
            (200, {"msgtype": "text", "text": {"content": "백만 원입니다"}}), (200, {"msgtype": "empty"}), (200, b""), (204, b""),
            (200, b"<html>"), (200, {"success": True}), (200, {"msgtype": "voice"}),
            (200, {"msgtype": "markdown", "markdown": {"title": "t", "text": "**굵게**"}, "at": {"atUserIds": [world.owner.person]}}),
        ]  # fmt: skip
        for n in range(8):
            await robot.call(f"{n}")
        await receiver.heard(8)
        await until(lambda: _said(robot, 2))
        assert receiver.texts == [f" {n}" for n in range(8)]
        assert await robot.texts() == ["백만 원입니다", "**굵게**\n\n@김하나"]
        codes = [c["code"] for c in await robot.calls() if c["way"] == "callback"]
        assert sorted(codes) == [0] * 7 + [400105]


async def _said(robot: App, count: int) -> bool:
    return len(await robot.texts()) >= count


async def test_an_answer_in_a_thread_stays_in_it(world: World) -> None:
    async with receiving() as receiver:
        robot = await called(world, receiver)
        root = await world.send(world.owner, robot.room, "글타래")
        receiver.answers = [(200, {"msgtype": "text", "text": {"content": "여기"}})]
        await robot.call("어디?", thread=root.seq)
        await until(lambda: _in_thread(robot, root.seq))


async def _in_thread(robot: App, root: int) -> bool:
    found = await robot.world.log(robot.world.owner, robot.room, thread=root)
    return [m.text for m in found if m.sender == robot.id] == ["여기"]


async def test_a_failing_callback_is_tried_again_later_in_order_under_the_same_name(world: World, clock: Any) -> None:
    async with receiving() as receiver:
        robot = await called(world, receiver)
        receiver.answers = [(500, b""), (503, b"")]
        await robot.call("하나")
        await robot.call("둘")
        await receiver.heard(1)
        await asyncio.sleep(0.3)
        assert len(receiver.got) == 1
        await put_forward(clock, 3_000, receiver, 2)
        await put_forward(clock, 10_000, receiver, 4)
    assert receiver.texts == [" 하나", " 하나", " 하나", " 둘"]
    assert len({body["msgId"] for _, body in receiver.got}) == 2


async def test_after_enough_tries_it_is_given_up_with_a_note(world: World, clock: Any) -> None:
    async with receiving() as receiver:
        robot = await called(world, receiver)
        receiver.answers = [(500, b"")] * limits.ROBOT_TRIES
        await robot.call("하나")
        await robot.call("둘")
        await put_forward(clock, 130_000, receiver, limits.ROBOT_TRIES + 1)
        noted = [(c["code"], c["answer"]) for c in await robot.calls() if c["way"] == "callback"]
    assert receiver.texts[-1] == " 둘"
    assert (502, "given up after 5 tries: the answer was HTTP 500") in noted


async def test_a_slow_receiver_delays_neither_the_room_nor_other_robots(world: World) -> None:
    async with receiving() as slow, receiving() as quick:
        slow.seconds = 3600
        first = await called(world, slow, "느림보")
        second = await called(world, quick, "비서")
        await world.db.write(members.add_members, world.owner, first.room, people=[second.id])
        for n in range(20):
            await first.call(f"{n}", name="느림보")
            await second.call(f"{n}", room=first.room)
        await quick.heard(20, 60)
        assert quick.texts == [f" {n}" for n in range(20)]
        assert len(slow.got) < 5


async def test_a_dead_receiver_gets_it_when_it_is_back_and_old_messages_are_let_go(world: World, clock: Any) -> None:
    robot = await app(world)
    dead = "http://127.0.0.1:9/robot"
    await robot.callback(dead)
    await robot.call("너무 옛날")
    clock.forward(HOUR + 60_000)
    await until(lambda: _is_noted(robot, 408))
    await robot.call("조금 전")
    async with receiving() as receiver:
        await robot.callback(receiver.url)
        clock.forward(200_000)
        await receiver.heard(1)
    assert receiver.texts == [" 조금 전"]


async def _is_noted(robot: App, code: int) -> bool:
    return code in [c["code"] for c in await robot.calls()]


async def test_it_hears_from_its_first_credentials_on_and_from_when_it_came(world: World) -> None:
    async with receiving() as receiver:
        robot = await app(world)
        await robot.owner.post(f"/api/robots/{robot.id}/app", json={"on": False})
        await robot.call("귀가 없을 때")
        await robot.get_ready()
        await robot.callback(receiver.url)
        second = await world.room()
        await world.send(world.owner, second, "오기 전")
        await world.db.write(members.add_members, world.owner, second, people=[robot.id])
        await robot.call("온 뒤", room=second)
        await robot.call("귀가 있을 때")
        await receiver.heard(2)
        await asyncio.sleep(0.2)
    assert sorted(receiver.texts) == [" 귀가 있을 때", " 온 뒤"]


async def test_what_waits_is_not_told_once_it_is_recalled_or_the_robot_is_gone(world: World) -> None:
    async with receiving() as receiver:
        robot = await app(world)
        stays, goes = await world.room(), await world.room()
        await world.db.write(members.add_members, world.owner, stays, people=[robot.id])
        await world.db.write(members.add_members, world.owner, goes, people=[robot.id])
        recalled = await robot.call("거둔 글", room=stays)
        await robot.call("쫓겨난 방", room=goes)
        await robot.call("남는 글", room=stays)
        await asyncio.sleep(0.2)
        await world.db.write(change.recall, world.owner, stays, recalled.seq)
        await world.db.write(members.remove_member, world.owner, goes, robot.id)
        await robot.callback(receiver.url)
        await receiver.heard(1)
        await asyncio.sleep(0.2)
    assert receiver.texts == [" 남는 글"]


async def test_files_come_with_codes(world: World, site: str) -> None:
    async with receiving() as receiver:
        robot = await called(world, receiver)
        talk = await robot.direct(world.owner)
        owner = world.client(world.owner)
        names = ("p.png", "표.xlsx", "1.png", "2.png")
        sent = [await owner.post(f"/api/rooms/{talk}/files?name={name}", content=name.encode()) for name in names]
        picture, table, *both = [answer.json()["id"] for answer in sent]
        await world.send(world.owner, talk, "", files=[picture])
        await world.send(world.owner, talk, "", files=[table])
        await world.send(world.owner, talk, "두 장", files=both)
        await receiver.heard(3)
        first, second, third = (body for _, body in receiver.got)
        assert (first["msgtype"], second["msgtype"], second["content"]["fileName"]) == ("picture", "file", "표.xlsx")
        assert third["content"]["richText"][0] == {"text": "두 장"}
        assert [p["type"] for p in third["content"]["richText"][1:]] == ["picture", "picture"]
        answer = await robot.ask("/v1.0/robot/messageFiles/download", downloadCode=second["content"]["downloadCode"])
        async with httpx.AsyncClient() as stranger:
            file = await stranger.get(answer.json()["downloadUrl"])
        assert (file.status_code, file.content) == (200, "표.xlsx".encode())


@pytest.mark.parametrize("url", ["http://10.0.0.1/x", "http://169.254.169.254/latest", "http://[::1]:8000/", "http://localhost:1/"])
async def test_a_private_callback_is_refused(world: World, url: str) -> None:
    robot = await app(world)
    answer = await robot.callback(url.replace("localhost", "[::ffff:10.0.0.1]"))
    assert (answer.status_code, answer.json()["code"]) == (502, "outside_private")
    assert (await robot.owner.get(f"/api/robots/{robot.id}/app")).json()["callback"] == ""


@pytest.mark.parametrize("url", ["ftp://example.com", "x", "https://user:pass@example.com/", "http://" + "a" * 3000])
async def test_what_is_no_address_is_refused(world: World, url: str) -> None:
    robot = await app(world)
    assert (await robot.callback(url)).status_code == 400


async def test_a_robot_without_credentials_has_no_callback(world: World) -> None:
    robot = await app(world)
    await robot.owner.post(f"/api/robots/{robot.id}/app", json={"on": False})
    answer = await robot.callback("http://127.0.0.1:9/")
    assert (answer.status_code, answer.json()["code"]) == (409, "robot_deaf")


async def test_a_removed_robot_is_out_of_every_room_and_deaf(world: World) -> None:
    async with receiving() as receiver:
        robot = await called(world, receiver)
        second = await world.room()
        await world.db.write(members.add_members, world.owner, second, people=[robot.id])
        talk = await robot.direct(world.owner)
        await robot.call("하나", room=second)
        await receiver.heard(1)
        assert (await robot.owner.delete(f"/api/robots/{robot.id}")).status_code == 204
        await world.send(world.owner, talk, "거기 있나요")
        await asyncio.sleep(0.3)
    assert len(receiver.got) == 1
    assert robot.id not in [m["person"] for m in (await robot.owner.get(f"/api/rooms/{second}/members")).json()["items"]]
    assert await world.db.read(behind, robot.id) == []
