"""One client's live session: what it follows, how many frames it was sent, and what it missed while it was away.

The frames that count (everything but typing, presence and answers) are numbered by counting alone, so that the same
bytes go to every client: a client that comes back says how many it has had, and gets the rest from its topics.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from narae.core.kit.limits import HELD_FRAMES, RING_FRAMES
from narae.core.kit.who import Who
from narae.core.live.topic import Batch, Topic

if TYPE_CHECKING:
    from narae.core.live.connection import Connection


class Session:
    """A client's place in the stream; outlives its connection for PARKED_SECONDS. `topics` maps each to where its count began."""

    __slots__ = (
        "__weakref__", "away", "behind", "connection", "floor", "had", "held", "id", "in_flight", "is_slow", "out", "parked_at", "topics",
        "watched", "who",
    )  # fmt: skip

    def __init__(self, session_id: str, who: Who, connection: Connection) -> None:
        self.id = session_id
        self.who = who
        self.connection: Connection | None = connection
        self.topics: dict[Topic, int] = {}
        self.had = 0
        self.floor = 0
        self.is_slow = True
        self.out: list[bytes] = []
        self.behind: dict[str, int] | None = None
        self.held: list[bytes] | None = None
        self.parked_at = 0.0
        self.away = False
        self.watched: tuple[str, ...] = ()
        self.in_flight = 0

    @property
    def seq(self) -> int:
        """How many counted frames it was sent."""
        return self.had if self.is_slow else self.had + sum(topic.count - since for topic, since in self.topics.items())

    def settle(self, *, floor: int) -> None:
        """Write down what was counted so far; nothing before `floor` can be sent again."""
        self.had, self.floor = self.seq, floor
        self.topics = {topic: topic.count for topic in self.topics}

    def take_out(self) -> list[bytes]:
        """What is to be written to this client alone or together with others, which is no longer kept here."""
        out, self.out = self.out, []
        return out

    def write(self, blob: bytes) -> None:
        """Write whole frames to the client, if it has a connection."""
        if self.connection is not None:
            self.connection.write(blob)

    def fall_behind(self, topic: Topic, batch: Batch) -> bool:
        """While the client doesn't read: of rooms only how far they are, all else held; whether that is now too much."""
        if batch.rev:
            self.behind = self.behind or {}
            self.behind[topic.name.partition(":")[2]] = batch.rev
            return False
        self.held = self.held or []
        self.held += batch.frames
        return len(self.held) > HELD_FRAMES

    def missed_since(self, seq: int) -> list[bytes] | None:
        """The counted frames after the first `seq`, or None when they are no longer all there."""
        missing = self.seq - seq
        if not 0 <= missing <= RING_FRAMES or self.behind or self.held:
            return None
        sent = [(topic, batch) for topic, since in self.topics.items() for batch in topic.recent if batch.before >= since]
        sent.sort(key=lambda pair: pair[1].stamp)
        lost = max((topic.evicted for topic, since in self.topics.items() if topic.count - topic.kept > since), default=0)
        frames = [frame for _, batch in sent if batch.stamp > max(lost, self.floor) for frame in batch.frames]
        return frames[len(frames) - missing :] if missing <= len(frames) else None
