"""One topic: who follows it, and its latest frames for clients that come back.

Handing a frame to a follower who keeps up costs nothing but the write: what each client has had is not noted per delivery
but counted per topic, and worked out from there when a client comes back.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from narae.core.kit.limits import RING_FRAMES

if TYPE_CHECKING:
    from narae.core.live.session import Session

Write = Callable[[bytes], None]


class Batch:
    """What one topic said in one turn of the loop: its frames, their bytes in one piece, and its place among all batches."""

    __slots__ = ("at", "before", "blob", "frames", "rev", "stamp")

    def __init__(self, frames: list[bytes], *, rev: int, before: int, stamp: int, at: float) -> None:
        self.frames = frames
        self.blob = frames[0] if len(frames) == 1 else b"".join(frames)
        self.rev = rev
        self.before = before
        self.stamp = stamp
        self.at = at


class Topic:
    """`direct` and `quick` followers keep up and are written to: to their sockets together, or one by one through their connections.

    `slow` ones read too slowly; `away` ones have no connection just now.
    """

    __slots__ = ("away", "count", "direct", "evicted", "kept", "name", "quick", "recent", "slow")

    def __init__(self, name: str) -> None:
        self.name = name
        self.direct: dict[Session, int] = {}
        self.quick: dict[Session, Write] = {}
        self.slow: dict[Session, None] = {}
        self.away: dict[Session, None] = {}
        self.count = 0
        self.recent: deque[Batch] = deque()
        self.kept = 0
        self.evicted = 0

    @property
    def followers(self) -> tuple[Session, ...]:
        """All of them."""
        return (*self.direct, *self.quick, *self.slow, *self.away)

    def remember(self, frames: list[bytes], *, rev: int, stamp: int, at: float) -> Batch:
        """Count `frames`, and keep them for those who come back."""
        batch = Batch(frames, rev=rev, before=self.count, stamp=stamp, at=at)
        self.count += len(frames)
        self.kept += len(frames)
        self.recent.append(batch)
        while self.kept > RING_FRAMES and len(self.recent) > 1:
            self.forget_first()
        return batch

    def forget_first(self) -> None:
        """Let the oldest batch go."""
        batch = self.recent.popleft()
        self.kept -= len(batch.frames)
        self.evicted = batch.stamp

    def drop(self, session: Session) -> None:
        """Let `session` not follow any more."""
        self.direct.pop(session, None)
        self.quick.pop(session, None)
        self.slow.pop(session, None)
        self.away.pop(session, None)
