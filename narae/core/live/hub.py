"""Topics and who follows them. Everything published in one turn of the loop leaves in one write per connection.

A write costs about 5 µs whatever it carries and a further frame in it about 0.1 µs, so the frames of a topic are joined
once per turn and the same bytes are handed to every follower. There is no timer: the flush is the loop's next callback.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence

from narae.core.kit.limits import PARKED_SECONDS, REVS_KEPT, SILENCE_SECONDS
from narae.core.live.many import WORTH, Many, Short
from narae.core.live.session import Session
from narae.core.live.topic import Batch, Topic

_KEPT_SECONDS = SILENCE_SECONDS + PARKED_SECONDS + 10


class Hub:
    """Who follows what. `cut` is called with sessions that are too far behind."""

    def __init__(self, cut: Callable[[Session], None], time: Callable[[], float], *, many: Many | None = None) -> None:
        self._topics: dict[str, Topic] = {}
        self._counted: dict[str, list[bytes]] = {}
        self._lossy: dict[str, list[bytes]] = {}
        self._direct: dict[Session, None] = {}
        self._revs: OrderedDict[str, int] = OrderedDict()
        self._talked: dict[Topic, None] = {}
        self._stamp = 0
        self._scheduled = False
        self._cut = cut
        self._time = time
        self._many = many

    def follow(self, session: Session, name: str) -> None:
        """Let `session` follow a topic from now on."""
        topic = self._topics.get(name) or self._topics.setdefault(name, Topic(name))
        if topic not in session.topics:
            session.topics[topic] = topic.count
            self._place(session, topic)

    def unfollow(self, session: Session, name: str) -> None:
        """End that."""
        if (topic := self._topics.get(name)) and topic in session.topics:
            session.settle(floor=self._stamp)
            self._leave(session, topic)

    def _leave(self, session: Session, topic: Topic) -> None:
        del session.topics[topic]
        topic.drop(session)
        if not (topic.direct or topic.quick or topic.slow or topic.away):
            del self._topics[topic.name]
            self._talked.pop(topic, None)

    def forget(self, session: Session) -> None:
        """Let `session` follow nothing."""
        for topic in tuple(session.topics):
            self._leave(session, topic)
        self._direct.pop(session, None)

    def _place(self, session: Session, topic: Topic) -> None:
        topic.drop(session)
        if session.is_slow:
            topic.slow[session] = None
        elif session.connection is None:
            topic.away[session] = None
        elif self._many is not None and session.connection.word:
            topic.direct[session] = session.connection.word
        else:
            topic.quick[session] = session.connection.write

    def attach(self, session: Session) -> None:
        """Write to `session` from now on, as its connection is."""
        if session.is_slow:
            session.settle(floor=self._stamp)
            session.is_slow = False
        self.rewire(session)

    def slow_down(self, session: Session) -> None:
        """Write no events to `session` until it is attached again: its client doesn't read."""
        if not session.is_slow:
            session.settle(floor=self._stamp)
            session.is_slow = True
            self.rewire(session)

    def rewire(self, session: Session) -> None:
        """Write to `session` as its connection does now."""
        for topic in session.topics:
            self._place(session, topic)

    def park(self, session: Session) -> None:
        """Only count for `session`, which has no connection now."""
        session.connection = None
        self.rewire(session)

    def followers(self, name: str) -> tuple[Session, ...]:
        """Who follows a topic now."""
        topic = self._topics.get(name)
        return topic.followers if topic else ()

    def is_followed(self, name: str) -> bool:
        """Whether anybody does."""
        return name in self._topics

    def follows(self, session: Session, name: str) -> bool:
        """Whether `session` does."""
        return self._topics.get(name) in session.topics

    def note(self, topic: str, rev: int) -> None:
        """Remember how far `topic` is, followed or not, for clients whose snapshot is being read at this moment."""
        self._revs[topic] = rev
        self._revs.move_to_end(topic)
        if len(self._revs) > REVS_KEPT:
            self._revs.popitem(last=False)

    def rev(self, topic: str) -> int:
        """The last rev that was noted of `topic`; 0 if none was of late."""
        return self._revs.get(topic, 0)

    def publish(self, topic: str, frame: bytes) -> None:
        """Send `frame` to everybody who follows `topic`, reliably."""
        self._counted.setdefault(topic, []).append(frame)
        self._schedule()

    def whisper(self, topic: str, frame: bytes) -> None:
        """Send `frame` to everybody who follows `topic` and keeps up; it may be lost."""
        if topic in self._topics:
            self._lossy.setdefault(topic, []).append(frame)
            self._schedule()

    def tell(self, session: Session, frame: bytes) -> None:
        """Send `frame` to one client: an answer, which is not counted."""
        if session.connection is not None:
            session.out.append(frame)
            self._direct[session] = None
            self._schedule()

    def _schedule(self) -> None:
        if not self._scheduled:
            self._scheduled = True
            asyncio.get_running_loop().call_soon(self.flush)

    def flush(self) -> None:
        """Write what this turn has brought. People's own topics come before rooms', so that "joined" precedes talk."""
        self._scheduled = False
        dirty, self._direct = self._direct, {}
        counted, self._counted = self._counted, {}
        lossy, self._lossy = self._lossy, {}
        said = [(topic, counted[topic.name]) for topic in self._known(sorted(counted, key=_rooms_last))]
        batches = [(topic, self._remember(topic, frames)) for topic, frames in said]
        for topic, batch in batches:
            self._hold_back(topic, batch)
        blobs = [(topic, batch.blob) for topic, batch in batches]
        blobs += [(topic, b"".join(lossy[topic.name])) for topic in self._known(lossy)]
        if len(blobs) == 1:
            self._write_one(*blobs[0], dirty)
        else:
            self._gather(blobs, dirty)
            self._write_gathered(dirty)

    def _known(self, names: Iterable[str]) -> list[Topic]:
        return [topic for name in names if (topic := self._topics.get(name))]

    def _remember(self, topic: Topic, frames: list[bytes]) -> Batch:
        self._stamp += 1
        self._talked[topic] = None
        return topic.remember(frames, rev=self._revs.get(topic.name, 0), stamp=self._stamp, at=self._time())

    def _hold_back(self, topic: Topic, batch: Batch) -> None:
        for session in tuple(topic.slow):
            if session.fall_behind(topic, batch):
                self._cut(session)

    def _write_one(self, topic: Topic, blob: bytes, dirty: dict[Session, None]) -> None:
        """The usual turn, one topic: its bytes to everybody, with nothing looked up in between."""
        for write in tuple(topic.quick.values()):
            write(blob)
        if self._many is not None and len(topic.direct) >= WORTH:
            if short := self._many.write(topic.direct.values(), blob):
                _write_rest(tuple(topic.direct), short, [blob] * len(topic.direct))
        else:
            for session in tuple(topic.direct):
                session.write(blob)
        self._write_gathered(dirty)

    def _gather(self, blobs: list[tuple[Topic, bytes]], dirty: dict[Session, None]) -> None:
        for topic, blob in blobs:
            for followers in (topic.direct, topic.quick):
                for session in followers:
                    session.out.append(blob)
                dirty.update(dict.fromkeys(followers))

    def _write_gathered(self, dirty: dict[Session, None]) -> None:
        said = [(session, b"".join(out)) for session in dirty if (out := session.take_out()) and session.connection is not None]
        if self._many is None or len(said) < WORTH:
            for session, blob in said:
                session.write(blob)
            return
        direct = [(session, word, blob) for session, blob in said if session.connection and (word := session.connection.word)]
        for session, blob in said:
            if session.connection and not session.connection.word:
                session.write(blob)
        blobs = [blob for _, _, blob in direct]
        if short := self._many.write_each([word for _, word, _ in direct], blobs):
            _write_rest([session for session, _, _ in direct], short, blobs)

    def forget_old(self) -> None:
        """Let go of frames that nobody can come back for any more."""
        oldest = self._time() - _KEPT_SECONDS
        for topic in tuple(self._talked):
            while topic.recent and topic.recent[0].at < oldest:
                topic.forget_first()
            if not topic.recent:
                del self._talked[topic]


def _write_rest(sessions: Sequence[Session], short: list[Short], blobs: Sequence[bytes]) -> None:
    """What sockets did not take, through their transports, which wait for them; a socket that failed fails there too, and is closed."""
    for place, taken in short:
        sessions[place].write(blobs[place][max(taken, 0) :])


def _rooms_last(topic: str) -> bool:
    return topic.startswith("room:")
