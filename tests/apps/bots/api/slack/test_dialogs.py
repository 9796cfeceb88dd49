"""Dialogs: opened within seconds of a command, filled by who gave it, mended where the receiver finds errors."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from narae.apps.bots.public import DialogAsked
from narae.core.kit import limits
from narae.core.rooms.actions import members
from tests.apps.bots.api.test_commands import Commanded, commanded
from tests.apps.bots.receivers import Receiver, receiving
from tests.kit.clock import FakeClock
from tests.kit.world import World

pytestmark = pytest.mark.anyio
ELEMENTS: list[dict[str, Any]] = [
    {"display_name": "이름", "name": "name", "type": "text", "min_length": 2, "max_length": 10},
    {"display_name": "몇 개", "name": "count", "type": "text", "subtype": "number", "optional": True},
    {"display_name": "설명", "name": "about", "type": "textarea", "optional": True},
    {
        "display_name": "크기",
        "name": "size",
        "type": "select",
        "options": [{"text": "큰 것", "value": "L"}, {"text": "작은 것", "value": "S"}],
    },
    {"display_name": "급함", "name": "soon", "type": "bool", "optional": True, "default": True},
    {"display_name": "색", "name": "colour", "type": "radio", "optional": True, "options": [{"text": "빨강", "value": "r"}]},
]
GOOD = {"name": "김하나", "count": "3", "size": "L", "soon": "true"}


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """A server that opens dialogs and takes them."""
    async with receiving() as made:
        yield made


def described(url: str, trigger: str, **more: Any) -> dict[str, Any]:
    """What opens a dialog."""
    dialog = {"callback_id": "order", "title": "주문", "introduction_text": "무엇을 드릴까요", "elements": ELEMENTS,
              "submit_label": "주문하기",
              "notify_on_cancel": True, "state": "s1", **more}  # fmt: skip
    return {"trigger_id": trigger, "url": url, "dialog": dialog}


class Opened:
    """A command that has been given, and the dialog that its server opens."""

    def __init__(self, world: World, lunch: Commanded, trigger: str, receiver: Receiver) -> None:
        self.world, self.lunch, self.trigger, self.receiver = world, lunch, trigger, receiver
        self.id = ""

    async def open(self, **more: Any) -> httpx.Response:
        """Open it, as its server."""
        body = described(self.receiver.url, self.trigger, **more)
        return await self.world.client().post("/api/v4/actions/dialogs/open", json=body)

    async def shown(self) -> DialogAsked:
        """What its person is shown."""
        asked: DialogAsked = await self.lunch.ears.wait(DialogAsked)
        self.id = asked.id
        return asked

    async def fill(self, values: dict[str, str] | None = None, **more: Any) -> httpx.Response:
        """Send it."""
        return await self.lunch.client.post(f"/api/dialogs/{self.id}", json={"values": GOOD if values is None else values, **more})


async def given(world: World, receiver: Receiver) -> Opened:
    """Give a command."""
    lunch = await commanded(world, receiver.url)
    await lunch.give("/점심")
    return Opened(world, lunch, (await receiver.wait())[0].form["trigger_id"], receiver)


async def test_a_dialog_is_shown_to_who_asked_and_sent_field_by_field(world: World, receiver: Receiver) -> None:
    opened = await given(world, receiver)
    answer = await opened.open()
    assert (answer.status_code, answer.json()) == (200, {"status": "OK"})
    shown = await opened.shown()
    assert (shown.ref, shown.title, shown.name, [e.type for e in shown.elements]) == (
        "n", "주문", "점심", ["text", "text", "textarea", "select", "bool", "radio"],
    )  # fmt: skip
    assert (await opened.fill()).json() == {"errors": {}, "error": ""}
    assert (await receiver.wait(2))[1].json == {
        "type": "dialog_submission", "callback_id": "order", "state": "s1", "user_id": opened.lunch.who.person,
        "channel_id": opened.lunch.room, "team_id": world.org, "cancelled": False,
        "submission": {"name": "김하나", "count": 3, "about": None, "size": "L", "soon": True, "colour": None},
    }  # fmt: skip
    assert (await opened.fill()).json()["code"] == "dialog_closed"


async def test_errors_of_the_receiver_come_back_at_the_fields_and_it_can_be_sent_again(world: World, receiver: Receiver) -> None:
    opened = await given(world, receiver)
    await opened.open()
    await opened.shown()
    receiver.answer({"errors": {"name": "그런 사람은 없습니다"}}, {"error": "가게가 닫혔습니다"}, b"")
    assert (await opened.fill()).json() == {"errors": {"name": "그런 사람은 없습니다"}, "error": ""}
    assert (await opened.fill()).json() == {"errors": {}, "error": "가게가 닫혔습니다"}
    assert (await opened.fill()).json() == {"errors": {}, "error": ""}


async def test_what_does_not_fit_is_not_sent(world: World, receiver: Receiver) -> None:
    opened = await given(world, receiver)
    await opened.open()
    await opened.shown()
    wrong = await opened.fill({"name": "김", "count": "셋", "size": "XL", "colour": "x"})
    assert wrong.json()["errors"] == {"name": "too_short", "count": "not_number", "size": "no_option", "colour": "no_option"}
    assert (await opened.fill({})).json()["errors"] == {"name": "needed", "size": "needed"}
    assert (await opened.fill({"other": "x"})).status_code == 400
    assert len(receiver.heard) == 1


async def test_a_cancelled_dialog_is_told_where_that_was_asked(world: World, receiver: Receiver) -> None:
    opened = await given(world, receiver)
    await opened.open()
    await opened.shown()
    assert (await opened.fill({}, cancelled=True)).status_code == 200
    told = (await receiver.wait(2))[1].json
    assert (told["cancelled"], told["submission"]) == (True, {})


async def test_a_dead_receiver_is_told_and_the_dialog_stays_open(world: World, receiver: Receiver) -> None:
    opened = await given(world, receiver)
    await opened.open()
    await opened.shown()
    receiver.answer(500, b"")
    refused = await opened.fill()
    assert (refused.status_code, refused.json()["code"]) == (502, "receiver_refused")
    assert (await opened.fill()).status_code == 200


async def test_a_trigger_opens_one_dialog_within_its_seconds(world: World, receiver: Receiver, clock: FakeClock) -> None:
    opened = await given(world, receiver)
    assert (await opened.open()).status_code == 200
    again = await opened.open()
    assert (again.status_code, again.json()["id"]) == (400, "api.dialog.trigger_used")
    late = await given(world, receiver)
    clock.forward((limits.TRIGGER_SECONDS + 1) * 1000)
    assert (await late.open()).json()["id"] == "api.dialog.trigger_expired"
    late.trigger = late.trigger[:-1] + "0"
    assert (await late.open()).json()["id"] == "api.dialog.trigger_expired"


async def test_others_and_those_who_left_do_not_fill_it(world: World, receiver: Receiver) -> None:
    opened = await given(world, receiver)
    await opened.open()
    shown = await opened.shown()
    assert (await world.client(world.owner).post(f"/api/dialogs/{shown.id}", json={"values": GOOD})).status_code == 404
    await world.db.write(members.leave, opened.lunch.who, opened.lunch.room)
    assert (await opened.fill()).status_code == 404


BAD: list[tuple[dict[str, Any], str]] = [
    ({"title": ""}, "dialog.title"), ({"title": "x" * 81}, "dialog.title"),
    ({"elements": [{"name": "x", "type": "date"}]}, "dialog.elements"),
    ({"elements": [{"name": "x", "type": "select"}]}, "dialog.elements"), ({"elements": [ELEMENTS[0]] * 2}, "dialog.elements"),
    ({"elements": [{**ELEMENTS[0], "name": str(n)} for n in range(limits.DIALOG_ELEMENTS + 1)]}, "dialog.elements"),
    ({"state": "x" * (limits.DIALOG_STATE_CHARS + 1)}, "dialog.state"),
]  # fmt: skip


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("more", "field"), BAD)
async def test_what_is_no_dialog_is_refused_by_its_field(world: World, receiver: Receiver, more: dict[str, Any], field: str) -> None:
    opened = await given(world, receiver)
    answer = await opened.open(**more)
    assert (answer.status_code, answer.json()["detailed_error"]) == (400, field)
    assert not [body for body in opened.lunch.ears.heard if isinstance(body, DialogAsked)]


async def test_garbage_opens_nothing(world: World) -> None:
    answers = [await world.client().post("/api/v4/actions/dialogs/open", content=raw) for raw in (b"", b"[]", b"\xff", b"{}")]
    assert [answer.status_code for answer in answers] == [400] * 4
