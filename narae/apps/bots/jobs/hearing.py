"""Tells robots what is said to them: the rooms' logs are the queue, and each robot has an ear of its own.

A robot is told over its streams, or at its callback when none is open, or later. How far it has been told stands in a table, one number
a room; so a slow or dead receiver delays neither the room nor other robots, and after a restart what was not settled is told
again, under the same name. What nobody took for ROBOT_HEARD_HOURS, or within ROBOT_TRIES, is let go with a note.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Sequence

from narae.apps.bots.api.dingtalk.stream import EVENT, EVERY_EVENT, Flight, streams_of
from narae.apps.bots.api.dingtalk.told import event_of
from narae.apps.bots.jobs.ear import Ear
from narae.apps.bots.public import RobotChanged
from narae.apps.bots.queries import Guarded, by_id
from narae.apps.bots.queries.hearing import direct_talks, listening, robots_in
from narae.core.db import Database, Event
from narae.core.kit.beside import beside
from narae.core.kit.errors import NaraeError
from narae.core.kit.ids import new_id
from narae.core.kit.keys import server_key
from narae.core.kit.limits import ROBOT_TICK_SECONDS
from narae.core.kit.outside import Outside, outside_of
from narae.core.kit.settings import Settings
from narae.core.rooms.public import Joined, Left, Message, MessageChanged, RoomEvent

log = logging.getLogger("narae.bots")


@contextlib.asynccontextmanager
async def hearing(db: Database, settings: Settings) -> AsyncIterator[None]:
    """Tell robots what is said to them, for as long as this is open."""
    async with outside_of(settings) as outside:
        ears = Ears(db, settings, outside)
        db.listeners.append(ears.note)
        try:
            async with beside(ears.keep_up()), beside(ears.keep_time()):
                yield
        finally:
            db.listeners.remove(ears.note)
            await ears.close()


class Ears:
    """The ears of all robots that listen, and which of them an event is for."""

    def __init__(self, db: Database, settings: Settings, outside: Outside) -> None:
        self._db = db
        self._settings = settings
        self._key = server_key(settings)
        self._outside = outside
        self._streams = streams_of(db)
        self._ears: dict[str, Ear] = {}
        self._direct: dict[str, str] = {}
        self._changed: dict[str, None] = {}
        self._happened: list[tuple[Message, RoomEvent]] = []
        self._wake = asyncio.Event()

    def note(self, events: Sequence[Event]) -> None:
        """Wake those whom a commit concerns. (Called for every commit: it only looks.)"""
        for event in events:
            body = event.body
            if isinstance(body, MessageChanged):
                self._note_message(body.message)
            elif isinstance(body, RobotChanged):
                self._changed[body.robot] = None
                self._wake.set()
            elif isinstance(body, Joined) and (ear := self._ears.get(event.topic.partition(":")[2])):
                if body.room.direct:
                    self._direct[body.room.id] = ear.robot.id
                ear.hear(body.room.id, body.room.last_seq)
            elif isinstance(body, Left) and (ear := self._ears.get(event.topic.partition(":")[2])):
                ear.forget(body.room)

    def _note_message(self, message: Message) -> None:
        for person in message.mentions.people:
            if (ear := self._ears.get(person)) is not None:
                ear.hear(message.room, message.seq)
        if (robot := self._direct.get(message.room)) is not None and robot != message.sender:
            self._ears[robot].hear(message.room, message.seq)
        if message.recalled_at is not None:
            for ear in self._ears.values():
                ear.forget(message.room, message.seq)
        if message.event is not None:
            self._happened.append((message, message.event))
            self._wake.set()

    async def keep_up(self) -> None:
        """Have an ear for each robot that listens, and pass on what happens in rooms."""
        begun = False
        while True:
            try:
                if not begun:
                    self._changed.update(dict.fromkeys(await self._db.read(listening)))
                    begun = True
                await self._catch_up()
            except NaraeError as error:
                log.warning("robots wait: %s", error)
                await asyncio.sleep(ROBOT_TICK_SECONDS)
                continue
            await self._wake.wait()
            self._wake.clear()

    async def _catch_up(self) -> None:
        while self._changed:
            robot_id = next(iter(self._changed))
            del self._changed[robot_id]
            try:
                await self._renew(robot_id)
            except BaseException:
                self._changed[robot_id] = None
                raise
        while self._happened:
            message, event = self._happened.pop(0)
            await self._tell(message, event)

    async def _renew(self, robot_id: str) -> None:
        """Begin to listen for a robot, or end it, or listen as it is now."""
        robot = await self._db.read(by_id, robot_id)
        old = self._ears.get(robot_id)
        if old is not None and robot is not None and (old.robot.app, old.robot.enabled) == (robot.app, robot.enabled):
            old.robot = robot
            old.wake()
            return
        if old is not None:
            del self._ears[robot_id]
            self._direct = {room: one for room, one in self._direct.items() if one != robot_id}
            self._streams.drop(robot_id)
            await old.close()
        if robot is not None and robot.app and robot.enabled:
            await self._begin(robot)

    async def _begin(self, robot: Guarded) -> None:
        ear = Ear(self._db, robot, key=self._key, url=self._settings.public_url, outside=self._outside)
        self._ears[robot.id] = ear
        self._direct |= dict.fromkeys(await self._db.read(direct_talks, robot.id), robot.id)
        ear.start()

    async def _tell(self, message: Message, event: RoomEvent) -> None:
        """Tell robots with an open connection what happened in a room that they are in; those without one never hear of it."""
        listeners = self._streams.who_hear((EVENT, EVERY_EVENT))
        if not listeners:
            return
        org, inside = await self._db.read(robots_in, message.room, listeners)
        if (said := event_of(message, event, org)) is None:
            return
        kind, body = said
        for robot in inside:
            _Telling(self._db, robot, kind, body, org, message.at).offer()

    async def keep_time(self) -> None:
        """Look every ROBOT_TICK_SECONDS at what is late."""
        while True:
            await asyncio.sleep(ROBOT_TICK_SECONDS)
            self._streams.tick()
            for ear in self._ears.values():
                if ear.is_busy:
                    ear.wake()

    async def close(self) -> None:
        """End them all."""
        for ear in self._ears.values():
            await ear.close()


class _Telling:
    """An event on its way to a robot, offered once more when it was not answered; then let go."""

    def __init__(self, db: Database, robot: str, kind: str, body: dict[str, object], org: str, at: int) -> None:
        self._streams = streams_of(db)
        self._robot = robot
        self._left = 2
        name = new_id(db.clock.now())
        headers = {"eventId": name, "eventType": kind, "eventCorpId": org, "eventBornTime": str(at), "eventUnifiedAppId": robot}
        self._flight = Flight(name, (EVENT, EVERY_EVENT), body, landed=_nothing, back=self._back, headers=headers)

    def offer(self) -> None:
        """Send it if a connection is free."""
        self._left -= 1
        self._streams.offer(self._robot, self._flight)

    def _back(self, _why: str) -> None:
        if self._left:
            self.offer()


def _nothing() -> None:
    """An event that has been answered is done."""
