"""What was written for Slack's and Mattermost's incoming hooks, at our address."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from slack_sdk.webhook import WebhookClient

from tests.apps.bots.api.robots import put
from tests.kit.world import World

pytestmark = pytest.mark.anyio

SAID: list[tuple[dict[str, Any], str]] = [
    ({"text": "안녕하세요"}, "안녕하세요"),
    ({"text": "보기: <https://example.com/a|여기> &amp; <https://example.com>"},
     "보기: [여기](https://example.com/a) & [https://example.com](https://example.com)"),
    ({"text": "글", "username": "배포*기", "channel": "#elsewhere", "icon_emoji": ":ghost:"}, "**배포\\*기**\n\n글"),
    ({"attachments": [{"fallback": "대신", "color": "#f00"}]}, "> 대신"),
    (
        {"text": "위", "attachments": [{"pretext": "앞", "title": "제목", "title_link": "https://example.com", "text": "하나\n둘",
                                        "fields": [{"title": "값", "value": 3, "short": True}], "footer": "끝"}]},
        "위\n\n앞\n\n> **[제목](https://example.com)**\n>\n> 하나\n> 둘\n>\n> **값** 3\n>\n> 끝",
    ),
    (
        {"blocks": [{"type": "header", "text": {"type": "plain_text", "text": "머리"}},
                    {"type": "section", "text": {"type": "mrkdwn", "text": "몸"}, "fields": [{"type": "mrkdwn", "text": "칸"}]},
                    {"type": "divider"}]},
        "**머리**\n\n몸\n\n칸",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("body", "text"), SAID)
async def test_a_hook_is_said_in_the_room(world: World, body: dict[str, Any], text: str) -> None:
    robot = await put(world)
    answer = await robot.hear(json=body)
    assert (answer.status_code, answer.text, answer.headers["content-type"].split(";")[0]) == (200, "ok", "text/plain")
    assert [m.text for m in await robot.said()] == [text]


async def test_the_form_with_a_payload_is_read_too(world: World) -> None:
    robot = await put(world)
    answer = await robot.hear(data={"payload": json.dumps({"text": "양식"})})
    assert (answer.status_code, [m.text for m in await robot.said()]) == (200, ["양식"])


async def test_everybody_and_single_people_are_called(world: World) -> None:
    robot = await put(world)
    await robot.hear(json={"text": f"<!channel> <@{world.owner.person}> 봐 주세요"})
    (said,) = await robot.said()
    assert (said.mentions.people, said.mentions.all) == ([world.owner.person], True)


async def test_a_long_text_comes_in_pieces_and_in_order(world: World) -> None:
    robot = await put(world)
    text = "\n".join(f"줄 {n} " + "가" * 90 for n in range(400))
    await robot.hear(json={"text": text})
    said = [m.text for m in await robot.said()]
    assert len(said) == 3
    assert "\n".join(said) == text


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [(b"", 400, "invalid_payload"), (b"[1]", 400, "invalid_payload"), (b"payload=%7B", 400, "invalid_payload"),
     (b"\xff\xfe", 400, "invalid_payload"), (b"{}", 400, "no_text"), (b'{"text": 5, "attachments": {"a": 1}}', 400, "no_text"),
     (b'{"attachments": [1, null, {"fields": "x"}]}', 400, "no_text")],
)  # fmt: skip
async def test_bad_input_is_refused_in_the_words_that_clients_know(world: World, body: bytes, status: int, words: str) -> None:
    robot = await put(world)
    answer = await robot.hear(content=body)
    assert (answer.status_code, answer.text) == (status, words)
    assert await robot.said() == []


async def test_a_wrong_address_a_robot_that_is_off_and_one_that_wants_signatures(world: World) -> None:
    robot = await put(world)
    assert (await robot.stranger.post("/hooks/nothing", json={"text": "x"})).status_code == 404
    await robot.change(enabled=False)
    assert (await robot.hear(json={"text": "x"})).status_code == 403
    await robot.change(enabled=True, per_minute=1)
    assert [(await robot.hear(json={"text": "x"})).status_code for _ in range(2)] == [200, 429]
    await robot.change(per_minute=20)
    await robot.owner.post(f"/api/robots/{robot.id}/sign", json={"on": True})
    assert (await robot.hear(json={"text": "x"})).status_code == 403


async def test_slack_sdk_is_told_ok(world: World, site: str) -> None:
    robot = await put(world)
    hook = WebhookClient(f"{site}{robot.hook}")
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "빌드 *끝*"}}]
    plain = await asyncio.to_thread(hook.send, text="빌드 <https://example.com|42>")
    rich = await asyncio.to_thread(hook.send, blocks=blocks, attachments=[{"text": "초록", "color": "good"}])
    assert [(a.status_code, a.body) for a in (plain, rich)] == [(200, "ok"), (200, "ok")]
    assert [m.text for m in await robot.said()] == ["빌드 [42](https://example.com)", "빌드 *끝*\n\n> 초록"]
