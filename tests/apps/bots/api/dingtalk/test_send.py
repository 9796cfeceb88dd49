"""What was written for DingTalk's custom robots, at our address."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from dingtalkchatbot.chatbot import ActionCard, CardItem, DingtalkChatbot, FeedLink

from narae.apps.bots import rules
from narae.core.rooms.actions import members, rooms
from tests.apps.bots.api.robots import Put, put
from tests.kit.world import World

pytestmark = pytest.mark.anyio
OK = {"errcode": 0, "errmsg": "ok"}
TEXT = {"msgtype": "text", "text": {"content": "서버가 쓰러졌습니다"}}
KINDS: list[tuple[dict[str, Any], str]] = [
    (TEXT, "서버가 쓰러졌습니다"),
    ({"msgtype": "text", "text": {"content": "2 * 3 * 4 <b> #1"}}, r"2 \* 3 \* 4 \<b\> \#1"),
    ({"msgtype": "markdown", "markdown": {"title": "t", "text": "#### 제목\n> **굵게**"}}, "#### 제목\n> **굵게**"),
    (
        {"msgtype": "link", "link": {"title": "제목", "text": "글", "messageUrl": "https://example.com/a", "picUrl": ""}},
        "**[제목](https://example.com/a)**\n\n글",
    ),
    (
        {"msgtype": "feedCard", "feedCard": {"links": [{"title": "하나", "messageURL": "https://example.com/1", "picURL": "x"}]}},
        "- [하나](https://example.com/1)",
    ),
    ({"msgtype": "image", "image": {"picURL": "https://example.com/p.png"}}, "[https://example.com/p.png](https://example.com/p.png)"),
]


@pytest.mark.parametrize(("body", "text"), KINDS, ids=lambda part: part["msgtype"] if isinstance(part, dict) else "")
async def test_each_kind_of_message_is_said(world: World, body: dict[str, Any], text: str) -> None:
    robot = await put(world)
    assert await robot.tell(body) == OK
    assert [m.text for m in await robot.said()] == [text]


async def test_an_action_card_is_a_card_with_buttons_and_the_rest_as_links(world: World) -> None:
    robot = await put(world)
    buttons = [{"title": f"단추 {n}", "actionURL": f"https://example.com/{n}"} for n in range(3)]
    wrapped = "dingtalk://dingtalkclient/page/link?url=https%3A%2F%2Fexample.com%2Fx&pc_slide=true"
    one = {"title": "배포", "text": "끝", "singleTitle": "보기", "singleURL": wrapped, "btnOrientation": 0, "hideAvatar": 0}
    many = {"title": "배포", "text": "끝", "btns": buttons, "btnOrientation": "1"}
    assert [await robot.tell({"msgtype": "actionCard", "actionCard": card}) for card in (one, many)] == [OK, OK]
    first, second = await robot.said()
    assert first.card and second.card
    assert [b.url for b in first.card.buttons] == ["https://example.com/x"]
    assert [b.label for b in second.card.buttons] == ["단추 0", "단추 1"]
    assert second.text == "끝\n\n- [단추 2](https://example.com/2)"


async def test_forms_and_wrong_content_types_are_read_all_the_same(world: World) -> None:
    robot = await put(world)
    form = await robot.stranger.post(robot.address, data={"msgtype": "text", "text": json.dumps({"content": "양식"})})
    odd = await robot.stranger.post(robot.address, content=json.dumps(TEXT), headers={"Content-Type": "text/plain"})
    token = robot.address.partition("access_token=")[2]
    inside = await robot.stranger.post("/robot/send", json={**TEXT, "access_token": token})
    assert [answer.json() for answer in (form, odd, inside)] == [OK] * 3
    assert len(await robot.said()) == 3


async def test_people_are_called_by_id_by_mail_and_all_together(world: World) -> None:
    minsu = await world.person("이민수")
    robot = await put(world)
    await world.db.write(members.add_members, world.owner, robot.room, people=[minsu.person])
    at = {"atUserIds": [minsu.person], "isAtAll": "true", "atMobiles": ["18012345678"]}
    assert await robot.tell({"msgtype": "text", "text": {"content": f"@{minsu.person} 봐 주세요"}, "at": at}) == OK
    (said,) = await robot.said()
    assert said.text == "@이민수 봐 주세요\n\n@all"
    assert (said.mentions.people, said.mentions.all) == ([minsu.person], True)


async def test_the_same_uuid_is_said_once(world: World) -> None:
    robot = await put(world)
    assert [await robot.tell({**TEXT, "msgUuid": "u-1"}) for _ in range(3)] == [OK] * 3
    assert len(await robot.said()) == 1


BAD: list[tuple[Any, int, str]] = [
    ({}, 400105, "not supported"),
    ({"msgtype": "voice", "voice": {}}, 400105, "not supported"),
    ({"msgtype": ["text"]}, 400105, "not supported"),
    ({"msgtype": "text"}, 40035, "missing parameter: text"),
    ({"msgtype": "text", "text": {"content": "  "}}, 40035, "missing parameter: content"),
    ({"msgtype": "markdown", "markdown": {"text": "x"}}, 40035, "missing parameter: title"),
    ({"msgtype": "actionCard", "actionCard": {"title": "t", "text": "x", "singleTitle": "a", "singleURL": "javascript:x"}}, 40035, "http"),
    ({"msgtype": "feedCard", "feedCard": {"links": []}}, 40035, "missing parameter: links"),
    ([], 40035, "json"),
    ({**TEXT, "at": {"atUserIds": [str(n) for n in range(51)]}}, 460102, "at most 50"),
    ({"msgtype": "text", "text": {"content": "가" * 7000}}, 460101, "exceed 20000 bytes"),
]


@pytest.mark.parametrize(("body", "code", "words"), BAD)
async def test_bad_input_is_answered_by_its_code_and_nothing_is_said(world: World, body: Any, code: int, words: str) -> None:
    robot = await put(world)
    answer = await robot.tell(body)
    assert answer["errcode"] == code
    assert words in answer["errmsg"]
    assert await robot.said() == []


async def test_garbage_is_no_json(world: World) -> None:
    robot = await put(world)
    answer = await robot.stranger.post(robot.address, content=b"\xff\xfe{")
    assert answer.json()["errcode"] == 40035


async def test_a_wrong_token_is_not_there(world: World) -> None:
    robot = await put(world)
    answers = [await robot.tell(TEXT, "/robot/send?access_token=x"), await robot.tell(TEXT, "/robot/send")]
    assert [a["errcode"] for a in answers] == [400101, 400101]
    assert "token is not exist" in answers[0]["errmsg"]


async def test_a_robot_that_is_switched_off_says_nothing(world: World) -> None:
    robot = await put(world)
    await robot.change(enabled=False)
    assert (await robot.tell(TEXT))["errcode"] == 400102
    await robot.change(enabled=True)
    assert await robot.tell(TEXT) == OK


async def test_keywords_and_addresses_are_kept(world: World) -> None:
    robot = await put(world)
    await robot.change(keywords=["경보"])
    assert await robot.tell(TEXT) == {"errcode": 310000, "errmsg": "keywords not in content"}
    assert await robot.tell({"msgtype": "text", "text": {"content": "경보! 서버"}}) == OK
    await robot.change(keywords=[], addresses=["203.0.113.0/24"])
    refused = await robot.tell(TEXT)
    assert refused["errcode"] == 310000
    assert "not in whitelist" in refused["errmsg"]


async def test_a_signed_robot_takes_signed_calls_only(world: World) -> None:
    robot = await put(world)
    secret = (await robot.owner.post(f"/api/robots/{robot.id}/sign", json={"on": True})).json()["secret"]
    now = str(world.db.clock.now())
    token = robot.address.partition("access_token=")[2]
    signed = {"access_token": token, "timestamp": now, "sign": rules.signature(secret, now)}
    assert secret.startswith("SEC")
    assert (await robot.tell(TEXT))["errmsg"] == "invalid timestamp"
    assert (await robot.tell(TEXT, "/robot/send", **{**signed, "sign": "x"}))["errmsg"] == "sign not match"
    assert (await robot.tell(TEXT, "/robot/send", **{**signed, "timestamp": "1"}))["errmsg"] == "invalid timestamp"
    assert [await robot.tell(TEXT, "/robot/send", **signed) for _ in range(2)] == [OK, OK]
    await robot.owner.post(f"/api/robots/{robot.id}/sign", json={"on": True})
    assert (await robot.tell(TEXT, "/robot/send", **signed))["errmsg"] == "sign not match"


async def test_beyond_its_limit_a_minute_it_is_throttled(world: World) -> None:
    robot = await put(world)
    await robot.change(per_minute=3)
    codes = [(await robot.tell(TEXT))["errcode"] for _ in range(5)]
    assert codes == [0, 0, 0, 410100, 410100]
    assert "exceed 3 times per minute" in (await robot.tell(TEXT))["errmsg"]


async def test_a_robot_that_was_sent_away_can_not_speak(world: World) -> None:
    robot = await put(world)
    await world.db.write(members.remove_member, world.owner, robot.room, robot.id)
    assert (await robot.tell(TEXT))["errcode"] == 400106


async def test_a_room_that_is_archived_or_for_announcements_is_told_apart(world: World) -> None:
    robot = await put(world)
    await world.db.write(rooms.change_room, world.owner, robot.room, posting="owners")
    assert (await robot.tell(TEXT))["errcode"] == 400102
    await world.db.write(members.change_member, world.owner, robot.room, robot.id, role="admin")
    assert await robot.tell(TEXT) == OK
    await world.db.write(rooms.archive, world.owner, robot.room)
    assert (await robot.tell(TEXT))["errcode"] == 400013


async def speak(robot: Put, site: str, *, secret: str | None = None) -> list[Any]:
    """Say one of each kind with DingtalkChatbot."""
    bot = DingtalkChatbot(f"{site}{robot.address}", secret=secret)
    card = ActionCard(title="배포", text="### 끝", btns=[CardItem(title=t, url="https://example.com") for t in ("보기", "되돌리기")])
    links = [FeedLink(title=t, message_url="https://example.com", pic_url="https://example.com/p.png") for t in ("하나", "둘")]
    calls = [
        lambda: bot.send_text(msg="서버가 쓰러졌습니다", is_at_all=True),
        lambda: bot.send_link(title="제목", text="글", message_url="https://example.com", pic_url=""),
        lambda: bot.send_markdown(title="제목", text="#### 오늘\n> 맑음", is_at_all=False, at_dingtalk_ids=[]),
        lambda: bot.send_action_card(card),
        lambda: bot.send_feed_card(links),
        lambda: bot.send_image(pic_url="https://example.com/p.png"),
    ]
    return [await asyncio.to_thread(call) for call in calls]


async def test_dingtalkchatbot_says_every_kind(world: World, site: str) -> None:
    robot = await put(world)
    assert await speak(robot, site) == [{"errcode": 0, "errmsg": "ok"}] * 6
    said = await robot.said()
    assert [m.kind for m in said] == ["text", "text", "text", "card", "text", "text"]
    assert said[0].mentions.all
    assert [b.label for b in said[3].card.buttons] == ["보기", "되돌리기"]  # type: ignore[union-attr]


async def test_dingtalkchatbot_signs(world: World, site: str) -> None:
    robot = await put(world)
    secret = (await robot.owner.post(f"/api/robots/{robot.id}/sign", json={"on": True})).json()["secret"]
    assert await speak(robot, site, secret=secret) == [{"errcode": 0, "errmsg": "ok"}] * 6
    assert (await speak(robot, site, secret="SEC" + "0" * 64))[0]["errmsg"] == "sign not match"
