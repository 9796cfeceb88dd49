"""One client's live session: what it follows, what it was sent, and what it missed while its connection was away.

The frames that count (everything but typing, presence and answers) are numbered by counting alone, so that the same
bytes go to every client: a client that comes back says how many it has had, and gets the rest from the ring.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from narae.core.kit.limits import HELD_FRAMES, RING_FRAMES
from narae.core.kit.who import Who

if TYPE_CHECKING:
    from narae.core.live.connection import Connection


class Batch:
    """What one topic says in one turn of the loop: its frames, and their bytes in one piece."""

    __slots__ = ("blob", "frames", "rev", "topic")

    def __init__(self, topic: str, frames: list[bytes], rev: int) -> None:
        self.topic = topic
        self.frames = frames
        self.blob = frames[0] if len(frames) == 1 else b"".join(frames)
        self.rev = rev


class Session:
    """A client's place in the stream; outlives its connection for PARKED_SECONDS."""

    __slots__ = (
        "__weakref__", "away", "behind", "connection", "held", "id", "in_flight", "out", "parked_at", "ring", "ring_size", "seq",
        "topics", "watched", "who",
    )  # fmt: skip

    def __init__(self, session_id: str, who: Who, connection: Connection) -> None:
        self.id = session_id
        self.who = who
        self.connection: Connection | None = connection
        self.topics: set[str] = set()
        self.seq = 0
        self.ring: deque[Batch] | None = None
        self.ring_size = 0
        self.out: list[bytes] = []
        self.behind: dict[str, int] | None = None
        self.held: list[bytes] | None = None
        self.parked_at = 0.0
        self.away = False
        self.watched: tuple[str, ...] = ()
        self.in_flight = 0

    def take(self, batch: Batch) -> bool:
        """Take a counted batch in; whether the session is now too far behind to be kept."""
        connection = self.connection
        if connection is not None and connection.paused:
            return self._fall_behind(batch)
        self.seq += len(batch.frames)
        self._remember(batch)
        if connection is not None:
            self.out.append(batch.blob)
        return False

    def _remember(self, batch: Batch) -> None:
        if self.ring is None:
            self.ring = deque()
        self.ring.append(batch)
        self.ring_size += len(batch.frames)
        while self.ring_size > RING_FRAMES and len(self.ring) > 1:
            self.ring_size -= len(self.ring.popleft().frames)

    def _fall_behind(self, batch: Batch) -> bool:
        """While the client doesn't read: of rooms only how far they are, everything else held up to a limit."""
        if batch.rev:
            self.behind = self.behind or {}
            self.behind[batch.topic.partition(":")[2]] = batch.rev
            return False
        self.held = self.held or []
        self.held += batch.frames
        return len(self.held) > HELD_FRAMES

    def missed_since(self, seq: int) -> list[bytes] | None:
        """The counted frames after the first `seq`, or None when the ring no longer holds them all."""
        missing = self.seq - seq
        if missing < 0 or missing > self.ring_size or self.behind or self.held:
            return None
        frames = [frame for batch in self.ring or () for frame in batch.frames]
        return frames[len(frames) - missing :]
