"""Interactive cards: made, delivered and changed over the wire; presses that reach streams and callbacks; the vendor's own client."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from narae.apps.bots.api.dingtalk.stream import streams_of
from narae.apps.bots.tables import card
from narae.core.kit import limits
from narae.core.rooms.actions import change
from narae.core.rooms.public import Answered, Message
from tests.apps.bots.api.dingtalk.apps import App, Client, app, told
from tests.apps.bots.receivers import Ears, Receiver, receiving
from tests.kit.tree import ROOT
from tests.kit.world import World

pytestmark = pytest.mark.anyio
BOT = Path(__file__).parent / "card_bot.py"
CARDS = {"type": "CALLBACK", "topic": "/v1.0/card/instances/callback"}
BUTTONS = json.dumps([{"id": "yes", "text": "동의", "params": {"n": 1}}, {"text": "보기", "url": "https://example.com"}])
DATA = {"title": "휴가", "markdown": "**사흘**", "btns": BUTTONS}


async def ask(robot: App, path: str, method: str = "POST", **body: Any) -> httpx.Response:
    """Ask for something about cards."""
    headers = {"x-acs-dingtalk-access-token": await robot.token()}
    return await robot.stranger.request(method, f"/v1.0/card/{path}", headers=headers, json=body)


async def deliver(robot: App, track: str = "t1", room: str | None = None, **more: Any) -> httpx.Response:
    """Make a card and put it into a room."""
    body = {"cardTemplateId": "any.schema", "outTrackId": track, "cardData": {"cardParamMap": DATA}, **more}
    return await ask(robot, "instances/createAndDeliver", openSpaceId=f"dtv1.card//IM_GROUP.cid{room or robot.room}", **body)


async def the_card(robot: App) -> Message:
    """The card in its room."""
    (message,) = await robot.said()
    return message


async def press(robot: App, ears: Ears, nonce: str = "n", button: str = "a0") -> Answered:
    """Press as the owner, and wait until it is answered."""
    seq = (await robot.said())[0].seq
    body = {"button": button, "nonce": nonce, "values": {}}
    answer = await robot.owner.post(f"/api/rooms/{robot.room}/messages/{seq}/press", json=body)
    assert answer.status_code == 200, answer.text
    answered: Answered = await ears.wait(Answered, lambda said: said.ref == nonce)
    return answered


def answering(**data: str) -> dict[str, Any]:
    """An answer that changes these of a card's data."""
    return {"cardUpdateOptions": {"updateCardDataByKey": True}, "cardData": {"cardParamMap": data}}


async def test_a_card_is_drawn_from_its_data(world: World, site: str) -> None:
    robot = await app(world)
    answer = await deliver(robot)
    assert (answer.status_code, answer.json()["success"], answer.json()["result"]["outTrackId"]) == (200, True, "t1")
    made = await the_card(robot)
    assert made.card is not None
    assert (made.card.title, made.text) == ("휴가", "**사흘**")
    assert [(b.label, b.url) for b in made.card.buttons] == [("동의", None), ("보기", "https://example.com")]


async def test_the_same_name_is_the_same_card(world: World, site: str) -> None:
    robot, elsewhere = await app(world), await world.room()
    first, again = await deliver(robot), await deliver(robot)
    assert first.json() == again.json()
    assert len(await robot.said()) == 1
    moved, strange = await deliver(robot, room=elsewhere), await deliver(robot, "t2", room=elsewhere)
    assert (moved.status_code, moved.json()["code"]) == (409, "cardDelivered")
    assert strange.status_code in (403, 404)
    assert [row.track for row in await world.db.read(lambda conn: conn.execute(select(card)).all())] == ["t1"]


async def test_an_update_by_key_keeps_the_rest_and_one_without_replaces_it(world: World, site: str) -> None:
    robot = await app(world)
    await deliver(robot)
    data = {"cardParamMap": {"markdown": "나흘"}}
    options = {"updateCardDataByKey": True}
    assert (await ask(robot, "instances", "PUT", outTrackId="t1", cardData=data, cardUpdateOptions=options)).json()["result"] is True
    kept = await the_card(robot)
    await ask(robot, "instances", "PUT", outTrackId="t1", cardData=data)
    replaced = await the_card(robot)
    assert kept.card is not None
    assert replaced.card is not None
    assert (kept.text, kept.card.title, len(kept.card.buttons)) == ("나흘", "휴가", 2)
    assert (replaced.text, replaced.card.title, replaced.card.buttons) == ("나흘", "", [])


async def test_text_is_written_piece_by_piece(world: World, site: str) -> None:
    robot = await app(world)
    await deliver(robot)
    for full, content in ((True, "가"), (False, "나"), (False, "다")):
        await ask(robot, "streaming", "PUT", outTrackId="t1", key="markdown", content=content, isFull=full)
    assert (await the_card(robot)).text == "가나다"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"openSpaceId": "dtv1.card//ONE_BOX.x"}, "invalidParameter.openSpaceId"),
        ({"openSpaceId": "dtv1.card//IM_ROBOT.nobody"}, "staffId.notExisted"),
        ({"outTrackId": ""}, "invalidParameter.outTrackId"),
        ({"outTrackId": "x" * 129}, "invalidParameter.outTrackId"),
        ({"callbackType": "HTTP", "callbackRouteKey": "none"}, "invalidParameter.callbackRouteKey"),
        ({"callbackType": "MAIL"}, "invalidParameter.callbackType"),
        ({"imGroupOpenDeliverModel": {"recipients": ["x"]}}, "invalidParameter.recipients"),
        ({"cardData": {"cardParamMap": {"markdown": "x" * 60_000}}}, "invalidParameter.cardData"),
        ({"cardData": []}, "invalidParameter"),
    ],
)
async def test_what_is_wrong_is_said_and_nothing_is_written(world: World, site: str, more: dict[str, Any], code: str) -> None:
    robot = await app(world)
    body = {"outTrackId": "t1", "openSpaceId": f"dtv1.card//IM_GROUP.cid{robot.room}", "cardData": {"cardParamMap": DATA}, **more}
    answer = await ask(robot, "instances/createAndDeliver", **body)
    assert (answer.status_code // 100, answer.json()["code"]) == (4, code)
    assert await robot.said() == []
    assert await world.db.read(lambda conn: conn.execute(select(card)).all()) == []


async def test_another_robot_can_not_touch_a_card_that_is_not_its(world: World, site: str) -> None:
    robot, other = await app(world), await app(world, "남")
    await deliver(robot)
    data = {"cardParamMap": {"markdown": "내 것"}}
    for method, path, body in (
        ("PUT", "instances", {"cardData": data}),
        ("PUT", "streaming", {"key": "markdown", "content": "x"}),
        ("POST", "instances/deliver", {"openSpaceId": f"dtv1.card//IM_GROUP.cid{other.room}"}),
    ):
        answer = await ask(other, path, method, outTrackId="t1", **body)
        assert (answer.status_code, answer.json()["code"]) == (404, "cardNotExist")
    stranger = await robot.stranger.put("/v1.0/card/instances", json={"outTrackId": "t1", "cardData": data})
    assert (stranger.status_code, stranger.json()["code"]) == (401, "invalidAuthentication")
    assert (await the_card(robot)).text == "**사흘**"


async def test_a_press_reaches_the_stream_and_its_answer_changes_the_card(world: World, site: str) -> None:
    robot = await app(world)
    await deliver(robot)
    client = await Client(robot, site).open(CARDS)
    ears = Ears(world, world.owner.person)
    pressing = asyncio.create_task(press(robot, ears))
    frame = await client.next()
    body = told(frame)
    assert frame["headers"]["topic"] == "/v1.0/card/instances/callback"
    assert (body["type"], body["outTrackId"], body["userId"]) == ("actionCallback", "t1", world.owner.person)
    assert json.loads(body["content"]) == {"cardPrivateData": {"actionIds": ["yes"], "params": {"n": 1}}}
    await client.ack(frame, data={"response": answering(markdown="동의함", btns="[]")})
    assert (await pressing).code is None
    made = await the_card(robot)
    assert made.card is not None
    assert (made.text, made.card.title, made.card.buttons) == ("동의함", "휴가", [])
    await client.close()


async def test_a_press_is_told_again_under_the_same_name_when_it_is_refused(world: World, site: str, clock: Any) -> None:
    robot = await app(world)
    await deliver(robot)
    client = await Client(robot, site).open(CARDS)
    pressing = asyncio.create_task(press(robot, Ears(world, world.owner.person)))
    first = await client.next()
    await client.ack(first, code=500)
    await asyncio.sleep(0.3)
    clock.forward(limits.CARD_AGAIN_SECONDS * 1000 + 1)
    second = await client.next()
    assert second["headers"]["messageId"] == first["headers"]["messageId"]
    await client.ack(second, data={"response": answering(markdown="둘째")})
    assert (await pressing).code is None
    assert (await the_card(robot)).text == "둘째"
    await client.close()


async def test_a_press_that_nobody_takes_is_told_to_who_pressed(world: World, site: str, clock: Any) -> None:
    robot = await app(world)
    await deliver(robot)
    pressing = asyncio.create_task(press(robot, Ears(world, world.owner.person)))
    while not pressing.done():
        await asyncio.sleep(0.3)
        clock.forward(10_000)
    assert (pressing.result().code, pressing.result().message) == ("receiver_silent", "The robot's program is not connected.")
    assert (await the_card(robot)).text == "**사흘**"


async def test_a_press_is_posted_to_the_registered_address_and_signed(world: World, site: str) -> None:
    async with receiving() as receiver:
        robot = await _posting(world, receiver)
        receiver.answer(answering(markdown="받음"))
        assert (await press(robot, Ears(world, world.owner.person))).code is None
        (call,) = receiver.heard
    stamp = call.headers["x-ddpaas-signature-timestamp"]
    wanted = base64.b64encode(hmac.new(b"geheim", stamp.encode(), hashlib.sha256).digest()).decode()
    assert call.headers["x-ddpaas-signature"] == wanted
    assert call.json["outTrackId"] == "t1"
    assert (await the_card(robot)).text == "받음"


async def _posting(world: World, receiver: Receiver) -> App:
    robot = await app(world)
    route = {"callbackRouteKey": "k", "callbackUrl": receiver.url, "apiSecret": "geheim"}
    answer = await ask(robot, "callbacks/register", **route)
    assert answer.json() == {"success": True, "result": {"callbackUrl": receiver.url, "apiSecret": "geheim"}}
    other = {**route, "callbackUrl": "https://example.com"}
    assert (await ask(robot, "callbacks/register", **other)).json()["code"] == "callbackRouteKeyExisted"
    await deliver(robot, callbackType="HTTP", callbackRouteKey="k")
    return robot


async def test_many_presses_sent_twice_change_a_card_once_each(world: World, site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ASKS_A_MINUTE", 10_000)
    count = int(os.environ.get("NARAE_CARD_PRESSES", "60"))
    async with receiving() as receiver:
        robot = await _posting(world, receiver)
        seq, ears = (await the_card(robot)).seq, Ears(world, world.owner.person)
        receiver.answer({})
        for start in range(0, count, 50):
            bodies = [{"button": "a0", "nonce": f"n{n}", "values": {}} for n in range(start, min(start + 50, count))]
            path = f"/api/rooms/{robot.room}/messages/{seq}/press"
            said = await asyncio.gather(*(robot.owner.post(path, json=body) for body in bodies for _ in range(2)))
            assert {one.status_code for one in said} == {200}
            async with asyncio.timeout(60):
                while len({one.ref for one in ears.heard if isinstance(one, Answered)}) < start + len(bodies):
                    await asyncio.sleep(0.02)
        assert len([one for one in ears.heard if isinstance(one, Answered)]) == len(receiver.heard) == count


async def test_a_recalled_card_is_forgotten(world: World, site: str) -> None:
    robot = await app(world)
    await deliver(robot)
    await world.db.write(change.recall, world.owner, robot.room, (await the_card(robot)).seq)
    async with asyncio.timeout(10):
        while await world.db.read(lambda conn: conn.execute(select(card)).all()):
            await asyncio.sleep(0.05)


async def test_the_older_form_makes_and_changes_a_card(world: World, site: str) -> None:
    robot = await app(world)
    headers = {"x-acs-dingtalk-access-token": await robot.token()}
    action = {"type": "button", "label": {"type": "text", "text": "열기"}, "actionType": "request", "status": "primary", "id": "open"}
    contents = [{"type": "markdown", "text": "**하나**"}, {"type": "action", "actions": [action]}]
    whole = {"header": {"title": {"type": "text", "text": "제목"}}, "contents": contents}
    body = {"cardBizId": "b1", "cardData": json.dumps(whole), "openConversationId": f"cid{robot.room}", "sendOptions": {"atAll": False}}
    sent = await robot.stranger.post("/v1.0/im/v1.0/robot/interactiveCards/send", json=body, headers=headers)
    assert sent.json() == {"processQueryKey": "b1"}
    made = await the_card(robot)
    assert made.card is not None
    assert (made.card.title, made.text, [b.label for b in made.card.buttons]) == ("제목", "**하나**", ["열기"])
    changed = {"cardBizId": "b1", "cardData": json.dumps({"contents": [{"type": "text", "text": "둘"}]})}
    await robot.stranger.put("/v1.0/im/robots/interactiveCards", json=changed, headers=headers)
    assert (await the_card(robot)).text == "둘"


async def test_the_vendors_client_sends_a_card_is_told_a_press_and_changes_it(world: World, site: str) -> None:
    robot = await app(world)
    env = {**os.environ, "DINGTALK_OPENAPI_ENDPOINT": site}
    bot = subprocess.Popen([sys.executable, str(BOT), robot.id, robot.secret], env=env, cwd=ROOT)
    try:
        async with asyncio.timeout(30):
            while streams_of(world.db).count(robot.id) < 1:
                await asyncio.sleep(0.05)
            await robot.call("사흘 쉬겠습니다")
            while not await robot.said():
                await asyncio.sleep(0.1)
        answered = await press(robot, Ears(world, world.owner.person))
        made = await the_card(robot)
    finally:
        bot.kill()
        bot.wait()
    assert answered.code is None
    assert made.card is not None
    assert (made.card.title, made.text, made.card.buttons) == ("휴가", f"{world.owner.person}: agree", [])
