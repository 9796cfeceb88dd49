"""How fast one person may send."""

from __future__ import annotations

from narae.core.kit.clock import Clock
from narae.core.kit.settings import Settings
from narae.core.kit.throttle import Throttle


class Pace:
    """The rate limit on sending, per person, over HTTP and the live socket alike."""

    def __init__(self, clock: Clock, settings: Settings) -> None:
        self._throttle = Throttle(clock, rate=settings.send_rate, burst=settings.send_burst)

    def take(self, person: str) -> None:
        """Count a message of `person`; TooMany when they send too fast."""
        self._throttle.take(person, "You are sending too fast. Wait a moment.")
