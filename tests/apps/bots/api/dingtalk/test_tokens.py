"""Credentials and access tokens."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from narae.core.kit import limits
from tests.apps.bots.api.dingtalk.apps import app, receiving
from tests.apps.bots.api.robots import put
from tests.kit.world import World

pytestmark = pytest.mark.anyio
MINUTE = 60_000


async def test_credentials_are_got_once_and_open_both_forms(world: World) -> None:
    robot = await app(world)
    new = await robot.stranger.post("/v1.0/oauth2/accessToken", json={"appKey": robot.id, "appSecret": robot.secret})
    old = await robot.stranger.get("/gettoken", params={"appkey": robot.id, "appsecret": robot.secret})
    assert (new.status_code, new.json()["expireIn"]) == (200, 7200)
    assert {k: v for k, v in old.json().items() if k != "access_token"} == {"errcode": 0, "errmsg": "ok", "expires_in": 7200}
    shown = (await robot.owner.get(f"/api/robots/{robot.id}/app")).json()
    assert shown == {"client_id": robot.id, "listens": True, "callback": "", "connections": 0}


async def test_a_token_dies_with_its_secret_and_with_time(world: World, clock: Any) -> None:
    robot = await app(world)
    token = await robot.token()
    assert (await robot.ask("/v1.0/robot/messageFiles/download", token=token)).json()["code"] == "invalidParameter.downloadCode"
    clock.forward(limits.ROBOT_TOKEN_SECONDS * 1000)
    late = await robot.ask("/v1.0/robot/messageFiles/download", token=token)
    fresh = await robot.token()
    old_secret = robot.secret
    await robot.get_ready()
    rotated = await robot.ask("/v1.0/robot/messageFiles/download", token=fresh)
    assert [(a.status_code, a.json()["code"]) for a in (late, rotated)] == [(401, "invalidAuthentication")] * 2
    assert set(late.json()) == {"code", "message", "requestid"}
    refused = await robot.stranger.post("/v1.0/oauth2/accessToken", json={"appKey": robot.id, "appSecret": old_secret})
    assert (refused.status_code, refused.json()["code"]) == (400, "invalidClientIdOrSecret")


async def test_off_means_no_credentials_at_all(world: World) -> None:
    robot, plain = await app(world), await put(world, "말만")
    token = await robot.token()
    off = await robot.owner.post(f"/api/robots/{robot.id}/app", json={"on": False})
    assert off.json() == {"client_id": robot.id, "client_secret": None}
    assert (await robot.ask("/v1.0/robot/ding/recall", token=token)).status_code == 401
    for one in (robot.id, plain.id, "nobody", "\x00", "가"):
        answer = await robot.stranger.get("/gettoken", params={"appkey": one, "appsecret": robot.secret})
        assert (answer.status_code, answer.json()["errcode"]) == (200, 40089)


async def test_a_robot_that_is_switched_off_gets_no_token_and_its_tokens_rest(world: World) -> None:
    robot = await app(world)
    token = await robot.token()
    await robot.change(enabled=False)
    proof = {"appKey": robot.id, "appSecret": robot.secret}
    answers = [await robot.stranger.post("/v1.0/oauth2/accessToken", json=proof), await robot.ask("/v1.0/robot/ding/recall", token=token)]
    assert [(a.status_code, a.json()["code"]) for a in answers] == [(403, "robotDisabled")] * 2


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'{"appKey": 5}', b"\xff", b'{"appKey": "x"}', b'{"appKey": ["x"], "appSecret": "y"}'])
async def test_a_body_of_another_form_is_said_to_be_one(world: World, raw: bytes) -> None:
    robot = await app(world)
    answer = await robot.stranger.post("/v1.0/oauth2/accessToken", content=raw)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalidParameter")
    assert (await robot.stranger.get("/gettoken")).json()["errcode"] == 40035


@pytest.mark.parametrize("token", ["", "x", "a.b.c.d", "\x00", "0" * 5000])
async def test_what_is_no_token_is_refused(world: World, token: str) -> None:
    robot = await app(world)
    answer = await robot.stranger.post("/media/upload", params={"access_token": token, "type": "file"})
    assert (answer.status_code, answer.json()["errcode"]) == (200, 40014)


async def test_wrong_secrets_are_slowed_down_by_address(world: World, clock: Any) -> None:
    robot = await app(world)
    wrong, right = ({"appKey": robot.id, "appSecret": secret} for secret in ("x", robot.secret))
    many = limits.ROBOT_WRONG_TOKENS_A_MINUTE + 5
    codes = [(await robot.stranger.post("/v1.0/oauth2/accessToken", json=wrong)).status_code for _ in range(many)]
    assert (codes[0], codes[-1]) == (400, 429)
    slowed = await robot.stranger.post("/v1.0/oauth2/accessToken", json=right)
    assert (slowed.status_code, int(slowed.headers["retry-after"]) >= 1) == (429, True)
    assert (await robot.stranger.get("/gettoken", params={"appkey": robot.id, "appsecret": "x"})).json()["errcode"] == 90018
    clock.forward(MINUTE)
    assert (await robot.stranger.post("/v1.0/oauth2/accessToken", json=right)).status_code == 200


async def test_a_program_that_asks_too_often_is_told_to_wait(world: World) -> None:
    robot = await app(world)
    token = await robot.token()
    asked = [robot.ask("/v1.0/robot/ding/recall", token=token) for _ in range(2 * limits.ROBOT_API_BURST)]
    slowed = [a for a in await asyncio.gather(*asked) if a.status_code == 429]
    assert slowed[0].headers["retry-after"] == "1"


async def test_a_robots_addresses_hold_for_everything_that_it_is_asked(world: World, site: str) -> None:
    async with receiving() as receiver:
        robot = await app(world)
        await robot.callback(receiver.url)
        await robot.call()
        await receiver.heard(1)
    token = await robot.token()
    await robot.change(addresses=["203.0.113.7"])
    body = {"msgtype": "text", "text": {"content": "네"}}
    session = await robot.tell(body, receiver.got[0][1]["sessionWebhook"])
    assert (session["errcode"], "not in whitelist" in session["errmsg"]) == (310000, True)
    opening = {"clientId": robot.id, "clientSecret": robot.secret}
    answers = [
        await robot.stranger.post("/v1.0/oauth2/accessToken", json={"appKey": robot.id, "appSecret": robot.secret}),
        await robot.stranger.post("/v1.0/gateway/connections/open", json=opening),
        await robot.ask("/v1.0/robot/ding/recall", token=token),
    ]
    assert [(a.status_code, a.json()["code"]) for a in answers] == [(403, "ipNotInWhitelist")] * 3
