"""Streams: a robot's program keeps a connection open and is told over it, with nothing of its own to be reached at.

A frame goes to one connection of those that a robot has open, in turn, and is settled by an answer with code 200. What is not
answered in time, or was under way on a connection that broke, goes back to whoever sent it, and from there to the next.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs
from weakref import WeakKeyDictionary

import msgspec
from litestar import Request, post

from narae.apps.bots.api.desk import desk_of
from narae.apps.bots.api.dingtalk.forms import NEWER, ApiRefused, read
from narae.apps.bots.api.dingtalk.tokens import prove
from narae.apps.bots.queries import by_id
from narae.core.app import Knock, Line, Socket, Talk
from narae.core.db import Database
from narae.core.http.who import address
from narae.core.kit import limits
from narae.core.kit.errors import Invalid
from narae.core.kit.ids import new_id
from narae.core.kit.keys import opened, sealed, server_key
from narae.core.kit.settings import Settings

PATH, GOING_AWAY = "/connect", 1001
CALLBACK, EVENT = "CALLBACK", "EVENT"
MESSAGES, CARDS, EVERY_EVENT = "/v1.0/im/bot/messages/get", "/v1.0/card/instances/callback", "*"
_PURPOSE = "bots.ticket"
_encode = msgspec.json.encode
Topic = tuple[str, str]


class Subscription(msgspec.Struct, frozen=True):
    """Something that a connection is told."""

    type: str
    topic: str


class Opening(msgspec.Struct, frozen=True, rename="camel"):
    """What is sent to open a connection; what else clients say of themselves is not needed."""

    client_id: str = ""
    client_secret: str = ""
    subscriptions: list[Subscription] = []


class _AckHeaders(msgspec.Struct, frozen=True, rename="camel"):
    message_id: str = ""


class _Ack(msgspec.Struct, frozen=True):
    code: int = 0
    headers: _AckHeaders = _AckHeaders()
    data: Any = None


_ack = msgspec.json.Decoder(_Ack, strict=False).decode


class Flight:
    """A frame and what becomes of it: `landed()` once it is answered by 200, `back(why)` when it is not.

    A `hasty` one is given back as soon as it is refused, others when their time is over. `answer` is what came with the 200.
    """

    __slots__ = ("answer", "back", "data", "due", "hasty", "headers", "id", "landed", "topic")

    def __init__(
        self, id: str, topic: Topic, data: dict[str, Any], *, landed: Callable[[], None], back: Callable[[str], None],
        headers: dict[str, str] | None = None, hasty: bool = False,
    ) -> None:  # fmt: skip
        self.id = id
        self.topic = topic
        self.data = data
        self.headers = headers or {}
        self.landed = landed
        self.back = back
        self.due = 0
        self.hasty = hasty
        self.answer: Any = None


class Stream:
    """One open connection of a robot's program."""

    __slots__ = ("_line", "_streams", "flying", "id", "parting", "pinged_at", "robot", "topics")

    def __init__(self, streams: Streams, line: Line, robot: str, topics: set[Topic]) -> None:
        self._streams = streams
        self._line = line
        self.id = new_id(streams.now())
        self.robot = robot
        self.topics = topics
        self.flying: dict[str, Flight] = {}
        self.parting = False
        self.pinged_at = streams.now()

    def is_free_for(self, topic: Topic) -> bool:
        """Whether one more frame of this topic may be sent here."""
        return topic in self.topics and not self.parting and len(self.flying) < limits.STREAM_IN_FLIGHT

    def send(self, flight: Flight) -> None:
        """Send a frame, to be answered within STREAM_ACK_SECONDS."""
        flight.due = self._streams.now() + limits.STREAM_ACK_SECONDS * 1000
        self.flying[flight.id] = flight
        self._say(*flight.topic, flight.id, flight.data, flight.headers)

    def _say(self, kind: str, topic: str, id: str, data: dict[str, Any], more: dict[str, str]) -> None:
        headers = {
            "topic": topic,
            "messageId": id,
            "contentType": "application/json",
            "time": str(self._streams.now()),
            "appId": self.robot,
            "connectionId": self.id,
            **more,
        }
        self._line.say(_encode({"specVersion": "1.0", "type": kind, "headers": headers, "data": _encode(data).decode()}))

    def opened(self) -> None:
        """Begin to be told."""
        self._streams.join(self)

    def take(self, text: bytes) -> None:
        """Take an answer; what is none is passed over."""
        try:
            ack = _ack(text)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return
        if ack.code == 200 and (flight := self.flying.pop(ack.headers.message_id, None)):
            flight.answer = ack.data
            flight.landed()
            self._streams.wake(self.robot)
        elif (refused := self.flying.get(ack.headers.message_id)) is not None and refused.hasty:
            del self.flying[refused.id]
            refused.back(f"the program answered with the code {ack.code}")

    def ping(self) -> None:
        """Ask for a sign of life."""
        self.pinged_at = self._streams.now()
        self._say("SYSTEM", "ping", new_id(self.pinged_at), {"opaque": self.id}, {})

    def give_back(self, why: str, *, before: int | None = None) -> None:
        """Hand back what is under way: all of it, or what should have been answered before a time (ms)."""
        late = [flight for flight in self.flying.values() if before is None or flight.due <= before]
        for flight in late:
            del self.flying[flight.id]
        for flight in late:
            flight.back(why)

    def part(self, reason: str = "the server restarts") -> None:
        """Ask the program to open another connection, and close this one in a moment."""
        if not self.parting:
            self.parting = True
            self._say("SYSTEM", "disconnect", new_id(self._streams.now()), {"reason": reason}, {})
            asyncio.get_running_loop().call_later(limits.STREAM_GOODBYE_SECONDS, self._line.close, GOING_AWAY, reason)

    def lost(self) -> None:
        """Hand on what was under way."""
        self._streams.leave(self)
        self.give_back("the connection was lost")
        self._streams.wake(self.robot)


class Streams:
    """The open connections of all robots of this process."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._by_robot: dict[str, list[Stream]] = {}
        self._used: dict[str, int] = {}
        self.ears: dict[str, Callable[[], None]] = {}

    def now(self) -> int:
        """The time (ms)."""
        return self._db.clock.now()

    def count(self, robot: str) -> int:
        """How many connections a robot has open."""
        return len(self._by_robot.get(robot, ()))

    def has(self, robot: str, topic: Topic) -> bool:
        """Whether a robot has a connection that is told this topic, free or not."""
        return any(topic in stream.topics and not stream.parting for stream in self._by_robot.get(robot, ()))

    def who_hear(self, topic: Topic) -> list[str]:
        """The robots that have such a connection."""
        return [robot for robot in self._by_robot if self.has(robot, topic)]

    def is_free(self, robot: str, topic: Topic) -> bool:
        """Whether one of them is free for a frame of this topic."""
        return any(stream.is_free_for(topic) for stream in self._by_robot.get(robot, ()))

    def offer(self, robot: str, flight: Flight) -> bool:
        """Send a frame over the robot's next connection that is free for it; False when none is."""
        streams = self._by_robot.get(robot, [])
        for n, stream in enumerate(streams):
            if stream.is_free_for(flight.topic):
                streams.append(streams.pop(n))
                stream.send(flight)
                return True
        return False

    def wake(self, robot: str) -> None:
        """Let whoever has frames for a robot know that there may be room for one."""
        if (ear := self.ears.get(robot)) is not None:
            ear()

    def join(self, stream: Stream) -> None:
        """A connection is open."""
        self._by_robot.setdefault(stream.robot, []).append(stream)
        self.wake(stream.robot)

    def leave(self, stream: Stream) -> None:
        """A connection is gone."""
        mine = self._by_robot.get(stream.robot, [])
        if stream in mine:
            mine.remove(stream)
            if not mine:
                del self._by_robot[stream.robot]

    def drop(self, robot: str) -> None:
        """Say goodbye on all connections of a robot, whose credentials are others now."""
        for stream in tuple(self._by_robot.get(robot, ())):
            stream.part("the credentials have changed")
            stream.give_back("the credentials have changed")

    def tick(self) -> None:
        """Give back what was not answered in time, and look who is still there."""
        now = self.now()
        for stream in [stream for streams in self._by_robot.values() for stream in streams]:
            stream.give_back("it was not answered", before=now)
            if now - stream.pinged_at >= limits.STREAM_PING_SECONDS * 1000:
                stream.ping()

    async def admit(self, key: bytes, ticket: str, line: Line) -> Talk | bytes:
        """A connection for a ticket, which is good once and for STREAM_TICKET_SECONDS."""
        words, now = opened(key, _PURPOSE, ticket), self.now()
        self._used = {used: until for used, until in self._used.items() if until > now}
        if words is None or int(words[2]) <= now or ticket in self._used:
            return b"401 Unauthorized"
        self._used[ticket] = int(words[2])
        robot = await self._db.read(by_id, words[0])
        if robot is None or str(robot.app) != words[1] or not robot.enabled:
            return b"401 Unauthorized"
        if self.count(robot.id) >= limits.STREAMS_A_ROBOT:
            return b"429 Too Many Requests"
        return Stream(self, line, robot.id, _unpacked(words[4]))


def _packed(topics: set[Topic]) -> str:
    return base64.urlsafe_b64encode(_encode(sorted(topics))).decode().rstrip("=")


def _unpacked(packed: str) -> set[Topic]:
    return set(msgspec.json.decode(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)), type=list[Topic]))


_streams: WeakKeyDictionary[Database, Streams] = WeakKeyDictionary()


def streams_of(db: Database) -> Streams:
    """The streams of a database."""
    return _streams.get(db) or _streams.setdefault(db, Streams(db))


@post("/v1.0/gateway/connections/open", status_code=200, include_in_schema=False, exception_handlers=NEWER)
async def open_connection(request: Request[Any, Any, Any], db: Database, settings: Settings, server_key: bytes) -> dict[str, str]:
    """Give a program an address and a ticket for a connection."""
    asked = read(await request.body(), Opening)
    robot = await prove(desk_of(db), server_key, asked.client_id, asked.client_secret, ip=address(request))
    topics = {(s.type.upper(), s.topic) for s in asked.subscriptions if len(s.topic) <= limits.QUERY_CHARS}
    if len(topics) > limits.STREAM_TOPICS or len(topics) < len(set(asked.subscriptions)):
        raise Invalid(f"A connection has at most {limits.STREAM_TOPICS} subscriptions of {limits.QUERY_CHARS} characters.")
    if streams_of(db).count(robot.id) >= limits.STREAMS_A_ROBOT:
        raise ApiRefused(429, "tooManyConnections", f"A robot has at most {limits.STREAMS_A_ROBOT} connections.")
    now = db.clock.now()
    until = now + limits.STREAM_TICKET_SECONDS * 1000
    ticket = sealed(server_key, _PURPOSE, robot.id, robot.app, until, new_id(now), _packed(topics))
    return {"endpoint": f"ws{settings.public_url.removeprefix('http')}{PATH}", "ticket": ticket}


async def welcome(db: Database, settings: Settings, knock: Knock) -> Talk | bytes:
    """Let a program in that has a ticket."""
    ticket = parse_qs(knock.query).get("ticket", [""])[0]
    return await streams_of(db).admit(server_key(settings), ticket, knock.line)


SOCKET = Socket(path=PATH, welcome=welcome)
