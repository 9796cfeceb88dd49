"""Members, roles and invitations."""

from __future__ import annotations

import pytest

from narae.core.kit.errors import Conflict, Invalid, NotFound, Refused
from narae.core.orgs import actions
from narae.core.people.sessions import Sessions
from narae.core.rooms.actions import joining, members
from narae.core.rooms.queries.heads import heads
from tests.kit.world import World

pytestmark = pytest.mark.anyio


async def test_an_administrator_can_not_enter_the_account_of_somebody_who_is_elsewhere_too(world: World) -> None:
    victim = await world.person("이민수")
    await world.db.write(joining.found_org, victim, name="민수네 가게")
    with pytest.raises(Refused):
        await world.db.write(actions.link_for_member, world.owner, world.org, victim.person)


async def test_deactivating_somebody_who_is_elsewhere_too_shuts_this_organisation_only(world: World) -> None:
    member = await world.person("이민수")
    other = await world.db.write(joining.found_org, member, name="민수네 가게")
    room = await world.room(member)
    await world.db.write(members.deactivate_person, world.owner, world.org, member.person)
    assert await Sessions(world.db).who(world.secret(member)) is not None
    assert {h.org for h in await world.db.read(heads, member.person)} == {other.id}
    with pytest.raises(NotFound):
        await world.send(member, room)


async def test_deactivation_ends_sessions_and_memberships(world: World) -> None:
    member = await world.person("이민수")
    await world.room(member)
    await world.db.write(members.deactivate_person, world.owner, world.org, member.person)
    assert await world.server.sessions.who(world.secret(member)) is None
    assert await world.db.read(heads, member.person) == []


async def test_a_room_of_a_deactivated_owner_goes_to_another_member(world: World) -> None:
    owner, heir = await world.person("이민수"), await world.person("박지호")
    room = await world.room(heir, owner=owner)
    await world.db.write(members.deactivate_person, world.owner, world.org, owner.person)
    assert (await world.head(heir, room)).role == "owner"


async def test_the_last_owner_stays(world: World) -> None:
    with pytest.raises(Conflict):
        await world.db.write(actions.change_member, world.owner, world.org, world.owner.person, role="member")


async def test_an_administrator_makes_no_owners(world: World) -> None:
    admin, member = await world.person("이민수", role="admin"), await world.person("박지호")
    with pytest.raises(Refused):
        await world.db.write(actions.change_member, admin, world.org, member.person, role="owner")


async def test_a_pasted_list_becomes_one_invitation_each(world: World) -> None:
    client = world.client(world.owner)
    pasted = "이민수 <minsu@example.com>\njiho@example.com; MINSU@example.com\n"
    answer = await client.post(f"/api/orgs/{world.org}/invites", json={"role": "member", "emails": pasted})
    made = answer.json()["items"]
    assert [i["email"] for i in made] == ["minsu@example.com", "jiho@example.com"]
    assert all(i["url"].startswith("http") and i["qr"].startswith("<svg xmlns") for i in made)


async def test_a_line_without_an_address_is_named(world: World) -> None:
    with pytest.raises(Invalid, match="Line 2"):
        actions.listed_emails("a@example.com\n전화번호만 있어요")
    assert actions.listed_emails("") == []


async def test_an_invitation_lets_one_person_in_once(world: World) -> None:
    [(_, secret)] = await world.db.write(actions.create_invites, world.owner, world.org, role="member")
    one, two = await world.account("이민수"), await world.account("박지호")
    assert [o.id for o in (await world.db.write(joining.accept, one, secret)).orgs] == [world.org]
    with pytest.raises(NotFound):
        await world.db.write(joining.accept, two, secret)


async def test_a_department_can_not_stand_below_itself(world: World) -> None:
    top = await world.db.write(actions.create_department, world.owner, world.org, name="본점")
    below = await world.db.write(actions.create_department, world.owner, world.org, name="판매", parent=top.id)
    with pytest.raises(Invalid):
        await world.db.write(actions.change_department, world.owner, world.org, top.id, parent=below.id)
