"""Changes of messages after they were sent."""

from __future__ import annotations

import pytest

from narae.core.kit.clock import HOUR
from narae.core.kit.errors import Conflict, Refused
from narae.core.rooms.actions import change, members, rooms
from narae.core.rooms.public import Mentions
from narae.core.rooms.queries import log
from narae.core.rooms.queries.members import readers
from tests.kit.world import World

pytestmark = pytest.mark.anyio


async def test_a_recalled_text_is_gone_from_replies_edits_and_the_top(world: World) -> None:
    room = await world.room()
    first = await world.send(world.owner, room, "비밀번호는 1234")
    await world.send(world.owner, room, "네", reply_to=first.seq)
    await world.db.write(change.edit_message, world.owner, room, first.seq, new="비밀번호는 5678")
    await world.db.write(rooms.set_top, world.owner, room, first.seq)
    await world.db.write(change.recall, world.owner, room, first.seq)
    said = [m for m in await world.log(world.owner, room) if m.kind == "text"]
    assert [(m.text, m.reply_to.excerpt if m.reply_to else None) for m in said] == [("", None), ("네", "")]
    assert (await world.db.read(log.edits, world.owner.person, room, first.seq)).items == []
    assert (await world.head(world.owner, room)).top is None


async def test_only_the_sender_edits_and_the_old_text_is_kept(world: World) -> None:
    member = await world.person("이민수")
    room = await world.room(member)
    sent = await world.send(member, room, "하나")
    with pytest.raises(Refused):
        await world.db.write(change.edit_message, world.owner, room, sent.seq, new="둘")
    changed = await world.db.write(change.edit_message, member, room, sent.seq, new="둘")
    kept = await world.db.read(log.edits, member.person, room, sent.seq)
    assert (changed.text, [e.text for e in kept.items]) == ("둘", ["하나"])


async def test_an_edit_that_says_nothing_of_mentions_keeps_those_that_are_still_named(world: World) -> None:
    minsu, jiho = await world.person("이민수"), await world.person("박지호")
    room = await world.room(minsu, jiho)
    meant = Mentions([minsu.person, jiho.person], [], True)
    sent = await world.send(world.owner, room, "@이민수 @박지호 @모두 확인", mentions=meant)
    path = f"/api/rooms/{room}/messages/{sent.seq}"
    kept = (await world.client(world.owner).patch(path, json={"text": "@이민수 @모두 확인해 주세요"})).json()
    assert kept["mentions"] == {"people": [minsu.person], "departments": [], "all": True}
    assert kept["body"][0]["c"][0] == {"t": "at", "kind": "person", "id": minsu.person, "s": "이민수"}
    assert (await world.head(minsu, room)).mentions == 1
    cleared = (await world.client(world.owner).patch(path, json={"text": "@이민수 확인", "mentions": {}})).json()
    assert cleared["mentions"] == {"people": [], "departments": [], "all": False}
    assert (await world.head(minsu, room)).mentions == 0


async def test_who_may_no_longer_call_everybody_can_still_mend_a_word(world: World) -> None:
    member = await world.person("이민수")
    room = await world.room(member)
    sent = await world.send(member, room, "@모두 해의", mentions=Mentions(all=True))
    await world.db.write(rooms.change_room, world.owner, room, mention_all="owners")
    assert (await world.db.write(change.edit_message, member, room, sent.seq, new="@모두 회의")).mentions.all
    with pytest.raises(Refused):
        await world.db.write(change.edit_message, member, room, sent.seq, new="@모두 회의!", mentions=Mentions(all=True))


async def test_a_member_recalls_for_a_day_and_the_owner_always(world: World) -> None:
    member = await world.person("이민수")
    room = await world.room(member)
    sent = await world.send(member, room)

    def later(tx, who):  # type: ignore[no-untyped-def]
        tx.now += 25 * HOUR
        return change.recall(tx, who, room, sent.seq)

    with pytest.raises(Refused):
        await world.db.write(later, member)
    assert (await world.db.write(later, world.owner)).recalled_by == world.owner.person


async def test_reacting_twice_is_once_and_taking_back_leaves_nothing(world: World) -> None:
    room = await world.room()
    sent = await world.send(world.owner, room)
    for _ in range(2):
        reacted = await world.db.write(change.react, world.owner, room, sent.seq, "👍")
    assert [(r.emoji, r.count, r.by) for r in reacted.reactions] == [("👍", 1, [world.owner.person])]
    assert (await world.db.write(change.unreact, world.owner, room, sent.seq, "👍")).reactions == []


async def test_confirming_counts_once_and_only_where_it_is_asked(world: World) -> None:
    member = await world.person("이민수")
    room = await world.room(member)
    plain, asking = await world.send(world.owner, room), await world.send(world.owner, room, "확인 바랍니다", confirm=True)
    with pytest.raises(Conflict):
        await world.db.write(change.confirm, member, room, plain.seq)
    for _ in range(2):
        await world.db.write(change.confirm, member, room, asking.seq)
    seen = [await world.db.read(readers, who.person, room, asking.seq, side="unread") for who in (world.owner, member)]
    assert [(r.confirmed, r.confirmed_by_me) for r in seen] == [(1, False), (1, True)]


async def test_who_joined_later_and_confirms_is_told_so_too(world: World) -> None:
    room = await world.room()
    asking = await world.send(world.owner, room, "확인 바랍니다", confirm=True)
    late = await world.person("이민수")
    await world.db.write(members.add_members, world.owner, room, people=[late.person])
    await world.db.write(change.confirm, late, room, asking.seq)
    assert (await world.db.read(readers, late.person, room, asking.seq, side="confirmed")).confirmed_by_me


async def test_a_thread_answer_does_not_get_around_an_announcement_room(world: World) -> None:
    member = await world.person("이민수")
    room = await world.room(member)
    await world.db.write(rooms.change_room, world.owner, room, posting="owners")
    notice = await world.send(world.owner, room, "공지")
    with pytest.raises(Refused):
        await world.send(member, room, "저도 한마디", thread=notice.seq, also_room=True)
