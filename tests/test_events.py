"""Old state + events = fresh state: for every action of rooms and organisations, whoever heard its events needs not ask again.

The list of actions comes from the modules themselves, so a new action fails here until it has a case.
"""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest

import narae.core.rooms.actions as rooms_package
from narae.core.app import CardKind, CardKinds
from narae.core.db import Event
from narae.core.kit.who import Who
from narae.core.orgs import actions as orgs
from narae.core.people.actions import create_person
from narae.core.people.public import Settings
from narae.core.rooms.actions import change, joining, members, press, reading, rooms, send
from narae.core.rooms.public import Button, Card, Mentions, Press
from narae.server import greet
from tests.kit.mirror import Mirror
from tests.kit.world import World

pytestmark = pytest.mark.anyio
Call = tuple[Who, tuple[Any, ...], dict[str, Any]]


ASKING = Card("poll", "📊", "점심은?", buttons=[Button("yes", "좋아요")])
ANSWERED = Card("poll", "📊", "점심은?", buttons=[])


def _answer(tx: Any, who: Who, pressed: Press) -> bool:
    """What an app does with a press: it changes its card."""
    sender = next(m.sender for m in [change.as_message(change.require_message(tx.conn, pressed.room, pressed.seq))])
    change.change_card(tx, Who(person=sender or ""), pressed.room, pressed.seq, card=ANSWERED)
    return who.person != sender


class Scene:
    """An organisation in which every action has something to do."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.org = world.org
        self.owner = world.owner

    async def set(self) -> Scene:
        """People, rooms, messages, departments, invitations."""
        world, write = self.world, self.world.db.write
        self.minsu, self.jiho = await world.person("이민수"), await world.person("박지호", "admin")
        self.gone, self.outsider = await world.person("최유진"), await world.account("외부 사람")
        self.team = (await write(orgs.create_department, self.owner, self.org, name="본부")).id
        self.shop = (await write(orgs.create_department, self.owner, self.org, name="매장", parent=self.team)).id
        await write(orgs.change_member, self.owner, self.org, self.minsu.person, departments=[self.shop])
        self.room = await world.room(self.minsu, self.jiho, self.gone)
        self.minsus = await world.room(self.owner, self.jiho, owner=self.minsu, name="민수네")
        self.open = await world.room(self.minsu, name="누구나", is_public=True)
        self.closed = await world.room(self.minsu, name="지난 일")
        await write(rooms.archive, self.owner, self.closed)
        await write(members.deactivate_person, self.owner, self.org, self.gone.person)
        self.direct = (await write(rooms.open_direct, self.owner, self.org, other=self.minsu.person)).id
        self.robot = await write(create_person, self.owner, name="로봇", email=None, robot=True)
        await write(orgs.add_member, self.owner, self.org, self.robot, role="guest")
        await self._talk()
        invites = {"role": "member", "department_id": None, "room": self.room, "emails": (), "uses": 3, "days": 3}
        (made,) = await write(joining.invite, self.owner, self.org, **invites)
        self.invite, self.secret = made[0].id, made[1]
        return self

    async def _talk(self) -> None:
        world, write = self.world, self.world.db.write
        self.said = (await world.send(self.owner, self.room, "@이민수 확인", mentions=Mentions([self.minsu.person]), confirm=True)).seq
        self.liked = (await world.send(self.minsu, self.room, "좋아요")).seq
        await write(change.react, self.jiho, self.room, self.liked, "👍")
        await write(change.pin, self.minsu, self.room, self.liked)
        await world.send(self.owner, self.room, "@모두 회의", mentions=Mentions(all=True))
        await world.send(self.owner, self.room, "@매장 재고", mentions=Mentions([], [self.shop]))
        await world.send(self.owner, self.direct, "둘이서")
        await write(rooms.set_top, self.owner, self.room, self.said)
        await write(reading.save_draft, self.minsu, self.room, said="쓰다 만 글")
        self.asked = (await world.send(self.owner, self.room, "", card=ASKING)).seq


CASES: dict[Any, Callable[[Scene], Call]] = {
    send.send: lambda s: (s.minsu, (), {"item": send.Send(who=s.minsu, room=s.room, nonce="x", text="답", thread=s.said)}),
    change.edit_message: lambda s: (s.owner, (s.room, s.said), {"new": "@박지호 대신", "mentions": Mentions([s.jiho.person])}),
    change.change_card: lambda s: (s.owner, (s.room, s.asked), {"card": ANSWERED, "said": "끝"}),
    press.press: lambda s: (
        s.minsu,
        (s.room, s.asked),
        {"button": "yes", "nonce": "p", "values": {}, "kinds": CardKinds({"poll": CardKind(type="poll", press=_answer)})},
    ),
    change.recall: lambda s: (s.owner, (s.room, s.said), {}),
    change.react: lambda s: (s.minsu, (s.room, s.liked, "👍"), {}),
    change.unreact: lambda s: (s.jiho, (s.room, s.liked, "👍"), {}),
    change.pin: lambda s: (s.minsu, (s.room, s.said), {}),
    change.unpin: lambda s: (s.minsu, (s.room, s.liked), {}),
    change.confirm: lambda s: (s.minsu, (s.room, s.said), {}),
    joining.found_org: lambda s: (s.minsu, (), {"name": "새 회사"}),
    joining.accept: lambda s: (s.outsider, (s.secret,), {}),
    joining.reactivate: lambda s: (s.owner, (s.org, s.gone.person), {}),
    joining.invite: lambda s: (
        s.owner,
        (s.org,),
        {"role": "guest", "department_id": None, "room": s.room, "emails": ["a@example.com"], "uses": 1, "days": 1},
    ),
    members.join: lambda s: (s.jiho, (s.open,), {}),
    members.add_members: lambda s: (s.minsu, (s.open,), {"people": [s.jiho.person]}),
    members.leave: lambda s: (s.minsu, (s.room,), {}),
    members.remove_member: lambda s: (s.owner, (s.room, s.minsu.person), {}),
    members.change_member: lambda s: (s.owner, (s.room, s.minsu.person), {"role": "admin"}),
    members.change_mine: lambda s: (s.minsu, (s.room,), {"muted": True, "starred": True}),
    members.deactivate_person: lambda s: (s.owner, (s.org, s.minsu.person), {}),
    reading.mark_read: lambda s: (s.minsu, (s.room, s.liked + 1), {}),
    reading.mark_unread: lambda s: (s.owner, (s.room, s.liked), {}),
    reading.save_draft: lambda s: (s.minsu, (s.room,), {"said": " \n "}),
    rooms.create_room: lambda s: (s.owner, (s.org,), {"name": "새 방", "departments": [s.team]}),
    rooms.open_direct: lambda s: (s.jiho, (s.org,), {"other": s.minsu.person}),
    rooms.place_direct: lambda s: (s.jiho, (s.org, s.minsu.person), {}),
    rooms.change_room: lambda s: (s.owner, (s.room,), {"name": "새 이름", "topic": "주제", "posting": "owners", "is_public": True}),
    rooms.archive: lambda s: (s.owner, (s.room,), {}),
    rooms.unarchive: lambda s: (s.owner, (s.closed,), {}),
    rooms.give_owner: lambda s: (s.owner, (s.room,), {"to": s.minsu.person}),
    rooms.set_top: lambda s: (s.owner, (s.direct, 1), {}),
    orgs.create_org: lambda s: (s.minsu, (), {"name": "새 회사"}),
    orgs.rename_org: lambda s: (s.owner, (s.org,), {"name": "새 이름"}),
    orgs.add_member: lambda s: (s.owner, (s.org, s.outsider.person), {"role": "member", "departments": [s.shop]}),
    orgs.change_me: lambda s: (s.minsu, (), {"name": "이민수 점장", "lang": "en", "settings": Settings()}),
    orgs.change_member: lambda s: (
        s.owner,
        (s.org, s.minsu.person),
        {"role": "admin", "title": "점장", "departments": [s.team]},
    ),
    orgs.deactivate: lambda s: (s.owner, (s.org, s.jiho.person), {}),
    orgs.reactivate: lambda s: (s.owner, (s.org, s.gone.person), {}),
    orgs.retire: lambda s: (s.owner, (s.org, s.robot), {}),
    orgs.create_department: lambda s: (s.owner, (s.org,), {"name": "물류", "parent": s.team}),
    orgs.change_department: lambda s: (s.owner, (s.org, s.shop), {"name": "점포", "parent": None, "position": 3}),
    orgs.delete_department: lambda s: (s.owner, (s.org, s.shop), {}),
    orgs.create_invites: lambda s: (s.owner, (s.org,), {"role": "member"}),
    orgs.delete_invite: lambda s: (s.owner, (s.org, s.invite), {}),
    orgs.accept_invite: lambda s: (s.outsider, (s.secret,), {}),
    orgs.link_for_member: lambda s: (s.owner, (s.org, s.minsu.person), {}),
}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("action", CASES, ids=lambda action: f"{action.__module__.rpartition('.')[2]}.{action.__name__}")
async def test_old_state_and_events_are_the_fresh_state(world: World, action: Any) -> None:
    scene = await Scene(world).set()
    people = (scene.owner, scene.minsu, scene.jiho, scene.outsider)
    old = [await world.db.read(Mirror, who.person) for who in people]
    who, words, named = CASES[action](scene)
    heard = await _events_of(world, action, who, *words, **named)
    for mirror in old:
        mirror.hear(heard)
    old = [mirror for mirror in old if not mirror.ended]
    for mirror in old:
        await world.db.read(mirror.ask)
    fresh = [await world.db.read(Mirror, mirror.viewer) for mirror in old]
    assert [m.known() for m in old] == [m.known() for m in fresh]
    assert [m.topics for m in old] == [m.topics for m in fresh]


async def _events_of(world: World, action: Any, who: Who, *words: Any, **named: Any) -> list[Event]:
    heard: list[Event] = []
    listen = heard.extend
    world.db.listeners.append(listen)
    await world.db.write(action, who, *words, **named)
    world.db.listeners.remove(listen)
    return heard


def test_every_action_of_rooms_and_organisations_has_its_case() -> None:
    missing = [f"{a.__module__}.{a.__name__}" for a in _actions() if a not in CASES]
    assert missing == [], "Add a case to CASES above: who does it, and with what."


def _actions() -> Iterator[Any]:
    """Every public function whose first parameters are the transaction and who acts."""
    parts = [orgs, *(import_module(f"{rooms_package.__name__}.{m.name}") for m in pkgutil.walk_packages(rooms_package.__path__))]
    for part in parts:
        for name, found in inspect.getmembers(part, inspect.isfunction):
            if not name.startswith("_") and found.__module__ == part.__name__ and _is_action(found):
                yield found


def _is_action(found: Any) -> bool:
    first = list(inspect.signature(found).parameters.values())[:2]
    return [(p.name, p.annotation) for p in first] == [("tx", "Tx"), ("who", "Who")]


async def test_a_guest_hears_nothing_of_an_organisations_people(world: World) -> None:
    guest, member = await world.person("손님", "guest"), await world.person("이민수")
    topics = {f"person:{guest.person}", *(await world.db.read(greet, guest.person)).topics}
    heard = await _events_of(world, orgs.change_member, world.owner, world.org, member.person, title="점장")
    assert {event.topic for event in heard} & topics == set()


async def test_a_guest_who_becomes_a_member_follows_the_organisation_at_once(world: World) -> None:
    guest = await world.person("손님", "guest")
    old = await world.db.read(Mirror, guest.person)
    old.hear(await _events_of(world, orgs.change_member, world.owner, world.org, guest.person, role="member"))
    assert old.topics == (await world.db.read(Mirror, guest.person)).topics
