"""The notes of what robots were asked, gathered for a moment and written together: a call costs no write of its own."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from typing import Any

import msgspec

from narae.apps.bots.actions import Noted, note_calls
from narae.apps.bots.public import Call
from narae.core.db import Database
from narae.core.kit.errors import Unavailable
from narae.core.kit.limits import ROBOT_CALLS_KEPT, ROBOT_NOTE_SECONDS
from narae.core.kit.text import excerpt


class Notes:
    """What is still to be written: of each robot the newest calls only, since only so many are kept.

    Robots take turns, one each ROBOT_NOTE_SECONDS, so that many busy ones never hold the lane up together.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._waiting: dict[str, deque[Call]] = {}
        self._timer: asyncio.TimerHandle | None = None

    def add(self, robot: str, call: Call) -> None:
        """Note a call soon; its excerpt may still be long, and is cut when it is written: of a flood few are."""
        calls = self._waiting.get(robot)
        if calls is None:
            calls = self._waiting[robot] = deque(maxlen=ROBOT_CALLS_KEPT)
        calls.append(call)
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(ROBOT_NOTE_SECONDS, self._write_next)

    def _write_next(self) -> None:
        robot = next(iter(self._waiting), None)
        self._timer = None
        if robot is None:
            return
        with contextlib.suppress(Unavailable):  # the messages count, not the notes of them
            self._db.write_later(note_calls, self._taken(robot), _forget)
        if self._waiting:
            self._timer = asyncio.get_running_loop().call_later(ROBOT_NOTE_SECONDS, self._write_next)

    async def written(self, robot: str) -> None:
        """Write what waits of a robot, and come back when it is there to be read."""
        if robot in self._waiting:
            with contextlib.suppress(Unavailable):
                await self._db.write_batched(note_calls, self._taken(robot))

    def _taken(self, robot: str) -> Noted:
        calls = self._waiting.pop(robot)
        return Noted(robot, [msgspec.structs.replace(call, excerpt=excerpt(call.excerpt)) for call in calls])

    async def close(self) -> None:
        """Write all that waits, for the last time."""
        if self._timer is not None:
            self._timer.cancel()
        for robot in list(self._waiting):
            await self.written(robot)


def _forget(_result: Any, _error: BaseException | None) -> None:
    """A note that could not be written is nobody's loss."""
