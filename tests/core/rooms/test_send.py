"""Sending messages."""

from __future__ import annotations

import asyncio

import pytest

from narae.core.files.actions import note_file
from narae.core.kit.errors import Conflict, Invalid, NotFound, Refused, TooLarge
from narae.core.kit.ids import new_id
from narae.core.rooms.actions import change, members, rooms
from narae.core.rooms.public import Mentions
from narae.core.rooms.queries import log
from tests.kit.world import World

pytestmark = pytest.mark.anyio


async def test_a_stranger_is_refused(world: World) -> None:
    room = await world.room()
    stranger = await world.account("낯선 사람")
    with pytest.raises(NotFound):
        await world.send(stranger, room)


async def test_a_member_of_another_room_is_refused(world: World) -> None:
    room = await world.room()
    member = await world.person("이민수")
    with pytest.raises(NotFound):
        await world.send(member, room)


async def test_messages_take_seq_and_rev_in_order(world: World) -> None:
    room = await world.room()
    sent = await asyncio.gather(*(world.send(world.owner, room, f"m{i}") for i in range(100)))
    seqs = [m.seq for m in sent]
    assert seqs == list(range(seqs[0], seqs[0] + 100))
    assert [m.text for m in sent] == [f"m{i}" for i in range(100)]
    assert [m.rev - sent[0].rev for m in sent] == list(range(100))


async def test_the_same_nonce_answers_with_the_first_result(world: World) -> None:
    room = await world.room()
    first = await world.send(world.owner, room, "한 번만", nonce="same")
    again = await world.send(world.owner, room, "다른 글", nonce="same")
    assert (again.seq, again.text) == (first.seq, "한 번만")


async def test_the_same_nonce_twice_at_once_is_one_message(world: World) -> None:
    room = await world.room()
    sent = await asyncio.gather(*(world.send(world.owner, room, "하나", nonce="one") for _ in range(20)))
    assert len({m.seq for m in sent}) == 1
    assert len([m for m in await world.log(world.owner, room) if m.kind == "text"]) == 1


async def test_a_nonce_of_another_room_is_a_conflict(world: World) -> None:
    one, two = await world.room(), await world.room(name="창고")
    await world.send(world.owner, one, nonce="same")
    with pytest.raises(Conflict):
        await world.send(world.owner, two, nonce="same")


async def test_one_bad_message_fails_alone(world: World) -> None:
    room = await world.room()
    texts = ["하나", "   ", "둘", "x" * 20_001, "셋"]
    results = await asyncio.gather(*(world.send(world.owner, room, t) for t in texts), return_exceptions=True)
    assert [type(r) for r in results if isinstance(r, Exception)] == [Invalid, TooLarge]
    seqs = [r.seq for r in results if not isinstance(r, Exception)]
    assert seqs == list(range(seqs[0], seqs[0] + 3))


async def test_text_is_stored_in_nfc_without_control_characters(world: World) -> None:
    room = await world.room()
    sent = await world.send(world.owner, room, "한\u0000글\r\n\u1112\u1161\u11ab")
    assert sent.text == "한글\n한"


async def test_speaking_is_having_read(world: World) -> None:
    member = await world.person("이민수")
    room = await world.room(member)
    await world.send(world.owner, room)
    sent = await world.send(member, room)
    assert (await world.head(member, room)).read_seq == sent.seq
    head = await world.head(world.owner, room)
    assert head.last_seq - head.read_seq == 1


async def test_a_reply_quotes_what_it_answers(world: World) -> None:
    room = await world.room()
    first = await world.send(world.owner, room, "점심 뭐 먹을까요?")
    reply = await world.send(world.owner, room, "국수요", reply_to=first.seq)
    assert reply.reply_to is not None
    assert (reply.reply_to.seq, reply.reply_to.excerpt) == (first.seq, "점심 뭐 먹을까요?")


async def test_a_thread_counts_its_replies_at_its_root(world: World) -> None:
    member = await world.person("이민수")
    room = await world.room(member)
    root = await world.send(world.owner, room, "질문")
    await asyncio.gather(*(world.send(w, room, "답", thread=root.seq) for w in (world.owner, member, member)))
    log = await world.log(world.owner, room)
    assert [m.text for m in log if m.kind == "text"] == ["질문"]
    assert log[-1].thread_count == 3
    assert set(log[-1].thread_people) == {world.owner.person, member.person}
    thread = await world.log(world.owner, room, thread=root.seq)
    assert [m.text for m in thread] == ["질문", "답", "답", "답"]


async def test_a_thread_has_one_level(world: World) -> None:
    room = await world.room()
    root = await world.send(world.owner, room)
    reply = await world.send(world.owner, room, thread=root.seq)
    with pytest.raises(Invalid):
        await world.send(world.owner, room, thread=reply.seq)


async def test_a_mention_counts_until_it_is_read(world: World) -> None:
    member = await world.person("이민수")
    room = await world.room(member)
    await world.send(world.owner, room, "@이민수 창고 확인해 주세요", mentions=Mentions([member.person]))
    await world.send(world.owner, room, "@모두 회의합니다", mentions=Mentions(all=True))
    assert (await world.head(member, room)).mentions == 2
    await world.send(member, room, "네")
    assert (await world.head(member, room)).mentions == 0


async def test_a_mention_that_the_text_does_not_name_is_none(world: World) -> None:
    member = await world.person("이민수")
    room = await world.room(member)
    sent = await world.send(world.owner, room, "안녕하세요", mentions=Mentions([member.person], [], True))
    assert sent.mentions == Mentions()
    assert (await world.head(member, room)).mentions == 0


async def test_only_the_heads_of_a_room_may_call_everybody_when_it_says_so(world: World) -> None:
    member = await world.person("이민수")
    room = await world.room(member)
    await world.db.write(rooms.change_room, world.owner, room, mention_all="owners")
    with pytest.raises(Refused):
        await world.send(member, room, "@모두", mentions=Mentions(all=True))
    assert (await world.send(world.owner, room, "@모두", mentions=Mentions(all=True))).mentions.all


async def test_in_an_announcement_room_members_answer_only_in_threads(world: World) -> None:
    member = await world.person("이민수")
    room = await world.room(member)
    await world.db.write(rooms.change_room, world.owner, room, posting="owners")
    notice = await world.send(world.owner, room, "공지")
    with pytest.raises(Refused):
        await world.send(member, room)
    assert (await world.send(member, room, "질문 있습니다", thread=notice.seq)).thread == notice.seq


async def test_nothing_is_written_into_an_archived_room(world: World) -> None:
    room = await world.room()
    await world.db.write(rooms.archive, world.owner, room)
    with pytest.raises(Conflict):
        await world.send(world.owner, room)


async def test_who_left_can_not_write(world: World) -> None:
    member = await world.person("이민수")
    room = await world.room(member)
    await world.db.write(members.leave, member, room)
    with pytest.raises(NotFound):
        await world.send(member, room)


async def test_a_recalled_message_leaves_a_tombstone(world: World) -> None:
    room = await world.room()
    sent = await world.send(world.owner, room, "잘못 보냈어요")
    gone = await world.db.write(change.recall, world.owner, room, sent.seq)
    assert (gone.text, gone.body, gone.recalled_by) == ("", [], world.owner.person)
    assert gone.rev > sent.rev


async def test_a_file_sent_and_answered_in_one_breath_is_there(world: World) -> None:
    room = await world.room()
    file_id = new_id(world.db.clock.now())
    await world.db.write(note_file, world.owner, room, file_id=file_id, name="a.txt", mime="text/plain", size=1, pixels=None)
    root = (await world.head(world.owner, room)).last_seq + 1
    await asyncio.gather(world.send(world.owner, room, "", files=[file_id]), world.send(world.owner, room, "받았습니다", thread=root))
    assert [f.file.id for f in (await world.db.read(log.files, world.owner.person, room)).items] == [file_id]
