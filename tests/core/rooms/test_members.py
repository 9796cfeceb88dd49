"""Coming into rooms, and how many a person can be in."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select

from narae.core.kit.errors import Conflict, Refused
from narae.core.kit.limits import ROOMS_A_PERSON
from narae.core.kit.who import SYSTEM, Who
from narae.core.orgs.actions import add_member
from narae.core.people.actions import create_person
from narae.core.rooms.actions import members, rooms
from narae.core.rooms.tables import member, room
from tests.kit.world import World

pytestmark = pytest.mark.anyio


async def fill(world: World, who: Who, like: str) -> None:
    """Put somebody into as many rooms as can be, each a copy of one of theirs."""

    def copy(tx, _who):  # type: ignore[no-untyped-def]
        place = tx.first(select(room).where(room.c.id == like))._asdict()
        mine = tx.first(select(member).where(member.c.room == like, member.c.person == who.person))._asdict()
        count = len(tx.all(select(member.c.room).where(member.c.person == who.person, member.c.left_at.is_(None))))
        ids = [f"copy{n}" for n in range(ROOMS_A_PERSON - count)]
        tx.run(insert(room), [{**place, "id": i} for i in ids])
        tx.run(insert(member), [{**mine, "room": i} for i in ids])

    await world.db.write(copy, world.owner)


async def test_nobody_comes_into_more_rooms_than_their_list_shows(world: World) -> None:
    full = await world.person("이민수")
    mine, open_ = await world.room(full), await world.room(name="누구나", is_public=True)
    await fill(world, full, mine)
    tries = [
        world.db.write(members.join, full, open_),
        world.db.write(rooms.create_room, full, world.org, name="하나 더"),
        world.db.write(members.add_members, world.owner, open_, people=[full.person]),
        world.db.write(rooms.open_direct, world.owner, world.org, other=full.person),
        world.room(full, name="함께"),
    ]
    for attempt in tries:
        with pytest.raises(Conflict, match="이민수 is in 2,000 rooms") as refused:
            await attempt
        assert refused.value.code == "too_many_rooms"
    assert len((await world.client(full).get("/api/rooms")).json()["items"]) == ROOMS_A_PERSON
    await world.db.write(members.leave, full, mine)
    assert (await world.db.write(members.join, full, open_)).id == open_


async def test_who_is_in_a_room_already_can_be_asked_in_again(world: World) -> None:
    full = await world.person("이민수")
    mine = await world.room(full)
    await fill(world, full, mine)
    assert await world.db.write(members.add_members, world.owner, mine, people=[full.person]) == []


async def test_only_who_runs_a_room_brings_a_robot_in(world: World) -> None:
    minsu = await world.person("이민수")
    room = await world.room(minsu)
    robot = await world.db.write(create_person, SYSTEM, name="로봇", email=None, robot=True)
    await world.db.write(add_member, SYSTEM, world.org, robot, role="guest")
    with pytest.raises(Refused) as refused:
        await world.db.write(members.add_members, minsu, room, people=[robot])
    assert refused.value.code == "room_heads_only"
    assert [m.person for m in await world.db.write(members.add_members, world.owner, room, people=[robot])] == [robot]
