"""Presses and commands reach the servers that they call, field by field, and what those answer is done."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.signature import SignatureVerifier
from sqlalchemy import select, update

from narae.apps.bots.public import Told
from narae.apps.bots.tables import ask, offer
from narae.core.kit import limits
from narae.core.kit.who import Who
from narae.core.rooms.actions import change, members
from narae.core.rooms.public import Answered, Message
from narae.server import running
from tests.apps.bots.api.robots import Put, put
from tests.apps.bots.receivers import Ears, Receiver, receiving
from tests.kit.clock import FakeClock
from tests.kit.world import World

pytestmark = pytest.mark.anyio


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """A server that robots call."""
    async with receiving() as made:
        yield made


def mattermost(url: str) -> dict[str, Any]:
    """A hook's body with two buttons, a third, and a menu."""
    actions = [
        {"id": word, "name": label, "type": "button", "style": style, "integration": {"url": url, "context": {"do": word}}}
        for word, label, style in (("yes", "승인", "primary"), ("no", "반려", "danger"), ("later", "나중에", "default"))
    ]
    menu = {"id": "who", "name": "담당", "type": "select", "options": [{"text": "민수", "value": "m"}, {"text": "지호", "value": "j"}],
            "integration": {"url": url, "context": {"do": "who"}}}  # fmt: skip
    return {"text": "휴가 신청", "attachments": [{"text": "사흘", "actions": [*actions, menu]}]}


def blocks() -> dict[str, Any]:
    """A body with Slack's blocks: a button, a link, a menu."""
    elements = [
        {"type": "button", "action_id": "go", "value": "42", "style": "primary", "text": {"type": "plain_text", "text": "배포"}},
        {"type": "button", "action_id": "see", "url": "https://example.com", "text": {"type": "plain_text", "text": "보기"}},
        {"type": "static_select", "action_id": "env", "placeholder": {"type": "plain_text", "text": "어디로"},
         "options": [{"text": {"type": "plain_text", "text": "시험"}, "value": "test"}]},
    ]  # fmt: skip
    return {"text": "빌드 끝", "blocks": [{"type": "actions", "block_id": "b1", "elements": elements}]}


class Pressing:
    """A robot's card in a room, and somebody who presses."""

    def __init__(self, robot: Put, who: Who, ears: Ears) -> None:
        self.robot, self.who, self.ears = robot, who, ears
        self.client = robot.world.client(who)

    async def card(self) -> Message:
        """The card as it is now."""
        (message,) = await self.robot.said()
        return message

    async def press(self, button: str, nonce: str = "n", **values: str) -> Answered:
        """Press, and wait until it is answered."""
        seq = (await self.robot.said())[0].seq
        body = {"button": button, "nonce": nonce, "values": values}
        answer = await self.client.post(f"/api/rooms/{self.robot.room}/messages/{seq}/press", json=body)
        assert (answer.status_code, answer.json()) == (200, {"nonce": nonce, "done": False})
        answered: Answered = await self.ears.wait(Answered, lambda said: said.ref == nonce)
        return answered


async def pressing(world: World, body: dict[str, Any]) -> Pressing:
    """Post a body to a robot's hook, for a member who will press."""
    robot, minsu = await put(world, "결재"), await world.person("이민수")
    await world.db.write(members.add_members, world.owner, robot.room, people=[minsu.person])
    assert (await robot.hear(json=body)).text == "ok"
    return Pressing(robot, minsu, Ears(world, minsu.person))


async def test_attachments_with_actions_become_a_card_of_two_buttons_and_menus(world: World, receiver: Receiver) -> None:
    pressed = await pressing(world, mattermost(receiver.url))
    made = await pressed.card()
    assert made.card is not None
    assert [(b.label, b.kind) for b in made.card.buttons] == [("승인", "primary"), ("반려", "danger")]
    assert [b.label for b in made.card.more] == ["나중에"]
    assert [(c.label, [o.value for o in c.options]) for c in made.card.choices] == [("담당", ["m", "j"])]
    assert made.text == "휴가 신청\n\n> 사흘"
    assert receiver.url not in repr(made)


async def test_mattermosts_button_sends_the_documented_body_and_its_update_changes_the_card(world: World, receiver: Receiver) -> None:
    receiver.answer({"update": {"message": "승인했습니다", "props": {}}, "ephemeral_text": "고맙습니다"})
    pressed = await pressing(world, mattermost(receiver.url))
    before = await pressed.card()
    assert await pressed.press("a0") == Answered(pressed.robot.room, "n")
    (call,) = await receiver.wait()
    trigger = call.json.pop("trigger_id")
    assert call.headers["content-type"] == "application/json"
    assert call.json | {"trigger_id": trigger} == {
        "user_id": pressed.who.person, "user_name": "이민수", "channel_id": pressed.robot.room, "channel_name": "매장",
        "team_id": world.org,
        "team_domain": "나래상회", "post_id": f"{pressed.robot.room}.{before.seq}", "trigger_id": trigger, "type": "button",
        "data_source": "", "context": {"do": "yes"},
    }  # fmt: skip
    after = await pressed.card()
    assert (after.text, after.card, after.kind, after.rev > before.rev) == ("승인했습니다", None, "text", True)
    told = await pressed.ears.wait(Told)
    assert (told.text, told.name, told.robot) == ("고맙습니다", "결재", pressed.robot.id)


async def test_a_choice_carries_the_selected_option_and_an_update_without_props_keeps_the_card(world: World, receiver: Receiver) -> None:
    receiver.answer({"update": {"message": "담당: 지호"}})
    pressed = await pressing(world, mattermost(receiver.url))
    assert (await pressed.press("a3", option="j")).code is None
    call = (await receiver.wait())[0].json
    assert (call["type"], call["context"]) == ("select", {"do": "who", "selected_option": "j"})
    after = await pressed.card()
    assert after.text == "담당: 지호"
    assert after.card is not None and len(after.card.buttons) == 2


async def test_slacks_block_button_sends_a_signed_payload(world: World, receiver: Receiver) -> None:
    pressed = await pressing(world, blocks())
    answer = await pressed.robot.owner.put(f"/api/robots/{pressed.robot.id}/request", json={"url": receiver.url})
    token = answer.json()["token"]
    assert (await pressed.press("a0")).code is None
    (call,) = await receiver.wait()
    verifier = SignatureVerifier(token)
    verifier.clock.now = lambda: world.db.clock.now() / 1000  # type: ignore[method-assign]
    assert verifier.is_valid_request(call.raw, call.headers)
    said = call.json
    assert (said["type"], said["user"]["id"], said["channel"]["id"], said["team"]["id"]) == (
        "block_actions", pressed.who.person, pressed.robot.room, world.org,
    )  # fmt: skip
    assert said["actions"][0] | {"action_ts": ""} == {
        "action_id": "go", "block_id": "b1", "type": "button", "text": {"type": "plain_text", "text": "배포"}, "value": "42",
        "action_ts": "",
    }  # fmt: skip
    assert said["message"]["blocks"] == blocks()["blocks"]
    assert said["response_url"].startswith("http://")
    assert said["container"]["message_ts"] == said["message"]["ts"]


async def test_slacks_menu_and_older_actions_are_told_in_their_own_shapes(world: World, receiver: Receiver) -> None:
    old = {"attachments": [{"callback_id": "c1", "text": "점심", "actions": [
        {"name": "food", "type": "button", "text": "국수", "value": "noodles",
         "confirm": {"title": "정말", "text": "국수요?"}}]}]}  # fmt: skip
    receiver.answer({"text": "국수!", "replace_original": True})
    pressed = await pressing(world, old)
    await pressed.robot.owner.put(f"/api/robots/{pressed.robot.id}/request", json={"url": receiver.url})
    first = await pressed.card()
    assert first.card is not None and first.card.buttons[0].sure == "정말 국수요?"
    await pressed.press("a0")
    said = (await receiver.wait())[0].json
    assert (said["type"], said["callback_id"], said["actions"]) == (
        "interactive_message", "c1", [{"name": "food", "type": "button", "value": "noodles"}],
    )  # fmt: skip
    assert said["original_message"]["attachments"] == old["attachments"]
    assert (await pressed.card()).text == "국수!"
    other = await pressing(world, blocks())
    await other.robot.owner.put(f"/api/robots/{other.robot.id}/request", json={"url": receiver.url})
    receiver.answer(b"ok")
    await other.press("a2", option="test")
    assert (await receiver.wait(2))[1].json["actions"][0]["selected_option"]["value"] == "test"


async def test_a_repeated_press_calls_once(world: World, receiver: Receiver) -> None:
    pressed = await pressing(world, mattermost(receiver.url))
    for _ in range(5):
        await pressed.press("a0")
    assert len(await receiver.wait()) == 1


FAULTS: list[tuple[Any, str]] = [(500, "receiver_refused"), (403, "receiver_refused"), (b"<html>", "receiver_garbled"),
                                 (b"\xff\xfe", "receiver_garbled"),
                                 (b"x" * (limits.OUTSIDE_ANSWER_BYTES + 1), "outside_failed")]  # fmt: skip


@pytest.mark.parametrize(("answer", "code"), FAULTS, ids=["500", "403", "page", "garbage", "huge"])
async def test_what_goes_wrong_is_told_to_who_pressed(world: World, receiver: Receiver, answer: Any, code: str) -> None:
    receiver.answer(answer)
    pressed = await pressing(world, mattermost(receiver.url))
    before = await pressed.card()
    answered = await pressed.press("a0")
    assert answered.code == code
    assert answered.message
    assert await pressed.card() == before


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_receiver_that_never_answers_is_told_after_the_named_seconds(world: World, receiver: Receiver) -> None:
    receiver.silent = True
    pressed = await pressing(world, mattermost(receiver.url))
    started = asyncio.get_running_loop().time()
    assert (await pressed.press("a0")).code == "receiver_slow"
    assert limits.ASK_SECONDS <= asyncio.get_running_loop().time() - started < limits.ASK_SECONDS + 3
    await world.send(pressed.who, pressed.robot.room, "방은 그대로입니다")


@pytest.mark.parametrize(("url", "code"), [("http://127.0.0.1:1/x", "outside_failed"), ("http://10.1.2.3/x", "outside_private")])
async def test_dead_and_private_receivers_are_told(world: World, url: str, code: str) -> None:
    pressed = await pressing(world, mattermost(url))
    assert (await pressed.press("a0")).code == code
    calls = (await pressed.robot.owner.get(f"/api/robots/{pressed.robot.id}/calls")).json()["items"]
    assert ("press", 1) in [(c["way"], c["code"]) for c in calls]


async def test_buttons_in_slacks_form_without_an_address_are_refused_in_words(world: World) -> None:
    pressed = await pressing(world, blocks())
    seq = (await pressed.card()).seq
    answer = await pressed.client.post(f"/api/rooms/{pressed.robot.room}/messages/{seq}/press", json={"button": "a0", "nonce": "n"})
    assert (answer.status_code, answer.json()["code"]) == (409, "no_request_url")
    await pressed.robot.change(enabled=False)
    answer = await pressed.client.post(f"/api/rooms/{pressed.robot.room}/messages/{seq}/press", json={"button": "a0", "nonce": "n"})
    assert answer.json()["code"] == "robot_off"


async def test_who_presses_without_end_is_slowed_down(world: World, receiver: Receiver) -> None:
    pressed = await pressing(world, mattermost(receiver.url))
    path = f"/api/rooms/{pressed.robot.room}/messages/{(await pressed.card()).seq}/press"
    answers = [
        (await pressed.client.post(path, json={"button": "a0", "nonce": f"n{n}"})).status_code for n in range(limits.ASKS_A_MINUTE + 1)
    ]
    assert answers == [200] * limits.ASKS_A_MINUTE + [429]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_press_that_a_crash_interrupted_is_told_and_not_made_again(world: World, receiver: Receiver, clock: FakeClock) -> None:
    receiver.silent = True
    pressed = await pressing(world, mattermost(receiver.url))
    seq = (await pressed.card()).seq
    await pressed.client.post(f"/api/rooms/{pressed.robot.room}/messages/{seq}/press", json={"button": "a0", "nonce": "n"})
    await receiver.wait()
    await world.db.write(lambda tx, _who: tx.run(update(ask).values(tries=2, due_at=clock.now() - 1)), world.owner)
    async with running(world.server.settings, clock=clock) as again:
        ears = Ears(World(again), pressed.who.person)
        assert (await ears.wait(Answered)).code == "interrupted"
    assert len(receiver.heard) == 1


async def test_what_stands_behind_a_recalled_card_goes_with_it(world: World, receiver: Receiver) -> None:
    pressed = await pressing(world, mattermost(receiver.url))
    seq = (await pressed.card()).seq
    await world.db.write(change.recall, world.owner, pressed.robot.room, seq)
    async with asyncio.timeout(10):
        while await world.db.read(lambda conn: conn.execute(select(offer)).first()):
            await asyncio.sleep(0.02)


async def test_what_a_button_in_a_thread_brings_stays_in_the_thread(world: World, receiver: Receiver) -> None:
    receiver.answer({**mattermost(receiver.url), "response_type": "comment"})
    made = await world.client(world.owner).post(f"/api/rooms/{await world.room()}/hooks", json={"name": "귀", "urls": [receiver.url]})
    place = made.json()["robot"]["room"]
    root = await world.send(world.owner, place, "배포")
    ears = Ears(world, world.owner.person)
    async with asyncio.timeout(10):
        while not (cards := [m for m in (await world.changes(world.owner, place)).messages if m.card]):
            await asyncio.sleep(0.02)
    receiver.answer({"ephemeral_text": "나만"})
    path = f"/api/rooms/{place}/messages/{cards[0].seq}/press"
    await world.client(world.owner).post(path, json={"button": "a0", "nonce": "n"})
    assert (await ears.wait(Told)).thread == root.seq
