"""Searching messages."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import insert

from narae.core.kit.grams import grams
from narae.core.kit.limits import REACTORS_SHOWN
from narae.core.rooms.actions import change, members
from narae.core.rooms.tables import reaction
from narae.core.search.queries import behind, search
from tests.kit.world import World

pytestmark = pytest.mark.anyio
SAID = [
    "점심 회의는 두 시입니다",
    "냉장고가 또 고장입니다",
    "今天下午两点开会",
    "The meeting moved to Friday",
    "재고표 v2.xlsx 올렸어요",
    "100% 확인했습니다",
]
HITS = [("회의", 0), ("장고", 1), ("고장", 1), ("开会", 2), ("会", 2), ("MEETING", 3), ("meet fri", 3), ("재고표 v2", 4), ("100%", 5)]


async def found(world: World, query: str, *, who: object = None) -> list[str]:
    """The texts that a query finds, once the index is up to date."""
    async with asyncio.timeout(10):
        while await world.db.read(behind):
            await asyncio.sleep(0.02)
    viewer = getattr(who, "person", world.owner.person)
    return [m.text for m in (await world.db.read(search, viewer, world.org, query=query)).items]


@pytest.mark.parametrize(("query", "hit"), HITS)
async def test_a_word_is_found_wherever_it_stands(world: World, query: str, hit: int) -> None:
    room = await world.room()
    for text in SAID:
        await world.send(world.owner, room, text)
    assert await found(world, query) == [SAID[hit]]


async def test_pairs_from_different_words_make_no_hit(world: World) -> None:
    room = await world.room()
    await world.send(world.owner, room, "회의 의장 장소")
    assert await found(world, "회의장소") == []


@pytest.mark.parametrize("query", ["", "   ", "'", '"', "*", "& |", "'; DROP TABLE x", "a" * 200, "\\", ":*"])
async def test_odd_queries_find_nothing_and_break_nothing(world: World, query: str) -> None:
    room = await world.room()
    await world.send(world.owner, room, "안녕하세요")
    assert await found(world, query) == []


async def test_the_newest_comes_first_page_by_page(world: World) -> None:
    room = await world.room()
    for number in range(7):
        await world.send(world.owner, room, f"재고 {number}")
    await found(world, "재고")
    first = await world.db.read(search, world.owner.person, world.org, query="재고", limit=4)
    rest = await world.db.read(search, world.owner.person, world.org, query="재고", limit=4, cursor=first.next)
    assert [m.text for m in (*first.items, *rest.items)] == [f"재고 {n}" for n in reversed(range(7))]
    assert rest.next is None


async def test_edits_are_found_by_their_new_words_and_recalls_not_at_all(world: World) -> None:
    room = await world.room()
    one, two = await world.send(world.owner, room, "사과 주문"), await world.send(world.owner, room, "사과 반품")
    assert len(await found(world, "사과")) == 2
    await world.db.write(change.edit_message, world.owner, room, one.seq, new="배 주문")
    await world.db.write(change.recall, world.owner, room, two.seq)
    assert await found(world, "사과") == []
    assert await found(world, "주문") == ["배 주문"]


async def test_only_ones_own_rooms_are_searched(world: World) -> None:
    member = await world.person("이민수")
    room = await world.room(member)
    await world.send(world.owner, room, "급여 이야기")
    assert await found(world, "급여", who=member) == ["급여 이야기"]
    await world.db.write(members.leave, member, room)
    assert await found(world, "급여", who=member) == []


def test_cjk_runs_become_pairs_and_other_words_stay_whole() -> None:
    assert grams("회의록 Meeting, 2시") == ["회의", "의록", "록", "meeting", "2", "시"]


async def test_a_found_message_says_that_i_reacted_even_in_a_crowd(world: World) -> None:
    room = await world.room()
    sent = await world.send(world.owner, room, "회식 합니다")
    crowd = [{"room": room, "seq": sent.seq, "emoji": "👍", "person": f"p{n:03}", "at": n} for n in range(REACTORS_SHOWN)]
    await world.db.write(lambda tx, _who: tx.run(insert(reaction), crowd), world.owner)
    await world.db.write(change.react, world.owner, room, sent.seq, "👍")
    await found(world, "회식")
    (hit,) = (await world.db.read(search, world.owner.person, world.org, query="회식")).items
    assert (hit.reactions[0].count, hit.reactions[0].by[0]) == (REACTORS_SHOWN + 1, world.owner.person)
