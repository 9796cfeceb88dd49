"""Any interleaving of what people do, on devices that come and go, ends with every device knowing the same truth.

Each of three people has a device that hears everything and one that goes away and comes back by asking what changed.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from narae.core.db import Event
from narae.core.kit.errors import NaraeError
from narae.core.kit.settings import Settings
from narae.core.kit.who import Who
from narae.core.rooms.actions import change, members, reading
from narae.core.rooms.public import Mentions, Message, RoomHead
from narae.core.rooms.queries import heads
from narae.core.rooms.tables import message as message_table
from narae.server import running
from tests.kit.mirror import Mirror
from tests.kit.world import World

PEOPLE = 3
NAMES = ("이민수", "박지호", "최유진")
SIMPLE = ("send", "everybody", "join", "leave", "mute", "away", "back")
WITH_SEQ = ("thread", "edit", "recall", "react", "unreact", "pin", "unpin", "read", "unread")
STEP = st.one_of(
    st.tuples(st.sampled_from(SIMPLE), st.integers(0, PEOPLE - 1), st.just(0)),
    st.tuples(st.sampled_from(WITH_SEQ), st.integers(0, PEOPLE - 1), st.integers(1, 12)),
    st.tuples(st.just("mention"), st.integers(0, PEOPLE - 1), st.integers(0, PEOPLE - 1)),
)


class Talk:
    """A room, three people, and two devices for each."""

    def __init__(self, world: World, room: str, people: list[Who], devices: list[tuple[Mirror, Mirror]]) -> None:
        self.world = world
        self.room = room
        self.people = people
        self.devices = devices
        self.away: set[int] = set()
        world.db.listeners.append(self._hear)

    def _hear(self, events: list[Event]) -> None:
        for number, (steady, roaming) in enumerate(self.devices):
            steady.hear(events)
            if number not in self.away:
                roaming.hear(events)

    async def step(self, verb: str, number: int, seq: int) -> None:
        """Do one thing; what is refused changes nothing."""
        who, db = self.people[number], self.world.db
        if verb == "away":
            self.away.add(number)
        elif verb == "back" and number in self.away:
            self.away.discard(number)
            await db.read(self.devices[number][1].catch_up)
        else:
            try:
                await self._act(verb, who, seq)
            except NaraeError:
                return

    async def _act(self, verb: str, who: Who, seq: int) -> None:
        room, write = self.room, self.world.db.write
        match verb:
            case "send" | "thread":
                await self.world.send(who, room, "글", thread=seq or None)
            case "everybody":
                await self.world.send(who, room, "@모두 모여요", mentions=Mentions(all=True))
            case "mention":
                await self.world.send(who, room, f"@{NAMES[seq]}", mentions=Mentions([self.people[seq].person]))
            case "edit":
                await write(change.edit_message, who, room, seq, new=f"@{NAMES[0]} 고침", mentions=Mentions([self.people[0].person]))
            case "react" | "unreact":
                await write(getattr(change, verb), who, room, seq, "👍")
            case "recall" | "pin" | "unpin":
                await write(getattr(change, verb), who, room, seq)
            case "read" | "unread":
                await write(getattr(reading, f"mark_{verb}"), who, room, seq)
            case "join" | "leave":
                await write(getattr(members, verb), who, room)
            case "mute":
                await write(members.change_mine, who, room, muted=True)

    async def end(self) -> None:
        """Everybody comes back, and asks for what events only say to ask for."""
        for number in sorted(self.away):
            await self.step("back", number, 0)
        for mirror in (m for pair in self.devices for m in pair):
            await self.world.db.read(mirror.ask)

    async def check(self) -> None:
        """Every device knows what a fresh one reads, and the counts are those of the log."""
        log = await self.world.db.read(lambda conn: conn.execute(message_table.select()).all())
        for steady, roaming in self.devices:
            fresh = await self.world.db.read(Mirror, steady.viewer)
            assert steady.known() == fresh.known()
            assert roaming.known() == fresh.known()
            for head in await self.world.db.read(heads.heads, steady.viewer):
                everything = [m for m in log if m.room == head.id]
                assert head.last_seq == max(m.seq for m in everything) == len(everything)
                assert head.mentions == _meaning(fresh.rooms[head.id].messages.values(), head, steady.viewer)


def _meaning(messages: Any, head: RoomHead, viewer: str) -> int:
    """How many unread messages mean the viewer."""
    unread: list[Message] = [m for m in messages if m.seq > max(head.read_seq, head.join_seq)]
    return len([m for m in unread if m.mentions.all or (viewer in m.mentions.people and m.sender != viewer)])


async def _run(template: Path, steps: list[tuple[str, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(template, Path(folder) / "narae.db")
        async with running(Settings(data=Path(folder), send_rate=10_000, send_burst=100_000)) as server:
            world = await World(server).found()
            people = [await world.person(name) for name in NAMES]
            room = await world.room(*people, is_public=True)
            devices = [(await world.db.read(Mirror, who.person), await world.db.read(Mirror, who.person)) for who in people]
            talk = Talk(world, room, people, devices)
            for step in steps:
                await talk.step(*step)
            await talk.end()
            await talk.check()
            await world.close()


@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=5, max_size=30))
def test_every_device_converges_whatever_happens_in_whatever_order(migrated_sqlite: Path, steps: list[tuple[str, int, int]]) -> None:
    asyncio.run(_run(migrated_sqlite, steps))
