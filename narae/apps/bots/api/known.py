"""Robots by their token, with a short cache that a change clears at once, and guessing that is slowed by address.

A wrong token is remembered as wrong, so a program that was not told of new addresses is one guess, however often it calls: it does not
use up the guesses of others behind the same address.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from narae.apps.bots.public import RobotChanged
from narae.apps.bots.queries import Guarded, by_token
from narae.core.db import Database, Event
from narae.core.kit import limits
from narae.core.kit.errors import TooMany
from narae.core.kit.ids import fingerprint
from narae.core.kit.throttle import Throttle
from narae.core.kit.together import Begun, Together
from narae.core.kit.who import CONTROL
from narae.core.rooms.public import RoomChanged


class _Known(NamedTuple):
    robot: Guarded | None
    until: int


class Known:
    """The robots that were called lately."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._together = Together()
        self._changes = 0
        rate = limits.ROBOT_WRONG_TOKENS_A_MINUTE / 60
        self._guesses = Throttle(db.clock, rate=rate, burst=limits.ROBOT_WRONG_TOKENS_A_MINUTE)
        db.listeners.append(self._forget)

    async def robot(self, token: str, *, ip: str) -> Guarded | None:
        """The robot with this token; TooMany for an address that has tried too many wrong ones, before anything is looked up."""
        if not token:
            return None
        key = fingerprint(token)
        known = self._known.get(key)
        if known is not None and known.until > self._db.clock.now():
            return known.robot
        if seconds := self._guesses.ahead(ip):
            raise TooMany("Too many wrong tokens came from this address. Try again later.", retry_after=seconds)
        found = await self._look_up(key)
        if found is None:
            self._guesses.wait(ip)
        return found

    async def _look_up(self, key: str) -> Guarded | None:
        changes = self._changes
        found = await self._together.ask(key, lambda begun: self._db.read(_find, key, begun=begun))
        if changes != self._changes:  # a robot was changed meanwhile, perhaps this
            return await self._look_up(key)
        self._known[key] = _Known(found, self._db.clock.now() + limits.ROBOT_CACHE_SECONDS * 1000)
        self._known.move_to_end(key)
        if len(self._known) > limits.ROBOT_CACHE_ENTRIES:
            self._known.popitem(last=False)
        return found

    def _forget(self, events: Sequence[Event]) -> None:
        for event in events:
            if event.topic == CONTROL and isinstance(event.body, RobotChanged):
                self._drop(robot=event.body.robot)
            elif isinstance(event.body, RoomChanged):
                self._drop(room=event.body.room.id)

    def _drop(self, *, robot: str = "", room: str = "") -> None:
        self._changes += 1
        for key in [key for key, (one, _) in self._known.items() if one is not None and (one.id == robot or one.room == room)]:
            del self._known[key]


def _find(conn: Connection, key: str, *, begun: Begun) -> Guarded | None:
    begun()
    return by_token(conn, key)
