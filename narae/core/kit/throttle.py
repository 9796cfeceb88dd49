"""A rate limit per key (GCRA: one number a key, no timers), kept in memory.

Source: ITU-T I.371 generic cell rate algorithm, in its virtual scheduling form.
"""

from __future__ import annotations

from collections import OrderedDict

from narae.core.kit.clock import Clock
from narae.core.kit.errors import TooMany


class Throttle:
    """Lets `burst` through at once and `rate` a second after that, for each key."""

    def __init__(self, clock: Clock, *, rate: float, burst: int, keys: int = 100_000) -> None:
        self._clock = clock
        self._gap = 1000.0 / rate
        self._slack = self._gap * (burst - 1)
        self._keys = keys
        self._due: OrderedDict[str, float] = OrderedDict()

    def wait(self, key: str) -> float:
        """Take one for `key`: 0.0 when it may go now, else the seconds to wait (and nothing is taken)."""
        now = float(self._clock.now())
        due = max(self._due.get(key, now), now)
        if due - now > self._slack:
            return (due - now - self._slack) / 1000
        self._due[key] = due + self._gap
        self._due.move_to_end(key)
        if len(self._due) > self._keys:
            self._due.popitem(last=False)
        return 0.0

    def ahead(self, key: str) -> float:
        """The seconds that `key` would have to wait now; nothing is taken."""
        now = float(self._clock.now())
        return max(0.0, self._due.get(key, now) - now - self._slack) / 1000

    def take(self, key: str, message: str) -> None:
        """Take one for `key`, or TooMany with `message`."""
        if seconds := self.wait(key):
            raise TooMany(message, retry_after=seconds)
