"""Public clients that nobody here wrote, pointed at our address and otherwise as they come."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from dingtalkchatbot.chatbot import ActionCard, CardItem, DingtalkChatbot, FeedLink
from slack_sdk.webhook import WebhookClient

from tests.apps.bots.api.robots import Put, put
from tests.kit.live import listening
from tests.kit.world import World

pytestmark = pytest.mark.anyio


@pytest.fixture
async def site(world: World) -> AsyncIterator[str]:
    """Where the server listens."""
    async with listening(world.server) as port:
        yield f"http://127.0.0.1:{port}"


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


async def test_slack_sdk_is_told_ok(world: World, site: str) -> None:
    robot = await put(world)
    hook = WebhookClient(f"{site}{robot.hook}")
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "빌드 *끝*"}}]
    plain = await asyncio.to_thread(hook.send, text="빌드 <https://example.com|42>")
    rich = await asyncio.to_thread(hook.send, blocks=blocks, attachments=[{"text": "초록", "color": "good"}])
    assert [(a.status_code, a.body) for a in (plain, rich)] == [(200, "ok"), (200, "ok")]
    assert [m.text for m in await robot.said()] == ["빌드 [42](https://example.com)", "빌드 *끝*\n\n> 초록"]
