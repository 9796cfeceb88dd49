"""One robot's ear: what it is to be told, room by room, and how."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import Any

import msgspec

from narae.apps.bots import rules
from narae.apps.bots.actions.hearing import Told, note_told
from narae.apps.bots.api.desk import CallRefused, client_secret, desk_of
from narae.apps.bots.api.dingtalk.session import say_answer
from narae.apps.bots.api.dingtalk.stream import CALLBACK, MESSAGES, Flight, streams_of
from narae.apps.bots.api.dingtalk.told import body_of, message_id
from narae.apps.bots.public import Way
from narae.apps.bots.queries import Guarded, by_id
from narae.apps.bots.queries.hearing import Heard, behind, heard_in
from narae.core.db import Database
from narae.core.kit import limits
from narae.core.kit.clock import HOUR
from narae.core.kit.errors import NaraeError, Unavailable
from narae.core.kit.outside import Answer, Outside, OutsideFailed

log = logging.getLogger("narae.bots")
NOBODY, GAVE_UP = 408, 502
_GOOD = range(200, 300)


class _Item:
    """A message to tell."""

    __slots__ = ("heard", "not_before", "tries")

    def __init__(self, heard: Heard) -> None:
        self.heard = heard
        self.tries = 0
        self.not_before = 0

    @property
    def seq(self) -> int:
        """Its number in its room."""
        return self.heard.message.seq


class _Place:
    """How far a room has been read for the robot, what of it is not settled, and what waits to be told."""

    __slots__ = ("open", "ready", "upto")

    def __init__(self) -> None:
        self.upto: int | None = None
        self.open: set[int] = set()
        self.ready: list[_Item] = []


class Ear:
    """Tells one robot what is said to it."""

    def __init__(self, db: Database, robot: Guarded, *, key: bytes, url: str, outside: Outside) -> None:
        self.robot = robot
        self._db = db
        self._desk = desk_of(db)
        self._streams = streams_of(db)
        self._key = key
        self._url = url
        self._outside = outside
        self._places: dict[str, _Place] = {}
        self._late: dict[str, None] = {}
        self._busy: dict[str, None] = {}
        self._calls: dict[str, asyncio.Task[None]] = {}
        self._woken = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._closed = False
        self._begun = False

    def start(self) -> None:
        """Begin with what it has not been told yet."""
        self._streams.ears[self.robot.id] = self.wake
        self._task = asyncio.create_task(self._run())

    async def close(self) -> None:
        """End; what is not settled is told by the next ear, or after the next start."""
        self._closed = True
        self._streams.ears.pop(self.robot.id, None)
        tasks = [task for task in (self._task, *self._calls.values()) if task is not None]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    def wake(self) -> None:
        """Look again at what can be told."""
        self._woken.set()

    def hear(self, room_id: str, seq: int) -> None:
        """There may be something new in a room up to `seq`."""
        place = self._places.get(room_id)
        if place is None or place.upto is None or place.upto < seq:
            self._late[room_id] = None
            self._woken.set()

    def forget(self, room_id: str, seq: int | None = None) -> None:
        """A message was recalled, or (None) the robot has left the room: don't tell what waits of it."""
        place = self._places.get(room_id)
        gone = [item for item in place.ready if seq in (None, item.seq)] if place is not None else []
        for item in gone:
            self._places[room_id].ready.remove(item)
            self._settle(item)

    @property
    def is_busy(self) -> bool:
        """Whether something waits to be told."""
        return bool(self._busy or self._late) or not self._begun

    async def _run(self) -> None:
        while True:
            try:
                if not self._begun:
                    self._late.update(dict.fromkeys(await self._db.read(behind, self.robot.id)))
                    self._begun = True
                await self._read_on()
                self._let_go()
                self._hand_out()
            except NaraeError as error:
                log.warning("the robot %s waits: %s", self.robot.id, error)
            except Exception:
                log.exception("the robot %s can't be told something", self.robot.id)
            await self._woken.wait()
            self._woken.clear()

    async def _read_on(self) -> None:
        """Read what is new, up to ROBOT_HEARD_AHEAD that nobody has taken yet."""
        while self._late and (room := limits.ROBOT_HEARD_AHEAD - sum(len(self._places[r].open) for r in self._busy)) > 0:
            room_id = next(iter(self._late))
            del self._late[room_id]
            place = self._places.setdefault(room_id, _Place())
            try:
                items, place.upto, more = await self._db.read(heard_in, self.robot.id, room_id, place.upto, limit=room)
            except BaseException:
                self._late[room_id] = None
                raise
            if more:
                self._late[room_id] = None
            if items:
                place.open |= {heard.message.seq for heard in items}
                place.ready += [_Item(heard) for heard in items]
                self._busy[room_id] = None

    def _let_go(self) -> None:
        """Give up what is too old."""
        oldest = self._db.clock.now() - limits.ROBOT_HEARD_HOURS * HOUR
        for room_id in list(self._busy):
            place = self._places[room_id]
            while place.ready and place.ready[0].heard.message.at < oldest:
                late = place.ready.pop(0)
                self._give_up(late, NOBODY, f"nobody took it for {limits.ROBOT_HEARD_HOURS} hour", "stream")
            self._rest(room_id)

    def _rest(self, room_id: str) -> None:
        if not self._places[room_id].ready:
            self._busy.pop(room_id, None)

    def _hand_out(self) -> None:
        streamed = self._streams.has(self.robot.id, (CALLBACK, MESSAGES))
        if not streamed and not self.robot.callback:
            return
        for room_id in list(self._busy):
            hand_out = self._stream if streamed else self._call
            hand_out(room_id, self._places[room_id])
            self._rest(room_id)

    def _stream(self, room_id: str, place: _Place) -> None:
        """Send what is ready over streams, as many as are free."""
        while place.ready and room_id not in self._calls and self._streams.is_free(self.robot.id, (CALLBACK, MESSAGES)):
            item = place.ready.pop(0)
            flight = Flight(
                message_id(item.heard.message),
                (CALLBACK, MESSAGES),
                self._body(item),
                landed=lambda item=item: self._settle(item),  # type: ignore[misc]
                back=lambda why, item=item: self._back(item, why, "stream"),  # type: ignore[misc]
            )
            self._streams.offer(self.robot.id, flight)

    def _body(self, item: _Item) -> dict[str, Any]:
        return body_of(item.heard, self.robot, key=self._key, url=self._url)

    def _call(self, room_id: str, place: _Place) -> None:
        """Post the next message of a room to the callback, when its turn has come."""
        soon = place.ready and place.ready[0].not_before <= self._db.clock.now()
        if soon and room_id not in self._calls and len(self._calls) < limits.ROBOT_CALLBACKS_AT_ONCE:
            item = place.ready.pop(0)
            task = self._calls[room_id] = asyncio.create_task(self._post(item))
            task.add_done_callback(lambda done: self._called(room_id, done))

    def _called(self, room_id: str, done: asyncio.Task[None]) -> None:
        self._calls.pop(room_id, None)
        if not done.cancelled() and (error := done.exception()) is not None:
            log.error("a robot's callback failed", exc_info=error)
        self._woken.set()

    async def _post(self, item: _Item) -> None:
        timestamp = str(self._db.clock.now())
        sign = rules.signature(client_secret(self._key, self.robot.id, self.robot.app), timestamp)
        headers = {"Content-Type": "application/json; charset=utf-8", "timestamp": timestamp, "sign": sign}
        body = msgspec.json.encode(self._body(item))
        try:
            answer = await self._outside.post(self.robot.callback, content=body, headers=headers, seconds=limits.ROBOT_CALLBACK_SECONDS)
        except OutsideFailed as error:
            self._back(item, error.message, "callback")
            return
        if answer.status in _GOOD:
            code, said = await self._answered(item, answer)
            self._note(item, "callback", code, said)
            self._settle(item)
        else:
            self._back(item, f"the answer was HTTP {answer.status}", "callback")

    async def _answered(self, item: _Item, answer: Answer) -> tuple[int, str]:
        """Say what the callback answered, if anything; once, however often it is told."""
        try:
            body = msgspec.json.decode(answer.body) if answer.body.strip() else None
        except (msgspec.DecodeError, UnicodeDecodeError):
            body = None
        if not isinstance(body, dict) or "msgtype" not in body:
            return 0, f"HTTP {answer.status}"
        message = item.heard.message
        robot = await self._db.read(by_id, self.robot.id, message.room)
        if robot is None:
            return GAVE_UP, "the robot is gone"
        try:
            await say_answer(self._desk, robot, message.seq, body, ip="", nonce=f"answer-{message.room}-{message.seq}")
        except CallRefused as error:
            return error.code, str(error)
        except NaraeError as error:
            return error.status, error.message
        return 0, "ok"

    def _back(self, item: _Item, why: str, way: Way) -> None:
        """It was not taken: tell it again in its turn, later each time, until it has been tried often enough."""
        if self._closed:
            return
        item.tries += 1
        if item.tries >= limits.ROBOT_TRIES:
            self._give_up(item, GAVE_UP, f"given up after {item.tries} tries: {why}", way)
            return
        if way == "callback":
            item.not_before = self._db.clock.now() + int(limits.ROBOT_TRY_AGAIN_SECONDS * 1000 * 4 ** (item.tries - 1))
        room_id = item.heard.message.room
        place = self._places[room_id]
        place.ready = sorted([*place.ready, item], key=lambda one: one.seq)
        self._busy[room_id] = None
        self._woken.set()

    def _give_up(self, item: _Item, code: int, why: str, way: Way) -> None:
        self._note(item, way, code, why)
        self._settle(item)

    def _note(self, item: _Item, way: Way, code: int, answer: str) -> None:
        self._desk.note(self.robot, way, ip="", code=code, answer=answer, said=item.heard.message.text)

    def _settle(self, item: _Item) -> None:
        """It is done with; keep how far the room is."""
        if self._closed:
            return
        message = item.heard.message
        place = self._places[message.room]
        place.open.discard(message.seq)
        upto = min(place.open) - 1 if place.open else place.upto or message.seq
        with contextlib.suppress(Unavailable):  # then the next one notes it, or it is told twice under the same name
            self._db.write_later(note_told, Told(self.robot.id, message.room, upto), _noted)


def _noted(_result: Any, _error: BaseException | None) -> None:
    """What could not be noted is told again after a restart."""
