"""The gateway: lets clients in, hands them events, takes their commands, and lets them go.

Connect: follow first, snapshot second; whatever a room published in between shows as a higher rev than the snapshot's,
and the client is told to compare. Resume: a session outlives its connection for PARKED_SECONDS with a bounded ring.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any, Union
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

import msgspec
from sqlalchemy import Connection as DbConnection

from narae.core.app import LiveCommand
from narae.core.db import Database, Event
from narae.core.kit import limits
from narae.core.kit.errors import NaraeError
from narae.core.kit.ids import new_id
from narae.core.kit.pace import Pace
from narae.core.kit.together import Begun, Together
from narae.core.kit.who import CONTROL, SessionEnded, Who
from narae.core.live import frames, wire
from narae.core.live.alike import Alike
from narae.core.live.connection import Connection
from narae.core.live.hub import Hub
from narae.core.live.many import open_many
from narae.core.live.presence import PresenceBoard
from narae.core.live.session import Session

log = logging.getLogger("narae.live")
encode = msgspec.json.Encoder().encode


class Greeting(msgspec.Struct, frozen=True):
    """What a new client gets: the person, their rooms, the topics to follow and the revs that the snapshot shows."""

    me: Any
    rooms: list[Any]
    topics: list[str]
    revs: dict[str, int]


Greet = Callable[[DbConnection, str], Greeting]
Admit = Callable[[dict[bytes, bytes]], Awaitable[Who | None]]
Sees = Callable[[DbConnection, str, Sequence[str]], set[str]]


def framed(body: Any) -> bytes:
    """A struct as the bytes of one frame."""
    return wire.frame(encode(body))


class Gateway:
    """All live sessions of this process."""

    def __init__(
        self, db: Database, *, greet: Greet, admit: Admit, sees: Sees, commands: Sequence[LiveCommand], pace: Pace, max_sockets: int
    ) -> None:
        self.db = db
        self.pace = pace
        self._loop = asyncio.get_running_loop()
        self.time = self._loop.time
        self._many = open_many()
        self.hub = Hub(self._cut, self.time, many=self._many)
        self.alike = Alike(self.hub.rev)
        self.turns: WeakKeyDictionary[Session, asyncio.Lock] = WeakKeyDictionary()
        self._together = Together()
        self.presence = PresenceBoard(self.hub)
        self._greet = greet
        self._admit = admit
        self._sees = sees
        self._max_sockets = max_sockets
        self._takers: dict[type, Callable[[Any, Any], Any]] = {command.frame: self._handed(command.take) for command in commands}
        self._takers |= {frames.Ping: self._ping, frames.Watch: self._handed(self._watch), frames.Away: self._away}
        kinds = (frames.HelloFrame, *self._takers)
        self._decode = msgspec.json.Decoder(Union[kinds]).decode  # noqa: UP007
        self._sessions: dict[str, Session] = {}
        self._by_person: dict[str, set[Session]] = {}
        self._looking: WeakKeyDictionary[Session, frames.Watch] = WeakKeyDictionary()
        self._connections: set[Connection] = set()
        self._waiting: dict[Connection, Who] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._sweeper: asyncio.Task[None] | None = None
        db.listeners.append(self.deliver)

    def protocol(self, config: Any, server_state: Any, app_state: Any, _loop: Any = None) -> Connection:
        """What uvicorn calls for each upgraded connection."""
        return Connection(self, server_state)

    @property
    def sockets(self) -> int:
        """How many connections are open."""
        return len(self._connections)

    # letting in

    async def welcome(self, connection: Connection, url: bytes, headers: dict[bytes, bytes]) -> bytes | None:
        """Whether to accept an upgrade: None, or the HTTP status that refuses it."""
        if urlsplit(url).path != b"/live":
            return b"404 Not Found"
        if b"authorization" not in headers and _is_foreign(headers):
            return b"403 Forbidden"
        if len(self._connections) >= self._max_sockets:
            return b"503 Service Unavailable"
        who = await self._admit(headers)
        if who is None or (who.scopes is not None and "read" not in who.scopes):
            return b"401 Unauthorized"
        if len(self._by_person.get(who.person, ())) >= limits.SOCKETS_A_PERSON and not self._make_room(who.person):
            return b"429 Too Many Requests"
        self._waiting[connection] = msgspec.structs.replace(who, ip=connection.peer)
        self._connections.add(connection)
        if self._sweeper is None:
            self._sweeper = self._loop.create_task(self._sweep())
        return None

    def _make_room(self, person: str) -> bool:
        """End a parked session of `person`, so that a new one fits."""
        for session in self._by_person.get(person, ()):
            if session.connection is None:
                self._end(session)
                return True
        return False

    def take(self, connection: Connection, payload: bytes) -> None:
        """Take one frame from a client."""
        try:
            command = self._decode(payload)
        except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError, RecursionError) as error:
            self._say(connection, frames.Failed("bad_frame", f"This frame is not of the right form: {error}", _id_of(payload)))
            return
        session = connection.session
        if isinstance(command, frames.HelloFrame):
            if session is None and connection in self._waiting:
                self._start(self._hello(connection, self._waiting.pop(connection), command))
        elif session is None:
            self._say(connection, frames.Failed("hello_first", "Say hello first."))
        else:
            self._takers[type(command)](session, command)

    def _say(self, connection: Connection, body: msgspec.Struct) -> None:
        if connection.session is not None:
            self.hub.tell(connection.session, framed(body))
        else:
            connection.write(framed(body))

    def _start(self, work: Any) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _hello(self, connection: Connection, who: Who, hello: frames.HelloFrame) -> None:
        if hello.session and self._resume(connection, who, hello):
            return
        session = Session(new_id(self.db.clock.now()), who, connection)
        self._sessions[session.id] = session
        self._by_person.setdefault(who.person, set()).add(session)
        self.hub.follow(session, f"person:{who.person}")
        connection.session = session
        connection.hold()
        try:
            greeting = await self._together.ask(who.person, lambda begun: self.db.read(self._snapshot, who.person, begun))
        except NaraeError as error:
            connection.write(framed(frames.Failed(error.code, error.message)))
            connection.close(wire.RESTART)
            return
        if session.connection is not connection:  # lost or signed out while the snapshot was read
            self._end(session)
            return
        self._present(session, connection, greeting)

    def _snapshot(self, conn: DbConnection, person: str, begun: Begun) -> Greeting:
        begun()
        return self._greet(conn, person)

    def _present(self, session: Session, connection: Connection, greeting: Greeting) -> None:
        for topic in greeting.topics:
            self.hub.follow(session, topic)
        beat, now = limits.BEAT_SECONDS, self.db.clock.now()
        connection.write(framed(frames.Welcome(session.id, 0, False, now, beat, greeting.me, greeting.rooms)))
        for topic, rev in greeting.revs.items():
            if (latest := self.hub.rev(topic)) > rev:
                session.behind = session.behind or {}
                session.behind[topic.partition(":")[2]] = latest
        connection.release()
        self.presence.arrived(session)

    def _resume(self, connection: Connection, who: Who, hello: frames.HelloFrame) -> bool:
        """Put a parked session onto its new connection, if it is still whole."""
        session = self._sessions.get(hello.session or "")
        if session is None or session.who.person != who.person:
            return False
        if session.connection is not None:
            self._detach(session)
        missed = session.missed_since(hello.seq)
        if missed is None:
            self._end(session)
            return False
        session.connection, connection.session, session.who, session.out = connection, session, who, []
        beat, now = limits.BEAT_SECONDS, self.db.clock.now()
        connection.write(framed(frames.Welcome(session.id, hello.seq, True, now, beat, None, [])) + b"".join(missed))
        self.hub.attach(session)
        self.presence.arrived(session)
        return True

    # events

    def deliver(self, events: Sequence[Event]) -> None:
        """Hand the events of a commit to whoever follows their topics."""
        for event in events:
            if event.topic == CONTROL:
                self._control(event.body)
                continue
            if event.follow or event.unfollow:
                for session in self.hub.followers(event.topic):
                    if event.follow:
                        self.hub.follow(session, event.follow)
                    else:
                        self.hub.unfollow(session, event.unfollow)
            if event.rev:
                self.hub.note(event.topic, event.rev)
            if self.hub.is_followed(event.topic):
                self.hub.publish(event.topic, framed(event.body))

    def _control(self, ended: Any) -> None:
        if isinstance(ended, SessionEnded):
            for session in tuple(self._by_person.get(ended.person, ())):
                if ended.session is None or session.who.session == ended.session:
                    self._dismiss(session)

    def _dismiss(self, session: Session) -> None:
        connection = session.connection
        self._end(session)
        if connection is not None:
            connection.write(framed(frames.Bye("signed_out", "You have been signed out on this device.")))
            connection.close(wire.SIGNED_OUT, "signed out")

    # commands

    def _handed(self, take: Callable[[Any, Any], Any]) -> Callable[[Session, Any], None]:
        """A part's command with its errors answered and its coroutine kept alive."""

        def run(session: Session, command: Any) -> None:
            if session.in_flight >= limits.IN_FLIGHT_A_SOCKET:
                self.refuse(session, command, NaraeError("Wait for answers before you send more.", code="too_many"))
                return
            try:
                work = take(LiveContext(self, session), command)
            except NaraeError as error:
                self.refuse(session, command, error)
                return
            if work is not None:
                session.in_flight += 1
                self._start(self._finish(session, command, work))

        return run

    async def _finish(self, session: Session, command: Any, work: Awaitable[None]) -> None:
        try:
            await work
        except NaraeError as error:
            self.refuse(session, command, error)
        except Exception:
            log.exception("a live command failed")
            self.refuse(session, command, NaraeError("Something went wrong on the server.", code="internal"))
        finally:
            session.in_flight -= 1

    def refuse(self, session: Session, command: Any, error: NaraeError) -> None:
        """Tell a client why its command was not done."""
        self.hub.tell(session, framed(frames.Failed(error.code, error.message, getattr(command, "id", None), error.field)))

    def _ping(self, session: Session, _: frames.Ping) -> None:
        self.hub.tell(session, _PONG)

    async def _watch(self, live: LiveContext, command: frames.Watch) -> None:
        """Show a client those of the people it names whom its person may see. Of several such frames the last counts."""
        session = live.session
        self._looking[session] = command
        seen = await self.db.read(self._sees, session.who.person, command.people)
        if self._looking.get(session) is command:
            del self._looking[session]
            if session.id in self._sessions:
                self.presence.watch(session, [person for person in command.people if person in seen])

    def _away(self, session: Session, command: frames.Away) -> None:
        session.away = command.on
        self.presence.changed(session.who.person)

    # letting go

    def rewire(self, connection: Connection) -> None:
        """A connection writes in another way from now on."""
        if connection.session is not None:
            self.hub.rewire(connection.session)

    def caught_up(self, connection: Connection) -> None:
        """A slow client reads again: tell it how far its rooms are, and what else was held."""
        session = connection.session
        if session is None:
            return
        if session.held:
            session.had += len(session.held)
            connection.write(b"".join(session.held))
        if session.behind:
            connection.write(framed(frames.Behind(session.behind)))
        session.held = session.behind = None
        self.hub.attach(session)

    def fell_behind(self, connection: Connection) -> None:
        """A client reads too slowly for what it is sent."""
        if connection.session is not None:
            self.hub.slow_down(connection.session)

    def lost(self, connection: Connection) -> None:
        """A connection is gone."""
        self._connections.discard(connection)
        self._waiting.pop(connection, None)
        self.parted(connection)

    def parted(self, connection: Connection) -> None:
        """Nothing more is written to a connection; its session waits a while for another."""
        session, connection.session = connection.session, None
        if session is not None:
            self.hub.park(session)
            session.parked_at = self.time()
            if session.behind or session.held or len(self._sessions) - len(self._connections) > limits.PARKED_SESSIONS:
                self._end(session)
            self.presence.changed(session.who.person)

    def part(self, connection: Connection) -> None:
        """Say that the server stops, and that the client may come back."""
        connection.write(framed(frames.Bye("restart", "The server restarts. You will be connected again in a moment.")))
        connection.close(wire.RESTART, "server restarts")

    def _detach(self, session: Session) -> None:
        old = session.connection
        self.hub.park(session)
        if old is not None:
            old.session = None
            old.close(wire.GOING_AWAY, "resumed elsewhere")

    def _cut(self, session: Session) -> None:
        connection = session.connection
        self._end(session)
        if connection is not None:
            connection.abort()

    def _end(self, session: Session) -> None:
        self._sessions.pop(session.id, None)
        self.hub.forget(session)
        self.presence.left(session)
        if session.connection is not None:
            session.connection.session = None
            session.connection = None
        mine = self._by_person.get(session.who.person)
        if mine is not None:
            mine.discard(session)
            if not mine:
                del self._by_person[session.who.person]

    async def _sweep(self) -> None:
        """Every few seconds: drop silent and stuck connections, and sessions that nobody came back for."""
        while True:
            await asyncio.sleep(random.uniform(4, 6))
            now = self.time()
            self.hub.forget_old()
            for connection in tuple(self._connections):
                stuck = connection.paused and now - connection.paused_at > limits.SLOW_SECONDS
                if stuck or now - connection.heard_at > limits.SILENCE_SECONDS:
                    if connection.session is not None:
                        self._cut(connection.session)
                    connection.abort()
                elif connection in self._waiting and now - connection.heard_at > limits.HELLO_SECONDS:
                    connection.close(wire.PROTOCOL_ERROR, "say hello")
            for session in [s for s in self._sessions.values() if s.connection is None and now - s.parked_at > limits.PARKED_SECONDS]:
                self._end(session)

    async def close(self) -> None:
        """Stop sweeping; uvicorn has closed the connections."""
        if self._sweeper is not None:
            self._sweeper.cancel()
        self.presence.close()
        if self._many is not None:
            self._many.close()


class LiveContext:
    """What a part's live command gets: who sends it, and how to answer."""

    __slots__ = ("gateway", "session")

    def __init__(self, gateway: Gateway, session: Session) -> None:
        self.gateway = gateway
        self.session = session

    @property
    def who(self) -> Who:
        """Who sends the command."""
        return self.session.who

    @property
    def db(self) -> Database:
        """The database."""
        return self.gateway.db

    def follows(self, topic: str) -> bool:
        """Whether this client is told what happens in `topic`."""
        return self.gateway.hub.follows(self.session, topic)

    @contextlib.asynccontextmanager
    async def in_turn(self) -> AsyncIterator[None]:
        """One long answer after the other, and none before the client has read the last, so that they don't pile up."""
        async with self.gateway.turns.setdefault(self.session, asyncio.Lock()):
            if self.session.connection is not None:
                await self.session.connection.has_read()
            yield

    @property
    def pace(self) -> Pace:
        """How fast this person may send."""
        return self.gateway.pace

    def answer(self, body: msgspec.Struct) -> None:
        """Answer this client alone."""
        self.gateway.hub.tell(self.session, framed(body))

    def answer_framed(self, frame: bytes) -> None:
        """Answer this client alone, with a frame that was made before."""
        self.gateway.hub.tell(self.session, frame)

    def whisper(self, topic: str, body: msgspec.Struct) -> None:
        """Tell those who follow `topic`, if this client follows it too; it may be lost."""
        if self.follows(topic):
            self.gateway.hub.whisper(topic, framed(body))


_PONG = framed(frames.Pong())


class _OnlyId(msgspec.Struct):
    id: int | None = None


def _id_of(payload: bytes) -> int | None:
    try:
        return msgspec.json.decode(payload, type=_OnlyId).id
    except msgspec.DecodeError:
        return None


def _is_foreign(headers: dict[bytes, bytes]) -> bool:
    origin = headers.get(b"origin")
    return origin is not None and urlsplit(origin).netloc != headers.get(b"host")
