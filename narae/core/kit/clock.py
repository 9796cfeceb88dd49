"""The time of day as a value that can be handed in, so that a fake clock drives every timer in tests."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """What tells the time."""

    def now(self) -> int:
        """Milliseconds since the epoch."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> int:
        return time.time_ns() // 1_000_000


MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
