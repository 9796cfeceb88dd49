"""A clock that tests can put forward."""

from __future__ import annotations

from narae.core.kit.clock import SystemClock


class FakeClock(SystemClock):
    """The machine's clock, and how far it has been put forward."""

    def __init__(self) -> None:
        self._ahead = 0

    def now(self) -> int:
        """Milliseconds since the epoch."""
        return super().now() + self._ahead

    def forward(self, ms: int) -> None:
        """Let this much time have passed."""
        self._ahead += ms
