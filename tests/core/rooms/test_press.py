"""Presses of cards' buttons: by those who see them, once for each nonce."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from narae.core.app import CardKind, CardKinds
from narae.core.db import Tx
from narae.core.kit import limits
from narae.core.kit.errors import Conflict, Invalid, NotFound, Refused
from narae.core.kit.who import Who
from narae.core.rooms.actions import change, rooms
from narae.core.rooms.actions.press import press
from narae.core.rooms.public import Button, Card, Choice, Fact, Option, Press, Pressed
from tests.kit.world import World

pytestmark = pytest.mark.anyio
CARD = Card(
    "count", "🔢", "몇 번?", facts=[Fact("번", "0")], buttons=[Button("add", "더하기"), Button("site", "열기", url="https://example.com")],
    choices=[Choice("pick", "고르기", [Option("a", "가"), Option("b", "나")])],
)  # fmt: skip


def counting(sender: str) -> CardKinds:
    """An app whose card counts its presses, as its sender."""

    def add(tx: Tx, _who: Who, pressed: Press) -> bool:
        counted = int(pressed.card.facts[0].value) + 1
        card = Card("count", "🔢", "몇 번?", facts=[Fact("번", str(counted))], buttons=pressed.card.buttons, choices=pressed.card.choices)
        change.change_card(tx, Who(person=sender), pressed.room, pressed.seq, card=card)
        return True

    return CardKinds({"count": CardKind(type="count", press=add)})


class Asked:
    """A room with a card that counts."""

    def __init__(self, world: World, room: str, seq: int) -> None:
        self.world, self.room, self.seq = world, room, seq
        self.kinds = counting(world.owner.person)

    async def press(self, who: Who, nonce: str, button: str = "add", **more: Any) -> Pressed:
        """Press it."""
        named = {"values": {}, "kinds": self.kinds, **more}
        return await self.world.db.write(press, who, self.room, self.seq, button=button, nonce=nonce, **named)

    async def count(self) -> str:
        """What it has counted."""
        (message,) = [m for m in await self.world.log(self.world.owner, self.room) if m.seq == self.seq]
        assert message.card is not None
        return message.card.facts[0].value


async def ask(world: World, *people: Who) -> Asked:
    """Put the card into a new room."""
    room = await world.room(*people)
    return Asked(world, room, (await world.send(world.owner, room, "", card=CARD)).seq)


async def test_a_press_reaches_the_app_and_the_card_changes_for_all(world: World) -> None:
    minsu = await world.person("이민수")
    asked = await ask(world, minsu)
    assert await asked.press(minsu, "n") == Pressed("n", True)
    assert await asked.count() == "1"


async def test_ten_thousand_presses_under_blind_retry_have_no_double_effect(world: World) -> None:
    asked = await ask(world)
    nonces = [f"n{number % 2_500}" for number in range(10_000)]
    answers = await asyncio.gather(*(asked.press(world.owner, nonce) for nonce in nonces))
    assert {answer.done for answer in answers} == {True}
    assert await asked.count() == "2500"


async def test_who_is_not_in_the_room_can_not_press(world: World) -> None:
    asked = await ask(world)
    with pytest.raises(NotFound):
        await asked.press(await world.person("이민수"), "n")
    assert await asked.count() == "0"


BAD: list[tuple[dict[str, Any], str]] = [
    ({"button": "gone"}, "no_button"), ({"button": "site"}, "no_button"), ({"button": "pick"}, "no_option"),
    ({"button": "pick", "values": {"option": "c"}}, "no_option"), ({"nonce": ""}, "invalid"), ({"nonce": "x" * 65}, "invalid"),
    ({"values": {str(n): "" for n in range(limits.PRESS_VALUES + 1)}}, "invalid"),
    ({"values": {"a": "x" * (limits.PRESS_VALUE_CHARS + 1)}}, "invalid"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "code"), BAD)
async def test_what_can_not_be_pressed_is_refused_in_words(world: World, words: dict[str, Any], code: str) -> None:
    asked = await ask(world)
    with pytest.raises(Invalid) as refused:
        await asked.press(world.owner, **{"nonce": "n", **words})
    assert refused.value.code == code
    assert await asked.count() == "0"


async def test_a_choice_of_the_menu_is_a_press(world: World) -> None:
    asked = await ask(world)
    assert (await asked.press(world.owner, "n", "pick", values={"option": "b"})).done


async def test_a_nonce_names_one_press_only(world: World) -> None:
    asked = await ask(world)
    await asked.press(world.owner, "n")
    with pytest.raises(Conflict) as refused:
        await asked.press(world.owner, "n", "pick", values={"option": "a"})
    assert refused.value.code == "nonce_reused"


async def test_recalled_archived_plain_and_orphaned_messages_take_no_presses(world: World) -> None:
    asked, plain = await ask(world), await ask(world)
    codes = []
    plain.seq = (await world.send(world.owner, plain.room)).seq
    codes.append(await _refusal(plain))
    asked.kinds = CardKinds({})
    codes.append(await _refusal(asked))
    await world.db.write(change.recall, world.owner, asked.room, asked.seq)
    codes.append(await _refusal(asked))
    await world.db.write(rooms.archive, world.owner, asked.room)
    codes.append(await _refusal(asked))
    assert codes == ["no_card", "no_app", "recalled", "room_archived"]


async def _refusal(asked: Asked) -> str:
    with pytest.raises(Conflict) as refused:
        await asked.press(asked.world.owner, "n")
    return refused.value.code


async def test_an_earlier_press_is_answered_even_when_the_card_is_gone(world: World) -> None:
    asked = await ask(world)
    first = await asked.press(world.owner, "n")
    await world.db.write(change.recall, world.owner, asked.room, asked.seq)
    assert await asked.press(world.owner, "n") == first


async def test_only_the_sender_changes_a_card_and_a_card_can_become_a_text(world: World) -> None:
    minsu = await world.person("이민수")
    asked = await ask(world, minsu)
    with pytest.raises(Refused):
        await world.db.write(change.change_card, minsu, asked.room, asked.seq, card=CARD)
    with pytest.raises(Invalid):
        await world.db.write(change.change_card, world.owner, asked.room, asked.seq, card=None)
    changed = await world.db.write(change.change_card, world.owner, asked.room, asked.seq, card=None, said="**끝**")
    assert (changed.kind, changed.card, changed.text, changed.body[0].__class__.__name__) == ("text", None, "**끝**", "Paragraph")


async def test_over_http_the_kinds_are_those_of_the_installed_apps(world: World) -> None:
    asked = await ask(world)
    path = f"/api/rooms/{asked.room}/messages/{asked.seq}/press"
    answer = await world.client(world.owner).post(path, json={"button": "add", "nonce": "n"})
    assert (answer.status_code, answer.json()["code"]) == (409, "no_app")
